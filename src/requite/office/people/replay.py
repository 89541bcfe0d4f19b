"""Whether users and roles follow from the events of a chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from requite.office.people.models import Membership, User

if TYPE_CHECKING:
    from requite.office.audit.models import Event
    from requite.office.people.models import Provider


@dataclass(slots=True)
class Given:
    """A role as its events have it."""

    number: int
    role: str
    given_by: int | None
    holds: bool
    confirmed_by: int | None = None


class Replay:
    """The roles at a provider, or the users of the installation, beside their events."""

    def __init__(self, provider: "Provider | None") -> None:
        self.provider = provider
        self.roles: dict[str, Given] = {}
        self.users: set[str] = set()

    def take(self, event: "Event") -> None:
        """The next event of the chain."""
        name, who, role = event.name, event.subject, (event.after or {}).get("role", "")
        if name == "user.added":
            self.users.add(who)
        elif name == "role.given":
            holds = not event.facts.get("waits")
            self.roles[who] = Given(event.number, role, event.actor_id, holds)
        elif name == "role.confirmed" and who in self.roles:
            given = self.roles[who]
            given.number, given.holds, given.confirmed_by = event.number, True, event.actor_id
        elif name == "role.ended":
            self.roles.pop(who, None)

    def deviations(self) -> Iterator[tuple[int, str]]:
        """Rows that do not follow from the events, and events without their row."""
        if self.provider is None:
            names = User.objects.order_by("pk").values_list("username", flat=True)
            yield from (
                (0, f"the user {name} is in no event.") for name in names if name not in self.users
            )
            return
        waiting = dict(self.roles)
        rows = Membership.objects.select_related("user").filter(provider=self.provider)
        for row in rows.order_by("pk"):
            given = waiting.pop(row.user.username, None)
            if given is None:
                yield 0, f"the role of {row.user.username} is in no event."
            elif _told(row) != (given.role, given.given_by, given.holds, given.confirmed_by):
                told = f"the role of {row.user.username} does not follow from its events."
                yield given.number, told
        for username, given in waiting.items():
            yield given.number, f"the role of {username} is gone."


def _told(row: Membership) -> tuple[str, int | None, bool, int | None]:
    return row.role, row.given_by_id, row.confirmed_at is not None, row.confirmed_by_id
