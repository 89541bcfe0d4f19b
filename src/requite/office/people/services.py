"""All changes to users, providers and roles."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from requite.domain.errors import RequiteError
from requite.office.audit.services import record
from requite.office.people.attempts import forget
from requite.office.people.limits import Kind
from requite.office.people.models import RESERVED_SLUGS, Membership, Provider, User
from requite.office.people.permission import allows, needs_two
from requite.office.people.queries import only_provider, role_at
from requite.office.people.role import Role
from requite.office.people.tokens import end_tokens

USERNAME: Final = re.compile(r"\A[A-Za-z0-9._@+-]{1,60}\Z")  # no letter looks like another


class NameTaken(RequiteError):
    """A user or provider was to be added under a name that another has."""

    def __init__(self, what: str, name: str, *, otherwise: str = "") -> None:
        remedy = f"Choose another name{otherwise}."
        super().__init__(f"There is a {what} named {name} already.", remedy=remedy)


class BadName(RequiteError):
    """A provider's short name cannot stand in an address."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"{slug!r} cannot be the short name of a provider.",
            remedy="Use small letters, digits and hyphens, at most 40, and none of "
            f"{', '.join(RESERVED_SLUGS)}.",
        )


class BadUserName(RequiteError):
    """A user name that could be taken for another's, or cannot be typed."""

    def __init__(self, username: str) -> None:
        super().__init__(
            f"{username!r} cannot be a user name.",
            remedy="Use letters without accents, digits and . _ - @ +, at most 60.",
        )


class BadProviderName(RequiteError):
    """A provider's name that is empty, or holds signs that are none to read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} cannot be the name of a provider.", remedy="Write it in words.")


class LastAdministrator(RequiteError):
    """The only administrator of a provider would go."""

    def __init__(self, username: str) -> None:
        super().__init__(
            f"{username} is the only administrator of this provider.",
            remedy="Make somebody else an administrator first.",
        )


class NothingToConfirm(RequiteError):
    """A role was to be confirmed that is none, or holds already."""

    def __init__(self, username: str) -> None:
        super().__init__(
            f"No role of {username} waits to be confirmed here.", remedy="Nothing needs doing."
        )


class NotYoursToConfirm(RequiteError):
    """A role was to be confirmed by who gave it, has it, or may not."""

    def __init__(self, username: str) -> None:
        super().__init__(
            f"The role of {username} needs a second person.",
            remedy="Ask another administrator or a supervisor, or confirm it at the command line.",
        )


@transaction.atomic
def add_provider(
    slug: str, name: str, *, state: str = "", actor: User | None, at: datetime
) -> Provider:
    """Take up a provider that the installation serves from now on."""
    if Provider.objects.filter(slug=slug).exists():
        raise NameTaken("provider", slug)
    if not name.strip() or not name.isprintable():
        raise BadProviderName(name)
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


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody to be added to a provider."""

    username: str
    password: str
    role: Role
    email: str = ""
    must_change: bool = False  # the password, at the first sign-in


@transaction.atomic
def add_member(provider: Provider, new: NewMember, *, actor: User | None, at: datetime) -> User:
    """Add a user who works for a provider from the start."""
    if not USERNAME.search(new.username):
        raise BadUserName(new.username)
    namesake = User.objects.filter(username__iexact=new.username).first()
    if namesake is not None:
        to = f"{namesake.username} --provider {provider.slug} --role {new.role}"
        raise NameTaken(
            "user", new.username,
            otherwise="; if it is the same person, whoever runs the office gives the role: "
            f"requite people give-role {to}",
        )  # fmt: skip
    user = User.objects.create_user(
        new.username, new.email, new.password, must_change_password=new.must_change
    )
    record("user.added", new.username, provider=None, actor=actor, at=at)
    give_role(user, provider, new.role, actor=actor, at=at)
    return user


@transaction.atomic
def reset_password(user: User, *, actor: User | None, at: datetime) -> str:
    """Give a user a new password, told once.

    Sessions, second factors, tokens and lock-outs of before are ended.
    """
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    removed = Authenticator.objects.filter(user=user)
    factors = sorted(removed.values_list("type", flat=True))
    removed.delete()
    forget(user, Kind.NAME, Kind.FACTOR)
    record("password.reset", user.username, provider=None, actor=actor, at=at, removed=factors)
    end_tokens(user, actor=actor, at=at, why="password reset")
    return password


@transaction.atomic
def give_role(
    user: User, provider: Provider, role: Role, *, actor: User | None, at: datetime
) -> Membership:
    """Make a user something to a provider, or something else than before.

    A role that moves money or manages people, given by a person, holds once a second one has
    confirmed it.
    """
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    found = Membership.objects.select_for_update().filter(user=user, provider=provider).first()
    before = {"role": found.role} if found else None
    if found is None:
        found = Membership(user=user, provider=provider)
    elif found.role == role and found.confirmed_at is not None:
        return found  # it holds already: to give it again would make it wait
    elif found.role != role:
        _keep_an_administrator(found)
        end_tokens(user, provider=provider, actor=actor, at=at, why="another role")
    waits = actor is not None and needs_two(role)
    found.role, found.given_by = role, actor
    found.confirmed_at, found.confirmed_by = None if waits else at, None
    found.save()
    record(
        "role.given", user.username, provider=provider, actor=actor, at=at,
        before=before, after={"role": str(role)}, waits=waits,
    )  # fmt: skip
    return found


@transaction.atomic
def confirm_role(user: User, provider: Provider, *, actor: User | None, at: datetime) -> Membership:
    """Let a role hold that another person gave; None is somebody at the installation itself."""
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    found = Membership.objects.filter(user=user, provider=provider).first()
    if found is None or found.confirmed_at is not None:
        raise NothingToConfirm(user.username)
    if actor is not None:
        may = allows(role_at(actor, provider), "people.confirm")
        if not may or actor in {user, found.given_by}:
            raise NotYoursToConfirm(user.username)
    found.confirmed_at, found.confirmed_by = at, actor
    found.save(update_fields=["confirmed_at", "confirmed_by"])
    record(
        "role.confirmed", user.username, provider=provider, actor=actor, at=at,
        after={"role": found.role},
    )  # fmt: skip
    return found


@transaction.atomic
def end_membership(user: User, provider: Provider, *, actor: User | None, at: datetime) -> None:
    """Take a user's access to a provider away."""
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    found = Membership.objects.select_for_update().filter(user=user, provider=provider).first()
    if found is None:
        return  # another was quicker
    _keep_an_administrator(found)
    before = {"role": found.role}
    found.delete()
    end_tokens(user, provider=provider, actor=actor, at=at, why="role ended")
    record("role.ended", user.username, provider=provider, actor=actor, at=at, before=before)


@transaction.atomic
def deactivate_user(user: User, *, actor: User | None, at: datetime) -> None:
    """Let somebody sign in no more, at no provider; what they did stays under their name."""
    for found in Membership.objects.filter(user=user).order_by("provider__slug"):
        Provider.objects.select_for_update(no_key=True).get(pk=found.provider_id)
        _keep_an_administrator(found)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("user.deactivated", user.username, provider=None, actor=actor, at=at)
    end_tokens(user, actor=actor, at=at, why="user deactivated")


@transaction.atomic
def activate_user(user: User, *, actor: User | None, at: datetime) -> None:
    """Let somebody sign in again who was deactivated."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("user.activated", user.username, provider=None, actor=actor, at=at)


@transaction.atomic
def choose_password(user: User, password: str, *, at: datetime) -> None:
    """Take a password of one's own: nobody else knows it from now on."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("password.changed", user.get_username(), provider=only_provider(user), actor=user, at=at)


@transaction.atomic
def drop_given_password(user: User, *, at: datetime) -> None:
    """Let a password that somebody else has set be none: its owner signs in another way."""
    user.set_unusable_password()
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("password.dropped", user.get_username(), provider=only_provider(user), actor=user, at=at)


def _keep_an_administrator(leaving: Membership) -> None:
    """Refuse that nobody is left who manages people; a role that still waits counts for nothing."""
    if leaving.role != Role.ADMINISTRATOR or leaving.confirmed_at is None:
        return
    others = Membership.objects.filter(
        provider=leaving.provider,
        role=Role.ADMINISTRATOR,
        user__is_active=True,
        confirmed_at__isnull=False,
    ).exclude(pk=leaving.pk)
    if not others.exists():
        raise LastAdministrator(leaving.user.username)
