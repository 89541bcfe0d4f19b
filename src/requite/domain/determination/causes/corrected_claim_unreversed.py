"""A corrected claim was paid and the payer never took the first payment back.

Two adjudications are in force with another charge or payment and no reversal between them: the
later is in force, the whole of the earlier is owed back.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import payer_part
from requite.domain.determination.repeat import described, repeated
from requite.domain.determination.worksheet import PAYER, Cell, Worksheet

CAUSE: Final = "corrected_claim_unreversed"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What the payment that was replaced left in the cell.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "320.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "320.00", "240.00", CO45="80.00")),
    ...     answer("B", service(1, "320.00", "205.00", CO45="115.00"), payment_date="2026-03-15"),
    ...     written_off(1, "115.00"),
    ...     paid(1, "240.00", trace="A"),
    ...     paid(1, "205.00", trace="B"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $240.00 corrected_claim_unreversed, payer LARK, refund_payer, proved
    """
    if cell.kind != PAYER:
        return None
    cents, pairs = repeated(cell, sheet, CAUSE)
    found = payer_part(CAUSE, cell, cents)
    if found is not None:
        found.evidence, words = described(pairs)
        found.why = f"of {words} the later replaces the earlier, which was never reversed"
    return found
