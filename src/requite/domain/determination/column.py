"""One party's column: its targets and its money, line by line, and what fits no line."""

from collections.abc import Hashable, Sequence
from typing import Final

from requite.domain.determination.worksheet import Cell

ALL: Final = "all lines"


class Column:
    """The cells of one party on one account.

    Money on a line stays there; money without a line fills open targets in the order of the
    lines; what is left belongs to the account, `rest`. `loose` money fills no target.
    `filled` remembers, for lines that are poured over again and again, how many are full.
    """

    __slots__ = ("cells", "filled", "kind", "loose", "open_lines", "order", "place", "rest")

    def __init__(self, kind: str, place: int, order: Sequence[int]) -> None:
        self.kind = kind
        self.place = place
        self.order = order
        self.cells: dict[int, Cell] = {}
        self.loose: dict[int | None, Cell] = {}
        self.open_lines: set[int] = set(order)
        self.rest = Cell(kind, place, None)
        self.filled: dict[Hashable, int] = {}

    def cell(self, line_no: int) -> Cell:
        """The cell of a line, made on first use."""
        found = self.cells.get(line_no)
        if found is None:
            found = self.cells[line_no] = Cell(self.kind, self.place, line_no)
        return found

    def add(self, line_no: int, cents: int) -> None:
        """Put money on a line; what is taken back may leave a line open again."""
        found = self.cells.get(line_no)
        if found is None:
            found = self.cells[line_no] = Cell(self.kind, self.place, line_no)
        found.actual += cents
        if cents < 0:
            self.filled.clear()

    def loosen(self, line_no: int | None, cents: int) -> None:
        """Add money that may fill no target."""
        found = self.loose.get(line_no)
        if found is None:
            found = self.loose[line_no] = Cell(self.kind, self.place, line_no)
            found.loose = True
        found.actual += cents

    def settle_loose(self) -> int:
        """Set loose money without a line against that on lines; returns what was taken too much."""
        whole = self.loose.get(None)
        if whole is None:
            return 0
        for number in sorted(number for number in self.loose if number is not None):
            found = self.loose[number]
            if whole.actual * found.actual < 0:
                used = min(abs(whole.actual), abs(found.actual))
                used = used if whole.actual > 0 else -used
                whole.actual -= used
                found.actual += used
        cents = min(whole.actual, 0)
        whole.actual -= cents
        return cents

    def numbers(self) -> list[int]:
        """The lines in order, then those that bear money but no charge."""
        strays = self.cells.keys() - set(self.order)
        return [*self.order, *sorted(strays)] if strays else list(self.order)

    def pour(self, cents: int, lines: Sequence[int], name: Hashable = None) -> int:
        """Fill open targets on those lines with `cents`; returns what is left.

        Lines that are poured over more than once bear a name, so that full ones are passed once.
        """
        start = 0 if name is None else self.filled.get(name, 0)
        for index in range(start, len(lines)):
            if cents <= 0:
                break
            cents -= self.fill(lines[index], cents)
            if cents > 0 and name is not None:
                self.filled[name] = index + 1
        return cents

    def fill(self, number: int, cents: int) -> int:
        """Fill one open target with up to `cents`; returns how much it took."""
        found = self.cells.get(number)
        if found is None or number not in self.open_lines:
            return 0
        used = max(min(found.target - found.actual, cents), 0)
        found.actual += used
        return used

    def lower(self, cents: int) -> int:
        """Take a negative amount out of what is in excess, in order; returns what is left of it."""
        for number in self.order:
            for found in (self.cells.get(number), self.loose.get(number)):
                if found is not None and cents < 0 and found.excess > 0:
                    used = min(found.excess, -cents)
                    found.actual -= used
                    cents += used
        whole = self.loose.get(None)
        if whole is not None and cents < 0 and whole.excess > 0:
            used = min(whole.excess, -cents)
            whole.actual -= used
            cents += used
        return cents

    def settle_pool(self, cents: int) -> None:
        """Spend the account-level money of the party."""
        if cents > 0:
            cents = self.pour(cents, self.order, ALL)
        elif cents < 0:
            cents = self.lower(cents)
        self.rest.actual += cents

    def share(self, lines: Sequence[int], limit: int | None = None) -> None:
        """Let lines that hold too much fill lines that are owed, both in order.

        Parameters
        ----------
        lines : sequence of int
            The lines that share.
        limit : int, optional
            At most this many cents move; all that can, where it is None.
        """
        sharing = object()  # lines only fill up while they share
        for number in lines:
            giver = self.cells.get(number)
            if giver is None or giver.excess <= 0:
                continue
            spare = giver.excess if limit is None else min(giver.excess, limit)
            used = spare - self.pour(spare, lines, sharing)
            giver.actual -= used
            if limit is not None:
                limit -= used

    def all_cells(self) -> list[Cell]:
        """Every cell with a target or money, lines first."""
        cells, loose = self.cells, self.loose
        found: list[Cell] = []
        if len(cells) == 1:
            found += cells.values()
        elif cells:
            found += [cells[number] for number in self.numbers() if number in cells]
        if loose:
            found += [loose[n] for n in sorted(n for n in loose if n is not None)]
            if None in loose:
                found.append(loose[None])
        found.append(self.rest)
        return [cell for cell in found if cell.target or cell.actual]
