"""A provider taken up by who administers another: with the same administrators from the start."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requite.office.audit.services import record
from requite.office.people.models import Membership, Provider, User
from requite.office.people.role import Role
from requite.office.people.services import add_provider


@dataclass(frozen=True, slots=True)
class NewProvider:
    """A provider to be taken up: its short name, which stands in addresses, its name and state."""

    slug: str
    name: str
    state: str = ""


@transaction.atomic
def add_provider_beside(
    beside: Provider, new: NewProvider, *, actor: User, at: datetime
) -> Provider:
    """Take up a provider beside one that the actor administers; its administrators are the same.

    Two people have made each of them an administrator there, so that the role holds here at once;
    every other role is given anew.

    Raises
    ------
    NameTaken, BadName
        Where the short name is another's, or cannot stand in an address.
    """
    made = add_provider(new.slug, new.name, state=new.state, actor=actor, at=at)
    administrators = Membership.objects.select_related("user").filter(
        provider=beside, role=Role.ADMINISTRATOR, confirmed_at__isnull=False, user__is_active=True
    )
    for held in administrators.order_by("user__username"):
        Membership.objects.create(
            user=held.user, provider=made, role=Role.ADMINISTRATOR, given_by=actor, confirmed_at=at
        )
        record(
            "role.given", held.user.username, provider=made, actor=actor, at=at, before=None,
            after={"role": str(Role.ADMINISTRATOR)}, waits=False, beside=beside.slug,
        )  # fmt: skip
    return made
