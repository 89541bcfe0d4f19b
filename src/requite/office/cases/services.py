"""All that people do with a case: one function, one transaction, one audit event each."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from requite.domain.case import (
    NEEDS_REASON,
    PERMISSION,
    VERDICTS,
    Action,
    NotAllowedNow,
    State,
    after,
)
from requite.domain.errors import RequiteError
from requite.office.audit.services import record
from requite.office.cases.corrections import corrections_for, withdraw
from requite.office.cases.models import Case, Note, Question
from requite.office.people.models import Membership, Provider, User
from requite.office.people.permission import allows

MENTION = re.compile(r"@([\w.+-]+)")
LONGEST_TEXT, LONGEST_REASON = 4_000, 300
MOVED = (
    "state", "decision", "decided_by", "decided_at", "approved_by", "changed_since_decided",
    "resolution", "resolved_at", "snoozed_until", "snooze_reason",
)  # fmt: skip


class NoSuchCase(RequiteError):
    """A case was named that this provider does not have."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no case RQ-{number:06} here.", remedy="Look for it again.")


class StaleCase(RequiteError):
    """Somebody else changed the case in the meantime."""

    def __init__(self, case: Case, seen: int) -> None:
        super().__init__(
            f"{case.label} has changed since you opened it (version {seen}, now {case.version}).",
            remedy="Look at it as it is now, then decide again. What you typed is kept below.",
        )
        self.case = case


class NotYours(RequiteError):
    """A role may not do what was asked."""

    def __init__(self, action: Action) -> None:
        super().__init__(
            f"Your role may not do that ({action}).", remedy="Ask somebody whose role may."
        )


class SelfApproval(RequiteError):
    """A proposal was sent for approval to the person who made it."""

    def __init__(self, case: Case, proposer: str) -> None:
        super().__init__(
            f"The refund of {case.label} was proposed by {proposer}, who cannot also approve it.",
            remedy="Ask another user who may approve.",
        )


class ReasonMissing(RequiteError):
    """Something was to be done that others must be able to follow."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} needs a reason.", remedy="Write one sentence that says why.")


class ChangedSince(RequiteError):
    """Money would go out on evidence that has moved."""

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"The evidence of {case.label} has changed since it was decided.",
            remedy="Send it back, look at it again, and decide anew.",
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as somebody saw it: what is done to it is refused where it has changed since."""

    provider: Provider
    number: int
    version: int


def locked(provider: Provider, number: int) -> Case:
    """The case, held until the transaction ends."""
    case = Case.objects.select_for_update(of=("self",)).filter(provider=provider, number=number)
    found = case.select_related("decided_by").first()
    if found is None:
        raise NoSuchCase(number)
    return found


def _current(seen: Seen) -> Case:
    case = locked(seen.provider, seen.number)
    if case.version != seen.version:
        raise StaleCase(case, seen.version)
    return case


def _keep(case: Case, *fields: str) -> None:
    """Write the fields, if nobody wrote since: also where locks are not kept."""
    values = {name: getattr(case, name) for name in fields}
    written = Case.objects.filter(pk=case.pk, version=case.version).update(
        **values, version=case.version + 1
    )
    if not written:
        raise StaleCase(Case.objects.get(pk=case.pk), case.version)
    case.version += 1


def role_of(actor: User, provider: Provider) -> str:
    """What the actor is to the provider; nothing for a stranger."""
    found = Membership.objects.filter(user=actor, provider=provider).values_list("role", flat=True)
    return found.first() or ""


@transaction.atomic
def move_case(seen: Seen, action: Action, reason: str = "", *, actor: User, at: datetime) -> Case:
    """Take one step in the life of a case.

    Raises
    ------
    StaleCase, NotAllowedNow, NotYours, SelfApproval, ReasonMissing, ChangedSince, NoSuchCase
    """
    case = _current(seen)
    to = after(State(case.state), action)
    reason = reason.strip()[:LONGEST_TEXT]
    _may(case, action, reason, actor)
    before = {"state": case.state, "decision": case.decision}
    case.state = to
    _decide(case, action, reason, actor=actor, at=at)
    _keep(case, *MOVED)
    if action == Action.CORRECT:
        corrections_for(case, at=at)
    elif action in VERDICTS or action in {Action.REOPEN, Action.TAKE_UP}:
        withdraw(case)
    if action == Action.ASK_PROVIDER:
        Question.objects.create(case=case, asked_by=actor, asked_at=at, text=reason)
    record(
        f"case.{action}", case.label, provider=seen.provider, actor=actor, at=at, before=before,
        after={"state": case.state, "decision": case.decision},
        amount_cents=case.amount_cents, reason=reason, rule=case.rule_id,
    )  # fmt: skip
    return case


def _may(case: Case, action: Action, reason: str, actor: User) -> None:
    """Refuse what the actor may not do, or not like this."""
    permission = PERMISSION.get(action)
    if permission is None or not allows_actor(actor, case.provider, permission):
        raise NotYours(action)
    if action in {Action.APPROVE, Action.REJECT} and case.decided_by == actor:
        raise SelfApproval(case, actor.get_username())
    if action in {Action.APPROVE, Action.PAY} and case.changed_since_decided:
        raise ChangedSince(case)
    if action in NEEDS_REASON and not reason:
        raise ReasonMissing(f"{action.replace('_', ' ').capitalize()}")


def allows_actor(actor: User, provider: Provider, permission: str) -> bool:
    """Whether the actor may do this for the provider."""
    role = role_of(actor, provider)
    return bool(role) and allows(role, permission)


def _decide(case: Case, action: Action, reason: str, *, actor: User, at: datetime) -> None:
    """What a step leaves on the case."""
    if action in VERDICTS:
        case.decision, case.decided_by, case.decided_at = str(action), actor, at
        case.approved_by, case.changed_since_decided = None, False
    elif action == Action.APPROVE:
        case.approved_by = actor
    elif action in {Action.REJECT, Action.TAKE_UP, Action.REOPEN, Action.ANSWER}:
        case.decision, case.decided_by, case.decided_at = "", None, None
        case.approved_by, case.changed_since_decided = None, False
    case.snoozed_until, case.snooze_reason = None, ""
    if case.state == State.RESOLVED:
        how = "dismissed" if action == Action.DISMISS else "reconciled"
        case.resolution, case.resolved_at = f"{how}: {reason}"[:LONGEST_REASON].rstrip(": "), at
    else:
        case.resolution, case.resolved_at = "", None


@transaction.atomic
def assign_case(seen: Seen, to: User | None, *, actor: User, at: datetime) -> Case:
    """Give a case to somebody who works for the provider, or (None) to nobody."""
    case = _current(seen)
    if to is not None and not allows_actor(to, seen.provider, "cases.work"):
        raise NotYours(Action.TAKE_UP)
    before = {"assigned_to": case.assigned_to.username if case.assigned_to else ""}
    case.assigned_to = to
    _keep(case, "assigned_to")
    record(
        "case.assigned", case.label, provider=seen.provider, actor=actor, at=at, before=before,
        after={"assigned_to": to.username if to else ""},
    )  # fmt: skip
    return case


@transaction.atomic
def snooze_case(seen: Seen, until: date, reason: str, *, actor: User, at: datetime) -> Case:
    """Put a case aside until a day, for a reason; it comes back by itself."""
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing("To put a case aside")
    case = _current(seen)
    if case.state == State.RESOLVED:
        raise NotAllowedNow(State.RESOLVED, Action.TAKE_UP)
    before = {"snoozed_until": case.snoozed_until.isoformat() if case.snoozed_until else None}
    case.snoozed_until, case.snooze_reason = until, reason
    _keep(case, "snoozed_until", "snooze_reason")
    record(
        "case.snoozed", case.label, provider=seen.provider, actor=actor, at=at, before=before,
        after={"snoozed_until": until.isoformat()}, reason=reason,
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
