"""A payment that the bank returned is still posted as received, and was paid again.

The bank's own row (a negative deposit with the payment's check or trace number and amount)
proves it; one return, one payment. Nobody is owed: the return is posted.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import dollars, false_credit, person_part, take
from requite.domain.determination.worksheet import PATIENT, PAYER, Cell, Worksheet
from requite.domain.parties import Disposition

CAUSE: Final = "returned_payment_unposted"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What the bank took back of the cell's payments.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "85.00"),
    ...     patient_paid(1, "85.00", check_number="2207"),
    ...     patient_paid(1, "85.00", tender="card"),
    ...     BankDeposit("D1", -85_00, date(2026, 2, 17), trace_number="2207"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $85.00 returned_payment_unposted, none, post_returned_payment, proved
    """
    if cell.kind not in (PAYER, PATIENT) or not sheet.return_evidence:
        return None
    cents, ids = take(sheet.return_evidence, cell)
    found = false_credit(CAUSE, cell, cents, Disposition.POST_RETURNED_PAYMENT)
    if found is not None:
        found.evidence = ids
        found.why = f"the bank returned {dollars(cents)} of it"
    return found


def unnamed_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A payment without a number, of just the amount of a return that no posting names.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "85.00"),
    ...     patient_paid(1, "85.00", tender="check"),
    ...     patient_paid(1, "85.00", tender="card"),
    ...     BankDeposit("D1", -85_00, date(2026, 2, 17), trace_number="2207"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $85.00 returned_payment_unposted, undetermined, review, person
    """
    if cell.kind != PATIENT or not sheet.unnamed_returns:
        return None
    cents, ids = take(
        sheet.unnamed_returns, cell, lambda item: item.why == "again" or item.cents <= cell.left
    )
    found = person_part(CAUSE, cell, cents)
    if found is not None:
        found.evidence = ids
        found.why = (
            f"the bank returned a payment of {dollars(cents)} whose number no posting bears; "
            "the returned item's image shows whether it was this one"
        )
    return found
