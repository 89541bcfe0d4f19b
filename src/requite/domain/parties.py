"""Who may hold a part of a credit, what is done about it, and how sure we are."""

from enum import StrEnum


class Party(StrEnum):
    """Whose money a part of a credit is."""

    PAYER = "payer"
    PATIENT = "patient"
    NONE = "none"  # a false credit: nobody is owed
    UNDETERMINED = "undetermined"  # a person must decide


class Disposition(StrEnum):
    """How a part of a credit ends."""

    REFUND_PAYER = "refund_payer"
    REFUND_PATIENT = "refund_patient"
    CORRECTED_CLAIM = "corrected_claim"
    REVERSE_POSTING = "reverse_posting"
    TRANSFER_POSTING = "transfer_posting"
    POST_RECOUPMENT = "post_recoupment"
    POST_REFUND = "post_refund"
    POST_RETURNED_PAYMENT = "post_returned_payment"
    RECLASSIFY = "reclassify"
    HOLD = "hold"
    REVIEW = "review"


class Certainty(StrEnum):
    """What a finding rests on."""

    PROVED = "proved"  # every step rests on a record in the feed
    LIKELY = "likely"  # a stated assumption fills a gap
    PERSON = "person"  # a person must decide
