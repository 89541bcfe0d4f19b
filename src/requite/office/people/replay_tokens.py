"""Whether the tokens of programs follow from their events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from requite.office.people.models import ApiToken

if TYPE_CHECKING:
    from requite.office.audit.models import Event
    from requite.office.people.models import Provider


@dataclass(frozen=True, slots=True)
class Made:
    """A token as the event of its making has it."""

    number: int
    user: int | None
    may_write: bool
    ends_on: str
    begins: str  # how its digest begins; nothing where the event is from before that was held


class TokenReplay:
    """The tokens of a provider beside their events."""

    def __init__(self, provider: "Provider") -> None:
        self.provider = provider
        self.made: dict[int, Made] = {}
        self.unnumbered: set[tuple[int | None, datetime]] = set()  # by their maker and moment
        self.ended: dict[int, int] = {}

    def take(self, event: "Event") -> None:
        """The next event of the chain."""
        facts, what = event.facts, event.name.removeprefix("token.")
        if what in {"revoked", "ended"} and event.subject.isdecimal():
            self.ended[int(event.subject)] = event.number
        elif what == "made" and "number" not in facts:
            self.unnumbered.add((event.actor_id, event.at))
        elif what == "made":
            self.made[facts["number"]] = Made(
                event.number, event.actor_id, facts["may_write"], facts["ends_on"],
                facts.get("begins", ""),
            )  # fmt: skip

    def deviations(self) -> Iterator[tuple[int, str]]:
        """Tokens of no event, other than their event, or that hold although they were ended."""
        for row in ApiToken.objects.filter(provider=self.provider).order_by("pk"):
            made = self.made.get(row.pk)
            if made is None and (row.user_id, row.made_at) not in self.unnumbered:
                yield 0, f"the token {row.pk} is in no event."
            elif made is not None and not _is_as_made(row, made):
                yield made.number, f"the token {row.pk} does not follow from its events."
            if row.pk in self.ended and row.revoked_at is None:
                yield self.ended[row.pk], f"the token {row.pk} was ended, and holds again."


def _is_as_made(row: Any, made: Made) -> bool:  # noqa: ANN401 - a token
    told = made.user, made.may_write, made.ends_on
    is_same = told == (row.user_id, row.may_write, row.ends_on.isoformat())
    return is_same and row.digest.startswith(made.begins)
