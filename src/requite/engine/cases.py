"""Every finding as a case to work: each in one queue, in the order of work, with its figures."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from requite.domain.determination.account import Payer
from requite.domain.errors import RequiteError
from requite.domain.priority import OTHER_LAST
from requite.engine.database import connect, parquet, query

FINDINGS = "findings.parquet"
ORDER = "order.parquet"  # beside it: the rank of each priority
LEGEND = "worklist.json"
WORKBOOK = "worklist.xlsx"
AT_ONCE = 10_000  # cases held in memory


class NoFindings(RequiteError):
    """A worklist was asked of a folder in which nothing was determined."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no findings in an order that this version can read.",
            remedy=f"Determine a feed into it first: requite detect FEED --out {folder}.",
        )


class Case(NamedTuple):
    """A finding in the queue where it is worked; `priority` 1 is the first of all.

    `rank` is its group in that order: government payers' money, patients', all other.
    """

    priority: int
    queue: str
    due_on: date | None
    days_left: int | None
    account_id: str
    line_no: int | None
    party: str
    party_id: str | None
    payer_name: str | None
    payer_class: str | None
    cause: str
    disposition: str
    amount_cents: int
    certainty: str
    rule_id: str | None
    explanation: str
    evidence: str
    rank: int = OTHER_LAST


class Figures(NamedTuple):
    """What a queue holds of one cause and party; soon: due within 30 days."""

    queue: str
    party: str
    cause: str
    cases: int
    cents: int
    late_cases: int
    late_cents: int
    soon_cases: int
    soon_cents: int
    next_due_on: date | None


class KnownPayer(NamedTuple):
    """A payer on file."""

    payer_id: str
    name: str
    payer_class: str


class Legend(NamedTuple):
    """What the findings do not say themselves: the day of the run, and who the payers are."""

    as_of: date
    payers: tuple[KnownPayer, ...] = ()


class Worklist:
    """The cases of one run."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, legend: Legend) -> None:
        self.connection = connection
        self.legend = legend

    def cases(self, queue: str | None = None, *, first: int | None = None) -> Iterator[Case]:
        """The cases of a queue (None: of all), by priority, at most the `first` so many."""
        found = self.connection.cursor().execute(
            f"SELECT * FROM worklist WHERE $queue IS NULL OR queue = $queue "
            f"ORDER BY priority {'' if first is None else f'LIMIT {int(first)}'}",
            {"queue": queue},
        )
        while rows := found.fetchmany(AT_ONCE):
            yield from map(Case._make, rows)

    def figures(self) -> list[Figures]:
        """Counts and sums by queue, party and cause, the largest sum first."""
        rows = self.connection.execute(query("worklist_figures")).fetchall()
        return [Figures._make(row) for row in rows]

    def sums(self) -> list[tuple[str, str, int, int]]:
        """Section of the summary, name in it, findings and cents."""
        return self.connection.execute(query("summary_sections")).fetchall()


@contextmanager
def open_worklist(folder: Path, legend: Legend) -> Iterator[Worklist]:
    """The worklist of the findings that `detect` wrote to `folder`.

    Parameters
    ----------
    folder : Path
        It holds `findings.parquet` and `order.parquet`.
    legend : Legend
        The day of the run and the payers on file.

    Raises
    ------
    NoFindings
        Where the folder holds none.
    """
    files = {"findings": folder / FINDINGS, "standing": folder / ORDER}
    if not all(path.is_file() for path in files.values()):
        raise NoFindings(folder)
    with connect(spill=folder / "spill") as connection:
        for view, path in files.items():
            connection.execute(f"CREATE VIEW {view} AS SELECT * FROM {parquet([path])}")
        connection.execute("CREATE TABLE run AS SELECT $day::DATE AS as_of", {"day": legend.as_of})
        connection.execute(
            "CREATE TABLE payers AS SELECT unnest($ids::TEXT[]) AS payer_id, "
            "unnest($names::TEXT[]) AS name, unnest($classes::TEXT[]) AS payer_class",
            {
                "ids": [payer.payer_id for payer in legend.payers],
                "names": [payer.name for payer in legend.payers],
                "classes": [payer.payer_class for payer in legend.payers],
            },
        )
        connection.execute(f"CREATE VIEW worklist AS {query('worklist')}")
        yield Worklist(connection, legend)


def legend_of(as_of: date, payers: Mapping[str, Payer]) -> Legend:
    """The legend of a run over a feed with these payers."""
    return Legend(
        as_of,
        tuple(
            KnownPayer(payer_id, payer.name, payer.payer_class)
            for payer_id, payer in sorted(payers.items())
        ),
    )


def write_legend(folder: Path, legend: Legend) -> None:
    """Keep the legend beside the findings."""
    content = {"as_of": legend.as_of.isoformat(), "payers": legend.payers}
    text = json.dumps(content, indent=1, ensure_ascii=False)
    (folder / LEGEND).write_text(text + "\n", encoding="utf-8")


def read_legend(folder: Path, *, otherwise: date) -> Legend:
    """The legend beside the findings; without one, that day and no payer known by name."""
    path = folder / LEGEND
    if not path.is_file():
        return Legend(otherwise)
    content = json.loads(path.read_text(encoding="utf-8"))
    payers = tuple(KnownPayer(*row[:3]) for row in content["payers"])
    return Legend(date.fromisoformat(content["as_of"]), payers)
