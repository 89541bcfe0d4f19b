"""Reading the audit trail, and proving that nobody changed it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from requite.office.audit.anchors import Head, read_anchors
from requite.office.audit.keys import KeyMissing, audit_key, public_file, public_key
from requite.office.audit.models import Chain, Event
from requite.office.audit.moment import one_moment
from requite.office.audit.proof import (
    Tampering,
    anchors_told,
    chain_ends,
    first_break,
    lost_anchor,
    missing_chains,
    off_anchors,
)
from requite.office.audit.triggers import trigger_problems

if TYPE_CHECKING:
    from requite.office.people.models import Provider

__all__ = ("Kept", "Tampering", "events_in_all", "events_of", "tampering", "trigger_problems")
MOST_NAMED: Final = 20  # of what one chain's events and rows differ in
ANCHORS, DATABASE = "anchors", "database"


class Replay(Protocol):
    """What a part of the office makes of the events of a chain, beside its own rows."""

    def __init__(self, provider: "Provider | None") -> None: ...

    def take(self, event: Event) -> None:
        """The next event of the chain."""

    def deviations(self) -> Iterator[tuple[int, str]]:
        """Rows that do not follow from the events: the last event of each, and how it differs."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept outside of the office, to verify it by."""

    heads: Mapping[str, Head] = field(default_factory=dict)  # by the chain; printed, and kept
    anchors: Path | None = None  # another file of anchors than the office's own
    public_key: Path | None = None


def events_of(provider: "Provider", subject: str = "") -> QuerySet[Event]:
    """The events of a provider, or of one thing of it; the latest first."""
    events = Event.objects.select_related("actor").filter(chain__provider=provider)
    if subject:
        events = events.filter(subject=subject)
    return events.order_by("-number")


def events_in_all() -> int:
    """How many events there are."""
    return Event.objects.count()


def tampering(kept: Kept | None = None) -> Iterator[Tampering]:
    """All that does not hold: chains, triggers, anchors, and rows beside their events.

    Of each chain the first place that was changed, left out or put in; of rows, the first few. The
    database is read as of one moment while the office goes on.

    Raises
    ------
    KeyMissing, KeyUnreadable
        Where there are events, and no key to verify them by.
    """
    kept = kept or Kept()
    with one_moment():
        found = list(_in_database(kept))
        told = anchors_told()
    yield from found
    yield from _of_anchors(kept, told)


def _in_database(kept: Kept) -> Iterator[Tampering]:
    for problem in trigger_problems():
        yield Tampering(DATABASE, 0, problem)
    chains = list(Chain.objects.select_related("provider").order_by("pk"))
    yield from missing_chains(chains)
    names = {chain.name for chain in chains}
    for head in kept.heads.values():
        if head.chain not in names:
            yield Tampering(head.chain or "installation", head.length, "its chain is gone.")
    key = audit_key(Path(settings.AUDIT_KEY_FILE)) if chains else b""
    for chain in chains:
        yield from _of_chain(chain, key, kept.heads.get(chain.name))


def _of_chain(chain: Chain, key: bytes, since: Head | None) -> Iterator[Tampering]:
    parts: list[Replay] = []
    if since is None:  # rows follow from all of their events
        parts = [import_string(name)(chain.provider) for name in settings.AUDIT_REPLAYS]

    def take(event: Event) -> None:
        for part in parts:
            part.take(event)

    broken = first_break(chain, key, since=since, take=take)
    if broken is not None:
        yield broken
    yield from chain_ends(chain, key)
    for part in parts:
        yield from _first_few(str(chain), part.deviations())


def _first_few(name: str, deviations: Iterable[tuple[int, str]]) -> Iterator[Tampering]:
    more = 0
    for place, (number, problem) in enumerate(deviations):
        if place < MOST_NAMED:
            yield Tampering(name, number, problem)
        else:
            more += 1
    if more:
        yield Tampering(name, 0, f"{more:,} more rows do not follow from their events.")


def _of_anchors(kept: Kept, told: Mapping[int, str]) -> Iterator[Tampering]:
    """The file is read after the events that tell of it, the chains after the file."""
    path = kept.anchors or Path(settings.ANCHORS_FILE)
    try:
        key = public_key(kept.public_key or public_file(Path(settings.ANCHOR_KEY_FILE)))
    except KeyMissing as missing:
        if told or path.is_file() or kept.public_key:
            yield Tampering(ANCHORS, 0, str(missing))
        return
    held = read_anchors(path, key)
    if held.problem:
        yield Tampering(ANCHORS, 0, f"{held.problem}.")
    else:
        lost = lost_anchor(told, held.anchors)
        if lost:
            yield Tampering(ANCHORS, 0, lost)
    yield from off_anchors(held.anchors, list(Chain.objects.order_by("pk")))
