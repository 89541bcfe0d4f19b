"""What no rule names: a person looks at it."""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import person_part
from requite.domain.determination.worksheet import CHARGES, Cell, Worksheet

CAUSE: Final = "unexplained"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that is left.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(charge(1, "80.00"), charge(1, "-110.00", charge_id="C2"))
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $30.00 unexplained, undetermined, review, person
    """
    found = person_part(CAUSE, cell, cell.left)
    if found is not None and cell.kind == CHARGES:
        found.why = "the charges net below zero; the charge entry settles it"
    elif found is not None:
        found.why = f"no rule explains it on account {sheet.account.account_id}"
    return found
