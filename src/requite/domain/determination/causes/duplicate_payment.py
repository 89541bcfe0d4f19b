"""The payer paid the same line twice: same charge, same payment, different trace numbers.

Two or more of its adjudications are in force at once (payments less reversals make two or
more). Interest is left out of the comparison.
"""

from typing import Final

from requite.domain.determination.proof import payer_part
from requite.domain.determination.repeat import described, repeated
from requite.domain.determination.worksheet import PAYER, Cell, Part, Worksheet

CAUSE: Final = "duplicate_payment"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What the payer's second payment put into the cell."""
    if cell.kind != PAYER:
        return None
    cents, pairs = repeated(cell, sheet, CAUSE)
    found = payer_part(CAUSE, cell, cents)
    if found is not None:
        found.evidence, words = described(pairs)
        found.why = f"{words} pay for the same service"
    return found
