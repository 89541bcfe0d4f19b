"""Tokens by which programs use the interface of the office for a user."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from requite.domain.errors import RequiteError
from requite.office.audit.services import record
from requite.office.people.models import ApiToken, Provider, User
from requite.office.people.queries import role_at


class NoMember(RequiteError):
    """A token was asked for a user who does not work for the provider."""

    def __init__(self, username: str) -> None:
        super().__init__(
            f"{username} does not work for this provider.", remedy="Give a role there first."
        )


class BadEnd(RequiteError):
    """A token was to end on a day that is over, or too far away."""

    def __init__(self, ends_on: date, latest: date) -> None:
        super().__init__(
            f"A token cannot end on {ends_on:%Y-%m-%d}.",
            remedy=f"Choose a day from today to {latest:%Y-%m-%d}.",
        )


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be made."""

    name: str
    may_write: bool = False
    ends_on: date | None = None  # the last day on which it holds; after the usual time, if none


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def usual_end(*, at: datetime) -> date:
    """The day on which a token ends for which none is chosen."""
    return timezone.localdate(at) + timedelta(days=settings.TOKEN_DAYS)


def latest_end(*, at: datetime) -> date:
    """The last day on which a token may end."""
    return timezone.localdate(at) + timedelta(days=settings.TOKEN_DAYS_AT_MOST)


BEGINNING = 20  # of a digest, as the event holds it: nobody makes another that begins like it


@transaction.atomic
def make_token(
    user: User, provider: Provider, new: NewToken, *, at: datetime
) -> tuple[ApiToken, str]:
    """Make a token; its text is told this once."""
    if not role_at(user, provider):
        raise NoMember(user.username)
    ends_on, latest = new.ends_on or usual_end(at=at), latest_end(at=at)
    if not timezone.localdate(at) <= ends_on <= latest:
        raise BadEnd(ends_on, latest)
    text = f"requite_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        user=user, provider=provider, name=new.name[:60], digest=_digest(text),
        may_write=new.may_write, made_at=at, ends_on=ends_on,
    )  # fmt: skip
    record(
        "token.made", made.name, provider=provider, actor=user, at=at, number=made.pk,
        may_write=made.may_write, ends_on=ends_on.isoformat(), begins=made.digest[:BEGINNING],
    )  # fmt: skip
    return made, text


@transaction.atomic
def revoke_token(user: User, provider: Provider, pk: int, *, at: datetime) -> bool:
    """End a token of one's own; whether there was one."""
    mine = ApiToken.objects.filter(user=user, provider=provider, pk=pk, revoked_at__isnull=True)
    ended = mine.update(revoked_at=at)
    if ended:
        record("token.revoked", str(pk), provider=provider, actor=user, at=at)
    return bool(ended)


def end_tokens(
    user: User, *, at: datetime, actor: User | None, why: str, provider: Provider | None = None
) -> None:
    """End what programs may do for a user, everywhere or at one provider, in the caller's write."""
    live = ApiToken.objects.select_related("provider").filter(user=user, revoked_at__isnull=True)
    if provider is not None:
        live = live.filter(provider=provider)
    for token in live.order_by("provider__slug", "pk"):
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record("token.ended", str(token.pk), provider=token.provider, actor=actor, at=at, why=why)


def tokens_of(user: User, provider: Provider, *, on: date) -> QuerySet[ApiToken]:
    """A user's own tokens that still hold."""
    mine = ApiToken.objects.filter(user=user, provider=provider, revoked_at__isnull=True)
    return mine.filter(ends_on__gte=on).order_by("-made_at")


def bearer(text: str, *, on: date) -> ApiToken | None:
    """The token with that text, if it holds and its user may still sign in."""
    return (
        ApiToken.objects.select_related("user", "provider")
        .filter(
            digest=_digest(text), revoked_at__isnull=True, ends_on__gte=on, user__is_active=True,
            provider__is_active=True, user__must_change_password=False,
        )
        .first()
    )  # fmt: skip


@transaction.atomic
def note_first_use(token: ApiToken, *, address: str, at: datetime) -> None:
    """Tell that a token was used, once: it is then known where its program runs."""
    unused = ApiToken.objects.filter(pk=token.pk, first_used_at__isnull=True)
    if unused.update(first_used_at=at):
        record(
            "token.first_used", str(token.pk), provider=token.provider, actor=token.user, at=at,
            address=address,
        )  # fmt: skip
