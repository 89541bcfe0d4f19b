"""A payer's request to have money back, and the verdict on it: the words both are told in.

A request is a claim to be checked: is the money there, is it the payer's, in that amount, within
the look-back, and not returned yet? `requite.domain.requests` finds the account that a request is
about and judges it.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Ruling(StrEnum):
    """What becomes of a request."""

    VALID = "valid"
    PARTLY_VALID = "partly_valid"
    INVALID = "invalid"
    NEEDS_INFORMATION = "needs_information"


class Reason(StrEnum):
    """Why a request is not supported in full; a valid one has none."""

    NOT_RECEIVED = "not_received"  # no payment in remittance, ledger or bank
    NOT_POSTED = "not_posted"  # the money came, the ledger does not show it
    ALREADY_REFUNDED = "already_refunded"  # a refund was issued
    ALREADY_RECOUPED = "already_recouped"  # a provider adjustment took it
    PAYMENT_REVERSED = "payment_reversed"  # a reversal took it
    OUTSIDE_LOOKBACK = "outside_lookback"
    WRONG_PAYER_ORDER_UNPROVED = "wrong_payer_order_unproved"
    AMOUNT_EXCEEDS_OVERPAYMENT = "amount_exceeds_overpayment"
    NO_OVERPAYMENT = "no_overpayment"  # paid, and rightly
    CLAIM_NOT_FOUND = "claim_not_found"
    AMBIGUOUS_CLAIM = "ambiguous_claim"  # several accounts fit
    REPEAT_NOTICE = "repeat_notice"  # the amount counts in the first
    NOT_OUR_PROVIDER = "not_our_provider"  # the letter names another


class Action(StrEnum):
    """What is done about a request next."""

    REFUND = "refund"
    DISPUTE = "dispute"
    ASK_PAYER = "ask_payer"
    LET_OFFSET = "let_offset"  # the payer takes the money itself, or has taken it
    LINK_TO_EARLIER = "link_to_earlier"


class RefundRequest(NamedTuple):
    """A payer's letter as the feed records it; the amount is positive, in cents."""

    request_id: str
    payer_id: str
    received_on: date
    amount_cents: int
    letter_date: date | None = None
    account_id: str | None = None
    patient_control_number: str | None = None
    payer_claim_number: str | None = None
    member_id: str | None = None
    patient_name: str | None = None
    service_from: date | None = None
    service_to: date | None = None
    reason: str | None = None
    reason_text: str | None = None
    notice_no: int | None = None
    reply_by: date | None = None
    offset_on: date | None = None
    document: str | None = None
    provider_npi: str | None = None  # whom the letter names
    provider_tin: str | None = None

    @property
    def is_further_notice(self) -> bool:
        """Whether the letter calls itself a second notice, or a later one."""
        return self.notice_no is not None and self.notice_no > 1


class Verdict(NamedTuple):
    """What is to be answered, and on what grounds; amounts in cents.

    `overpayment_cents` is all that the payer overpaid on the claim and is still to go back,
    whoever asked for it. `rule_id` is the rule of the look-back where that decides, else the one
    that sets `respond_by`.
    """

    request_id: str
    verdict: str
    supported_cents: int
    reasons: tuple[str, ...]
    account_id: str | None
    overpayment_cents: int
    lookback_ends_on: date | None
    respond_by: date | None
    rule_id: str | None
    action: str
    evidence: tuple[str, ...]
    explanation: str


def turn(request: RefundRequest) -> tuple[date, int, str]:
    """The order in which requests are heard: what two ask for counts in the earlier.

    >>> first = RefundRequest("Q-2", "LARK", date(2026, 3, 20), 15000)
    >>> again = RefundRequest("Q-1", "LARK", date(2026, 4, 24), 15000, notice_no=2)
    >>> [request.request_id for request in sorted([again, first], key=turn)]
    ['Q-2', 'Q-1']
    """
    return (request.received_on, request.notice_no or 1, request.request_id)


def plain(number: str | None) -> str:
    """An identifier without blanks and punctuation, in capitals; leading zeros stay.

    >>> plain(" 0026-lr1b ")
    '0026LR1B'
    """
    return "".join(sign for sign in (number or "").upper() if sign.isalnum())
