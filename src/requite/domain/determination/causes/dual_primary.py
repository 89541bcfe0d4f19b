"""Two payers both answered as primary for one line.

The one that the COB order makes secondary is owed all above what the primary left, and is
billed again as secondary. Where no record settles the order a person must: the other insurer's
coverage letter decides.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import dollars, payer_part, person_part, states_of
from requite.domain.determination.worksheet import PAYER, Cell, LineState, Worksheet

CAUSE: Final = "dual_primary"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What a secondary that answered as primary paid above what was left for it.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "480.00"),
    ...     covered("LARK", 1),
    ...     covered("TAM", 2),
    ...     answer("A", service(1, "480.00", "280.00", CO45="130.00", PR2="70.00")),
    ...     answer("B", service(1, "480.00", "296.00", CO45="110.00", PR2="74.00"), payer_id="TAM"),
    ...     written_off(1, "130.00"),
    ...     paid(1, "280.00", trace="A"),
    ...     paid(1, "296.00", trace="B", payer_id="TAM"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $226.00 dual_primary, payer TAM, refund_payer, proved
    """
    if cell.kind != PAYER or sheet.places[cell.place].payer_class == "medicare_ffs":
        return None
    found = payer_part(CAUSE, cell, above(cell, sheet))
    return described(found, cell, sheet)


def above(cell: Cell, sheet: Worksheet) -> int:
    """What the place paid above its target on lines where two answered as primary."""
    cents = 0
    for state in states_of(sheet, cell):
        if is_second(state, cell):
            cents += over(state, cell, cell.left - cents)
    return cents


def over(state: LineState, cell: Cell, most: int) -> int:
    """Up to `most` cents of what the place's answer paid above its target; each serves once."""
    part = state.in_force[cell.place]
    if part is None:
        return 0
    used = max(min(part.paid - state.t_place[cell.place] - part.claimed, most), 0)
    part.claimed += used
    return used


def is_second(state: LineState, cell: Cell) -> bool:
    """Whether the place is the later of two that answered as primary."""
    part = state.in_force[cell.place]
    return state.dual and part is not None and part.answer.as_primary and not first(state, cell)


def first(state: LineState, cell: Cell) -> bool:
    """Whether no earlier place answered as primary and did not deny, or paid on paper."""
    if state.paid_on_paper:
        return False
    earlier = state.in_force[: cell.place]
    return not any(
        part is not None and part.answer.as_primary and not part.is_denial for part in earlier
    )


def described(found: Part | None, cell: Cell, sheet: Worksheet) -> Part | None:
    """Name both answers."""
    if found is None:
        return None
    ids: dict[str, None] = {}
    left = 0
    for state in states_of(sheet, cell):
        left += state.t_place[cell.place]
        for part in state.in_force:
            if part is not None and part.answer.as_primary:
                ids[part.answer.claim.remit_claim_id] = None
    found.evidence = tuple(ids)
    found.why = f"both payers answered as primary and the first left {dollars(left)} for the second"
    return found


def unordered_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A later payer answered as primary though the earlier one gave no such answer."""
    if cell.kind != PAYER:
        return None
    cents = 0
    for state in states_of(sheet, cell):
        part = state.in_force[cell.place]
        if part is not None and part.answer.as_primary and state.primary != cell.place:
            cents += over(state, cell, cell.left - cents)
    found = person_part(CAUSE, cell, cents)
    if found is not None:
        found.why = (
            "a later payer answered as primary and the first did not pay; the coverage letters "
            "settle which of them comes first"
        )
    return found
