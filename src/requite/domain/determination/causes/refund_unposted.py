"""A refund that was issued or cleared has already given the money back; nobody posted it.

A refund that is only requested or approved, or that was voided or returned, has returned
nothing. A second check must not go out: the refund is posted.
"""

from typing import Final

from requite.domain.determination.proof import dollars, false_credit, take
from requite.domain.determination.worksheet import PATIENT, PAYER, Cell, Part, Worksheet
from requite.domain.parties import Disposition

CAUSE: Final = "refund_unposted"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What refunds sent to the cell's party cover."""
    if cell.kind not in (PAYER, PATIENT) or not sheet.refund_evidence:
        return None
    cents, ids = take(sheet.refund_evidence, cell)
    found = false_credit(CAUSE, cell, cents, Disposition.POST_REFUND)
    if found is not None:
        found.evidence = ids
        found.why = f"refund {', '.join(ids)} already returned {dollars(cents)}"
    return found
