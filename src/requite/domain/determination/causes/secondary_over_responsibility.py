"""A later payer paid more than the payers before it left.

Proved by its own adjudication (claim status 2 or 3) against what the replay leaves it. OA-23
carries the earlier payment and is never a write-off.
"""

from typing import Final

from requite.domain.determination.answer import Adjudication
from requite.domain.determination.causes.dual_primary import over
from requite.domain.determination.in_force import denied_before
from requite.domain.determination.part import Part
from requite.domain.determination.proof import dollars, payer_part, person_part, states_of
from requite.domain.determination.worksheet import PAYER, Cell, LineState, Worksheet

CAUSE: Final = "secondary_over_responsibility"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """The cents that a later payer paid above what was left.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "285.00"),
    ...     covered("LARK", 1),
    ...     covered("TAM", 2),
    ...     answer("A", service(1, "285.00", "180.00", CO45="60.00", PR2="45.00")),
    ...     answer(
    ...         "B",
    ...         service(1, "285.00", "63.50", OA23="221.50"),
    ...         claim_status="2",
    ...         payer_id="TAM",
    ...     ),
    ...     written_off(1, "60.00"),
    ...     paid(1, "180.00", trace="A"),
    ...     paid(1, "63.50", trace="B", payer_id="TAM"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $18.50 secondary_over_responsibility, payer TAM, refund_payer, proved
    """
    if cell.kind != PAYER:
        return None
    cents, left, ids, own_schedule, denied = 0, 0, [], False, False
    for state in states_of(sheet, cell):
        answer = state.in_force[cell.place]
        if answer is not None and answer.answer.as_later:
            cents += over(state, cell, cell.left - cents)
            left += state.t_place[cell.place]
            ids.append(answer.answer.claim.remit_claim_id)
            own_schedule = own_schedule or meant_its_amount(state, answer)
            denied = denied or denied_before(state, cell.place)
    found = (person_part if own_schedule or denied else payer_part)(CAUSE, cell, cents)
    if found is not None:
        found.evidence = tuple(ids)
        found.why = f"the payers before it left {dollars(left)}"
        if own_schedule:
            found.why += "; it knew what they paid and paid by a schedule of its own: ask it"
        elif denied:
            found.why += "; one of them denied, and this one paid all the same: ask it"
    return found


def meant_its_amount(state: LineState, part: Adjudication) -> bool:
    """Whether a later payer states OA-94, or in OA-23 the earlier payment without the write-off."""
    if part.oa94:
        return True
    earlier = sum(state.t_place[: part.answer.place])
    return state.t_co > 0 and part.oa23 == earlier != 0
