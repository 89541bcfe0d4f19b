"""The problems of a feed by kind: what each weighs, how many there are, where the first are."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from requite.engine.csv_file import write_csv
from requite.engine.feed import Column, Table
from requite.engine.refusal import MOST_NAMED, Problem

MOST_LISTED = 100_000  # rows of one kind in the report's own file
LISTED = "import_problems.csv"
OUTCOMES = {
    "refuses": "the feed is refused",
    "holds": "its account is held out",
    "empty": "counts as empty",
}


def fresh(path: Path) -> Path:
    """The path, without what an earlier run listed there."""
    path.unlink(missing_ok=True)
    return path


class Weight(StrEnum):
    """What becomes of a feed by a problem."""

    REFUSES = "refuses"  # of the feed's form, or of what all accounts share
    HOLDS = "holds"  # the accounts that it touches are held out
    EMPTY = "empty"  # evidence that leads to nothing


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """Problems of one kind: the column, what is wrong with it, and what it weighs."""

    table: str
    column: str
    told: Problem
    weight: Weight

    @property
    def row(self) -> dict[str, Any]:
        """The kind as the import report has it."""
        told = self.told
        places = [] if told.row is None else [(told.file, told.row), *told.more]
        return {
            "table": self.table,
            "column": self.column,
            "problem": told.problem,
            "remedy": told.remedy,
            "count": told.count,
            "outcome": OUTCOMES[self.weight],
            "first": [{"file": file, "row": row} for file, row in places],
            "told": str(told),
        }


class Problems:
    """What was found wrong in a feed, with the rows in the database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.kinds: list[ProblemKind] = []
        self.dangling: list[tuple[Table, Column, Weight]] = []
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE problem_rows (kind INTEGER, source_no INTEGER, "
            "file VARCHAR, row_no BIGINT, account_id VARCHAR)"
        )

    def take(
        self,
        where: tuple[str, str],
        told: tuple[str, str],
        weight: Weight,
        count: int,
        places: str,
    ) -> None:
        """Take up `count` problems of one kind.

        Parameters
        ----------
        where : tuple of str
            Table and column.
        told : tuple of str
            What is wrong, and the remedy.
        weight : Weight
            What it weighs.
        count : int
            How many rows.
        places : str
            SQL of the rows: source_no, file, row_no, account_id.
        """
        table, column = where
        kind = len(self.kinds)
        self.connection.execute(
            f"INSERT INTO problem_rows SELECT {kind}, source_no, file, row_no, account_id "
            f"FROM ({places}) ORDER BY source_no, row_no LIMIT {MOST_LISTED}"
        )
        first = self.connection.execute(
            f"SELECT file, row_no FROM problem_rows WHERE kind = {kind} "
            f"ORDER BY source_no, row_no LIMIT {MOST_NAMED}"
        ).fetchall()
        file, row = first[0] if first else (table, None)
        named = Problem(file, row, column, *told, more=tuple(first[1:]), count=count)
        self.kinds.append(ProblemKind(table, column, named, weight))

    def take_files(
        self, files: list[str], table: str, column: str, problem: str, remedy: str
    ) -> None:
        """Take up what is wrong with whole files."""
        for file in files:
            named = Problem(file, None, column, problem, remedy)
            self.kinds.append(ProblemKind(table, column, named, Weight.REFUSES))

    @property
    def told(self) -> list[Problem]:
        """All kinds as they are told, those that refuse the feed first."""
        order = list(Weight)
        ranked = sorted(
            self.kinds, key=lambda kind: (order.index(kind.weight), kind.table, -kind.told.count)
        )
        return [kind.told for kind in ranked]

    @property
    def refuses(self) -> list[Problem]:
        """Those that refuse the feed whatever else is in it."""
        return [kind.told for kind in self.kinds if kind.weight is Weight.REFUSES]

    def show_holding(self) -> None:
        """Let the database see, as `holding_kinds`, which kinds hold accounts out."""
        holding = [no for no, kind in enumerate(self.kinds) if kind.weight is Weight.HOLDS]
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE holding_kinds AS SELECT unnest($1::INTEGER[]) AS kind",
            [holding],
        )

    def write(self, path: Path) -> None:
        """List every row that has a problem, up to `MOST_LISTED` of a kind, as CSV."""
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE kinds (kind INTEGER, problem VARCHAR, remedy VARCHAR, "
            'outcome VARCHAR, file VARCHAR, "column" VARCHAR)'
        )
        if self.kinds:
            self.connection.executemany(
                "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (no, kind.told.problem, kind.told.remedy, OUTCOMES[kind.weight],
                     kind.told.file, kind.column)
                    for no, kind in enumerate(self.kinds)
                ],
            )  # fmt: skip
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE listed AS SELECT coalesce(r.file, k.file) AS file, "
            'r.row_no AS "row", k."column", r.account_id, k.problem, k.remedy, k.outcome '
            "FROM kinds k LEFT JOIN problem_rows r USING (kind) "
            "ORDER BY k.kind, r.source_no, r.row_no"
        )
        write_csv(self.connection, "listed", path)
