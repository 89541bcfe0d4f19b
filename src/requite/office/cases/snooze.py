"""Cases put aside until a day: with a reason, never past their due date, back by themselves."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from requite.domain.case import UNDECIDED
from requite.domain.errors import RequiteError
from requite.office.audit.services import record
from requite.office.cases.holding import (
    LONGEST_REASON,
    NotYours,
    ReasonMissing,
    Seen,
    allows_actor,
    current,
    keep,
)
from requite.office.cases.models import Case
from requite.office.cases.stands import stands_now
from requite.office.people.models import User

LONGEST_SNOOZE = timedelta(days=90)


class BadSnooze(RequiteError):
    """A case was to be put aside until a day that does not do."""

    def __init__(self, case: Case, last: date) -> None:
        super().__init__(
            f"{case.label} can be put aside until {last} at the latest, and from tomorrow on.",
            remedy="Choose a day in between: a case comes back before it is late, and is not "
            "forgotten.",
        )


class NoSnooze(RequiteError):
    """A case was to be put aside that must not sleep."""

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"{case.label} cannot be put aside: it is due, or it is not yours to work any more.",
            remedy="Work it, or let those whose turn it is go on with it.",
        )


def last_snooze(case: Case, on: date) -> date | None:
    """The last day until which a case may be put aside, its due date at most; None for not at all.

    What is due never sleeps, nor does what was decided.
    """
    if case.state not in UNDECIDED or (case.due_on is not None and case.due_on <= on):
        return None
    last = on + LONGEST_SNOOZE
    return last if case.due_on is None else min(case.due_on, last)


@transaction.atomic
def snooze_case(seen: Seen, until: date, reason: str, *, actor: User, at: datetime) -> Case:
    """Put a case aside until a day, for a reason; it comes back by itself."""
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing("To put a case aside")
    if not allows_actor(actor, seen.provider, "cases.work"):
        raise NotYours("put aside")
    case = current(seen)
    on = localdate(at)
    last = last_snooze(case, on)
    if last is None:
        raise NoSnooze(case)
    if not on < until <= last:
        raise BadSnooze(case, last)
    before = {"snoozed_until": case.snoozed_until.isoformat() if case.snoozed_until else None}
    case.snoozed_until, case.snooze_reason = until, reason
    keep(case, "snoozed_until", "snooze_reason")
    record(
        "case.snoozed", case.label, provider=seen.provider, actor=actor, at=at, before=before,
        after={"snoozed_until": until.isoformat()}, reason=reason, version=case.version,
        stands=stands_now(case),
    )  # fmt: skip
    return case
