"""A refund that was issued or cleared has already given the money back; nobody posted it.

A refund that is only requested or approved, or that was voided or returned, has returned
nothing. A second check must not go out: the refund is posted.
"""

from typing import Final

from requite.domain.determination.evidence import UNKNOWN_CHECK
from requite.domain.determination.part import Part
from requite.domain.determination.proof import dollars, false_credit, person_part, take
from requite.domain.determination.worksheet import PATIENT, PAYER, Cell, Worksheet
from requite.domain.parties import Disposition

CAUSE: Final = "refund_unposted"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What refunds sent to the cell's party cover.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "140.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "140.00", "140.00")),
    ...     answer("B", service(1, "140.00", "140.00")),
    ...     paid(1, "140.00", trace="A"),
    ...     paid(1, "140.00", trace="B"),
    ...     Refund("R1", "payer", "LARK", 140_00, "cleared"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $140.00 refund_unposted, none, post_refund, proved
    """
    if cell.kind not in (PAYER, PATIENT) or not sheet.refund_evidence:
        return None
    cents, ids = take(sheet.refund_evidence, cell, lambda item: item.why != UNKNOWN_CHECK)
    found = false_credit(CAUSE, cell, cents, Disposition.POST_REFUND)
    if found is not None:
        found.evidence = ids
        found.why = f"refund {', '.join(ids)} already returned {dollars(cents)}"
    return found


def unknown_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A check that the payer says it has, and of which no refund is on file."""
    if cell.kind != PAYER or not sheet.refund_evidence:
        return None
    cents, ids = take(sheet.refund_evidence, cell)
    found = person_part(CAUSE, cell, cents)
    if found is not None:
        found.evidence = ids
        found.why = (
            f"the payer says that it has our check of {dollars(cents)}, which is not on file; the "
            "payer's copy of the check settles it"
        )
    return found
