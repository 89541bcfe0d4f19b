"""Tokens by which programs use the interface of the office for a user."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

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


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_token(
    user: User, provider: Provider, name: str, *, may_write: bool, at: datetime
) -> tuple[ApiToken, str]:
    """Make a token; its text is told this once."""
    if not role_at(user, provider):
        raise NoMember(user.username)
    text = f"requite_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        user=user, provider=provider, name=name[:60], digest=_digest(text),
        may_write=may_write, made_at=at,
    )  # fmt: skip
    record("token.made", name[:60], provider=provider, actor=user, at=at, may_write=may_write)
    return made, text


@transaction.atomic
def revoke_token(user: User, provider: Provider, pk: int, *, at: datetime) -> bool:
    """End a token of one's own; whether there was one."""
    mine = ApiToken.objects.filter(user=user, provider=provider, pk=pk, revoked_at__isnull=True)
    ended = mine.update(revoked_at=at)
    if ended:
        record("token.revoked", str(pk), provider=provider, actor=user, at=at)
    return bool(ended)


def tokens_of(user: User, provider: Provider) -> QuerySet[ApiToken]:
    """A user's own tokens that still hold."""
    return ApiToken.objects.filter(user=user, provider=provider, revoked_at__isnull=True).order_by(
        "-made_at"
    )


def bearer(text: str) -> ApiToken | None:
    """The token with that text, if it holds and its user may still sign in."""
    return (
        ApiToken.objects.select_related("user", "provider")
        .filter(
            digest=_digest(text), revoked_at__isnull=True, user__is_active=True,
            provider__is_active=True, user__must_change_password=False,
        )
        .first()
    )  # fmt: skip
