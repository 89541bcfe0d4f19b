"""The verdict on each refund request: what is supported, why, by when and how it is answered."""

from collections.abc import Sequence
from typing import NamedTuple

from requite.domain.deadlines import Due
from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.proof import dollars
from requite.domain.regulations.book import RuleBook
from requite.domain.request import Action, Reason, RefundRequest, Ruling, Verdict, turn
from requite.domain.requests.clock import answer_by, answer_by_unmatched
from requite.domain.requests.demand import Demand, Grounds
from requite.domain.requests.match import Match
from requite.domain.requests.opinion import Opinion, invalid, open_question
from requite.domain.requests.precedence import opinion_on
from requite.domain.requests.repeat import earlier_unmatched
from requite.domain.requests.returned import refunds_under_way


class Terms(NamedTuple):
    """What verdicts need besides the accounts: payers that settle by offset, and the law."""

    offset_payers: frozenset[str] = frozenset()
    rules: RuleBook | None = None


def judge_account(
    account: PatientAccount,
    book: Book,
    requests: Sequence[tuple[RefundRequest, str]],
    terms: Terms = Terms(),  # noqa: B008 - immutable
) -> list[Verdict]:
    """Judge all requests about one account; what two ask for counts in the earlier.

    Parameters
    ----------
    account : PatientAccount
        The account that the requests are about, with its rows in any order.
    book : Book
        Payers, plans and the day to look from.
    requests : sequence of (RefundRequest, str)
        Every request received by then, with what must be said of how it was matched.
    terms : Terms
        Payers whose refunds go by offset; the rules as shipped, unless others are given.

    Returns
    -------
    list of Verdict
        In the order in which the requests came. The supported amounts of one payer's requests
        never add up to more than it overpaid.
    """
    grounds = Grounds(account, book, terms.rules)
    verdicts = []
    for request, note in sorted(requests, key=_turn):
        demand = Demand(grounds, request, note)
        opinion = opinion_on(demand)
        for pot, cents in opinion.takes:
            pot.left -= cents
            pot.takers.append(request.request_id)
        grounds.heard.append((request, demand.scope))
        verdicts.append(_verdict(demand, opinion, terms))
    return verdicts


def _turn(item: tuple[RefundRequest, str]) -> tuple[object, ...]:
    return turn(item[0])


def _verdict(demand: Demand, opinion: Opinion, terms: Terms) -> Verdict:
    request = demand.request
    end = demand.limit()
    due = answer_by(end.limit, request, is_paid=opinion.ruling is Ruling.VALID)
    late = Reason.OUTSIDE_LOOKBACK in opinion.reasons
    rule_id = end.limit.rule_id if late or due is None else due.rule_id
    action, notes = _next_step(demand, opinion, terms)
    return Verdict(
        request.request_id,
        str(opinion.ruling),
        opinion.supported_cents,
        tuple(str(reason) for reason in opinion.reasons),
        demand.grounds.sheet.account.account_id,
        demand.overpaid,
        end.ends_on,
        None if due is None else due.due_on,
        rule_id,
        str(action),
        opinion.evidence,
        _sentence(request, demand.grounds.sheet.book, (opinion.why, *notes, demand.note)),
    )


def _next_step(demand: Demand, opinion: Opinion, terms: Terms) -> tuple[Action, tuple[str, ...]]:
    """What is done, and what must be said about the payer's own taking of the money."""
    if opinion.action is Action.REFUND:
        return _way_back(demand, terms)
    offset_on = demand.request.offset_on
    disputed = opinion.action in (Action.DISPUTE, Action.ASK_PAYER)
    if offset_on is None or not disputed:
        return opinion.action, ()
    if offset_on > demand.grounds.sheet.book.as_of:
        return opinion.action, (f"answer before the payer takes it on {offset_on}",)
    return opinion.action, (f"ALARM: the letter says that the payer took it on {offset_on}",)


def _way_back(demand: Demand, terms: Terms) -> tuple[Action, tuple[str, ...]]:
    """By the payer's offset where it announced one, or settles so; else by refund."""
    request = demand.request
    if request.offset_on is not None:
        if request.offset_on > demand.grounds.sheet.book.as_of:
            return Action.LET_OFFSET, (f"the payer takes it on {request.offset_on}: send no check",)
        note = (
            f"ALARM: the letter says that the payer took it on {request.offset_on}, and no "
            "remittance shows it: send no check before that is clear"
        )
        return Action.LET_OFFSET, (note,)
    if request.payer_id in terms.offset_payers:
        return Action.LET_OFFSET, ("this payer settles by offset: send no check",)
    under_way = refunds_under_way(demand.grounds.sheet, demand.scope)
    if under_way:
        return Action.REFUND, (f"refund {', '.join(under_way)} is under way: send no second one",)
    return Action.REFUND, ()


def judge_not_ours(
    request: RefundRequest, other: str, book: Book, rules: RuleBook | None = None
) -> Verdict:
    """Judge a request that names another provider: nothing else of it is looked at.

    Parameters
    ----------
    request : RefundRequest
        What the letter states.
    other : str
        The number that it names, in words.
    book : Book
        Payers, for the law that sets the day to answer by.
    rules : RuleBook, optional
        The rules as shipped, unless others are given.
    """
    why = f"it names {other}, which none of our facilities has: say so, and look at no account"
    opinion = invalid(Reason.NOT_OUR_PROVIDER, why, ())
    return _without_account(request, opinion, book, rules)


def judge_unmatched(
    request: RefundRequest,
    found: Match,
    book: Book,
    heard: list[RefundRequest],
    rules: RuleBook | None = None,
) -> Verdict:
    """Judge a request that leads to no account, or to several.

    Parameters
    ----------
    request : RefundRequest
        What the letter states.
    found : Match
        The accounts that fit, and what contradicts.
    book : Book
        Payers, for the law that sets the day to answer by.
    heard : list of RefundRequest
        The requests heard before, matched or not, in the order in which they came.
    rules : RuleBook, optional
        The rules as shipped, unless others are given.
    """
    return _without_account(request, _unmatched_opinion(request, found, heard), book, rules)


def _unmatched_opinion(request: RefundRequest, found: Match, heard: list[RefundRequest]) -> Opinion:
    earlier = earlier_unmatched(request, heard)
    if earlier is not None:
        first = f"request {earlier}" if earlier else "an earlier one that is not on file"
        evidence = (earlier,) if earlier else ()
        why = f"it repeats {first}, where the amount counts"
        return invalid(Reason.REPEAT_NOTICE, why, evidence, Action.LINK_TO_EARLIER)
    if found.is_ambiguous:
        listed = ", ".join(found.fits)
        why = found.note or "ask the payer which it means"
        fits = f"{len(found.fits)} accounts fit it ({listed}); {why}"
        return open_question((Reason.AMBIGUOUS_CLAIM,), fits, ())
    why = "no account fits what it states"
    if found.note:
        why = f"{why}: {found.note}"
    return open_question((Reason.CLAIM_NOT_FOUND,), why, ())


def judge_held(
    request: RefundRequest,
    account_id: str,
    book: Book,
    heard: list[RefundRequest],
    rules: RuleBook | None = None,
) -> Verdict:
    """Judge a request about an account that the import holds out, for it does not add up."""
    opinion = _unmatched_opinion(request, Match(account_id), heard)
    if Reason.REPEAT_NOTICE not in opinion.reasons:
        why = (
            f"account {account_id} is held out, for its rows do not add up to its own balance or "
            "its transfers do not cancel: mend it in the feed, then decide"
        )
        opinion = open_question((), why, ())
    verdict = _without_account(request, opinion, book, rules)
    return verdict._replace(account_id=account_id)


def _without_account(
    request: RefundRequest, opinion: Opinion, book: Book, rules: RuleBook | None
) -> Verdict:
    due: Due | None = answer_by_unmatched(request, book, rules)
    return Verdict(
        request.request_id,
        str(opinion.ruling),
        0,
        tuple(str(reason) for reason in opinion.reasons),
        None,
        0,
        None,
        None if due is None else due.due_on,
        None if due is None else due.rule_id,
        str(opinion.action),
        opinion.evidence,
        _sentence(request, book, (opinion.why,)),
    )


def _sentence(request: RefundRequest, book: Book, parts: tuple[str, ...]) -> str:
    """One plain sentence: who asks for how much, and what is to be said of it."""
    payer = book.payers.get(request.payer_id)
    name = request.payer_id if payer is None else payer.name
    said = "; ".join(part for part in parts if part)
    return f"{name} asks for {dollars(request.amount_cents)}: {said}."
