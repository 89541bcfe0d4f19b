"""What stands in the columns of an extract: how much is filled, what repeats, days and amounts."""

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb

from requite.engine.database import connect, identifier
from requite.engine.mapping.extract import EXCEL, ROW, Reading, show, tables_in, turn_commas
from requite.engine.mapping.guessing.kinds import PROCEDURE, kind_of
from requite.engine.refusal import Problem, RefusedExtract
from requite.engine.within import opened
from requite.engine.workbook import BadWorkbook, sheet_names

MOST_VALUES: Final = 2_000  # different values of a column that are looked at one by one
MOST_HELD: Final = 1_000_000  # of those in all columns together: a few hundred megabytes
MOST_COLUMNS: Final = 4_000  # of all files together
MOST_SECONDS: Final = 300  # that a look may take: half a minute for a gigabyte
LONGEST_VALUE: Final = 200  # characters of one that is: what is longer is a text, and says no more
SHEET: Final = "#"  # between the name of a workbook and that of its sheet
MOST_SHEETS: Final = 40
MOST_SAMPLES: Final = 3
NEARLY_ALL: Final = 0.95
FORMS: Final = (
    "%Y-%m-%d", "%m/%d/%y", "%m/%d/%Y", "%m-%d-%y", "%m-%d-%Y", "%Y%m%d", "%m%d%Y", "%Y/%m/%d",
    "%d-%b-%y", "%d-%b-%Y", "%b %d, %Y", "%b %d %Y", "%m.%d.%Y", "%d.%m.%Y", "%d.%m.%y",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%y %H:%M",
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%d/%m/%Y", "%d/%m/%y",
)  # fmt: skip
MONEY: Final = re.compile(
    r"[-(]?\s*+\$?\s*+-?(\d{1,3}(,\d{3})+|\d{1,9})?(\.\d{1,2}0*)?\s*+[)-]?", re.ASCII
)
MADE_BY_EXPORTS: Final = re.compile(r"[.$()-]")
DECIMAL_COMMA: Final = re.compile(  # amounts as they are written where a comma is before the cents
    r"[-(]?\s*+\$?\s*+-?(\d{1,3}(\.\d{3})+|\d{1,9}),\d\d\s*+[)-]?", re.ASCII
)
TOTAL: Final = re.compile(r"\W*(grand |sub ?|page |report )?totals?\b.*", re.IGNORECASE)

TOO_LONG: Final = Problem(
    "the extract", None, None, f"looking at it takes longer than {MOST_SECONDS // 60} minutes.",
    "Bring only the files that Requite needs, or a year of them, or a mapping of your own.",
)  # fmt: skip
TOO_MANY: Final = (
    f"with it the files have more than {MOST_COLUMNS:,} columns.",
    "Bring only the files of accounts, patients, payers, charges, payments and adjustments.",
)


@dataclass(frozen=True)
class Column:
    """One column: its values by how often they come, in the order in which they came first."""

    name: str
    rows: int
    filled: int
    distinct: int
    values: dict[str, int]  # the first MOST_VALUES of those of at most LONGEST_VALUE

    @property
    def samples(self) -> list[str]:
        """A few values to show."""
        return list(self.values)[:MOST_SAMPLES]

    def share(self, fits: "Sequence[str] | set[str]") -> float:
        """The share of the filled rows that hold one of these values."""
        looked_at = sum(self.values.values())
        return sum(self.values[each] for each in fits) / looked_at if looked_at else 0.0

    @cached_property
    def dates(self) -> str:
        """The form in which its days are written; empty where it holds no days."""
        plain = [value for value in self.values if not TOTAL.fullmatch(value)][:300]
        if not plain or not any(sign.isdigit() for sign in plain[0]):
            return ""
        fits = {form: days for form in FORMS if (days := _days_in(plain, form))}
        return max(fits, key=fits.__getitem__, default="")

    @property
    def is_day_or_month(self) -> bool:
        """Whether its days, with points between, may begin with the day as well as the month."""
        other = self.dates.replace("%m.%d", "%d.%m")
        return other != self.dates and bool(_days_in(list(self.values)[:300], other))

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What kind of entry each value names, by its words; empty where they do not say."""
        return {value: kind_of(value) for value in self.values}

    @cached_property
    def is_money(self) -> bool:
        """Whether it may hold amounts."""
        fits = [v for v in self.values if MONEY.fullmatch(v) and any(s.isdigit() for s in v)]
        dashes = [value for value in self.values if not value.strip("-$ ")]
        return bool(fits) and self.share([*fits, *dashes]) >= NEARLY_ALL

    @cached_property
    def has_decimal_comma(self) -> bool:
        """Whether it holds amounts with a comma before the cents: `1.234,50`, `80,00`."""
        fits = [value for value in self.values if DECIMAL_COMMA.fullmatch(value)]
        others = [value for value in self.values if not value.strip("-$0 ")]
        return bool(fits) and self.share([*fits, *others]) >= NEARLY_ALL

    @cached_property
    def has_cents(self) -> bool:
        """Whether it is written as only amounts are: with cents, a currency sign or a sign."""
        signed = [value for value in self.values if MADE_BY_EXPORTS.search(value)]
        return self.is_money and self.share(signed) > 0

    @cached_property
    def zeros(self) -> list[str]:
        """The ways in which no amount is written, the empty one first."""
        nothing = [value for value in self.values if not value.strip("-+$()0., ")]
        return ["", *sorted({*nothing, "0", "0.00"})]

    @property
    def procedures(self) -> float:
        """The share of its filled rows that look like codes of procedures."""
        return self.share([value for value in self.values if PROCEDURE.fullmatch(value)])

    @property
    def repeats(self) -> bool:
        """Whether values come again."""
        return 0 < self.distinct < self.filled

    @property
    def is_key(self) -> bool:
        """Whether every filled row has a value of its own."""
        return self.filled > 0 and self.distinct == self.filled


def _is_day(value: str, form: str) -> bool:
    try:
        return 1900 <= datetime.strptime(value, form).year <= 2100  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return False


def _days_in(values: Sequence[str], form: str) -> int:
    """How many are days of a form; 0 as soon as nearly all of them cannot be."""
    may_miss = len(values) - NEARLY_ALL * len(values)
    days = 0
    for count, value in enumerate(values, 1):
        days += _is_day(value, form)
        if count - days > may_miss:
            return 0
    return days


@dataclass(frozen=True)
class File:
    """One file of the extract."""

    name: str
    rows: int
    columns: dict[str, Column]
    decimal_comma: tuple[str, ...] = ()  # columns whose amounts had a comma before the cents

    @property
    def money(self) -> list[Column]:
        """Its columns that may hold amounts."""
        return [each for each in self.columns.values() if each.is_money and not each.dates]


@dataclass
class Survey:
    """The files of an extract, and a database to ask about them."""

    files: dict[str, File]
    connection: duckdb.DuckDBPyConnection
    passed_over: dict[str, str] = field(default_factory=dict)  # what is not looked at, and why
    is_late: threading.Event = field(default_factory=threading.Event)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query.

        Raises
        ------
        RefusedExtract
            Where the look at the extract takes longer than it may.
        """
        self.go_on()
        try:
            return self.connection.execute(sql).fetchall()
        except duckdb.InterruptException:
            raise RefusedExtract([TOO_LONG]) from None

    def go_on(self) -> None:
        """Refuse to where the time is over."""
        if self.is_late.is_set():
            raise RefusedExtract([TOO_LONG])

    def tells(self, file: str, one: str, other: str) -> bool:
        """Whether each value of a column goes with one value of another."""
        a, b = text_of(one), text_of(other)
        found = self.ask(
            f"SELECT 1 FROM {identifier(file)} WHERE {a} <> '' GROUP BY {a} "
            f"HAVING count(DISTINCT {b}) > 1 LIMIT 1"
        )
        return not found

    def holds(self, file: str, column: str, other_file: str, other: str) -> float:
        """The share of another column's values that a column holds too."""
        inside, outside = text_of(column), text_of(other)
        row = self.ask(
            f"SELECT count(*), count(*) FILTER (v IN (SELECT {inside} FROM {identifier(file)})) "
            f"FROM (SELECT DISTINCT {outside} AS v FROM {identifier(other_file)}) WHERE v <> ''"
        )[0]
        return row[1] / row[0] if row[0] else 0.0


def text_of(column: str) -> str:
    """The SQL of a column's text, empty where it holds none."""
    return f"coalesce(trim({identifier(column)}), '')"


@contextmanager
def surveyed(extract: Path, reading: Reading | None = None) -> Iterator[Survey]:
    """Look at every file of an extract, as it is to be read.

    Raises
    ------
    RefusedExtract
        Where a file cannot be read, there are too many columns, or it takes too long.
    """
    with TemporaryDirectory() as folder, connect(spill=Path(folder)) as connection:
        survey = Survey({}, connection)
        with in_time(survey):
            columns = _shown(survey, extract, Path(folder), reading)
            most = min(MOST_VALUES, MOST_HELD // max(1, sum(map(len, columns.values()))))
            for name, names in columns.items():
                rows = int(survey.ask(f"SELECT count(*) FROM {identifier(name)}")[0][0])
                found = {column: _column(survey, name, column, (rows, most)) for column in names}
                commas = tuple(each.name for each in found.values() if each.has_decimal_comma)
                for column in commas:
                    turn_commas(connection, name, column)
                    found[column] = _column(survey, name, column, (rows, most))
                survey.files[name] = File(name, rows, found, commas)
            yield survey


@contextmanager
def in_time(survey: Survey) -> Iterator[None]:
    """End what the database does once the time is over; what is asked after it is refused."""

    def stop() -> None:
        survey.is_late.set()
        survey.connection.interrupt()

    timer = threading.Timer(MOST_SECONDS, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # nothing is interrupted that is closed


def _shown(
    survey: Survey, extract: Path, work: Path, reading: Reading | None
) -> dict[str, list[str]]:
    """Read the files; their columns by their names."""
    found: dict[str, list[str]] = {}
    count = 0
    for name in _names(extract):
        survey.go_on()
        try:
            columns = show(survey.connection, extract, name, work, reading)
        except duckdb.InterruptException:
            raise RefusedExtract([TOO_LONG]) from None
        except RefusedExtract as refused:
            survey.go_on()
            if SHEET not in name:
                raise
            survey.passed_over[name] = refused.problems[0].problem
            continue
        if count + len(columns) > MOST_COLUMNS:
            if reading is None:
                raise RefusedExtract([Problem(name, None, None, *TOO_MANY)])
            survey.ask(f"DROP TABLE {identifier(name)}")
            survey.passed_over[name] = TOO_MANY[0]
            continue
        count += len(columns)
        found[name] = columns
    return found


def _names(extract: Path) -> list[str]:
    """The files that may hold tables: `.txt` too, unless it is a remittance."""
    found = [sheet for name in tables_in(extract) for sheet in _sheets(extract, name)]
    if extract.is_dir():
        texts = (path for path in extract.iterdir() if path.suffix.lower() == ".txt")
        found += [path.name for path in texts if path.is_file() and not _is_remittance(path)]
    return sorted(set(found))


def _sheets(extract: Path, name: str) -> list[str]:
    """A file, or each sheet of a workbook that has several."""
    path = extract / name if extract.is_dir() else extract
    if path.suffix.lower() != EXCEL:
        return [name]
    try:
        sheets = sheet_names(path)
    except BadWorkbook:  # whoever reads it says so
        return [name]
    return (
        [name] if len(sheets) < 2 else [f"{name}{SHEET}{sheet}" for sheet in sheets[:MOST_SHEETS]]
    )


def _is_remittance(path: Path) -> bool:
    with opened(path) as file:
        return file.read(3) == b"ISA"


def _column(survey: Survey, file: str, name: str, size: tuple[int, int]) -> Column:
    """One column of a file of so many rows, with at most so many of its values."""
    text, (rows, most) = text_of(name), size
    filled, distinct = survey.ask(
        f"SELECT count(*), count(DISTINCT {text}) FROM {identifier(file)} WHERE {text} <> ''"
    )[0]
    values = survey.ask(
        f"SELECT {text}, count(*) FROM {identifier(file)} WHERE {text} <> '' "
        f"AND length({text}) <= {LONGEST_VALUE} GROUP BY 1 ORDER BY min({ROW}) LIMIT {most}"
    )
    return Column(name, rows, int(filled), int(distinct), dict(values))
