"""The patient paid what the coverage forbids to collect (QMB, Medicaid).

The patient's part joins the contractual amount, so all that the patient paid goes back, not only
the credit that shows on the balance.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import patient_part
from requite.domain.determination.worksheet import PATIENT, Cell, Worksheet

CAUSE: Final = "uncollectable_responsibility"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that the patient paid, once every payer has answered.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "180.00"),
    ...     covered("MCD", responsibility_collectable=False),
    ...     answer("A", service(1, "180.00", "96.00", CO45="60.00", PR2="24.00"), payer_id="MCD"),
    ...     written_off(1, "84.00"),
    ...     paid(1, "96.00", trace="A", payer_id="MCD"),
    ...     patient_paid(1, "24.00"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $24.00 uncollectable_responsibility, patient G1, refund_patient, proved
    """
    if cell.kind != PATIENT or sheet.collectable or sheet.any_pending or not sheet.lines:
        return None
    found = patient_part(CAUSE, cell, cell.left)
    if found is not None:
        found.why = "the coverage forbids to collect from the patient"
    return found
