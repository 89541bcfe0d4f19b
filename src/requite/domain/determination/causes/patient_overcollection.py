"""The patient paid above the final responsibility; every payer has answered."""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import dollars, patient_part
from requite.domain.determination.worksheet import PATIENT, Cell, Worksheet

CAUSE: Final = "patient_overcollection"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that the patient paid above the target, unless a payer is still to answer.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "125.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "125.00", "65.00", CO45="35.00", PR3="25.00")),
    ...     written_off(1, "35.00"),
    ...     paid(1, "65.00", trace="A"),
    ...     patient_paid(1, "40.00"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $15.00 patient_overcollection, patient G1, refund_patient, proved
    """
    if cell.kind != PATIENT or sheet.any_pending or sheet.any_dual or not sheet.lines:
        return None
    found = patient_part(CAUSE, cell, cell.left)
    if found is not None:
        owed = dollars(sheet.patient_owes_cents)
        found.why = f"the final responsibility of the patient is {owed}"
    return found
