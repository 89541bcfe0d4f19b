"""The patient paid what the coverage forbids to collect (QMB, Medicaid).

The patient's part joins the contractual amount, so all that the patient paid goes back, not only
the credit that shows on the balance.
"""

from typing import Final

from requite.domain.determination.proof import patient_part
from requite.domain.determination.worksheet import PATIENT, Cell, Part, Worksheet

CAUSE: Final = "uncollectable_responsibility"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that the patient paid, once every payer has answered."""
    if cell.kind != PATIENT or sheet.collectable or sheet.any_pending or not sheet.lines:
        return None
    found = patient_part(CAUSE, cell, cell.left)
    if found is not None:
        found.why = "the coverage forbids to collect from the patient"
    return found
