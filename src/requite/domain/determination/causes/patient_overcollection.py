"""The patient paid above the final responsibility; every payer has answered."""

from typing import Final

from requite.domain.determination.proof import dollars, patient_part
from requite.domain.determination.worksheet import PATIENT, Cell, Part, Worksheet

CAUSE: Final = "patient_overcollection"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that the patient paid above the target, unless a payer is still to answer."""
    if cell.kind != PATIENT or sheet.any_pending or not sheet.lines:
        return None
    if any(state.dual for state in sheet.states.values()):
        return None
    found = patient_part(CAUSE, cell, cell.left)
    if found is not None:
        owed = sum(state.t_patient for state in sheet.states.values())
        found.why = f"the final responsibility of the patient is {dollars(owed)}"
    return found
