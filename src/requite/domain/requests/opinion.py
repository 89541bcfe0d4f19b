"""What is to be said of a demand: how it is ruled, why, on what evidence, and what is done next."""

from typing import NamedTuple

from requite.domain.determination.proof import dollars
from requite.domain.request import Action, Reason, Ruling
from requite.domain.requests.demand import Demand, left_in
from requite.domain.requests.overpaid import Pot
from requite.domain.requests.scope import postings_in
from requite.domain.words import CAUSES


class Opinion(NamedTuple):
    """What is to be said of a demand; `takes` are the cents that it has of each pot."""

    ruling: Ruling
    reasons: tuple[Reason, ...]
    action: Action
    why: str
    evidence: tuple[str, ...] = ()
    takes: tuple[tuple[Pot, int], ...] = ()

    @property
    def supported_cents(self) -> int:
        """What of the demand is supported."""
        return sum(cents for _, cents in self.takes)


def invalid(
    reason: Reason, why: str, evidence: tuple[str, ...], action: Action = Action.DISPUTE
) -> Opinion:
    """A request of which nothing is supported, for one reason."""
    return Opinion(Ruling.INVALID, (reason,), action, why, evidence)


def open_question(
    reasons: tuple[Reason, ...],
    why: str,
    evidence: tuple[str, ...],
    action: Action = Action.ASK_PAYER,
) -> Opinion:
    """A request that nothing can be said of before something else is known."""
    return Opinion(Ruling.NEEDS_INFORMATION, reasons, action, why, evidence)


def too_late(demand: Demand, evidence: tuple[str, ...]) -> Opinion:
    """Nothing is supported, for the look-back was over."""
    end = demand.limit()
    why = f"it came on {demand.request.received_on}, and the look-back ended on {end.ends_on}"
    if demand.late:
        why += f"; {dollars(left_in(demand.late))} stays the payer's in the books"
    return invalid(Reason.OUTSIDE_LOOKBACK, why, evidence)


def causes_of(pots: list[Pot]) -> str:
    """The causes of pots, in words."""
    return "; ".join(dict.fromkeys(CAUSES[pot.finding.cause] for pot in pots))


def evidence_of(pots: list[Pot]) -> tuple[str, ...]:
    """The records that pots rest on, each once."""
    return tuple(dict.fromkeys(number for pot in pots for number in pot.finding.evidence))


def claims_evidence(demand: Demand) -> tuple[str, ...]:
    """The remittance claims of what is named."""
    answers = demand.scope.named or demand.scope.answers
    return tuple(answer.claim.remit_claim_id for answer in answers)


def paid_evidence(demand: Demand) -> tuple[str, ...]:
    """The remittance claims and the postings of what was paid."""
    postings = postings_in(demand.grounds.sheet, demand.scope)
    ids = (posting.entry.transaction_id for posting in postings)
    return tuple(dict.fromkeys((*claims_evidence(demand), *ids)))
