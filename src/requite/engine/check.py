"""What the rows of a feed must be: readable values, unique keys, references that hold.

Each check counts over all rows first. Only where it fails are the files read again, to name rows.
"""

from dataclasses import dataclass

import duckdb

from requite.engine.database import identifier
from requite.engine.feed import REMITTANCE, TABLES, Column, Kind, Table
from requite.engine.refusal import MOST_SHOWN, Problem, RefusedFeed
from requite.engine.source import Form, Source, Sources
from requite.engine.table import SQL_TYPES, typed_columns

MOST = 10**15  # cents that a column may sum to, signs aside: three years of all American care
REMITTANCE_NAMES = {table.name for table in REMITTANCE}


@dataclass(slots=True)
class Complaints:
    """Problems found so far, with how many there are beyond those that are named."""

    problems: list[Problem]
    more: int = 0

    def add(self, named: list[Problem], count: int) -> None:
        """Take up `named`, which stand for `count` problems."""
        self.problems += named
        self.more += max(count - len(named), 0)

    def refuse_if_any(self) -> None:
        """Refuse the feed where anything was found."""
        if self.problems or self.more:
            raise RefusedFeed(sorted(self.problems, key=_by_place), more=self.more)


def _by_place(problem: Problem) -> tuple[str, int, str, str]:
    return problem.file, problem.row or 0, problem.column or "", problem.problem


def check_rows(connection: duckdb.DuckDBPyConnection, sources: Sources) -> None:
    """Refuse a feed in which a value cannot be read, or a key comes twice.

    Raises
    ------
    RefusedFeed
        Naming file, row and column of each problem, as far as it is shown.
    """
    complaints = Complaints([])
    given = [table for table in TABLES.values() if table.name in sources.tables]
    for table in given:
        _check_values(connection, table, sources, complaints)
        _check_sums(connection, table, sources, complaints)
    complaints.refuse_if_any()
    for table in given:
        if table.key:
            _check_key(connection, table, sources, complaints)
    for table in given:
        for column in table.references:
            if column.refers_to in sources.tables:
                missing = _missing(connection, table, column)
                if missing:
                    named = name_dangling(connection, table, column, sources, missing)
                    complaints.add(named, sum(count for _, count in missing))
    complaints.refuse_if_any()


def rows_counted(connection: duckdb.DuckDBPyConnection, sources: list[Source]) -> int:
    """How many rows files hold, by their own counts; of those in the store, the rows that count."""
    return sum(
        _count(connection, f"SELECT count(*) FROM {source.relation()}")
        if source.where
        else source.rows
        for source in sources
    )


def _count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _check_sums(
    connection: duckdb.DuckDBPyConnection, table: Table, sources: Sources, complaints: Complaints
) -> None:
    """Find columns of money that sum to more than later sums can hold."""
    money = [column for column in table.columns if column.kind is Kind.MONEY]
    for column in money:
        total = f"sum(abs({identifier(column.stored)}))"
        if _count(connection, f"SELECT coalesce({total}, 0) FROM {identifier(table.name)}") > MOST:
            told = f"the amounts sum to more than {MOST // 100:,} dollars."
            remedy = "Look for amounts in another unit, or of another column."
            names = dict.fromkeys(source.name for source in sources.tables[table.name])
            complaints.add([Problem(name, None, column.name, told, remedy) for name in names], 1)


def _check_values(
    connection: duckdb.DuckDBPyConnection, table: Table, sources: Sources, complaints: Complaints
) -> None:
    count = _count(
        connection,
        f"SELECT count(*) FROM {identifier(table.name)} WHERE is_bad",
    )
    if not count:
        return
    named: list[Problem] = []
    for source in sources.tables[table.name]:
        for column in typed_columns(table, source):
            for check in column.checks:
                rows = _rows_where(connection, source, check.condition)
                named += [
                    Problem(source.name, row, check.column, check.problem, check.remedy)
                    for row in rows
                ]
    complaints.add(named, count)


def _rows_where(connection: duckdb.DuckDBPyConnection, source: Source, condition: str) -> list[int]:
    """The numbers of the first rows of a file that meet a condition on its own columns."""
    found = connection.execute(
        f"SELECT row_no FROM (SELECT *, row_number() OVER () AS row_no "
        f"FROM {source.relation()}) WHERE {condition} LIMIT {MOST_SHOWN}"
    ).fetchall()
    return [int(row[0]) for row in found]


def _check_key(
    connection: duckdb.DuckDBPyConnection, table: Table, sources: Sources, complaints: Complaints
) -> None:
    """Find keys that come twice: by their hashes first, which are small whatever the ids are."""
    key = ", ".join(identifier(table.column(name).stored) for name in (*table.key,))
    form = ", form" if table.name in REMITTANCE_NAMES else ""
    name = identifier(table.name)
    marks = connection.execute(
        f"SELECT mark FROM (SELECT hash({key}{form}) AS mark FROM {name}) "
        f"GROUP BY mark HAVING count(*) > 1 LIMIT {MOST_SHOWN}"
    ).fetchall()
    if not marks:
        return
    suspects = ", ".join(str(mark[0]) for mark in marks)
    twice = connection.execute(
        f"SELECT {key} FROM {name} WHERE hash({key}{form}) IN ({suspects}) "
        f"GROUP BY {key}{form} HAVING count(*) > 1"
    ).fetchall()
    if twice:
        named = _repeated(connection, table, sources, twice)
        complaints.add(named, len(named))


def _repeated(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    sources: Sources,
    twice: list[tuple[object, ...]],
) -> list[Problem]:
    """The rows whose key came before, in this file or an earlier one."""
    key = [table.column(name) for name in table.key]
    found: list[Problem] = []
    seen: set[tuple[object, ...]] = set()
    for source in sources.tables[table.name]:
        if source.form is Form.ERA:
            continue
        for row_no, *values in _rows_with(connection, table, source, key, twice):
            if tuple(values) in seen:
                found.append(
                    Problem(
                        source.name,
                        row_no,
                        ", ".join(table.key),
                        "the key is that of an earlier row.",
                        "Leave one row of each key.",
                    )
                )
            seen.add(tuple(values))
    return found


def _rows_with(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    source: Source,
    key: list[Column],
    values: list[tuple[object, ...]],
) -> list[tuple[int, ...]]:
    """Row numbers and keys of the rows of one file whose key is one of `values`."""
    typed = {column.stored: column.value for column in typed_columns(table, source)}
    selected = ", ".join(f"{typed[column.stored]} AS k{no}" for no, column in enumerate(key))
    names = [f"k{no}" for no in range(len(key))]
    same = " AND ".join(f"r.{name} IS NOT DISTINCT FROM w.{name}" for name in names)
    row = "(" + ", ".join(f"CAST(? AS {SQL_TYPES[column.kind]})" for column in key) + ")"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE wanted AS SELECT * FROM (VALUES "
        + ", ".join(row for _ in values)
        + f") AS v({', '.join(names)})",
        [value for row_ in values for value in row_],
    )
    return connection.execute(
        f"SELECT r.* FROM (SELECT row_number() OVER () AS row_no, {selected} "
        f"FROM {source.relation()}) r SEMI JOIN wanted w ON {same} ORDER BY row_no"
    ).fetchall()


def _missing(
    connection: duckdb.DuckDBPyConnection, table: Table, column: Column
) -> list[tuple[str, int]]:
    """The ids that `column` holds and the table it refers to does not, with how often."""
    parent = TABLES[column.refers_to]
    (parent_key,) = parent.key
    both = table.name in REMITTANCE_NAMES and parent.name in REMITTANCE_NAMES
    form = "AND p.form = c.form" if both else ""
    where = f"AND c.form = {int(Form.TABLE)}" if table.name in REMITTANCE_NAMES else ""
    child = identifier(column.name)
    return connection.execute(
        f"SELECT c.{child}, count(*) FROM {identifier(table.name)} c "
        f"ANTI JOIN {identifier(parent.name)} p ON p.{identifier(parent_key)} = c.{child} {form} "
        f"WHERE c.{child} IS NOT NULL {where} GROUP BY ALL ORDER BY ALL"
    ).fetchall()


def name_dangling(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    column: Column,
    sources: Sources,
    missing: list[tuple[str, int]],
) -> list[Problem]:
    """Name the rows that refer to what is not there."""
    shown: list[tuple[object, ...]] = [(value,) for value, _ in missing[:MOST_SHOWN]]
    named: list[Problem] = []
    for source in sources.tables[table.name]:
        if source.form is Form.ERA or column.name not in source.columns:
            continue
        named += [
            Problem(
                source.name,
                row[0],
                column.name,
                f"the row it names is not in {column.refers_to}.",
                f"Add it to {column.refers_to}, or leave the value empty where that is allowed.",
            )
            for row in _rows_with(connection, table, source, [column], shown)[:MOST_SHOWN]
        ]
    return named
