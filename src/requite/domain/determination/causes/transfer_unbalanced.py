"""The legs of a transfer do not cancel, and the source's own balance agrees.

Its ledger is wrong, not the feed. Every party paid its target; the credit is the gap between
the legs, and the transfer is completed.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.pool import Evidence
from requite.domain.determination.proof import dollars, false_credit, postings_of, take
from requite.domain.determination.worksheet import PATIENT, PAYER, TRANSFER, Cell, Worksheet
from requite.domain.parties import Disposition

CAUSE: Final = "transfer_unbalanced"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """The gap of the transfers in the cell.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "100.00"),
    ...     entry("transfer", 1, "-50.00", bucket="primary", transfer_id="M1"),
    ...     entry("transfer", 1, "20.00", bucket="self", transfer_id="M1"),
    ...     patient_paid(1, "100.00"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $30.00 transfer_unbalanced, none, transfer_posting, proved
    """
    if not sheet.transfer_evidence:
        return None
    cents, ids = take(sheet.transfer_evidence, cell, lambda item: fits(item, cell, sheet))
    found = false_credit(CAUSE, cell, cents, Disposition.TRANSFER_POSTING)
    if found is not None:
        found.evidence = ids
        found.why = f"a transfer's legs leave {dollars(found.cents)} between them"
    return found


def fits(item: Evidence, cell: Cell, sheet: Worksheet) -> bool:
    """Whether a gap lies in the cell: within the account its own, else where a leg brought it.

    The patient is one party: what a leg brought to one line may have filled another.
    """
    if cell.kind == TRANSFER:
        return item.why == TRANSFER and item.line_no == cell.line_no
    if item.why == TRANSFER or cell.kind not in (PAYER, PATIENT):
        return False
    legs = {posting.entry.transaction_id for posting in postings_of(sheet, cell)}
    return cell.kind == PATIENT or not legs.isdisjoint(item.ids)
