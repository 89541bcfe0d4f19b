"""A mapping over an extract: the feed that comes of it, or every row that stands in the way."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from requite.engine.database import connect, identifier, literal
from requite.engine.feed import TABLES
from requite.engine.mapping.columns import Expression, expressions, reads
from requite.engine.mapping.extract import ROW, show
from requite.engine.mapping.plan import Mapping, TableMap
from requite.engine.refusal import MOST_SHOWN, Problem, RefusedExtract
from requite.engine.unreadable import writing_into

MOST_CODES, LONGEST_CODE = 12, 24


@dataclass(frozen=True, slots=True)
class Balances:
    """What a mapped feed sums to, in cents, beside what the source reports."""

    accounts: int
    charges_cents: int
    entries_cents: int
    reported_cents: int | None  # None: the source reports none
    disagreeing: tuple[tuple[str, int, int], ...]  # account, reported, computed


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a mapping made: rows by table, the first of them, and the balances."""

    rows: dict[str, int]
    first: dict[str, list[dict[str, str]]]
    balances: Balances
    unread: dict[str, list[str]]  # by file: its columns that nothing of the mapping reads
    left_out: dict[str, int]  # by file: its rows that no part of the mapping takes
    missing: list[str]  # tables without which there is no feed
    doubts: list[str]  # what is allowed, and makes a determination weaker


def map_extract(extract: Path, mapping: Mapping, feed: Path, *, first: int = 20) -> Mapped:
    """Write the feed that a mapping makes of an extract.

    Parameters
    ----------
    extract : Path
        The folder with the extract's files, or its one file.
    mapping : Mapping
        Which column is what.
    feed : Path
        Where the tables go as CSV; made if it is not there.
    first : int
        How many rows of each table to show.

    Raises
    ------
    RefusedExtract
        Naming file, row, column and remedy of every value that cannot be used; nothing is written.
    """
    with tempfile.TemporaryDirectory() as folder, connect(spill=Path(folder)) as connection:
        problems: list[Problem] = []
        have: dict[str, list[str]] = {}
        for part in mapping.tables:
            if part.file not in have:
                have[part.file] = show(connection, extract, part.file, Path(folder))
            lacking = sorted(set(reads(part)) - {*have[part.file], ROW})
            problems += [_no_column(part, name) for name in lacking]
            problems += [_not_filled(part, name) for name in part.lacking]
            if not lacking:
                problems += _problems(connection, part, mapping.dates)
        if problems:
            raise RefusedExtract(problems)
        tables = _lay_out(connection, mapping)
        with writing_into(feed):
            made = _write(connection, tables, feed, first)
        needed = [name for name, table in TABLES.items() if table.required and name not in tables]
        left_out = _left_out(connection, mapping)
        return replace(
            made, unread=_unread(mapping, have), left_out=left_out, missing=needed,
            doubts=_doubts(connection, set(tables)),
        )  # fmt: skip


def _unread(mapping: Mapping, have: dict[str, list[str]]) -> dict[str, list[str]]:
    """The columns of each file that no part of the mapping reads."""
    read = {file: set[str]() for file in have}
    for part in mapping.tables:
        read[part.file].update(reads(part))
    left = {
        file: [name for name in names if name not in read[file]] for file, names in have.items()
    }
    return {file: names for file, names in left.items() if names}


# What a determination misses where a ledger does not say it: the rows that lack it, and what then.
NO_GROUP = (
    "They count as write-offs of other kinds, not as contractual ones. Map it, or say the same in "
    "every row (CO is contractual)."
)
NO_PAYER = "Nobody can tell whose they are."


def _doubts(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> list[str]:
    """What the transactions lack that tells true credits from false ones."""
    if "transactions" not in tables:
        return []
    have, told = _columns(connection, "transactions"), []
    not_self = "coalesce(bucket, '') <> 'self'" if "bucket" in have else "true"
    for what, which, column, words in (
        ("Adjustments", "type = 'adjustment'", "group_code", NO_GROUP),
        ("Payments", f"type = 'payment' AND {not_self}", "payer_id", NO_PAYER),
    ):
        lacks = f" AND {identifier(column)} IS NULL" if column in have else ""
        rows = connection.execute(
            f"SELECT count(*) FROM feed_transactions WHERE {which}{lacks}"
        ).fetchone()
        if rows and rows[0]:
            told.append(f"{what} without {column}: {rows[0]:,}. {words}")
    return told


def _left_out(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> dict[str, int]:
    """How many rows of each file come into no table."""
    taken: dict[str, list[str]] = {}
    for part in mapping.tables:
        taken.setdefault(part.file, []).append(f"({_where(part)})")
    found = {}
    for file, conditions in taken.items():
        count = connection.execute(
            f"SELECT count(*) FROM {identifier(file)} WHERE NOT ({' OR '.join(conditions)})"
        ).fetchone()
        found[file] = int(count[0]) if count else 0
    return {file: rows for file, rows in found.items() if rows}


def _not_filled(part: TableMap, name: str) -> Problem:
    return Problem(
        part.file, None, f"{part.table}.{name}", "nothing fills this column, which the feed needs.",
        "Say which column of the extract it is, or what stands in every row.",
    )  # fmt: skip


def _no_column(part: TableMap, name: str) -> Problem:
    return Problem(
        part.file, None, name, "the column is missing.", "Add it, or correct the mapping."
    )


def _where(part: TableMap) -> str:
    """The rows of a file that a part of the mapping speaks of."""
    conditions = [
        f"coalesce(trim({identifier(column)}), '') {word} "
        f"({', '.join(literal(value.strip()) for value in values)})"
        for word, rows in (("IN", part.rows), ("NOT IN", part.without))
        for column, values in rows.items()
    ]
    return " AND ".join(conditions) or "true"


def _problems(
    connection: duckdb.DuckDBPyConnection, part: TableMap, dates: str
) -> Iterator[Problem]:
    """Every value of the part that cannot be what the mapping says it is."""
    for made in expressions(part, dates):
        if not made.fails:
            continue
        if made.codes:
            yield from _unsaid_codes(connection, part, made)
            continue
        rows = connection.execute(
            f"SELECT {ROW} FROM {identifier(part.file)} WHERE {_where(part)} AND ({made.fails}) "
            f"ORDER BY 1 LIMIT {MOST_SHOWN}"
        ).fetchall()
        for (row,) in rows:
            yield Problem(part.file, int(row), made.source, made.problem, made.remedy)


def _unsaid_codes(
    connection: duckdb.DuckDBPyConnection, part: TableMap, made: Expression
) -> Iterator[Problem]:
    """The codes of a column that the mapping does not explain: told once, the first rows' first."""
    found = connection.execute(
        f"SELECT {made.codes}, count(*), min({ROW}) FROM {identifier(part.file)} "
        f"WHERE {_where(part)} AND ({made.fails}) GROUP BY 1 ORDER BY 3 LIMIT {MOST_CODES}"
    ).fetchall()
    if found:
        told = ", ".join(f"{str(code)[:LONGEST_CODE]} ({rows:,})" for code, rows, _ in found)
        more = ", ..." if len(found) == MOST_CODES else "."
        problem = f"{made.problem} {told}{more}"
        yield Problem(part.file, int(found[0][2]), made.source, problem, made.remedy)


def _lay_out(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> list[str]:
    """Make every table of the feed from its parts; their names."""
    selects: dict[str, list[str]] = {}
    for part in mapping.tables:
        made = expressions(part, mapping.dates)
        selects.setdefault(part.table, []).append(_select(part, made))
    once = {name: all(part.distinct for part in mapping.tables if part.table == name)
            for name in selects}  # fmt: skip
    for table, parts in selects.items():
        word = "UNION" if once[table] else "UNION ALL"
        joined = f" {word} BY NAME ".join(f"({select})" for select in parts)
        connection.execute(f"CREATE TABLE {identifier('feed_' + table)} AS {joined}")
    return list(selects)


def _select(part: TableMap, made: list[Expression]) -> str:
    columns = ", ".join(f"{each.sql} AS {identifier(each.name)}" for each in made)
    word = "DISTINCT" if part.distinct else ""
    order = "" if part.distinct else f"ORDER BY {ROW}"
    return f"SELECT {word} {columns} FROM {identifier(part.file)} WHERE {_where(part)} {order}"


def _write(
    connection: duckdb.DuckDBPyConnection, tables: list[str], feed: Path, first: int
) -> Mapped:
    feed.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    shown: dict[str, list[dict[str, str]]] = {}
    for table in tables:
        relation = identifier(f"feed_{table}")
        order = ", ".join(identifier(name) for name in TABLES[table].key)
        sort = f"ORDER BY {order}" if order and table == "accounts" else ""
        connection.execute(
            f"COPY (SELECT * FROM {relation} {sort}) TO {literal(feed / f'{table}.csv')} "
            "(FORMAT csv, HEADER)"
        )
        count = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
        rows[table] = int(count[0]) if count else 0
        found = connection.execute(f"SELECT * FROM {relation} LIMIT {int(first)}")
        names = [column[0] for column in found.description or ()]
        shown[table] = [
            {name: value or "" for name, value in zip(names, row, strict=True)}
            for row in found.fetchall()
        ]
    return Mapped(rows, shown, _balances(connection, set(tables)), {}, {}, [], [])


def _balances(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> Balances:
    """What the feed sums to: in all, and where an account disagrees with its source."""
    sums = " UNION ALL ".join(
        f"SELECT account_id, {number} AS kind, CAST(CAST(amount AS DECIMAL(15,2)) * 100 AS BIGINT) "
        f"AS cents FROM feed_{table} WHERE {_not_void(connection, table)}"
        for number, table in enumerate(("charges", "transactions"))
        if table in tables
    )
    none = "SELECT NULL::VARCHAR AS account_id, 0 AS kind, 0::BIGINT AS cents WHERE false"
    connection.execute(f"CREATE TABLE sums AS {sums or none}")
    both = connection.execute(
        "SELECT coalesce(sum(cents) FILTER (kind = 0), 0), "
        "coalesce(sum(cents) FILTER (kind = 1), 0) FROM sums"
    ).fetchone() or (0, 0)
    accounts, reported = 0, None
    wrong: list[tuple[str, int, int]] = []
    if "accounts" in tables:
        count = connection.execute("SELECT count(*) FROM feed_accounts").fetchone()
        accounts = int(count[0]) if count else 0
        if "reported_balance" in _columns(connection, "accounts"):
            reported, wrong = _reported(connection)
    return Balances(accounts, int(both[0]), int(both[1]), reported, tuple(wrong))


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    described = connection.execute(f"DESCRIBE {identifier('feed_' + table)}").fetchall()
    return {row[0] for row in described}


def _not_void(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    return "voided_on IS NULL" if "voided_on" in _columns(connection, table) else "true"


def _reported(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[int | None, list[tuple[str, int, int]]]:
    rows = connection.execute(
        "SELECT a.account_id, CAST(CAST(a.reported_balance AS DECIMAL(15,2)) * 100 AS BIGINT), "
        "coalesce(sum(s.cents), 0)::HUGEINT "
        "FROM feed_accounts a LEFT JOIN sums s USING (account_id) "
        "WHERE a.reported_balance IS NOT NULL GROUP BY ALL ORDER BY 1"
    ).fetchall()
    if not rows:
        return None, []
    wrong = [row for row in rows if row[1] != row[2]]
    return sum(row[1] for row in rows), wrong
