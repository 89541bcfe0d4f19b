"""A balance was written off, as bad debt or otherwise, and then paid.

The write-off no longer settles anything: it is reversed. Refunding the payment would give away
a paid debt.
"""

from typing import Final

from requite.domain.determination.proof import dollars, false_credit
from requite.domain.determination.worksheet import WRITE_OFF, Cell, Part, Worksheet
from requite.domain.parties import Certainty, Disposition

CAUSE: Final = "writeoff_then_payment"
OVERPOSTED: Final = "contractual_overposted"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that is written off above what was still owed, where somebody paid.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "70.00"),
    ...     entry("bad_debt", 1, "-70.00"),
    ...     patient_paid(1, "70.00", posted_on="2026-03-05"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $70.00 writeoff_then_payment, none, reverse_posting, proved
    """
    if cell.kind != WRITE_OFF:
        return None
    most = min(cell.left, sheet.paid_cents)
    found = false_credit(CAUSE, cell, most, Disposition.REVERSE_POSTING)
    if found is not None:
        found.why = f"what was still owed after the payments is {dollars(cell.target)}"
    return found


def unpaid_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A write-off above what was owed though nobody paid: it was too high from the start."""
    if cell.kind != WRITE_OFF:
        return None
    found = false_credit(OVERPOSTED, cell, cell.left, Disposition.REVERSE_POSTING)
    if found is not None:
        found.certainty = Certainty.LIKELY
        found.why = f"no more than {dollars(cell.target)} was left to write off"
    return found
