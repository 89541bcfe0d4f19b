"""All that people do with a case: one function, one transaction, one audit event each."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from requite.domain.case import (
    NEEDS_REASON,
    PERMISSION,
    VERDICTS,
    Action,
    NotAllowedNow,
    State,
    after,
    why_no_refund,
)
from requite.domain.errors import RequiteError
from requite.office.audit.services import record
from requite.office.cases.approval import check_limit, let_through
from requite.office.cases.corrections import corrections_for, withdraw
from requite.office.cases.holding import (
    ChangedSince,
    NoRefund,
    NotYours,
    ReasonMissing,
    Seen,
    SelfApproval,
    allows_actor,
    current,
    keep,
    locked,
)
from requite.office.cases.models import Case, Note, Question
from requite.office.cases.presence import note_viewing
from requite.office.people.models import Provider, User

MENTION = re.compile(r"@([\w.+-]+)")
WITHDRAWN = "Withdrawn: the case went on without an answer."
LONGEST_SNOOZE, LATE_SNOOZE = timedelta(days=90), timedelta(days=7)
LONGEST_TEXT, LONGEST_REASON = 4_000, 300
MOVED = (
    "state", "decision", "decided_by", "decided_at", "approved_by", "approved_at",
    "changed_since_decided", "resolution", "resolved_at", "snoozed_until", "snooze_reason",
)  # fmt: skip


@transaction.atomic
def move_case(seen: Seen, action: Action, reason: str = "", *, actor: User, at: datetime) -> Case:
    """Take one step in the life of a case.

    Raises
    ------
    StaleCase, NotAllowedNow, NotYours, SelfApproval, ReasonMissing, ChangedSince, NoSuchCase
    """
    case = current(seen)
    to = after(State(case.state), action)
    reason = reason.strip()[:LONGEST_TEXT]
    _may(case, action, reason, actor)
    before = {"state": case.state, "decision": case.decision}
    if case.state == State.WAITING_PROVIDER and action != Action.ANSWER:
        _withdraw_question(case, actor=actor, at=at)
    case.state = to
    _decide(case, action, reason, actor=actor, at=at)
    keep(case, *MOVED)
    if action == Action.CORRECT:
        corrections_for(case, at=at)
    elif action in VERDICTS or action in {Action.REOPEN, Action.TAKE_UP}:
        withdraw(case)
    if action == Action.ASK_PROVIDER:
        Question.objects.create(case=case, asked_by=actor, asked_at=at, text=reason)
    record(
        f"case.{action}", case.label, provider=seen.provider, actor=actor, at=at, before=before,
        after={"state": case.state, "decision": case.decision},
        amount_cents=case.amount_cents, reason=reason, rule=case.rule_id, version=case.version,
    )  # fmt: skip
    if action == Action.PROPOSE_REFUND:
        let_through(case, at=at)
    return case


def _withdraw_question(case: Case, *, actor: User, at: datetime) -> None:
    """The case goes on without the answer that it waited for."""
    Question.objects.filter(case=case, answered_at__isnull=True).update(
        answered_by=actor, answered_at=at, answer=WITHDRAWN
    )


def _may(case: Case, action: Action, reason: str, actor: User) -> None:
    """Refuse what the actor may not do, or not like this."""
    permission = PERMISSION.get(action)
    if permission is None or not allows_actor(actor, case.provider, permission):
        raise NotYours(action)
    if action in {Action.APPROVE, Action.REJECT} and case.decided_by == actor:
        raise SelfApproval(case, actor.get_username())
    if action == Action.PROPOSE_REFUND:
        why = why_no_refund(case.party, [row.disposition for row in case.findings.all()])
        if why:
            raise NoRefund(case, why)
    if action == Action.APPROVE:
        check_limit(case, actor)
    if action in {Action.APPROVE, Action.PAY} and case.changed_since_decided:
        raise ChangedSince(case)
    if action in NEEDS_REASON and not reason:
        raise ReasonMissing(f"{action.replace('_', ' ').capitalize()}")


def _decide(case: Case, action: Action, reason: str, *, actor: User, at: datetime) -> None:
    """What a step leaves on the case."""
    if action in VERDICTS:
        case.decision, case.decided_by, case.decided_at = str(action), actor, at
        case.approved_by, case.approved_at, case.changed_since_decided = None, None, False
    elif action == Action.APPROVE:
        case.approved_by, case.approved_at = actor, at
    elif action in {Action.REJECT, Action.TAKE_UP, Action.REOPEN, Action.ANSWER}:
        case.decision, case.decided_by, case.decided_at = "", None, None
        case.approved_by, case.approved_at, case.changed_since_decided = None, None, False
    case.snoozed_until, case.snooze_reason = None, ""
    if case.state == State.RESOLVED:
        how = "dismissed" if action == Action.DISMISS else "reconciled"
        case.resolution, case.resolved_at = f"{how}: {reason}"[:LONGEST_REASON].rstrip(": "), at
    else:
        case.resolution, case.resolved_at = "", None


@transaction.atomic
def assign_case(seen: Seen, to: User | None, *, actor: User, at: datetime) -> Case:
    """Give a case to somebody who works for the provider, or (None) to nobody."""
    case = current(seen)
    if to is not None and not allows_actor(to, seen.provider, "cases.work"):
        raise NotYours(Action.TAKE_UP)
    before = {"assigned_to": case.assigned_to.username if case.assigned_to else ""}
    case.assigned_to = to
    keep(case, "assigned_to")
    record(
        "case.assigned", case.label, provider=seen.provider, actor=actor, at=at, before=before,
        after={"assigned_to": to.username if to else ""}, version=case.version,
    )  # fmt: skip
    return case


class BadSnooze(RequiteError):
    """A case was to be put aside until a day that does not do."""

    def __init__(self, case: Case, last: date) -> None:
        super().__init__(
            f"{case.label} can be put aside until {last} at the latest, and from tomorrow on.",
            remedy="Choose a day in between: a case comes back before it is late, and is not "
            "forgotten.",
        )


def last_snooze(case: Case, on: date) -> date:
    """The last day until which a case may be put aside: its due date, or some days if past it."""
    if case.due_on is None or case.due_on - on > LONGEST_SNOOZE:
        return on + LONGEST_SNOOZE
    return case.due_on if case.due_on >= on else on + LATE_SNOOZE


@transaction.atomic
def snooze_case(seen: Seen, until: date, reason: str, *, actor: User, at: datetime) -> Case:
    """Put a case aside until a day, for a reason; it comes back by itself."""
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing("To put a case aside")
    case = current(seen)
    if case.state == State.RESOLVED:
        raise NotAllowedNow(State.RESOLVED, Action.TAKE_UP)
    on = localdate(at)
    last = last_snooze(case, on)
    if not on < until <= last:
        raise BadSnooze(case, last)
    before = {"snoozed_until": case.snoozed_until.isoformat() if case.snoozed_until else None}
    case.snoozed_until, case.snooze_reason = until, reason
    keep(case, "snoozed_until", "snooze_reason")
    record(
        "case.snoozed", case.label, provider=seen.provider, actor=actor, at=at, before=before,
        after={"snoozed_until": until.isoformat()}, reason=reason, version=case.version,
    )  # fmt: skip
    return case


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
        mentions=sorted(user.username for user in named),
    )  # fmt: skip
    return note


@transaction.atomic
def answer_question(seen: Seen, text: str, *, actor: User, at: datetime) -> Case:
    """Answer what the provider was asked; the case goes back to whoever works it."""
    text = text.strip()[:LONGEST_TEXT]
    if not text:
        raise ReasonMissing("An answer")
    case = move_case(seen, Action.ANSWER, text, actor=actor, at=at)
    Question.objects.filter(case=case, answered_at__isnull=True).update(
        answered_by=actor, answered_at=at, answer=text
    )
    return case


@transaction.atomic
def open_case(case: Case, *, actor: User, at: datetime) -> None:
    """Note that somebody reads a case, and has it open from now on."""
    note_reading(case, actor=actor, at=at)
    note_viewing(case, actor, at=at)


@transaction.atomic
def note_reading(case: Case, *, actor: User, at: datetime) -> None:
    """Note that somebody read a case, and with it a patient's data."""
    record("case.read", case.label, provider=case.provider, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one case of many."""

    number: int
    problem: str = ""


@transaction.atomic
def each_case(numbers: Iterable[int], act: Callable[[int], object]) -> list[RowResult]:
    """Do the same with many cases, in one transaction: all that can be done is, or nothing.

    What is refused for one says why and does not stop the rest; what it had begun is taken back.
    """
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
