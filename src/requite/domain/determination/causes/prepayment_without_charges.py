"""The patient paid and there is no charge: refund it, or hold it for a visit that is booked."""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import patient_part
from requite.domain.determination.worksheet import PATIENT, Cell, Worksheet
from requite.domain.parties import Disposition

CAUSE: Final = "prepayment_without_charges"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that the patient paid on an account without charges.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     patient_paid(None, "90.00"),
    ...     next_visit_on="2026-07-02",
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    account: $90.00 prepayment_without_charges, patient G1, hold, proved
    """
    if cell.kind != PATIENT or sheet.lines:
        return None
    found = patient_part(CAUSE, cell, cell.left)
    visit = sheet.account.next_visit_on
    if found is not None and visit is not None and visit >= sheet.book.as_of:
        found.disposition = Disposition.HOLD
        found.why = f"nothing has been charged; a visit is booked on {visit}"
    elif found is not None:
        found.why = "nothing has been charged and no visit is booked"
    return found
