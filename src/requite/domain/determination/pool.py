"""Evidence in cents that a cause may claim once, found by place and line."""

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from requite.domain.determination.answer import Answer

AnyKey = TypeVar("AnyKey", bound=Hashable)
Item = TypeVar("Item")


def add_to(known: dict[AnyKey, list[Item]], key: AnyKey, item: Item) -> None:
    """Add to the list of a key; most keys have one item, whose list takes no room to grow."""
    items = known.get(key)
    if items is None:
        known[key] = [item]
    else:
        items.append(item)


class Evidence:
    """Cents that a cause may claim once; `line_no` None serves any line of its scope.

    `answer` is the claim whose money they took, where a record says so; `position` is the place
    in its pool.
    """

    __slots__ = (
        "answer", "cents", "ids", "line_no", "lines", "on", "place", "position", "why",
    )  # fmt: skip

    def __init__(self, cents: int, place: int, line_no: int | None, ids: tuple[str, ...]) -> None:
        self.cents = cents
        self.place = place
        self.line_no = line_no
        self.ids = ids
        self.answer: Answer | None = None
        self.lines: tuple[int, ...] = ()
        self.on: date | None = None
        self.position = 0
        self.why = ""

    @property
    def scope(self) -> tuple[int | None, ...]:
        """The lines that it serves; (None,) where it serves any."""
        return (self.line_no,) if self.line_no is not None else self.lines or (None,)


class Pool:
    """Evidence in its order, found by place and line; what is used up is passed over once."""

    __slots__ = ("by_line", "by_place", "items")

    def __init__(self, items: Iterable[Evidence] = ()) -> None:
        self.items: list[Evidence] = []
        self.by_place: dict[int, list[Evidence]] = {}
        self.by_line: dict[tuple[int, int | None], list[Evidence]] = {}
        for item in items:
            self.add(item)

    def __bool__(self) -> bool:
        return bool(self.items)

    def __iter__(self) -> Iterator[Evidence]:
        return iter(self.items)

    def add(self, item: Evidence) -> None:
        """Put evidence at the end."""
        item.position = len(self.items)
        self.items.append(item)
        add_to(self.by_place, item.place, item)
        for number in item.scope:
            add_to(self.by_line, (item.place, number), item)

    def serving(self, place: int, line_no: int | None) -> list[Evidence]:
        """What is left for a line of a place, or (None) for the account as a whole."""
        if line_no is None:
            return unspent(self.by_place, place)
        own = unspent(self.by_line, (place, line_no))
        wide = unspent(self.by_line, (place, None))
        if not own or not wide:
            return own or wide
        return sorted((*own, *wide), key=position_of)


def unspent(known: dict[AnyKey, list[Evidence]], key: AnyKey) -> list[Evidence]:
    """The evidence of a key of which something is left; the rest is dropped."""
    items = known.get(key)
    if items is None:
        return []
    if any(item.cents <= 0 for item in items):
        items = known[key] = [item for item in items if item.cents > 0]
    return items


def position_of(item: Evidence) -> int:
    """The place of evidence in its pool."""
    return item.position
