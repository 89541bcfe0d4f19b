"""A corrected claim (frequency 7 or 8) was paid within 30 days; its reversal is still expected.

Refunding now would pay the same money twice, once by check and once by the reversal: hold.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import hold_part
from requite.domain.determination.repeat import described, repeated
from requite.domain.determination.worksheet import PAYER, Cell, Worksheet

CAUSE: Final = "reversal_pending"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What the payment that is about to be reversed left in the cell.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "240.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "240.00", "180.00", CO45="60.00")),
    ...     answer(
    ...         "B",
    ...         service(1, "240.00", "192.00", CO45="48.00"),
    ...         frequency_code="7",
    ...         payment_date="2026-05-20",
    ...     ),
    ...     written_off(1, "48.00"),
    ...     paid(1, "180.00", trace="A"),
    ...     paid(1, "192.00", trace="B"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $180.00 reversal_pending, undetermined, hold, likely
    """
    if cell.kind != PAYER:
        return None
    cents, pairs = repeated(cell, sheet, CAUSE)
    found = hold_part(CAUSE, cell, cents)
    if found is not None:
        found.evidence, words = described(pairs)
        found.why = f"of {words} the later corrects the earlier, whose reversal is due; wait"
    return found
