"""A corrected claim (frequency 7 or 8) was paid within 30 days; its reversal is still expected.

Refunding now would pay the same money twice, once by check and once by the reversal: hold.
"""

from typing import Final

from requite.domain.determination.proof import hold_part
from requite.domain.determination.repeat import described, repeated
from requite.domain.determination.worksheet import PAYER, Cell, Part, Worksheet

CAUSE: Final = "reversal_pending"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What the payment that is about to be reversed left in the cell."""
    if cell.kind != PAYER:
        return None
    cents, pairs = repeated(cell, sheet, CAUSE)
    found = hold_part(CAUSE, cell, cents)
    if found is not None:
        found.evidence, words = described(pairs)
        found.why = f"of {words} the later corrects the earlier, whose reversal is due; wait"
    return found
