"""The patient paid above the final responsibility; every payer has answered."""

from typing import Final

from requite.domain.determination.in_force import denied_before
from requite.domain.determination.part import Part
from requite.domain.determination.proof import dollars, patient_part, person_part, states_of
from requite.domain.determination.worksheet import PATIENT, Cell, LineState, Worksheet

CAUSE: Final = "patient_overcollection"


def answered_after_denial(state: LineState) -> bool:
    """Whether a place denied and a later one, for which that leaves nothing, did not."""
    return any(denied_before(state, place) for place in range(len(state.in_force)))


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
    denied = any(answered_after_denial(state) for state in states_of(sheet, cell))
    found = (person_part if denied else patient_part)(CAUSE, cell, cell.left)
    if found is not None:
        owed = dollars(sheet.patient_owes_cents)
        found.why = f"the final responsibility of the patient is {owed}"
        if denied:
            found.why += (
                ", if what an insurer denied is written off; another answered after it, and may "
                "have left him a share: their EOBs settle it"
            )
    return found
