"""Reading the audit trail, and proving that nobody changed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from requite.office.audit.models import Chain, Event
from requite.office.audit.services import hash_of

if TYPE_CHECKING:
    from requite.office.people.models import Provider


@dataclass(frozen=True, slots=True)
class Tampering:
    """Where a chain does not hold, and in what way."""

    chain: str
    number: int
    problem: str

    def __str__(self) -> str:
        return f"{self.chain}, event {self.number}: {self.problem}"


def events_of(provider: "Provider", subject: str = "") -> QuerySet[Event]:
    """The events of a provider, or of one thing of it; the latest first."""
    events = Event.objects.select_related("actor").filter(chain__provider=provider)
    if subject:
        events = events.filter(subject=subject)
    return events.order_by("-number")


def tampering() -> Iterator[Tampering]:
    """The first place of each chain that was changed, left out or put in."""
    for chain in Chain.objects.order_by("pk"):
        found = _first_break(chain)
        if found is not None:
            yield found


def events_in_all() -> int:
    """How many events there are."""
    return Event.objects.count()


def _first_break(chain: Chain) -> Tampering | None:
    """Up to the end that the chain had when it was read: a live office goes on adding to it."""
    name = str(chain)
    head, number = "", 0
    events = chain.events.filter(number__lte=chain.length).order_by("number")
    for event in events.iterator(chunk_size=2000):
        number += 1
        if event.number != number:
            return Tampering(name, number, "the event is missing.")
        if event.previous_hash != head:
            return Tampering(name, number, "it does not follow the event before it.")
        if hash_of(event) != event.hash:
            return Tampering(name, number, "its content was changed.")
        head = event.hash
    if (number, head) != (chain.length, chain.head):
        return Tampering(name, number + 1, "events are missing at the end.")
    return None
