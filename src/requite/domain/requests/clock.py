"""The look-back and the day to answer by, for the plan that a request is about."""

from datetime import date
from typing import NamedTuple

from requite.domain.deadlines import Due
from requite.domain.determination.account import Book
from requite.domain.determination.line import Place
from requite.domain.determination.worksheet import Worksheet
from requite.domain.lookback import Lookback, PlanTerms, lookback
from requite.domain.regulations.book import RuleBook
from requite.domain.request import RefundRequest


class Asked(NamedTuple):
    """Who asks, when, and why as far as the determination bears it out; the law to judge by."""

    payer_id: str
    received_on: date
    reason: str
    rules: RuleBook | None


def terms_of(sheet: Worksheet, place: Place) -> PlanTerms:
    """The plan of a place as law and contract see it; a plan not on file is of unknown funding."""
    account = sheet.account
    plan = sheet.book.plans.get(place.plan_id or "")
    terms = PlanTerms(
        place.payer_class, state=account.state or "", patient_class=account.patient_class or ""
    )
    if plan is None:
        return terms
    return terms._replace(
        funding=plan.funding, lookback_days=plan.lookback_days, response_days=plan.response_days
    )


def terms_unknown(payer_id: str, book: Book) -> PlanTerms:
    """What is known of the plan of a payer that no account names: its class."""
    payer = book.payers.get(payer_id)
    return PlanTerms("other" if payer is None else payer.payer_class)


def lookback_of(sheet: Worksheet, place: Place | None, paid_on: date, asked: Asked) -> Lookback:
    """The look-back that governs a payment of that day."""
    terms = terms_unknown(asked.payer_id, sheet.book) if place is None else terms_of(sheet, place)
    return lookback(
        terms, paid_on, reason=asked.reason, received_on=asked.received_on, rules=asked.rules
    )


def answer_by(limit: Lookback, request: RefundRequest, *, is_paid: bool = False) -> Due | None:
    """The last day to answer: the earliest of law, contract and letter; to pay, if all is paid."""
    return limit.respond_by(
        request.received_on, request.reply_by, request.letter_date, is_paid=is_paid
    )


def answer_by_unmatched(request: RefundRequest, book: Book, rules: RuleBook | None) -> Due | None:
    """The same where the account is not known: by the payer's class and the letter alone."""
    terms = terms_unknown(request.payer_id, book)
    return answer_by(lookback(terms, request.received_on, rules=rules), request)
