"""Where rows, values and quotation marks stand among the bytes of a CSV file (RFC 4180)."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

COMMA, QUOTE, FEED, RETURN, BLANK = b',"\n\r '
Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]
Mask = NDArray[np.bool_]


def _these(*bytes_: int) -> Mask:
    """By byte: whether it is one of these."""
    found = np.zeros(256, bool)
    found[list(bytes_)] = True
    return found


@cache
def _may_open_behind(delimiter: int) -> Mask:
    return _these(delimiter, FEED, RETURN)


@cache
def _may_follow_closed(delimiter: int) -> Mask:
    return _these(delimiter, FEED, RETURN, QUOTE, BLANK)


class Block:
    """Bytes that start with a row: the whole rows of them, and the start of the next.

    `ends` are the places of the line feeds that end rows, `lengths` the bytes before them, less a
    return; `is_filled` says which rows are no blank lines.
    """

    def __init__(self, data: bytes, delimiter: int = COMMA) -> None:
        self.data = data
        self.delimiter = delimiter
        self.bytes = np.frombuffer(data, np.uint8)
        self.quotes = _quotes(self.bytes, delimiter) if b'"' in data else None
        self.is_outside = None if self.quotes is None else ~_inside(self.quotes, len(data))
        self.ends = self.places_outside(FEED, len(data))
        self.length = int(self.ends[-1]) + 1 if len(self.ends) else 0
        lengths = np.diff(self.ends, prepend=-1) - 1
        self.has_return: Mask = (lengths > 0) & (self.bytes[self.ends - 1] == RETURN)
        self.lengths = lengths - self.has_return
        self.is_filled: Mask = self.lengths > 0

    def filled_before(self, place: int) -> int:
        """How many rows end before a byte, blank lines left out."""
        return int(self.is_filled[: np.searchsorted(self.ends, place)].sum())

    def outside(self, byte: int, length: int) -> Mask:
        """Which of the first bytes are this one, outside of quotation marks."""
        found: Mask = self.bytes[:length] == byte
        return found if self.is_outside is None else found & self.is_outside[:length]

    def places_outside(self, byte: int, length: int) -> Places:
        """Where this byte stands among the first ones, outside of quotation marks."""
        return np.flatnonzero(self.outside(byte, length))

    def unpaired_at(self) -> int | None:
        """Where a quotation mark closes a value that goes on behind it."""
        if self.quotes is None:
            return None
        closing = self.quotes[1::2]
        closing = closing[closing < self.length]
        wrong = closing[~_may_follow_closed(self.delimiter)[self.bytes[closing + 1]]]
        return int(wrong[0]) if len(wrong) else None

    def lone_return_at(self) -> int | None:
        """Where a return stands alone: some take it for the end of a line."""
        if b"\r" not in self.data:
            return None
        returns = self.places_outside(RETURN, self.length)
        alone = returns[self.bytes[returns + 1] != FEED]
        return int(alone[0]) if len(alone) else None

    def odd_width(self, columns: int) -> tuple[int, int] | None:
        """Where a row ends that has not `columns` values, and how many it has.

        Sums are compared first: two errors that cancel are left to the database's reader, which
        refuses a row with too few values by itself.
        """
        commas = self.outside(self.delimiter, self.length)
        if np.count_nonzero(commas) == (columns - 1) * np.count_nonzero(self.is_filled):
            return None
        values = self._values(commas)
        first = np.flatnonzero(self.is_filled & (values != columns))[0]
        return int(self.ends[first]), int(values[first])

    def widths(self, columns: int) -> tuple[int, tuple[int, int] | None]:
        """How many values the widest row has, and the first row that has not `columns`.

        Values beyond the columns do not count where nothing stands in them.
        """
        values = self._values(self.outside(self.delimiter, self.length))
        for row in np.flatnonzero(self.is_filled & (values != columns)):
            end, extra = int(self.ends[row] - self.has_return[row]), int(values[row]) - columns
            if extra < 0 or self.data[end - extra : end] != bytes([self.delimiter]) * extra:
                return columns, (int(self.ends[row]), int(values[row]))
        return int(values.max(initial=columns)), None

    def _values(self, delimiters: Mask) -> Any:  # noqa: ANN401 - numpy's own differences are untyped
        """How many values each row has."""
        return np.diff(np.searchsorted(np.flatnonzero(delimiters), self.ends), prepend=0) + 1


def _quotes(values: Bytes, delimiter: int) -> Places:
    """The places of the quotation marks that open or close a value.

    One within a value that is not quoted stands for itself; that is rare, and costs a loop.
    """
    quotes = np.flatnonzero(values == QUOTE)
    before = values[quotes - 1]
    opens = _may_open_behind(delimiter)[before] | (quotes == 0)
    if (opens | (before == QUOTE))[::2].all():
        return quotes
    found: list[int] = []
    for at, may_open in zip(quotes.tolist(), opens.tolist(), strict=True):
        is_open = len(found) % 2 == 1
        is_doubled = bool(found) and found[-1] == at - 1
        if is_open or may_open or is_doubled:
            found.append(at)
    return np.array(found, np.intp)


def _inside(quotes: Places, length: int) -> Any:  # noqa: ANN401 - numpy's own repeat is untyped
    """Which bytes stand between quotation marks."""
    runs = np.diff(quotes, prepend=0, append=length)
    is_inside = np.zeros(len(runs), bool)
    is_inside[1::2] = True
    return np.repeat(is_inside, runs)
