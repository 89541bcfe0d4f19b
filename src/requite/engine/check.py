"""What the rows of a feed must be: readable values, unique keys, references that hold.

Each check counts over all rows first. Only where it fails are the files read again, to name rows.
What a problem weighs is told by its kind; which accounts it touches is for `engine.gate`.
"""

from collections.abc import Iterable

import duckdb

from requite.engine.database import identifier, literal
from requite.engine.feed import REMITTANCE, TABLES, Column, Kind, Table
from requite.engine.problems import Problems, Weight
from requite.engine.source import Form, Source, Sources
from requite.engine.table import SQL_TYPES, Check, typed_columns

MOST = 10**15  # cents that a column may sum to, signs aside: three years of all American care
MOST_UNREADABLE = 0.01  # of a column that holds numbers: with more of them it holds something else
REMITTANCE_NAMES = {table.name for table in REMITTANCE}
SHARED = {"facilities", "payers", "plans"}  # all accounts rest on them
# What only tells more about a row: it counts as empty where it leads to nothing.
EVIDENCE = {
    ("transactions", "claim_id"),
    ("transactions", "deposit_id"),
    ("refund_requests", "account_id"),
    ("remit_claims", "account_id"),
}
TWICE = ("the key is that of an earlier row.", "Leave one row of each key.")


def faulty(table: Table) -> str:
    """The name of the relation with the rows of `table` that cannot be used."""
    return identifier(f"faulty_{table.name}")


def dangling(table: Table, column: Column) -> str:
    """The name of the relation with the ids in `column` that lead to nothing."""
    return identifier(f"dangling_{table.name}_{column.name}")


def check_rows(
    connection: duckdb.DuckDBPyConnection, sources: Sources, problems: Problems, known: set[str]
) -> None:
    """Find values that cannot be read, keys that come twice, and references that do not hold.

    Rows that cannot be used are then in `faulty(table)`, ids that lead to nothing in
    `dangling(table, column)`.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        It shows every table of the feed under its name.
    sources : Sources
        The files, to name rows of.
    problems : Problems
        Takes up what is found, with what it weighs.
    known : set of str
        Tables that count as given though no row of them is there.
    """
    given = [table for table in TABLES.values() if table.name in sources.tables]
    for table in given:
        _check_values(connection, table, sources, problems)
        _check_sums(connection, table, sources, problems)
    for table in given:
        _check_key(connection, table, sources, problems)
    there = known | {name for name, of in sources.tables.items() if _is_given(of)}
    for table in given:
        for column in table.references:
            if column.refers_to in there:
                _check_reference(connection, table, column, sources, problems)


def _is_given(sources: Iterable[Source]) -> bool:
    """Whether a table was given: one that a store keeps without rows never was."""
    return any(source.rows or not source.where for source in sources)


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
    return int(row[0] or 0) if row else 0


def _check_sums(
    connection: duckdb.DuckDBPyConnection, table: Table, sources: Sources, problems: Problems
) -> None:
    """Find columns of money that sum to more than later sums can hold."""
    money = [column for column in table.columns if column.kind is Kind.MONEY]
    for column in money:
        total = f"sum(abs({identifier(column.stored)}))"
        if _count(connection, f"SELECT {total} FROM {identifier(table.name)}") > MOST:
            names = dict.fromkeys(source.name for source in sources.tables[table.name])
            told = f"the amounts sum to more than {MOST // 100:,} dollars."
            remedy = "Look for amounts in another unit, or of another column."
            problems.take_files(list(names), table.name, column.name, told, remedy)


def _check_values(
    connection: duckdb.DuckDBPyConnection, table: Table, sources: Sources, problems: Problems
) -> None:
    name, own = identifier(table.name), sources.tables[table.name]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {faulty(table)} AS SELECT * FROM {name} WHERE is_bad"
    )
    if not _count(connection, f"SELECT count(*) FROM {faulty(table)}"):
        return
    counts: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, str], list[str]] = {}
    checks: dict[tuple[str, str], Check] = {}
    for source in own:
        for check, count in _failing(connection, table, source):
            key = (check.column, check.problem)
            counts[key] = counts.get(key, 0) + count
            places.setdefault(key, []).append(_places(table, source, own, check))
            checks[key] = check if key not in checks or check.is_of_form else checks[key]
    whole = _count(connection, f"SELECT count(*) FROM {name}")
    for key, check in checks.items():
        too_many = check.is_number and counts[key] > MOST_UNREADABLE * whole
        refuses = check.is_of_form or too_many or table.name in SHARED
        problems.take(
            (table.name, check.column), (check.problem, check.remedy),
            Weight.REFUSES if refuses else Weight.HOLDS,
            counts[key], " UNION ALL ".join(places[key]),
        )  # fmt: skip


def _failing(
    connection: duckdb.DuckDBPyConnection, table: Table, source: Source
) -> list[tuple[Check, int]]:
    """The checks that rows of a file do not pass, with how many rows that are."""
    checks = [check for column in typed_columns(table, source) for check in column.checks]
    if source.form is Form.ERA or not checks:
        return []
    counted = ", ".join(f"count(*) FILTER ({check.condition})" for check in checks)
    row = connection.execute(f"SELECT {counted} FROM {source.relation()}").fetchone() or ()
    return [(check, count) for check, count in zip(checks, row, strict=True) if count]


def _places(table: Table, source: Source, own: list[Source], check: Check) -> str:
    """The rows of a file that do not pass a check, as SQL: source_no, file, row_no, account_id."""
    typed = {column.stored: column.value for column in typed_columns(table, source)}
    account = typed.get("account_id", "NULL::VARCHAR")
    return (
        f"SELECT {own.index(source)} AS source_no, {literal(source.name)} AS file, row_no, "
        f"{account} AS account_id FROM (SELECT *, row_number() OVER () AS row_no "
        f"FROM {source.relation()}) WHERE {check.condition}"
    )


def _numbered(table: Table, sources: list[Source], columns: list[Column]) -> str:
    """All rows of a table's files with their places, account and the values of `columns`."""
    parts = []
    for number, source in enumerate(sources):
        if source.form is Form.ERA:
            continue
        typed = {column.stored: column.value for column in typed_columns(table, source)}
        values = [f"{typed[column.stored]} AS k{no}" for no, column in enumerate(columns)]
        account = typed.get("account_id", "NULL::VARCHAR")
        parts.append(
            f"SELECT {number} AS source_no, {literal(source.name)} AS file, "
            f"row_number() OVER () AS row_no, {', '.join([f'{account} AS account_id', *values])} "
            f"FROM {source.relation()}"
        )
    return " UNION ALL ".join(parts)


def _check_key(
    connection: duckdb.DuckDBPyConnection, table: Table, sources: Sources, problems: Problems
) -> None:
    """Find keys that come twice: by their hashes first, which are small whatever the ids are.

    Nobody can tell which of the rows is meant, so none of them is used.
    """
    key = [table.column(name) for name in table.key]
    if not key:
        return
    listed = ", ".join(identifier(column.stored) for column in key)
    given = f"{identifier(table.name)} WHERE NOT is_bad AND form = {int(Form.TABLE)}"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE marks AS SELECT mark FROM (SELECT hash({listed}) AS mark "
        f"FROM {given}) GROUP BY mark HAVING count(*) > 1"
    )
    if not _count(connection, "SELECT count(*) FROM marks"):
        return
    named = ", ".join(f"{identifier(c.stored)} AS k{no}" for no, c in enumerate(key))
    keys = ", ".join(f"k{no}" for no in range(len(key)))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE twice AS SELECT {named}, count(*) AS times FROM {given} "
        f"AND hash({listed}) IN (SELECT mark FROM marks) GROUP BY {keys} HAVING count(*) > 1"
    )
    count = _count(connection, "SELECT sum(times - 1) FROM twice")
    if not count:
        return
    same = _same("t", [column.stored for column in key], "w")
    connection.execute(
        f"INSERT INTO {faulty(table)} SELECT t.* FROM {identifier(table.name)} t SEMI JOIN twice w "
        f"ON {same} WHERE NOT t.is_bad AND t.form = {int(Form.TABLE)}"
    )
    rows = _numbered(table, sources.tables[table.name], key)
    places = (
        f"SELECT source_no, file, row_no, account_id FROM (SELECT r.*, row_number() OVER ("
        f"PARTITION BY {keys} ORDER BY source_no, row_no) AS place FROM ({rows}) r "
        f"SEMI JOIN twice w ON {_same('r', [f'k{no}' for no in range(len(key))], 'w')}) "
        "WHERE place > 1"
    )
    weight = Weight.REFUSES if table.name in SHARED else Weight.HOLDS
    problems.take((table.name, ", ".join(table.key)), TWICE, weight, count, places)


def _same(left: str, columns: list[str], right: str) -> str:
    """That a row has the values k0, k1, ... of another."""
    return " AND ".join(
        f"{left}.{identifier(column)} IS NOT DISTINCT FROM {right}.k{no}"
        for no, column in enumerate(columns)
    )


def _check_reference(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    column: Column,
    sources: Sources,
    problems: Problems,
) -> None:
    """Find the ids that `column` holds and the table it refers to does not."""
    parent = TABLES[column.refers_to]
    (parent_key,) = parent.key
    both = table.name in REMITTANCE_NAMES and parent.name in REMITTANCE_NAMES
    form = "AND p.form = c.form" if both else ""
    child = identifier(column.name)
    name = dangling(table, column)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT c.{child} AS k0, count(*) AS times "
        f"FROM {identifier(table.name)} c "
        f"ANTI JOIN {identifier(parent.name)} p ON p.{identifier(parent_key)} = c.{child} {form} "
        f"WHERE c.{child} IS NOT NULL AND c.form = {int(Form.TABLE)} AND NOT c.is_bad GROUP BY ALL"
    )
    count = _count(connection, f"SELECT sum(times) FROM {name}")
    if not count:
        connection.execute(f"DROP TABLE {name}")
        return
    weight = Weight.EMPTY if (table.name, column.name) in EVIDENCE else Weight.HOLDS
    if table.name in SHARED:
        weight = Weight.REFUSES
    problems.dangling.append((table, column, weight))
    told = f"the row it names is not in {column.refers_to}."
    remedy = f"Add it to {column.refers_to}, or leave the value empty where that is allowed."
    places = places_of(table, column, sources, name)
    problems.take((table.name, column.name), (told, remedy), weight, count, places)


def places_of(table: Table, column: Column, sources: Sources, wanted: str) -> str:
    """The rows whose `column` holds a value of the relation `wanted`, as SQL."""
    rows = _numbered(table, sources.tables[table.name], [column])
    kind = SQL_TYPES[column.kind]
    return (
        f"SELECT source_no, file, row_no, account_id FROM ({rows}) r "
        f"SEMI JOIN {wanted} w ON r.k0 = w.k0::{kind}"
    )
