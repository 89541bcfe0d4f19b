"""Explain each excess by an ordered waterfall of causes.

Each cause takes no more than its own evidence and what is left of the cell; evidence serves
once; what no cause explains goes to a person.
"""

from collections.abc import Callable
from typing import Final

from requite.domain.determination import on_ledger
from requite.domain.determination.causes import (
    adjudication_pending,
    capitated_service_paid,
    contractual_overposted,
    corrected_claim_unreversed,
    dual_primary,
    duplicate_payment,
    duplicate_posting,
    interest_as_payment,
    medicare_secondary_payer,
    paid_above_contract,
    patient_overcollection,
    prepayment_without_charges,
    refund_unposted,
    remit_missing,
    returned_payment_unposted,
    reversal_pending,
    secondary_over_responsibility,
    takeback_unposted,
    transfer_unbalanced,
    uncollectable_responsibility,
    unexplained,
    voided_charge,
    writeoff_then_payment,
    wrong_account,
)
from requite.domain.determination.certainty import grade
from requite.domain.determination.part import Part
from requite.domain.determination.worksheet import Cell, Worksheet

ORDER: Final[tuple[Callable[[Cell, Worksheet], Part | None], ...]] = (
    voided_charge.changed_part,
    wrong_account.part,
    interest_as_payment.part,
    interest_as_payment.unnamed_part,
    duplicate_posting.part,
    duplicate_posting.same_payment_part,
    duplicate_posting.repeat_part,
    takeback_unposted.part,
    takeback_unposted.stated_part,
    takeback_unposted.unnamed_part,
    takeback_unposted.doubtful_part,
    refund_unposted.part,
    refund_unposted.unknown_part,
    transfer_unbalanced.part,
    returned_payment_unposted.part,
    returned_payment_unposted.unnamed_part,
    on_ledger.posted_twice_part,
    on_ledger.paid_twice_part,
    on_ledger.other_repeat_part,
    on_ledger.untold_repeat_part,
    on_ledger.wrong_sign_part,
    reversal_pending.part,
    voided_charge.part,
    capitated_service_paid.part,
    duplicate_payment.part,
    duplicate_payment.own_check_part,
    corrected_claim_unreversed.part,
    dual_primary.part,
    medicare_secondary_payer.part,
    secondary_over_responsibility.part,
    dual_primary.unordered_part,
    on_ledger.beyond_part,
    contractual_overposted.part,
    paid_above_contract.part,
    writeoff_then_payment.part,
    writeoff_then_payment.unpaid_part,
    uncollectable_responsibility.part,
    patient_overcollection.part,
    prepayment_without_charges.part,
    adjudication_pending.part,
    remit_missing.part,
    unexplained.part,
)


def explain(sheet: Worksheet) -> list[Part]:
    """The parts of every positive cell, lines first and in order of their number."""
    parts: list[Part] = []
    for cell in sorted((cell for cell in sheet.cells if cell.left > 0), key=cell_key):
        for cause in ORDER:
            part = cause(cell, sheet)
            if part is not None and part.cents > 0:
                cell.left -= part.cents
                grade(part, sheet)
                parts.append(part)
                if cell.left <= 0:
                    break
    return parts


def cell_key(cell: Cell) -> tuple[bool, int]:
    """By line number, the account as a whole last."""
    return (cell.line_no is None, cell.line_no or 0)
