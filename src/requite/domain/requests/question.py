"""Requests that nobody can answer yet: what is open, and what is to be asked of whom."""

from typing import Final

from requite.domain.determination.proof import dollars
from requite.domain.request import Action, Reason
from requite.domain.requests.demand import Demand, left_in
from requite.domain.requests.opinion import (
    Opinion,
    evidence_of,
    open_question,
    paid_evidence,
    too_late,
)
from requite.domain.requests.scope import postings_in, was_received

ORDER_CAUSES: Final = frozenset(
    {"dual_primary", "medicare_secondary_payer", "secondary_over_responsibility"}
)
# What ledger and remittance cannot say, and which paper says it.
ASKS: Final = {
    "eligibility": (
        "whether coverage had ended on the day of service",
        "ask for the date of termination and the notice of it, and find what was verified then",
    ),
    "medical_necessity": (
        "whether the service was needed",
        "ask for the review and its criteria, and find the chart",
    ),
    "billing": ("whether the codes bundle", "ask for the edit that it applied, and find the chart"),
    "contract": (
        "which fee schedule binds",
        "ask for the contract and the fee schedule of the day of service",
    ),
}


def take_back_open(demand: Demand) -> Opinion | None:
    """A take-back is announced, or named no claim: whether it was this money is not settled."""
    pots = [pot for pot in demand.waiting if pot.finding.cause == "takeback_unposted" and pot.left]
    if not pots or left_in(demand.in_time) >= demand.asked:
        return None
    evidence = evidence_of(pots)
    reversal = [item for item in demand.returned if item.reason is Reason.PAYMENT_REVERSED]
    if any(not set(item.ids).isdisjoint(evidence) for item in reversal):
        why = (
            f"the payer reversed {dollars(left_in(pots))} and still carries it forward; "
            "the next remittance settles whether it is taken"
        )
        return open_question((Reason.PAYMENT_REVERSED,), why, evidence, Action.LET_OFFSET)
    why = (
        f"a take-back of this amount names no claim, and {dollars(left_in(pots))} is over; "
        "its withhold report settles whether it was this money"
    )
    return open_question((Reason.ALREADY_RECOUPED,), why, evidence)


def limits_unknown(demand: Demand) -> Opinion | None:
    """Money is over, and the law that says how long it may be asked for is not known here."""
    limit = demand.limit().limit
    if limit.unknown is None or not (left_in(demand.owed) or left_in(demand.waiting)):
        return None
    over = f"{dollars(left_in(demand.owed) + left_in(demand.waiting))} is over"
    why = (
        f"{over}, and whether it came in time a person must say, by {limit.unknown} "
        f"({limit.rule_id})"
    )
    evidence = evidence_of([*demand.owed, *demand.waiting])
    return open_question((), why, evidence)


def for_a_person(demand: Demand) -> Opinion | None:
    """Money is over that may be the payer's; a person must say whose it is."""
    pots = [pot for pot in demand.waiting if pot.left]
    if not pots:
        return None
    if all(demand.is_late(pot) for pot in pots):
        return too_late(demand, evidence_of(pots))
    ordering = any(pot.finding.cause in ORDER_CAUSES for pot in pots)
    reasons = (Reason.WRONG_PAYER_ORDER_UNPROVED,) if ordering else ()
    reversal = all(pot.finding.cause == "reversal_pending" for pot in pots)
    action = Action.LET_OFFSET if reversal else Action.ASK_PAYER
    why = (
        f"{dollars(left_in(pots))} is over and a person must say whose it is: "
        f"{pots[0].finding.explanation.rstrip('.')}"
    )
    return open_question(reasons, why, evidence_of(pots), action)


def order_unproved(demand: Demand) -> Opinion | None:
    """It says that another payer comes first, and no record tells of another."""
    on_file = [place for place in demand.grounds.sheet.places if place.on_file]
    if demand.request.reason != "cob" or len({place.payer_id for place in on_file}) > 1:
        return None
    if not was_received(demand.grounds.sheet, demand.scope):
        return None
    if demand.limit_of(None, "cob").is_past(demand.request.received_on):
        return too_late(demand, paid_evidence(demand))
    why = "it says that another payer comes first, and no record on file names one"
    return open_question((Reason.WRONG_PAYER_ORDER_UNPROVED,), why, paid_evidence(demand))


def unrefuted(demand: Demand) -> Opinion | None:
    """Nothing is over on record, and the records cannot refute the reason that it gives."""
    asks = ASKS.get(demand.request.reason or "")
    if asks is None or (demand.request.reason == "contract" and is_refuted(demand)):
        return None
    end = demand.limit()
    if end.is_past(demand.request.received_on):
        return too_late(demand, paid_evidence(demand))
    matter, remedy = asks
    why = f"nothing is over on record, but the records cannot say {matter}: {remedy}"
    if end.limit.unknown is not None:
        why += f"; whether it came in time a person must say, by {end.limit.unknown}"
    return open_question((), why, paid_evidence(demand))


def is_refuted(demand: Demand) -> bool:
    """Whether the records answer a contract claim: all is asked back, or the contract is known."""
    sheet, scope = demand.grounds.sheet, demand.scope
    payer_ids = {place.payer_id for place in scope.places}
    if any(
        row.payer_id in payer_ids and scope.holds(row.line_no) for row in sheet.account.contracts
    ):
        return True
    return demand.asked >= sum(posting.cash for posting in postings_in(sheet, scope))
