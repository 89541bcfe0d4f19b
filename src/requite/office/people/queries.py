"""Who works for whom."""

import unicodedata

from django.db.models import QuerySet

from requite.office.people.models import Membership, Provider, User


def spelled(name: str) -> str:
    """A user name without what the sign-in does not tell apart, and more than that.

    >>> spelled("  MIRA "), spelled("\uff4dira"), spelled("Stra\u00dfe")
    ('mira', 'mira', 'strasse')
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(unicodedata.normalize("NFKC", plain).split())


def holding() -> QuerySet[Membership]:
    """The roles that hold: all but those that a second person has still to confirm."""
    return Membership.objects.filter(confirmed_at__isnull=False)


def role_at(user: User, provider: Provider) -> str:
    """What the user is to the provider; nothing for a stranger."""
    found = holding().filter(user=user, provider=provider).values_list("role", flat=True)
    return found.first() or ""


def waiting_roles(user: User) -> QuerySet[Membership]:
    """The roles of a user that a second person has still to confirm."""
    waiting = Membership.objects.select_related("provider")
    return waiting.filter(user=user, confirmed_at__isnull=True, provider__is_active=True)


def membership(user: User, slug: str) -> Membership | None:
    """What the user is to the provider; None for a stranger, or a provider no longer served."""
    return (
        holding()
        .select_related("provider")
        .filter(user=user, provider__slug=slug, provider__is_active=True)
        .first()
    )


def only_provider(user: User) -> Provider | None:
    """The provider that a user works for, if there is just one: its chain tells of the user."""
    some = list(providers_of(user)[:2])
    return some[0].provider if len(some) == 1 else None


def providers_of(user: User) -> QuerySet[Membership]:
    """The providers a user works for, by name."""
    return (
        holding()
        .select_related("provider")
        .filter(user=user, provider__is_active=True)
        .order_by("provider__name")
    )


def members(provider: Provider) -> QuerySet[Membership]:
    """Everybody who works for a provider, by name."""
    return (
        Membership.objects.select_related("user", "given_by")
        .filter(provider=provider)
        .order_by("user__username")
    )


def members_with(provider: Provider, roles: frozenset[str]) -> QuerySet[User]:
    """The active users with one of the roles, by name."""
    return User.objects.filter(
        memberships__in=holding().filter(provider=provider, role__in=roles), is_active=True
    ).order_by("username")


def provider_of(slug: str) -> Provider | None:
    """The provider of that short name."""
    return Provider.objects.filter(slug=slug).first()


def user_of(username: str) -> User | None:
    """The user of that name."""
    return User.objects.filter(username=username).first()


def user_spelled(name: str) -> User | None:
    """The user whom a typed name means, however it is spelled."""
    for text in (spelled(name), name.strip()):
        found = User.objects.filter(username__iexact=text).first()
        if found is not None:
            return found
    return None


def digest_readers() -> QuerySet[User]:
    """The active users who want an e-mail each day."""
    return User.objects.filter(is_active=True, wants_digest=True).exclude(email="").order_by("pk")


def first_provider() -> Provider | None:
    """Any provider at all."""
    return Provider.objects.order_by("pk").first()
