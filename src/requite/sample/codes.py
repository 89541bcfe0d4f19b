"""The words of the feed that a column chooses from; tables keep their place in the list.

Place 0 of a list is the empty word where the column may be empty.
"""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Column = Ints | int  # one value a row, or one for all

TYPES = (
    "payment", "adjustment", "transfer", "refund", "recoupment", "interest", "returned_payment",
    "bad_debt",
)  # fmt: skip
BUCKETS = ("", "self", "primary", "secondary", "tertiary", "undistributed", "bad_debt")
GROUPS = ("", "CO", "PR", "OA", "PI")
CARCS = (
    "", "1", "2", "3", "16", "18", "22", "23", "24", "45", "94", "96", "97", "109", "197", "225",
    "226", "252", "253", "29",
)  # fmt: skip
TENDERS = ("", "check", "ach", "card", "hsa_card", "cash")
CLASSES = ("professional", "outpatient", "inpatient")
PARTIES = ("payer", "patient", "none", "undetermined")
CAUSES = (
    "duplicate_payment", "duplicate_posting", "dual_primary", "medicare_secondary_payer",
    "secondary_over_responsibility", "corrected_claim_unreversed", "reversal_pending",
    "takeback_unposted", "refund_unposted", "wrong_account", "contractual_overposted",
    "paid_above_contract", "interest_as_payment", "voided_charge", "patient_overcollection",
    "prepayment_without_charges", "uncollectable_responsibility", "adjudication_pending",
    "returned_payment_unposted", "writeoff_then_payment", "transfer_unbalanced",
    "capitated_service_paid", "remit_missing", "unexplained",
)  # fmt: skip
DISPOSITIONS = (
    "refund_payer", "refund_patient", "corrected_claim", "reverse_posting", "transfer_posting",
    "post_recoupment", "post_refund", "post_returned_payment", "reclassify", "hold", "review",
)  # fmt: skip
CERTAINTIES = ("proved", "likely", "person")
REASONS = (  # PLB reason codes
    "WO", "FB", "L6", "72", "CS",
)  # fmt: skip
DESCRIPTIONS = (
    "",
    "Small balance write-off",
    "Prompt pay discount",
    "Returned check",
    "Copay at visit",
)


def code(words: tuple[str, ...], word: str) -> int:
    """The place of `word` in its list."""
    return words.index(word)
