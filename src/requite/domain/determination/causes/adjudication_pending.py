"""Patient money while a payer has not answered: the responsibility is not known yet, so hold.

So it is beside a dual primary: the second payer is billed again, and its answer decides what
the patient owes.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import hold_part
from requite.domain.determination.worksheet import PATIENT, Cell, Worksheet

CAUSE: Final = "adjudication_pending"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that the patient paid above what is known to be owed.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "190.00"),
    ...     covered("LARK"),
    ...     patient_paid(None, "35.00"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    account: $35.00 adjudication_pending, undetermined, hold, likely
    """
    if cell.kind != PATIENT or not (sheet.any_pending or sheet.any_dual):
        return None
    found = hold_part(CAUSE, cell, cell.left)
    if found is not None:
        found.why = "a payer is still to answer; the patient's part is not known until then"
    return found
