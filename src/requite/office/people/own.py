"""What users set for themselves."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from requite.domain.errors import RequiteError
from requite.office.audit.services import record
from requite.office.people.models import User


class NoAddress(RequiteError):
    """An e-mail was asked for by somebody without an address."""

    def __init__(self, username: str) -> None:
        super().__init__(
            f"There is no e-mail address for {username}.",
            remedy="Ask the administrator to add you with one.",
        )


@transaction.atomic
def choose_digest(user: User, *, wanted: bool, at: datetime) -> None:
    """Say whether one gets an e-mail each day."""
    if wanted and not user.email:
        raise NoAddress(user.username)
    before = {"digest": user.wants_digest}
    user.wants_digest = wanted
    user.save(update_fields=["wants_digest"])
    record(
        "digest.chosen", user.username, provider=None, actor=user, at=at, before=before,
        after={"digest": wanted},
    )  # fmt: skip


@transaction.atomic
def end_tour(user: User, *, at: datetime) -> None:
    """The first look around is over."""
    user.toured_at = at
    user.save(update_fields=["toured_at"])
    record("tour.ended", user.username, provider=None, actor=user, at=at)


def send_once(user: User, send: Callable[[], object], *, on: date, at: datetime) -> bool:
    """Send a user's e-mail of a day, once; where sending fails it is still to be done.

    It is noted before it goes, and the mail server is spoken to while nothing of the database is
    held: who is killed in between may leave an e-mail out, and never sends it twice.
    """
    before = user.digest_on
    if not _claim(user, on=on, at=at):
        return False
    try:
        send()
    except Exception:
        _give_back(user, before, at=at)
        raise
    return True


@transaction.atomic
def _claim(user: User, *, on: date, at: datetime) -> bool:
    mine = User.objects.filter(pk=user.pk, wants_digest=True, is_active=True)
    won = mine.exclude(digest_on=on).update(digest_on=on)
    if won:
        told = on.isoformat()
        record("digest.sent", user.username, provider=None, actor=None, at=at, on=told)
    return bool(won)


@transaction.atomic
def _give_back(user: User, before: date | None, *, at: datetime) -> None:
    User.objects.filter(pk=user.pk).update(digest_on=before)
    record("digest.failed", user.username, provider=None, actor=None, at=at)
