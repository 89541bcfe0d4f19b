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


@transaction.atomic
def send_once(user: User, send: Callable[[], object], *, on: date, at: datetime) -> bool:
    """Send a user's e-mail of a day, once; where sending fails it is still to be done."""
    mine = User.objects.filter(pk=user.pk, wants_digest=True, is_active=True)
    won = mine.exclude(digest_on=on).update(digest_on=on)
    if won:
        send()
        record(
            "digest.sent", user.username, provider=None, actor=None, at=at, on=on.isoformat()
        )  # fmt: skip
    return bool(won)
