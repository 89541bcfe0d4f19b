"""All that people do with a case: one function, one transaction, one audit event each."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requite.domain.case import (
    NEEDS_REASON,
    PERMISSION,
    VERDICTS,
    Action,
    State,
    after,
    is_owed,
    why_no_refund,
    why_not_proposed,
)
from requite.domain.errors import RequiteError
from requite.domain.regulations.book import rule_book
from requite.office.audit.services import Happening, record, record_all
from requite.office.cases.approval import check_limit, let_through, proposed
from requite.office.cases.corrections import corrections_for, withdraw
from requite.office.cases.holding import (
    LONGEST_REASON,
    ChangedSince,
    NoRefund,
    NotYours,
    OtherProposal,
    ReasonMissing,
    Seen,
    SelfApproval,
    SettledAlready,
    allows_actor,
    current,
    keep,
    locked,
)
from requite.office.cases.models import Case, Note, Question
from requite.office.cases.paid import (
    outstanding,
    pay_out,
    refund_cents,
    settle,
    why_not_now,
    why_paid_elsewhere,
)
from requite.office.cases.presence import note_viewing
from requite.office.cases.stands import short, stands_now
from requite.office.people.models import Provider, User

MENTION = re.compile(r"@([\w.+-]*[\w+-])")
WITHDRAWN = "Withdrawn: the case went on without an answer."
LONGEST_TEXT = 4_000
PAYING = (Action.PAY, Action.RECONCILE)
SECOND = (Action.APPROVE, Action.AGREE)  # what a second person may find
BACK_TO_WORK = (
    Action.REJECT, Action.WITHDRAW, Action.TAKE_UP, Action.REOPEN, Action.ANSWER, Action.TAKE_BACK,
)  # fmt: skip
MOVED = (
    "state", "decision", "decision_reason", "decided_by", "decided_at", "approved_by",
    "approved_at", "refund_cents", "changed_since_decided", "resolution", "resolved_at",
    "closed_from", "closed_by", "snoozed_until", "snooze_reason", "assigned_to",
)  # fmt: skip


@transaction.atomic
def move_case(seen: Seen, action: Action, reason: str = "", *, actor: User, at: datetime) -> Case:
    """Take one step in the life of a case.

    Raises
    ------
    StaleCase, NotAllowedNow, NotYours, SelfApproval, OtherProposal, AboveLimit, NoRefund,
    SettledAlready, ReasonMissing, ChangedSince, NoSuchCase
    """
    case = current(seen)
    to = after(State(case.state), action, owed=is_owed(case.party))
    reason = reason.strip()[:LONGEST_TEXT]
    _may(case, action, reason, actor)
    before = _told(case)
    if case.state == State.WAITING_PROVIDER:
        answer = reason if action == Action.ANSWER else WITHDRAWN
        _close_question(case, answer, actor=actor, at=at)
    case.state = to
    cents = proposed(case)
    _decide(case, action, reason, actor=actor, at=at)
    keep(case, *MOVED)
    _follow(case, action, reason, actor=actor, at=at)
    record(
        f"case.{action}", case.label, provider=seen.provider, actor=actor, at=at, before=before,
        after=_told(case),
        amount_cents=case.refund_cents or cents, reason=reason, rule=case.rule_id,
        rule_version=rule_book().edition(case.rule_id), version=case.version,
        stands=stands_now(case),
    )  # fmt: skip
    if action == Action.PROPOSE_REFUND:
        let_through(case, at=at)
    return case


def _told(case: Case) -> dict[str, str]:
    """What of a case a step may change that its event tells, before and after."""
    who = case.assigned_to.username if case.assigned_to else ""
    return {"state": case.state, "decision": case.decision, "assigned_to": who}


def _close_question(case: Case, answer: str, *, actor: User, at: datetime) -> None:
    """The case goes on, with the answer that it waited for or without."""
    Question.objects.filter(case=case, answered_at__isnull=True).update(
        answered_by=actor, answered_at=at, answer=answer
    )


def _follow(case: Case, action: Action, reason: str, *, actor: User, at: datetime) -> None:
    """What a step does besides to the case: entries, questions, and the money that went out."""
    if action == Action.CORRECT:
        corrections_for(case, at=at)
    elif action in VERDICTS or action in {Action.REOPEN, Action.TAKE_UP}:
        withdraw(case)
    if action == Action.ASK_PROVIDER:
        Question.objects.create(case=case, asked_by=actor, asked_at=at, text=reason)
    elif action == Action.PAY:
        pay_out(case, by=actor, at=at)
    elif action == Action.RECONCILE:
        settle(case, ledger="", at=at)
    elif action == Action.TAKE_BACK:
        outstanding(case).update(came_back_at=at)


def _may(case: Case, action: Action, reason: str, actor: User) -> None:
    """Refuse what the actor may not do, or not like this."""
    permission = PERMISSION.get(action)
    if permission is None or not allows_actor(actor, case.provider, permission):
        raise NotYours(action)
    if action in {*SECOND, Action.REJECT, Action.WITHDRAW}:
        _may_decide(case, action, actor)
    _must_be_due(case, action)
    if action in {*SECOND, Action.PAY} and case.changed_since_decided:
        raise ChangedSince(case)
    if action in NEEDS_REASON and not reason:
        raise ReasonMissing(f"{action.replace('_', ' ').capitalize()}")


def _may_decide(case: Case, action: Action, actor: User) -> None:
    """Refuse a decision on a proposal that is not the actor's to take."""
    is_own = case.decided_by == actor
    if action == Action.WITHDRAW:
        if not is_own:
            raise OtherProposal(case, "Who proposed it alone may take it back")
        return
    if is_own:
        raise SelfApproval(case, actor.get_username())
    why = why_not_proposed(case.decision, action)
    if why:
        raise OtherProposal(case, why)
    if action in SECOND:
        check_limit(case, actor)


def _must_be_due(case: Case, action: Action) -> None:
    """Refuse what would send money that is not to go, or went already."""
    if action == Action.PROPOSE_REFUND:
        why = why_no_refund(case.party, [row.disposition for row in case.findings.all()])
        if why:
            raise NoRefund(case, why)
    if action in {Action.PROPOSE_REFUND, Action.CORRECT, Action.PAY}:
        why = why_not_now(case) or why_paid_elsewhere(case)
        if why:
            raise SettledAlready(case, why)


def _decide(case: Case, action: Action, reason: str, *, actor: User, at: datetime) -> None:
    """What a step leaves on the case."""
    if action not in {*SECOND, *PAYING}:
        case.refund_cents = refund_cents(case) if action == Action.PROPOSE_REFUND else None
    if action == Action.TAKE_UP and case.assigned_to_id is None:
        case.assigned_to = actor
    if action in VERDICTS:
        case.decision, case.decided_by, case.decided_at = str(action), actor, at
        case.decision_reason = reason[:LONGEST_REASON]
        case.approved_by, case.approved_at, case.changed_since_decided = None, None, False
    elif action in SECOND:
        case.approved_by, case.approved_at = actor, at
    elif action in BACK_TO_WORK or (action == Action.RECONCILE and case.changed_since_decided):
        if action == Action.RECONCILE:  # what was paid is in the account: the rest is to be worked
            case.state, case.refund_cents = after(State.RESOLVED, Action.REOPEN), None
        case.decision, case.decision_reason, case.decided_by, case.decided_at = "", "", None, None
        case.approved_by, case.approved_at, case.changed_since_decided = None, None, False
    case.snoozed_until, case.snooze_reason = None, ""
    case.closed_from, case.closed_by = "", ""
    if case.state == State.RESOLVED:
        how = "dismissed" if action in {Action.DISMISS, Action.AGREE} else "reconciled"
        why = case.decision_reason if action == Action.AGREE else reason
        case.resolution, case.resolved_at = f"{how}: {why}"[:LONGEST_REASON].rstrip(": "), at
    else:
        case.resolution, case.resolved_at = "", None


@transaction.atomic
def add_note(provider: Provider, number: int, text: str, *, actor: User, at: datetime) -> Note:
    """Write on a case; `@name` mentions somebody who works for the provider."""
    text = text.strip()[:LONGEST_TEXT]
    if not text:
        raise ReasonMissing("A note")
    case = locked(provider, number)
    note = Note.objects.create(case=case, by=actor, at=at, text=text)
    named = User.objects.filter(
        username__in=MENTION.findall(text), memberships__provider=provider, is_active=True
    )
    note.mentions.set(named)
    record(
        "case.noted", case.label, provider=provider, actor=actor, at=at,
        mentions=sorted(user.username for user in named), note=note.pk, words=short(text),
    )  # fmt: skip
    return note


@transaction.atomic
def open_case(case: Case, *, beside: Sequence[Happening] = (), actor: User, at: datetime) -> None:
    """Note that somebody reads a case, and has it open from now on; and what was read `beside`."""
    read = [*beside, Happening("case.read", case.label)]
    record_all(read, provider=case.provider, actor=actor, at=at)
    note_viewing(case, actor, at=at)


@transaction.atomic
def note_reading(case: Case, *, actor: User, at: datetime) -> None:
    """Note that somebody read a case, and with it a patient's data."""
    record("case.read", case.label, provider=case.provider, actor=actor, at=at)


@transaction.atomic
def note_evidence(case: Case, *, actor: User, at: datetime) -> None:
    """Note that somebody read the ledger and the remittances of a case's account."""
    record("evidence.read", case.label, provider=case.provider, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one case of many."""

    number: int
    problem: str = ""


@transaction.atomic
def each_case(
    provider: Provider, numbers: Collection[int], act: Callable[[int], object]
) -> list[RowResult]:
    """Do the same with many cases, in one transaction: all that can be done is, or nothing.

    What is refused for one says why and does not stop the rest; what it had begun is taken back.
    The cases are held in one order before anything else is, so that nobody waits in a ring.
    """
    mine = Case.objects.select_for_update().filter(provider=provider, number__in=numbers)
    list(mine.order_by("pk").values_list("pk"))
    results = []
    for number in numbers:
        try:
            with transaction.atomic():
                act(number)
        except RequiteError as error:
            results.append(RowResult(number, str(error)))
        else:
            results.append(RowResult(number))
    return results
