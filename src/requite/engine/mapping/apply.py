"""A mapping over an extract: the feed that comes of it, or every row that stands in the way."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from requite.engine.database import connect, identifier, literal
from requite.engine.feed import TABLES
from requite.engine.mapping.ask import MOST_SECONDS, TOO_MUCH
from requite.engine.mapping.balances import Balances, balances
from requite.engine.mapping.columns import Expression, expressions, missing, reads
from requite.engine.mapping.extract import ROW, Reading, no_column, show
from requite.engine.mapping.gaps import (
    LONGEST_CODE,
    MOST_CODES,
    Swallowed,
    doubts,
    left_out,
    swallowed,
    unread,
    where,
)
from requite.engine.mapping.plan import Mapping, TableMap
from requite.engine.mapping.remits import take_remits
from requite.engine.mapping.selects import answer_all, checked, show_answers
from requite.engine.refusal import MOST_SHOWN, Problem, RefusedExtract
from requite.engine.unreadable import writing_into


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
    told: list[str] = field(default_factory=list)  # by the mapping's own checks
    swallowed: list[Swallowed] = field(default_factory=list)  # what `otherwise` took
    remits: int = 0  # files of remittances that came along


def map_extract(
    extract: Path, mapping: Mapping, feed: Path, *, first: int = 20, seconds: int = MOST_SECONDS
) -> Mapped:
    """Write the feed that a mapping makes of an extract.

    Parameters
    ----------
    extract : Path
        The folder with the extract's files, or its one file.
    mapping : Mapping
        Which column is what.
    feed : Path
        Where the tables go as CSV, and the remittances of the extract; made if it is not there.
    first : int
        How many rows of each table to show.
    seconds : int
        How long the mapping's SELECTs may take together.

    Raises
    ------
    RefusedExtract
        Naming file, row, column and remedy of every value that cannot be used; nothing is written.
    """
    with tempfile.TemporaryDirectory() as folder, writing_into(Path(folder)), _within_memory():
        work, have = Path(folder), dict[str, list[str]]()
        asked = answer_all(mapping, extract, work, have, seconds=seconds)
        with connect(spill=work / "spill", file=asked.database) as connection:
            show_answers(connection, asked, have)
            problems, told = checked(connection, mapping, list(have))
            for file in dict.fromkeys(part.file for part in mapping.tables if part.file):
                if file not in have:
                    have[file] = show(connection, extract, file, work, Reading(mapping))
            parts = [part.over(have[part.source]) for part in mapping.tables]
            for part in parts:
                problems += _all_problems(connection, part, have[part.source], mapping.dates)
            if problems:
                raise RefusedExtract(problems)
            whole = mapping.model_copy(update={"tables": parts})
            tables = _lay_out(connection, whole)
            with writing_into(feed):
                remits = take_remits(extract, feed)
                rows, shown = _write(connection, tables, feed, first)
            return Mapped(
                rows, shown, balances(connection, set(tables)),
                unread=unread(whole, have, asked), left_out=left_out(connection, whole, asked),
                missing=[n for n, table in TABLES.items() if table.required and n not in tables],
                doubts=doubts(connection, set(tables)), told=told,
                swallowed=swallowed(connection, whole), remits=remits,
            )  # fmt: skip


def _all_problems(
    connection: duckdb.DuckDBPyConnection, part: TableMap, have: list[str], dates: str
) -> Iterator[Problem]:
    """Everything that stands in the way of a part: columns that lack, then values."""
    lacking = sorted(set(reads(part)) - {*have, ROW})
    yield from (no_column(part.source, name) for name in lacking)
    yield from (_not_filled(part, name) for name in part.lacking)
    if part.select:
        known = {*reads(part), *(column.name for column in TABLES[part.table].columns)}
        yield from (_strange(part, name) for name in have if name not in known)
        said = {*part.values, *part.otherwise} - {*part.columns, *part.constants}
        yield from (_no_values(part, name) for name in sorted(said))
    if not lacking:
        yield from _problems(connection, part, dates)


def _not_filled(part: TableMap, name: str) -> Problem:
    return Problem(
        part.source, None, f"{part.table}.{name}",
        "nothing fills this column, which the feed needs.",
        "Say which column of the extract it is, or what stands in every row.",
    )  # fmt: skip


def _strange(part: TableMap, name: str) -> Problem:
    told = f"{part.table} has no such column, and nothing of the mapping reads it."
    return Problem(part.source, None, name, told, "Call it as the feed does, or leave it out.")


def _no_values(part: TableMap, name: str) -> Problem:
    told = "the mapping says what its values stand for, and the SELECT does not give it."
    return Problem(part.source, None, name, told, "Let the SELECT give it, or leave them out.")


def _problems(
    connection: duckdb.DuckDBPyConnection, part: TableMap, dates: str
) -> Iterator[Problem]:
    """Every value of the part that cannot be what the mapping says it is, or is not there."""
    for made in expressions(part, dates):
        lacks = missing(part, made)
        if made.codes:
            yield from _unsaid_codes(connection, part, made)
        for each in (None if made.codes else made, lacks):
            if each is None or not each.fails:
                continue
            rows = connection.execute(
                f"SELECT {ROW} FROM {identifier(part.source)} WHERE {where(part)} "
                f"AND ({each.fails}) ORDER BY 1 LIMIT {MOST_SHOWN}"
            ).fetchall()
            for (row,) in rows:
                yield Problem(part.source, int(row), each.source, each.problem, each.remedy)


def _unsaid_codes(
    connection: duckdb.DuckDBPyConnection, part: TableMap, made: Expression
) -> Iterator[Problem]:
    """The codes of a column that the mapping does not explain: told once, the first rows' first."""
    found = connection.execute(
        f"SELECT {made.codes}, count(*), min({ROW}) FROM {identifier(part.source)} "
        f"WHERE {where(part)} AND ({made.fails}) GROUP BY 1 ORDER BY 3 LIMIT {MOST_CODES}"
    ).fetchall()
    if found:
        told = ", ".join(f"{str(code)[:LONGEST_CODE]} ({rows:,})" for code, rows, _ in found)
        more = ", ..." if len(found) == MOST_CODES else "."
        problem = f"{made.problem} {told}{more}"
        yield Problem(part.source, int(found[0][2]), made.source, problem, made.remedy)


@contextmanager
def _within_memory() -> Iterator[None]:
    """Refuse what the answers of a mapping's SELECTs are too large for."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise RefusedExtract([Problem("the mapping", None, None, *TOO_MUCH)]) from None


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
    return f"SELECT {word} {columns} FROM {identifier(part.source)} WHERE {where(part)} {order}"


def _write(
    connection: duckdb.DuckDBPyConnection, tables: list[str], feed: Path, first: int
) -> tuple[dict[str, int], dict[str, list[dict[str, str]]]]:
    """Write each table as CSV; its rows, and the first of them."""
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
    return rows, shown
