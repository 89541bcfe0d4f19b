"""A later payer paid more than the payers before it left.

Proved by its own adjudication (claim status 2 or 3) against what the replay leaves it. OA-23
carries the earlier payment and is never a write-off.
"""

from typing import Final

from requite.domain.determination.causes.dual_primary import over
from requite.domain.determination.proof import dollars, payer_part, states_of
from requite.domain.determination.worksheet import PAYER, Cell, Part, Worksheet

CAUSE: Final = "secondary_over_responsibility"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """The cents that a later payer paid above what was left."""
    if cell.kind != PAYER:
        return None
    cents, left, ids = 0, 0, []
    for state in states_of(sheet, cell):
        answer = state.in_force[cell.place]
        if answer is not None and answer.answer.as_later:
            cents += over(state, cell)
            left += state.t_place[cell.place]
            ids.append(answer.answer.claim.remit_claim_id)
    found = payer_part(CAUSE, cell, cents)
    if found is not None:
        found.evidence = tuple(ids)
        found.why = f"the payers before it left {dollars(left)}"
    return found
