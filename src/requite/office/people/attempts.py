"""Attempts to get in: counted before they are judged, and refused where too many were wrong.

An attempt is counted under each of its keys before the password or code is looked at, and given
back when it was right: of any number of attempts at the same moment no more are judged than the
limit allows. What was typed as a name is kept as a hash only, for people type passwords there.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requite.office.audit.services import Happening, record, record_all
from requite.office.people.limits import LIMITS, LONGEST, Kind, TooManyAttempts
from requite.office.people.models import AttemptCount, User
from requite.office.people.queries import only_provider, spelled


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: what it is counted by, whom it would let in, and from where it comes."""

    what: str  # password, second factor
    keys: dict[Kind, str]
    user: User | None = None
    address: str = ""


@transaction.atomic
def begin(attempt: Attempt, *, at: datetime) -> None:
    """Count an attempt, or refuse it.

    Raises
    ------
    TooManyAttempts
        Saying how long to wait; the attempt is then not counted.
    """
    for kind, row in _rows(attempt, at):
        limit = LIMITS[kind]
        if row.locked_until is not None:
            raise TooManyAttempts(kind, wait=row.locked_until - at)
        if limit.is_exact and row.wrong + row.judging >= limit.most:
            raise TooManyAttempts(kind, wait=row.since + limit.within - at)
        row.judging += 1
        _keep(kind, row)


@transaction.atomic
def note_failure(attempt: Attempt, *, at: datetime) -> TooManyAttempts | None:
    """Let a counted attempt stand, lock what had too many, and tell of it once."""
    rows = dict(_rows(attempt, at))
    for row in rows.values():
        row.judging, row.wrong = max(0, row.judging - 1), row.wrong + 1
    locked = [kind for kind, row in rows.items() if _is_too_many(kind, row)]
    for kind in locked:
        row = rows[kind]
        row.lockouts += 1
        row.locked_until = at + LIMITS[kind].lasts(row.lockouts)
    # Every count is in hand before the trail is, so that two failures never wait for one another.
    happenings = [_lock_told(kind, attempt, rows[kind], at) for kind in locked]
    happenings.append(_failure_told(attempt, rows, at))
    for kind, row in rows.items():
        _keep(kind, row)
    user = attempt.user
    provider = only_provider(user) if user else None
    told = [each for each in happenings if each is not None]
    if told:
        record_all(told, provider=provider, actor=None, at=at)
    if not locked:
        return None
    first = locked[0]
    return TooManyAttempts(first, wait=LIMITS[first].lasts(rows[first].lockouts))


@transaction.atomic
def give_back(attempt: Attempt, *, at: datetime) -> None:
    """An attempt was right: it does not count, and takes no other back."""
    for kind, row in _rows(attempt, at):
        row.judging = max(0, row.judging - 1)
        _keep(kind, row)


def forget(user: User, *kinds: Kind) -> int:
    """What was counted for a user is over; how many attempts had been wrong."""
    keys = [_key(kind, _whose(kind, user)) for kind in kinds]
    rows = AttemptCount.objects.filter(key__in=keys)
    wrong = sum(row.wrong + row.earlier for row in rows)
    rows.delete()
    return wrong


@transaction.atomic
def unlock(user: User, *, actor: User | None, at: datetime) -> None:
    """Let a user try again at once."""
    wrong = forget(user, Kind.NAME, Kind.FACTOR)
    record(
        "sign_in.unlocked", user.username, provider=only_provider(user), actor=actor, at=at,
        wrong=wrong,
    )  # fmt: skip


def _whose(kind: Kind, user: User) -> str:
    return spelled(user.get_username()) if kind is Kind.NAME else str(user.pk)


def _key(kind: Kind, whose: str) -> str:
    return f"{kind}/{hashlib.sha256(whose.encode(errors='replace')).hexdigest()}"


def _rows(attempt: Attempt, at: datetime) -> list[tuple[Kind, AttemptCount]]:
    """The counts of an attempt, locked one after the other, always in the same order."""
    return [(kind, _row(kind, attempt.keys[kind], at)) for kind in Kind if kind in attempt.keys]


def _row(kind: Kind, whose: str, at: datetime) -> AttemptCount:
    """The count as it is now, locked; one whose time is over begins anew."""
    key, within = _key(kind, whose), LIMITS[kind].within
    row = AttemptCount.objects.select_for_update().filter(key=key).first()
    if row is None:
        _drop_stale(at)
        fresh = {"since": at, "kept_until": at + within}
        AttemptCount.objects.get_or_create(key=key, defaults=fresh)
        row = AttemptCount.objects.select_for_update().get(key=key)
    over = row.locked_until <= at if row.locked_until else row.since + within <= at
    if over:
        row.earlier, row.judging, row.wrong, row.since = row.wrong, 0, 0, at
        row.locked_until, row.was_told = None, False
    return row


def _keep(kind: Kind, row: AttemptCount) -> None:
    """Write a count; it is kept for a day more, for the next event to tell and the next lock."""
    row.kept_until = (row.locked_until or row.since + LIMITS[kind].within) + LONGEST
    row.save()


def _drop_stale(at: datetime) -> None:
    """Take away what says nothing any more, except what somebody else has in hand."""
    stale = AttemptCount.objects.select_for_update(skip_locked=True).filter(kept_until__lt=at)
    AttemptCount.objects.filter(pk__in=list(stale.values_list("pk", flat=True)[:500])).delete()


def _is_too_many(kind: Kind, row: AttemptCount) -> bool:
    return row.wrong >= LIMITS[kind].most and row.locked_until is None


def _lock_told(kind: Kind, attempt: Attempt, row: AttemptCount, at: datetime) -> Happening | None:
    """One event for each lock-out of somebody known; for those of addresses up to a limit."""
    facts: dict[str, object] = {
        "what": attempt.what, "address": attempt.address, "wrong": row.wrong,
        "until": row.locked_until.isoformat() if row.locked_until else None,
    }  # fmt: skip
    if kind is Kind.ADDRESS:
        told = _row(Kind.TOLD, "", at)
        told.wrong += 1
        _keep(Kind.TOLD, told)
        facts["earlier"] = told.earlier
        within = told.wrong <= LIMITS[Kind.TOLD].most
        return Happening("address.locked", attempt.address, facts=facts) if within else None
    if attempt.user is None or kind is Kind.PENDING:
        return None
    row.was_told = True
    return Happening("sign_in.locked", attempt.user.username, facts=facts)


def _failure_told(
    attempt: Attempt, rows: dict[Kind, AttemptCount], at: datetime
) -> Happening | None:
    """One event for the first failure of a while; those after it are counted."""
    kind = next(iter(rows))
    if attempt.user is None:
        kind = Kind.STRANGERS
        rows[kind] = _row(kind, "", at)
        rows[kind].wrong += 1
    row = rows[kind]
    if row.was_told:
        return None
    row.was_told = True
    subject = attempt.user.username if attempt.user else "a name that nobody has"
    facts = {"what": attempt.what, "address": attempt.address, "earlier": row.earlier}
    return Happening("sign_in.failed", subject, facts=facts)
