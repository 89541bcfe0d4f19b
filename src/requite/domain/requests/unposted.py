"""Money that came, by the remittance or the bank, and that the ledger does not show."""

from typing import NamedTuple

from requite.domain.determination.answer import Answer
from requite.domain.determination.worksheet import Worksheet
from requite.domain.requests.scope import Scope, payer_postings


class Unposted(NamedTuple):
    """Payments of a scope that are not in the ledger, in cents, with where they are to be seen."""

    cents: int
    answers: tuple[Answer, ...]
    evidence: tuple[str, ...]


def unposted_of(sheet: Worksheet, scope: Scope, answers: tuple[Answer, ...]) -> Unposted:
    """What `answers` paid and the ledger lacks; postings that nothing is linked to may be it."""
    short = [(answer, lacking(answer)) for answer in answers if not answer.is_reversed]
    short = [(answer, cents) for answer, cents in short if cents > 0]
    indexes = {place.index for place in scope.places}
    unlinked = sum(
        posting.cash
        for posting in payer_postings(sheet)
        if posting.place in indexes and posting.cash > 0 and not posting.link
    )
    cents = max(sum(cents for _, cents in short) - unlinked, 0)
    if not cents:
        return Unposted(0, (), ())
    found = tuple(answer for answer, _ in short)
    return Unposted(cents, found, evidence_of(sheet, found))


def lacking(answer: Answer) -> int:
    """What a claim paid, interest left out, less what was posted from it."""
    interest = sum(part.interest for part in answer.adjudications.values())
    return answer.claim.paid_cents - max(interest, 0) - answer.posted


def evidence_of(sheet: Worksheet, answers: tuple[Answer, ...]) -> tuple[str, ...]:
    """The remittance claims, and the bank deposits of their traces."""
    traces = {answer.claim.trace_number for answer in answers}
    deposits = [
        row.deposit_id
        for row in sorted(sheet.account.deposits)
        if row.amount_cents > 0 and row.trace_number in traces
    ]
    return (*(answer.claim.remit_claim_id for answer in answers), *deposits)


def is_paid_twice(sheet: Worksheet, unposted: Unposted) -> bool:
    """Whether another living payment of the same place pays for a line of an unposted one."""
    return any(
        not set(answer.adjudications).isdisjoint(other.adjudications)
        for answer in unposted.answers
        for other in sheet.answers
        if other is not answer and other.own and other.place == answer.place
        if not other.is_reversal and not other.is_reversed and other.claim.paid_cents > 0
    )
