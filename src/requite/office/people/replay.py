"""Whether users, roles and tokens follow from the events of a chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from requite.office.people.models import Membership, User
from requite.office.people.replay_tokens import TokenReplay

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
    """The roles and tokens at a provider, or the users of the installation, beside their events."""

    def __init__(self, provider: "Provider | None") -> None:
        self.provider = provider
        self.tokens = TokenReplay(provider) if provider else None
        self.roles: dict[str, Given] = {}
        self.users: dict[str, bool] = {}  # whether each may sign in

    def take(self, event: "Event") -> None:
        """The next event of the chain."""
        kind = event.name.partition(".")[0]
        if kind == "role":
            self._take_role(event)
        elif kind == "token" and self.tokens is not None:
            self.tokens.take(event)
        elif event.name in {"user.added", "user.activated", "user.deactivated"}:
            self.users[event.subject] = event.name != "user.deactivated"

    def _take_role(self, event: "Event") -> None:
        name, who, role = event.name, event.subject, (event.after or {}).get("role", "")
        if name == "role.given":
            holds = not event.facts.get("waits")
            self.roles[who] = Given(event.number, role, event.actor_id, holds)
        elif name == "role.confirmed" and who in self.roles:
            given = self.roles[who]
            given.number, given.holds, given.confirmed_by = event.number, True, event.actor_id
        elif name == "role.ended":
            self.roles.pop(who, None)

    def deviations(self) -> Iterator[tuple[int, str]]:
        """Rows that do not follow from the events, and events without their row."""
        if self.provider is None or self.tokens is None:
            yield from self._of_users()
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
        yield from self.tokens.deviations()

    def _of_users(self) -> Iterator[tuple[int, str]]:
        for name, is_active in User.objects.order_by("pk").values_list("username", "is_active"):
            if name not in self.users:
                yield 0, f"the user {name} is in no event."
            elif is_active and not self.users[name]:
                yield 0, f"the user {name} was deactivated, and may sign in again."


def _told(row: Membership) -> tuple[str, int | None, bool, int | None]:
    return row.role, row.given_by_id, row.confirmed_at is not None, row.confirmed_by_id
