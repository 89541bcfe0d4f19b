"""The reasons for which a request fails or stands, each a test of the figures of a demand.

`ORDER` is the precedence: the first that speaks is the opinion on the request. A repeat goes
before all, what went back before what is owed, and money that is not posted before the amount.
"""

from collections.abc import Callable
from typing import Final

from requite.domain.determination.proof import dollars
from requite.domain.request import Action, Reason, Ruling
from requite.domain.requests.demand import Demand, left_in, nets_of
from requite.domain.requests.opinion import (
    Opinion,
    causes_of,
    claims_evidence,
    evidence_of,
    invalid,
    open_question,
    paid_evidence,
    too_late,
)
from requite.domain.requests.overpaid import Pot
from requite.domain.requests.question import (
    for_a_person,
    limits_unknown,
    order_unproved,
    take_back_open,
    unrefuted,
)
from requite.domain.requests.returned import Returned, settling
from requite.domain.requests.scope import postings_in, was_received
from requite.domain.requests.unposted import Unposted

WAYS: Final = {
    Reason.PAYMENT_REVERSED: "a reversal took it back",
    Reason.ALREADY_RECOUPED: "a provider adjustment took it",
    Reason.ALREADY_REFUNDED: "a refund returned it",
}


def opinion_on(demand: Demand) -> Opinion:
    """The first opinion in the order of precedence."""
    for test in ORDER:
        found = test(demand)
        if found is not None:
            return found
    return no_overpayment(demand)


def repeat_notice(demand: Demand) -> Opinion | None:
    """It repeats an earlier one, in which the amount counts."""
    if demand.earlier is None:
        return None
    first = f"request {demand.earlier}" if demand.earlier else "an earlier one that is not on file"
    why = f"it repeats {first}, where the amount counts"
    evidence = (demand.earlier,) if demand.earlier else ()
    return invalid(Reason.REPEAT_NOTICE, why, evidence, Action.LINK_TO_EARLIER)


def no_amount(demand: Demand) -> Opinion | None:
    """It asks for nothing."""
    if demand.asked > 0:
        return None
    return open_question((), "it states no amount", ())


def named_take_back(demand: Demand) -> Opinion | None:
    """A provider adjustment, of whatever code, named just this claim: the payer has its money."""
    item = settling(demand.request, demand.scope, demand.returned)
    if item is None or item.reason is not Reason.ALREADY_RECOUPED:
        return None
    return went_back(demand)


def went_back(demand: Demand) -> Opinion | None:
    """Just this payment went back, or just this letter was met."""
    item = settling(demand.request, demand.scope, demand.returned)
    if item is None:
        return None
    item.answers_letter = True
    return returned_opinion(demand, alike(demand, item))


def alike(demand: Demand, item: Returned) -> list[Returned]:
    """What gave the same money back: a second time where nothing more is left to explain it."""
    if demand.overpaid:
        return [item]
    again = [other for other in nets_of(demand.returned) if other.reason is not item.reason]
    return [item, *(other for other in again if other.cents >= demand.asked)]


def returned_opinion(demand: Demand, items: list[Returned]) -> Opinion:
    """Nothing is supported, for the money has gone back; twice, where two ways gave all of it."""
    reasons = tuple(dict.fromkeys(item.reason for item in items))
    said = "; ".join(told(item) for item in items)
    back = sum(item.cents for item in items)
    full = [item for item in items if item.cents >= demand.asked]
    if len({item.reason for item in full}) > 1:
        why = f"ALARM: {said}; the same money went back more than once: claim one back"
        action = Action.DISPUTE
    else:
        why = said
        action = Action.DISPUTE
        if reasons == (Reason.ALREADY_RECOUPED,) and back >= demand.asked:
            action = Action.LET_OFFSET
    if back < demand.asked:
        reasons = (*reasons, Reason.AMOUNT_EXCEEDS_OVERPAYMENT)
        why += f"; the other {dollars(demand.asked - back)} was not overpaid"
    end = demand.limit()
    if Reason.ALREADY_RECOUPED in reasons and end.is_past(demand.request.received_on):
        why += (
            f"; the look-back ended on {end.ends_on}, so that the take-back itself may be disputed"
        )
    evidence = tuple(number for item in items for number in item.ids)
    return Opinion(Ruling.INVALID, reasons, action, why, evidence)


def told(item: Returned) -> str:
    """What gave money back, and when."""
    on = f" on {item.on}" if item.on else ""
    return f"{WAYS[item.reason]}: {dollars(item.cents)}{on}"


def named_not_posted(demand: Demand) -> Opinion | None:
    """The payment that the claim number names is nowhere in the ledger."""
    missing = demand.named_unposted
    paid = sum(answer.claim.paid_cents for answer in demand.scope.paid_answers)
    if not demand.scope.named or not missing.cents or missing.cents < paid:
        return None
    return not_posted(demand, missing)


def not_posted(demand: Demand, missing: Unposted) -> Opinion:
    """Post it first; but a request that is too late need not wait for that."""
    end = demand.limit_of_unposted(missing)
    if end.is_past(demand.request.received_on):
        return too_late(demand, missing.evidence)
    why = (
        f"{dollars(missing.cents)} came with payment "
        f"{', '.join(sorted({a.claim.trace_number for a in missing.answers}))} and is not in the "
        "ledger: post it, then decide"
    )
    return open_question((Reason.NOT_POSTED,), why, missing.evidence)


def in_full(demand: Demand) -> Opinion | None:
    """All of it is the payer's."""
    if left_in(demand.in_time) < demand.asked:
        return None
    takes = taken_from(demand.in_time, demand.asked)
    pots = [pot for pot, _ in takes]
    why = f"it overpaid {dollars(demand.overpaid)} ({causes_of(pots)})"
    return Opinion(Ruling.VALID, (), Action.REFUND, why, evidence_of(pots), takes)


def taken_from(pots: list[Pot], cents: int) -> tuple[tuple[Pot, int], ...]:
    """How much of each pot makes up `cents`, in their order."""
    takes = []
    for pot in pots:
        used = min(pot.left, cents)
        if used > 0:
            takes.append((pot, used))
            cents -= used
    return tuple(takes)


def unposted_before_amount(demand: Demand) -> Opinion | None:
    """More is asked than the ledger can bear out, and some of the money is not posted."""
    known = left_in(demand.owed) + demand.came_back
    if not demand.unposted.cents or demand.asked <= known:
        return None
    return not_posted(demand, demand.unposted)


def in_part(demand: Demand) -> Opinion | None:
    """A part of it is the payer's; each reason names what stands against the rest."""
    supported = left_in(demand.in_time)
    if not supported:
        return None
    takes = taken_from(demand.in_time, supported)
    pots = [pot for pot, _ in takes]
    rest = demand.asked - supported
    reasons: list[Reason] = []
    free = " that no other request has" if any(pot.takers for pot in demand.owed) else ""
    parts = [f"it overpaid {dollars(supported)}{free} ({causes_of(pots)})"]
    if left_in(demand.late):
        reasons.append(Reason.OUTSIDE_LOOKBACK)
        parts.append(f"for {dollars(left_in(demand.late))} it came too late")
        rest -= left_in(demand.late)
    items = nets_of(demand.returned) if rest > 0 else []
    for item in items:
        reasons.append(item.reason)
        parts.append(told(item))
    rest -= sum(item.net for item in items)
    if rest > 0:
        reasons.append(Reason.AMOUNT_EXCEEDS_OVERPAYMENT)
        parts.append(f"{dollars(rest)} more than that is asked")
    if left_in(demand.waiting):
        parts.append(f"of {dollars(left_in(demand.waiting))} a person must still decide")
    evidence = (*evidence_of(pots), *(number for item in items for number in item.ids))
    unique = tuple(dict.fromkeys(reasons))
    return Opinion(Ruling.PARTLY_VALID, unique, Action.REFUND, "; ".join(parts), evidence, takes)


def outside_lookback(demand: Demand) -> Opinion | None:
    """What is owed was paid too long before the request came."""
    if not left_in(demand.late):
        return None
    return too_late(demand, evidence_of(demand.late))


def all_returned(demand: Demand) -> Opinion | None:
    """Nothing is owed any more, for it has gone back."""
    items = nets_of(demand.returned)
    return returned_opinion(demand, items) if items and not left_in(demand.owed) else None


def counted_already(demand: Demand) -> Opinion | None:
    """What is owed counts in an earlier request, for another amount or by another number."""
    takers = tuple(dict.fromkeys(name for pot in demand.owed for name in pot.takers))
    if not takers:
        return None
    heard = {other.request_id: other.amount_cents for other, _ in demand.grounds.heard}
    same = any(heard.get(name) == demand.asked for name in takers)
    reason = Reason.REPEAT_NOTICE if same else Reason.AMOUNT_EXCEEDS_OVERPAYMENT
    why = f"all of the {dollars(demand.overpaid)} overpaid counts in request {', '.join(takers)}"
    return invalid(reason, why, takers, Action.LINK_TO_EARLIER)


def not_received(demand: Demand) -> Opinion | None:
    """No such payment came."""
    if was_received(demand.grounds.sheet, demand.scope):
        return None
    why = "no such payment is in the remittances, the ledger or the bank"
    return invalid(Reason.NOT_RECEIVED, why, claims_evidence(demand))


def no_overpayment(demand: Demand) -> Opinion:
    """It was paid, and rightly."""
    paid = sum(p.cash for p in postings_in(demand.grounds.sheet, demand.scope))
    why = f"of the {dollars(paid)} that it paid nothing is over"
    return invalid(Reason.NO_OVERPAYMENT, why, paid_evidence(demand))


ORDER: Final[tuple[Callable[[Demand], Opinion | None], ...]] = (
    repeat_notice,
    no_amount,
    named_take_back,
    take_back_open,
    went_back,
    named_not_posted,
    limits_unknown,
    in_full,
    unposted_before_amount,
    in_part,
    outside_lookback,
    all_returned,
    counted_already,
    for_a_person,
    order_unproved,
    not_received,
    unrefuted,
)
