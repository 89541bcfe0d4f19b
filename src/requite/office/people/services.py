"""All changes to users, providers and roles."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from requite.domain.errors import RequiteError
from requite.office.audit.services import record
from requite.office.people.models import RESERVED_SLUGS, Membership, Provider, User
from requite.office.people.role import Role


class NameTaken(RequiteError):
    """A user or provider was to be added under a name that another has."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"There is a {what} named {name} already.", remedy="Choose another name.")


class BadName(RequiteError):
    """A provider's short name cannot stand in an address."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"{slug!r} cannot be the short name of a provider.",
            remedy="Use small letters, digits and hyphens, at most 40, and none of "
            f"{', '.join(RESERVED_SLUGS)}.",
        )


class LastAdministrator(RequiteError):
    """The only administrator of a provider would go."""

    def __init__(self, username: str) -> None:
        super().__init__(
            f"{username} is the only administrator of this provider.",
            remedy="Make somebody else an administrator first.",
        )


@transaction.atomic
def add_provider(
    slug: str, name: str, *, state: str = "", actor: User | None, at: datetime
) -> Provider:
    """Take up a provider that the installation serves from now on."""
    if Provider.objects.filter(slug=slug).exists():
        raise NameTaken("provider", slug)
    provider = Provider(slug=slug, name=name, state=state)
    try:
        provider.full_clean()
    except ValidationError:
        raise BadName(slug) from None
    provider.save()
    record("provider.added", slug, provider=provider, actor=actor, at=at, name=name, state=state)
    return provider


def one_time_password() -> str:
    """A password for the first sign-in, which the user then changes."""
    return secrets.token_urlsafe(12)


@transaction.atomic
def add_user(
    username: str, password: str, *, email: str = "", actor: User | None, at: datetime
) -> User:
    """Add somebody who may sign in; without a membership there is nothing to see yet."""
    if User.objects.filter(username__iexact=username).exists():
        raise NameTaken("user", username)
    user = User.objects.create_user(username, email, password)
    record("user.added", username, provider=None, actor=actor, at=at)
    return user


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody to be added to a provider."""

    username: str
    password: str
    role: Role
    email: str = ""


@transaction.atomic
def add_member(provider: Provider, new: NewMember, *, actor: User | None, at: datetime) -> User:
    """Add a user who works for a provider from the start."""
    user = add_user(new.username, new.password, email=new.email, actor=actor, at=at)
    give_role(user, provider, new.role, actor=actor, at=at)
    return user


@transaction.atomic
def reset_password(user: User, *, actor: User | None, at: datetime) -> str:
    """Give a user a new password, told once; sessions and second factors of before are ended."""
    password = one_time_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    record("password.reset", user.username, provider=None, actor=actor, at=at)
    return password


@transaction.atomic
def give_role(
    user: User, provider: Provider, role: Role, *, actor: User | None, at: datetime
) -> Membership:
    """Make a user something to a provider, or something else than before."""
    found = Membership.objects.select_for_update().filter(user=user, provider=provider).first()
    before = {"role": found.role} if found else None
    if found is None:
        found = Membership(user=user, provider=provider)
    elif found.role == Role.ADMINISTRATOR != role:
        _keep_an_administrator(found)
    found.role = role
    found.save()
    record(
        "role.given", user.username, provider=provider, actor=actor, at=at,
        before=before, after={"role": str(role)},
    )  # fmt: skip
    return found


@transaction.atomic
def end_membership(user: User, provider: Provider, *, actor: User | None, at: datetime) -> None:
    """Take a user's access to a provider away."""
    found = Membership.objects.select_for_update().get(user=user, provider=provider)
    if found.role == Role.ADMINISTRATOR:
        _keep_an_administrator(found)
    before = {"role": found.role}
    found.delete()
    record("role.ended", user.username, provider=provider, actor=actor, at=at, before=before)


def _keep_an_administrator(leaving: Membership) -> None:
    others = Membership.objects.filter(
        provider=leaving.provider, role=Role.ADMINISTRATOR, user__is_active=True
    ).exclude(pk=leaving.pk)
    if not others.exists():
        raise LastAdministrator(leaving.user.username)
