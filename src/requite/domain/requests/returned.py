"""What has gone back to a payer already: reversed, taken by provider adjustment, or refunded.

Posted or not, for the ledger of an account at rest shows a demand that comes too late as well.
"""

from datetime import date
from typing import Final

from requite.domain.determination.account import ProviderAdjustment, Refund
from requite.domain.determination.answer import Answer
from requite.domain.determination.evidence import RETURNED
from requite.domain.determination.link import TO_ADJUSTMENT
from requite.domain.determination.references import INTEREST_REASON
from requite.domain.determination.takebacks import (
    Chain,
    chains_by_reference,
)
from requite.domain.determination.worksheet import Posting, Worksheet
from requite.domain.request import Reason, RefundRequest, plain
from requite.domain.requests.scope import Scope, numbers_known, payer_postings, places_known

ANYWHERE: Final[frozenset[int]] = frozenset()


class Returned:
    """Money that went back: how much, when, by what, for which claim.

    `cents` is what left; `net` what of it was not paid again by a correction. No `lines`: it may
    be for any line. `answers_letter` tells that one request has been met by it.
    """

    __slots__ = (
        "answers_letter",
        "cents",
        "ids",
        "lines",
        "net",
        "number",
        "on",
        "place",
        "reason",
    )

    def __init__(self, reason: Reason, place: int, cents: int, ids: tuple[str, ...]) -> None:
        self.reason = reason
        self.place = place
        self.cents = cents
        self.net = cents
        self.ids = ids
        self.on: date | None = None
        self.number = ""
        self.lines: frozenset[int] = ANYWHERE
        self.answers_letter = False


def returned_on(sheet: Worksheet) -> list[Returned]:
    """All that went back to the payers of an account, as of the day."""
    taken = [*reversals(sheet), *take_backs(sheet)]
    return [*taken, *ledger_take_backs(sheet, taken), *refunds(sheet)]


def reversals(sheet: Worksheet) -> list[Returned]:
    """Claims that the payer took back by status 22."""
    items = []
    for answer in sheet.answers:
        if answer.own and answer.is_reversal and answer.claim.paid_cents < 0:
            claim = answer.claim
            ids = (claim.remit_claim_id,)
            item = Returned(Reason.PAYMENT_REVERSED, answer.place, -claim.paid_cents, ids)
            item.on = claim.payment_date
            item.number = plain(claim.payer_claim_number)
            item.lines = frozenset(answer.adjudications)
            item.net = max(item.cents - paid_again(sheet, answer), 0)
            items.append(item)
    return items


def paid_again(sheet: Worksheet, reversal: Answer) -> int:
    """What corrections of a reversed claim paid in its stead, in cents."""
    original = reversal.reversed_by
    if original is None:
        return 0
    return sum(
        part.paid
        for answer in sheet.answers
        if answer.own and answer.place == reversal.place and not answer.is_reversed
        if not answer.is_reversal and answer.sort_key > original.sort_key
        for number, part in answer.adjudications.items()
        if number in reversal.adjudications
    )


def take_backs(sheet: Worksheet) -> list[Returned]:
    """What provider adjustments took for claims of the account, each reference summed.

    Whatever its code means between payer and provider: what names a claim and lowers a payment
    has been taken.
    """
    chains = chains_by_reference(sheet)
    add_other_codes(sheet, chains)
    items = []
    for (place, name), chain in sorted(chains.items()):
        if chain.cents > 0:
            item = Returned(Reason.ALREADY_RECOUPED, place, chain.cents, tuple(chain.ids))
            item.on = chain.on
            item.number = claim_number(sheet, name)
            if chain.answer is not None:
                item.number = plain(chain.answer.claim.payer_claim_number) or item.number
                item.lines = frozenset(chain.answer.adjudications)
            items.append(item)
    return items


def add_other_codes(sheet: Worksheet, chains: dict[tuple[int, str], Chain]) -> None:
    """Add the adjustments that name a claim of the account by a code that is no take-back."""
    known = {key for chain in chains.values() for key in chain.ids}
    by_id = {answer.claim.remit_claim_id: answer for answer in sheet.answers if answer.own}
    for row in sorted(sheet.account.provider_adjustments, key=_by_day):
        if row.key in known or row.reason_code == INTEREST_REASON:
            continue
        answer = by_id.get(row.remit_claim_id or "")
        if row.payment_date > sheet.book.as_of or not (answer or names_account(sheet, row)):
            continue
        if answer is None:
            places = places_known(sheet, row.payer_id or "")
            place, name = places[0].index if places else -1, row.reference or ""
        else:
            place, name = answer.place, answer.claim.payer_claim_number or row.reference or ""
        chain = chains.setdefault((place, name), Chain(place, answer))
        chain.cents += row.amount_cents
        chain.ids.append(row.key)
        if row.amount_cents > 0:
            chain.on = row.payment_date


def claim_number(sheet: Worksheet, reference: str) -> str:
    """The payer's claim number in a reference, which may hold the account's beside it."""
    tokens = [plain(token) for token in reference.split()]
    known = numbers_known(sheet)
    return next((token for token in tokens if token in known), plain(reference))


def _by_day(row: ProviderAdjustment) -> tuple[date, str, str]:
    return row.payment_date, row.remit_id, row.key


def names_account(sheet: Worksheet, row: ProviderAdjustment) -> bool:
    """Whether the reference of an adjustment names the account or one of its claims."""
    names = {plain(claim.patient_control_number) for claim in sheet.account.claims}
    names |= numbers_known(sheet) | {plain(sheet.account.account_id)}
    return not (names - {""}).isdisjoint(map(plain, (row.reference or "").split()))


def ledger_take_backs(sheet: Worksheet, known: list[Returned]) -> list[Returned]:
    """Take-backs that the ledger shows and no remittance does."""
    left: dict[tuple[int, Reason], int] = {}
    for item in known:
        left[item.place, item.reason] = left.get((item.place, item.reason), 0) + item.cents
    items = []
    for posting in payer_postings(sheet):
        reason = reason_of(posting)
        if reason is None:
            continue
        shown = min(left.get((posting.place, reason), 0), -posting.cash)
        left[posting.place, reason] = left.get((posting.place, reason), 0) - shown
        if -posting.cash > shown:
            ids = (posting.entry.transaction_id,)
            item = Returned(reason, posting.place, -posting.cash - shown, ids)
            item.on = posting.entry.posted_on
            item.number = plain(posting.entry.payer_claim_number)
            if posting.line_no is not None:
                item.lines = frozenset({posting.line_no})
            items.append(item)
    return items


def reason_of(posting: Posting) -> Reason | None:
    """By what a payer took money back, as its posting tells; None where it did not."""
    if posting.cash >= 0:
        return None
    if posting.answer is not None and posting.answer.is_reversal:
        return Reason.PAYMENT_REVERSED
    if posting.entry.type == "recoupment" or posting.link == TO_ADJUSTMENT:
        return Reason.ALREADY_RECOUPED
    if posting.entry.type == "payment" and posting.referenced and posting.answer is None:
        return Reason.PAYMENT_REVERSED  # by a remittance that the feed lacks
    return None


def refunds(sheet: Worksheet) -> list[Returned]:
    """Refunds that went out to payers, from the disbursements and from the ledger."""
    as_of = sheet.book.as_of
    rows = [row for row in sorted(sheet.account.refunds) if row.payee == "payer"]
    sent = [row for row in rows if row.status in RETURNED and (row.issued_on or as_of) <= as_of]
    items = [refund_item(sheet, row) for row in sent]
    named = {row.transaction_id for row in rows if row.transaction_id}
    free = [(row.check_number, row.amount_cents) for row in sent if not row.transaction_id]
    for posting in payer_postings(sheet):
        entry = posting.entry
        if entry.type != "refund" or posting.cash >= 0 or entry.transaction_id in named:
            continue
        same = [pair for pair in free if _is_posting(pair, posting)]
        if same:
            free.remove(same[0])
            continue
        ids = (entry.transaction_id,)
        item = Returned(Reason.ALREADY_REFUNDED, posting.place, -posting.cash, ids)
        item.on = entry.posted_on
        if posting.line_no is not None:
            item.lines = frozenset({posting.line_no})
        items.append(item)
    return items


def _is_posting(refund: tuple[str | None, int], posting: Posting) -> bool:
    """Whether a refund of that check number and amount is what a posting shows."""
    check_number, cents = refund
    posted = posting.entry.check_number
    same_check = check_number is None or posted is None or check_number == posted
    return cents == -posting.cash and same_check


def refund_item(sheet: Worksheet, row: Refund) -> Returned:
    """A refund sent; without a payee's number it went to the account's first payer."""
    places = places_known(sheet, row.payee_id) if row.payee_id else sheet.places
    place = places[0].index if places else -1
    ids = tuple(number for number in (row.refund_id, row.transaction_id) if number)
    item = Returned(Reason.ALREADY_REFUNDED, place, row.amount_cents, ids)
    item.on = row.issued_on
    shown = [p for p in payer_postings(sheet) if p.entry.transaction_id == row.transaction_id]
    if shown and all(posting.line_no is not None for posting in shown):
        item.lines = frozenset(p.line_no for p in shown if p.line_no is not None)
    return item


def refunds_under_way(sheet: Worksheet, scope: Scope) -> tuple[str, ...]:
    """Refunds to the payer that are asked for or approved and have not gone out."""
    payer_ids = {place.payer_id for place in scope.places}
    return tuple(
        row.refund_id
        for row in sorted(sheet.account.refunds)
        if row.payee == "payer" and row.status in ("requested", "approved")
        if row.payee_id is None or row.payee_id in payer_ids
    )


def returned_in(scope: Scope, items: list[Returned]) -> list[Returned]:
    """What went back to the payer of a scope, on its lines."""
    indexes = {place.index for place in scope.places}
    return [
        item
        for item in items
        if item.place in indexes
        and (not item.lines or scope.lines is None or not item.lines.isdisjoint(scope.lines))
    ]


def settling(request: RefundRequest, scope: Scope, items: list[Returned]) -> Returned | None:
    """What already met just this request: it took back the payment named, or came in answer.

    A number that a living payment bears too does not tell which of them is meant.
    """
    asked = request.amount_cents
    living = sum(answer.claim.paid_cents > 0 and not answer.is_reversed for answer in scope.named)
    for item in items:
        if item.answers_letter or item.cents < asked:
            continue
        names = bool(item.number) and item.number in scope.numbers
        if names and living <= (0 if item.reason is Reason.PAYMENT_REVERSED else 1):
            return item
        in_answer = item.on is not None and item.on >= request.received_on
        if in_answer and item.cents == asked and item.reason is Reason.ALREADY_REFUNDED:
            return item
    return None
