"""Following the chains: where one does not hold, and in what way."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.apps import apps
from django.db.models import F

from requite.office.audit.anchors import ANCHORED, Anchor, Head
from requite.office.audit.hashes import hash_before_seal, hash_of, is_sealed
from requite.office.audit.models import Chain, Event
from requite.office.audit.sealing import SEALED

AT_ONCE: Final = 500
FIRST_OF_A_PROVIDER: Final = "provider.added"


@dataclass(frozen=True, slots=True)
class Tampering:
    """What does not hold, where, and in what way."""

    chain: str
    number: int  # of the event; 0 where it is none
    problem: str

    def __str__(self) -> str:
        where = f"{self.chain}, event {self.number}" if self.number else self.chain
        return f"{where}: {self.problem}"


def first_break(
    chain: Chain, key: bytes, *, since: Head | None = None, take: Callable[[Event], None]
) -> Tampering | None:
    """Follow a chain to the end that it had when it was read; the first place that does not hold.

    Every event is given to `take`, also behind a break: a live office goes on adding to it.
    """
    found = _start(chain, since)
    head, number = (since.hash, since.length) if since else ("", 0)
    sealed_at = _sealed_at(chain)
    events = chain.events.filter(number__lte=chain.length, number__gt=number).order_by("number")
    for event in events.iterator(chunk_size=2000):
        number += 1
        if found is None:
            problem = _problem(event, number, head, key, is_keyed=event.number >= sealed_at)
            found = Tampering(str(chain), number, problem) if problem else None
        head = event.hash
        take(event)
    if found is None and (number, head) != (chain.length, chain.head):
        return Tampering(str(chain), number + 1, "events are missing at the end.")
    return found


def _start(chain: Chain, since: Head | None) -> Tampering | None:
    if since is None:
        return None
    kept = chain.events.filter(number=since.length, hash=since.hash)
    if since.length <= chain.length and kept.exists():
        return None
    return Tampering(str(chain), since.length, "it is not the one that was kept.")


def _sealed_at(chain: Chain) -> int:
    """From which event on the key binds: from the first, unless the chain is older than its key."""
    last = chain.events.filter(name=SEALED).order_by("-number").first()
    return last.number if last else 0


def _problem(event: Event, number: int, head: str, key: bytes, *, is_keyed: bool) -> str:
    if event.number != number:
        return "the event is missing."
    if event.previous_hash != head:
        return "it does not follow the event before it."
    if (hash_of(event, key) if is_keyed else hash_before_seal(event)) != event.hash:
        return "its content was changed."
    return ""


def chain_ends(chain: Chain, key: bytes) -> Iterator[Tampering]:
    """What is wrong with how a chain begins and ends."""
    name = str(chain)
    if not is_sealed(chain, key):
        told = "its end was changed: it is not the one that the office left."
        yield Tampering(name, 0, told)
    if not chain.length:
        yield Tampering(name, 0, "it was emptied.")
    if chain.name and chain.events.filter(number=1).exclude(name=FIRST_OF_A_PROVIDER).exists():
        yield Tampering(name, 1, "it does not begin with the provider: it was begun anew.")
    if chain.events.filter(name=SEALED).count() > 1:
        yield Tampering(name, 0, "it was sealed more than once.")
    beyond = chain.events.filter(number__gt=F("chain__length")).order_by("number").first()
    if beyond is not None:
        yield Tampering(name, beyond.number, "it lies beyond the end of the chain.")


def missing_chains(chains: Sequence[Chain]) -> Iterator[Tampering]:
    """Providers, or the installation, whose chain is gone."""
    there = {chain.provider_id for chain in chains}
    provider, user = (apps.get_model("people", name) for name in ("Provider", "User"))
    for each in provider._default_manager.exclude(pk__in=there - {None}):  # noqa: SLF001
        yield Tampering(each.slug, 0, "its chain is gone.")
    names = {chain.name for chain in chains}
    strays = Event.objects.exclude(chain__in=[chain.pk for chain in chains]).first()
    if strays is not None:
        yield Tampering("database", strays.number, "it belongs to a chain that is gone.")
    if "" not in names and user._default_manager.exists():  # noqa: SLF001
        yield Tampering("installation", 0, "its chain is gone.")


def off_anchors(anchors: Sequence[Anchor], chains: Sequence[Chain]) -> Iterator[Tampering]:
    """Chains that are not what an anchor holds of them; of each, the first such anchor."""
    by_name = {chain.name: chain for chain in chains}
    kept: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    for anchor in anchors:
        for head in anchor.heads:
            kept[head.chain].setdefault(head.length, (anchor.number, head.hash))
    for name, those in kept.items():
        found = _off_anchor(name, by_name.get(name), those)
        if found is not None:
            yield found


def _off_anchor(
    name: str, chain: Chain | None, kept: Mapping[int, tuple[int, str]]
) -> Tampering | None:
    told = name or "installation"
    for some in _batches(sorted(kept)):
        there = (
            dict(chain.events.filter(number__in=some).values_list("number", "hash"))
            if chain is not None else {}
        )  # fmt: skip
        for length in some:
            anchor, head = kept[length]
            if chain is None:
                return Tampering(told, length, f"anchor {anchor} holds it, and its chain is gone.")
            if chain.length < length or length not in there:
                return Tampering(told, length, f"anchor {anchor} holds it, and it is gone.")
            if there[length] != head:
                return Tampering(told, length, f"it is not the one that anchor {anchor} holds.")
    return None


def anchors_told() -> dict[int, str]:
    """The anchors that events tell of, each with the digest of its line.

    Of a number that was made twice the first counts: the second covers one that was cut off.
    """
    events = Event.objects.filter(chain__name="", name=ANCHORED)
    told: dict[int, str] = {}
    for facts in events.order_by("number").values_list("facts", flat=True):
        told.setdefault(facts.get("number", 0), facts.get("digest", ""))
    return told


def lost_anchor(told: Mapping[int, str], anchors: Sequence[Anchor]) -> str:
    """The first anchor that an event tells of, and the file does not hold like that."""
    held = {anchor.number: anchor.digest for anchor in anchors}
    for number, digest in told.items():
        if held.get(number) != digest:
            return f"anchor {number} is missing, or is not the one that was made."
    return ""


def _batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(numbers)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
