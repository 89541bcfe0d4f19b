"""Find the ledger line that a remittance line speaks of.

By its control number (REF 6R: a charge of the account, else a line number), else by procedure,
day and charge, else by procedure and charge, else by order; what rests on order alone is marked.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from requite.domain.determination.account import RemitLine
from requite.domain.determination.line import Line
from requite.domain.determination.worksheet import FAR, Worksheet

MOST_DIGITS: Final = 9  # a longer control number is no line number
ANY: Final = ("any",)
LAST: Final = FAR - timedelta(days=1)  # a line without a day sorts after it

Key = tuple[object, ...]


class LedgerLines:
    """The lines of an account, found by charge, by day, by what was done, and by number."""

    __slots__ = ("by_charge", "by_day", "by_service", "lines", "numbers")

    def __init__(self, sheet: Worksheet) -> None:
        self.lines = sheet.lines
        self.numbers = sorted(sheet.lines)
        self.by_charge = {
            charge_id: line.line_no for line in self.lines.values() for charge_id in line.charge_ids
        }
        self.by_day: list[tuple[date, int]] = []
        self.by_service: dict[Key, list[int]] = {}

    def served(self, first: date | None, last: date | None) -> list[Line]:
        """The lines served within those days, else all, by line number."""
        numbers = self.numbers
        if first is not None and last is not None:
            if not self.by_day:
                self.by_day = sorted((self.lines[n].service_date or FAR, n) for n in numbers)
            start = bisect_left(self.by_day, first, key=day_of)
            end = bisect_right(self.by_day, min(last, LAST), key=day_of)
            numbers = sorted(number for _, number in self.by_day[start:end]) or numbers
        return [self.lines[number] for number in numbers]

    def by_control_number(self, row: RemitLine) -> int | None:
        """The ledger line that REF 6R names: a charge of the account, else a line number."""
        control = row.line_control_number
        if not control:
            return None
        number = self.by_charge.get(control)
        if number is not None:
            return number
        if len(control) <= MOST_DIGITS and control.isascii() and control.isdigit():
            return int(control) if int(control) in self.lines else None
        return None

    def known_by(self, key: Key) -> list[int]:
        """The lines of which that was done, in the order of their numbers."""
        if not self.by_service:
            self.by_service[ANY] = self.numbers
            for number in self.numbers:
                for each in keys_of_line(self.lines[number]):
                    self.by_service.setdefault(each, []).append(number)
        return self.by_service.get(key, [])


def day_of(dated: tuple[date, int]) -> date:
    """The day of service, by which lines are sorted."""
    return dated[0]


class Free:
    """The lines that no remittance line of the claim at hand has taken yet."""

    __slots__ = ("cursors", "lines", "used")

    def __init__(self, lines: LedgerLines, used: set[int]) -> None:
        self.lines = lines
        self.used = used
        self.cursors: dict[Key, int] = {}

    def first(self, *keys: Key) -> int | None:
        """The first free line known by the first of the keys that has one; it is taken."""
        for key in keys:
            numbers = self.lines.known_by(key)
            cursor = self.cursors.get(key, 0)
            while cursor < len(numbers) and numbers[cursor] in self.used:
                cursor += 1
            self.cursors[key] = cursor
            if cursor < len(numbers):
                self.used.add(numbers[cursor])
                return numbers[cursor]
        return None


def keys_of_line(line: Line) -> Iterator[Key]:
    """All that a line is known by: procedure, charge, day, modifiers."""
    yield ("procedure", line.procedure_code)
    for cents in {*line.amounts, line.net}:
        yield from keys_of_service(line, cents)


def keys_of_service(row: Line | RemitLine, cents: int) -> tuple[Key, Key, Key, Key]:
    """A service by procedure and charge: with and without day, with and without modifiers."""
    done, modifiers = (row.procedure_code, cents), row.modifiers or None
    on_day = (*done, row.service_date)
    return (
        ("day and modifiers", *on_day, modifiers),
        ("day", *on_day),
        ("modifiers", *done, modifiers),
        ("charge", *done),
    )


def resolve_lines(lines: LedgerLines, rows: Sequence[RemitLine]) -> list[tuple[int, bool]]:
    """For each remittance line its ledger line, and whether only the order says so."""
    found = [lines.by_control_number(row) for row in rows]
    if None not in found:
        return [(number, False) for number in found if number is not None]
    free = Free(lines, {number for number in found if number is not None})
    for strict in (True, False):
        for index, row in enumerate(rows):
            if found[index] is None and not (strict and row.service_date is None):
                keys = keys_of_service(row, abs(row.charge_cents))
                found[index] = free.first(*(keys[:2] if strict else keys[2:]))
    result: list[tuple[int, bool]] = []
    for row, number in zip(rows, found, strict=True):
        if number is not None:
            result.append((number, False))
        else:
            next_free = free.first(("procedure", row.procedure_code), ANY)
            result.append((lines.numbers[0] if next_free is None else next_free, True))
    return result
