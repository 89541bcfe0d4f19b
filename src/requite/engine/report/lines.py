"""The lines of a report that are of an account, and why every other is not."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from requite.engine.report.cells import Rows
from requite.engine.report.layout import Layout, plain
from requite.engine.report.values import cents_in, day_in, is_nothing

MOST_TOLD = 20
TOTAL = re.compile(
    r"^\W*((grand|sub|page|report|class|payer|final|account|facility|section)[ -]*)*totals?\b"
    r"|\btotals?\W*$|^(count|number of accounts|records|end of report|sum)\b", re.IGNORECASE
)  # fmt: skip
GROUP = re.compile(
    r"^(financial class|fin(?:ancial)? cl(?:as)?s|fc|payer class|payor class|payer|payor|insurance"
    r"|carrier|plan)\s*[:\-]\s*(?P<name>\S.*)$", re.IGNORECASE
)  # fmt: skip
CLASS_GROUPS = ("financial class", "fin", "fc", "payer class", "payor class")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report that is of an account; amounts in cents as the ledger signs them."""

    row: int  # in the file, from 1
    account: str
    patient: str
    payer: str
    payer_class: str
    balance_cents: int
    last_payment_on: date | None
    service_on: date | None
    oldest_days: int | None  # of the oldest bucket that holds a credit


@dataclass(slots=True)
class LeftOut:
    """The lines that are of no account, by why: how many, and the rows of the first."""

    counts: Counter[str] = field(default_factory=Counter)
    rows: dict[str, list[int]] = field(default_factory=dict)

    def note(self, why: str, row: int) -> None:
        """Note a line, by its row from 1."""
        self.counts[why] += 1
        rows = self.rows.setdefault(why, [])
        if len(rows) < MOST_TOLD:
            rows.append(row)


@dataclass(slots=True)
class Reader:
    """Reads line after line; it knows the account above, and the heading of the group."""

    layout: Layout
    left_out: LeftOut = field(default_factory=LeftOut)
    above: str = ""
    group: dict[str, str] = field(default_factory=dict)

    def lines(self, rows: Rows) -> Iterator[Line]:
        """The lines that are of an account; every other is noted with why it is left out."""
        for number, row in enumerate(rows, start=1):
            if not any(row):
                continue
            why = "above the table" if number <= self.layout.first else self._why_not(row)
            if why:
                self.left_out.note(why, number)
                continue
            self.above = self._of(row, "account") or self.above
            yield self._line(row, number)

    def _why_not(self, row: Sequence[str]) -> str:
        """Why a line is of no account; empty where it is of one."""
        filled, account = [cell for cell in row if cell], self._of(row, "account")
        header = {plain(name) for name in self.layout.names if name}
        if TOTAL.search(filled[0]) or TOTAL.search(account):
            return "totals"
        if _is_header(filled, header):
            return "the header again"
        if len(filled) == 1 and (found := GROUP.match(filled[0])):
            is_class = filled[0].lower().startswith(CLASS_GROUPS)
            self.group["payer_class" if is_class else "payer"] = found["name"]
            return "headings of groups"
        if _balance(row, self.layout) is None:
            return "without an amount"
        if not account and not (self.above and _says_payer(row, self.layout)):
            return "amounts without an account"
        return ""

    def _line(self, row: Sequence[str], number: int) -> Line:
        return Line(
            number,
            self.above,
            self._of(row, "patient"),
            self._of(row, "payer") or self.group.get("payer", ""),
            self._of(row, "payer_class") or self.group.get("payer_class", ""),
            _balance(row, self.layout) or 0,
            day_in(self._of(row, "last_payment_on")),
            day_in(self._of(row, "service_on")),
            _oldest(row, self.layout),
        )

    def _of(self, row: Sequence[str], part: str) -> str:
        return _cell(row, self.layout.parts[part]) if part in self.layout.parts else ""


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _balance(row: Sequence[str], layout: Layout) -> int | None:
    """The balance of a line: its own column, else the sum of its parts; None where it has none."""
    if "balance" in layout.parts:
        cell = _cell(row, layout.parts["balance"])
        return None if is_nothing(cell) else cents_in(cell)
    split = [layout.parts[part] for part in ("insurance_balance", "patient_balance")
             if part in layout.parts]  # fmt: skip
    cells = [_cell(row, place) for place in split or layout.buckets]
    amounts = [cents_in(cell) for cell in cells if not is_nothing(cell)]
    known = [cents for cents in amounts if cents is not None]
    return sum(known) if known and len(known) == len(amounts) else None


def _says_payer(row: Sequence[str], layout: Layout) -> bool:
    """Whether a line without an account says whose part of the account above it is."""
    places = [layout.parts[part] for part in ("payer", "payer_class") if part in layout.parts]
    return any(_cell(row, place) for place in places)


def _is_header(filled: list[str], header: set[str]) -> bool:
    """Whether a line is the header once more, at the top of a page."""
    return bool(header) and sum(plain(cell) in header for cell in filled) * 2 > len(filled)


def _oldest(row: Sequence[str], layout: Layout) -> int | None:
    """The days that the oldest bucket with a credit begins at."""
    begins = [
        _begins(layout.names[place])
        for place in layout.buckets
        if (cents_in(_cell(row, place)) or 0) < 0
    ]
    return max(begins, default=None)


def _begins(bucket: str) -> int:
    """The first day of an aging bucket.

    >>> _begins("91-120"), _begins("Over 180"), _begins("Current")
    (91, 181, 0)
    """
    found = re.search(r"\d+", bucket)
    if not found:
        return 0
    is_open = bool(re.match(r"\W*(over|>|above)", bucket, re.IGNORECASE))
    return int(found[0]) + is_open
