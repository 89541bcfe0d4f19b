"""What of an account a request speaks of: the payer's places, its payments, their lines.

A claim number that the account knows narrows it to the lines of that claim, for a duplicate is
paid under another number for the same lines; without one, the days of service do.
"""

from datetime import date
from typing import Final, NamedTuple

from requite.domain.determination.answer import Answer
from requite.domain.determination.line import Place
from requite.domain.determination.places import related
from requite.domain.determination.worksheet import PAYER, Posting, Worksheet
from requite.domain.request import RefundRequest, plain

RECEIVED: Final = frozenset({"payment", "recoupment"})


class Scope(NamedTuple):
    """The part of an account that a request is about.

    `named` are the payments that bear the claim number of the request; `numbers` all numbers by
    which it names the claim. `lines` None means the account as a whole.
    """

    places: tuple[Place, ...]
    numbers: frozenset[str]
    named: tuple[Answer, ...]
    answers: tuple[Answer, ...]
    lines: frozenset[int] | None

    @property
    def place(self) -> Place | None:
        """The place whose plan governs: that of the payment named, else the payer's first."""
        for answer in (*self.named, *self.answers):
            for place in self.places:
                if place.index == answer.place:
                    return place
        return self.places[0] if self.places else None

    def holds(self, line_no: int | None) -> bool:
        """Whether a line lies in it; the account as a whole always does."""
        return self.lines is None or line_no is None or line_no in self.lines

    def touches(self, answer: Answer) -> bool:
        """Whether an answer speaks of any of its lines."""
        if self.lines is None or not answer.adjudications:
            return True
        return not self.lines.isdisjoint(answer.adjudications)

    @property
    def paid_answers(self) -> tuple[Answer, ...]:
        """The payments that a look-back may run from: those named, else all of the payer."""
        return tuple(a for a in self.named or self.answers if a.claim.paid_cents > 0)

    @property
    def last_paid_on(self) -> date | None:
        """The day of the last of them."""
        return max((a.claim.payment_date for a in self.paid_answers), default=None)


def scope_of(sheet: Worksheet, request: RefundRequest) -> Scope:
    """What `request` speaks of on the account of `sheet`."""
    places = places_known(sheet, request.payer_id)
    indexes = {place.index for place in places}
    mine = [answer for answer in sheet.answers if answer.own and answer.place in indexes]
    numbers = numbers_named(sheet, request)
    bearing = [a for a in mine if plain(a.claim.payer_claim_number) in numbers]
    lines = lines_named(sheet, request, bearing, numbers)
    whole = Scope(tuple(places), numbers, (), (), lines)
    payments = [answer for answer in mine if not answer.is_reversal]
    return whole._replace(
        named=tuple(answer for answer in bearing if not answer.is_reversal),
        answers=tuple(answer for answer in payments if whole.touches(answer)),
    )


def places_known(sheet: Worksheet, payer_id: str) -> list[Place]:
    """Where a payer stands on the account, or the one payer there that it is related to."""
    found = [place for place in sheet.places if place.payer_id == payer_id]
    if found:
        return found
    relatives = [p for p in sheet.places if p.on_file and related(sheet, payer_id, p)]
    return relatives if len({place.payer_id for place in relatives}) == 1 else []


def numbers_named(sheet: Worksheet, request: RefundRequest) -> frozenset[str]:
    """The payer's claim numbers of a request: its own, else those of the billed claim it names."""
    if request.payer_claim_number:
        number = plain(request.payer_claim_number)
        return frozenset({number}) if number in numbers_known(sheet) else frozenset()
    control = plain(request.patient_control_number)
    claims = sheet.account.claims
    billed = [claim for claim in claims if plain(claim.patient_control_number) == control]
    if not control or len(billed) == len(claims):
        return frozenset()
    return frozenset(plain(claim.payer_claim_number) for claim in billed) - {""}


def numbers_known(sheet: Worksheet) -> set[str]:
    """Every claim number of a payer that remittances, ledger or billed claims tell."""
    known = {plain(answer.claim.payer_claim_number) for answer in sheet.answers if answer.own}
    known.update(plain(claim.payer_claim_number) for claim in sheet.account.claims)
    known.update(plain(posting.entry.payer_claim_number) for posting in payer_postings(sheet))
    return known - {""}


def lines_named(
    sheet: Worksheet, request: RefundRequest, bearing: list[Answer], numbers: frozenset[str]
) -> frozenset[int] | None:
    """The lines of the claim named, else of the days of service; None for the whole account."""
    if bearing:
        lines = frozenset(number for answer in bearing for number in answer.adjudications)
        return lines or None
    if numbers:
        posted = [p for p in payer_postings(sheet) if bears(p, numbers)]
        lines = frozenset(p.line_no for p in posted if p.line_no is not None)
        return lines if lines and all(p.line_no is not None for p in posted) else None
    first = request.service_from
    last = request.service_to or first
    if first is None or last is None:
        return None
    dated = [
        line.line_no
        for line in sheet.lines.values()
        if line.service_date is not None and first <= line.service_date <= last
    ]
    return frozenset(dated) or None


def payer_postings(sheet: Worksheet) -> list[Posting]:
    """What the ledger shows of payers' money."""
    return sheet.of_kind(PAYER)


def bears(posting: Posting, numbers: frozenset[str]) -> bool:
    """Whether a posting bears one of the claim numbers, itself or through its remittance."""
    answer = posting.answer
    if answer is not None and plain(answer.claim.payer_claim_number) in numbers:
        return True
    return plain(posting.entry.payer_claim_number) in numbers


def postings_in(sheet: Worksheet, scope: Scope) -> list[Posting]:
    """The payer's postings on the lines of a scope."""
    indexes = {place.index for place in scope.places}
    return [p for p in payer_postings(sheet) if p.place in indexes and scope.holds(p.line_no)]


def was_received(sheet: Worksheet, scope: Scope) -> bool:
    """Whether any money came for what is named: by remittance, in the ledger, at the bank."""
    if scope.paid_answers and (scope.named or not scope.numbers):
        return True
    return any(
        not scope.numbers or bears(posting, scope.numbers) or not posting.referenced
        for posting in postings_in(sheet, scope)
        if posting.cash > 0 and posting.entry.type in RECEIVED
    )
