"""What a mapping leaves aside, or takes without knowing it: told, never passed over in silence."""

from dataclasses import dataclass

import duckdb

from requite.engine.database import identifier, literal
from requite.engine.mapping.balances import columns_of
from requite.engine.mapping.columns import reads, template_sql
from requite.engine.mapping.plan import Mapping, TableMap
from requite.engine.mapping.selects import Asked

MOST_CODES, LONGEST_CODE = 12, 24
# What a determination misses where a ledger does not say it: the rows that lack it, and what then.
NO_GROUP = (
    "Nor have they a payer or a trace. They count as write-offs of other kinds, not as contractual "
    "ones. Map it, or say the same in every row (CO is contractual)."
)
SIGNS = (
    "payer_id",
    "trace_number",
)  # by which a write-off without a code is a payer's all the same
NO_PAYER = "Nobody can tell whose they are."


@dataclass(frozen=True, slots=True)
class Swallowed:
    """Values that a mapping names nowhere, and that stand for what it says of all others."""

    table: str
    column: str  # of the feed
    source: str  # the file's column
    meaning: str
    codes: tuple[tuple[str, int], ...]  # the most frequent, with the rows that have them
    rows: int

    def __str__(self) -> str:
        listed = ", ".join(f"{code[:LONGEST_CODE]} ({rows:,})" for code, rows in self.codes)
        more = ", ..." if sum(rows for _, rows in self.codes) < self.rows else ""
        return (
            f"{self.table}.{self.column} is {self.meaning or 'empty'} in {self.rows:,} rows only "
            f"because the mapping says so of all other values of {self.source}: {listed}{more}"
        )


def where(part: TableMap) -> str:
    """The rows of a file that a part of the mapping speaks of."""
    conditions = [
        f"coalesce(trim({identifier(column)}), '') {word} "
        f"({', '.join(literal(value.strip()) for value in values)})"
        for word, rows in (("IN", part.rows), ("NOT IN", part.without))
        for column, values in rows.items()
    ]
    return " AND ".join(conditions) or "true"


def unread(mapping: Mapping, have: dict[str, list[str]], asked: Asked) -> dict[str, list[str]]:
    """The columns of each file that nothing of the mapping reads."""
    read = {file: set(asked.reads.get(file, ())) for file in have}
    for part in mapping.tables:
        read[part.source].update(reads(part))
    left = {
        file: [name for name in names if name not in read[file] and name.lower() not in read[file]]
        for file, names in have.items()
        if file not in asked.whole and file not in {each.source for each in asked.questions}
    }
    return {file: names for file, names in left.items() if names}


def left_out(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, asked: Asked
) -> dict[str, int]:
    """How many rows of each file come into no table; of what a SELECT reads nobody can say."""
    taken: dict[str, list[str]] = {}
    for part in mapping.tables:
        if part.file not in asked.entered:
            taken.setdefault(part.source, []).append(f"({where(part)})")
    found = {}
    for source, conditions in taken.items():
        count = connection.execute(
            f"SELECT count(*) FROM {identifier(source)} WHERE NOT ({' OR '.join(conditions)})"
        ).fetchone()
        found[source] = int(count[0]) if count else 0
    return {source: rows for source, rows in found.items() if rows}


def swallowed(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> list[Swallowed]:
    """What came under an `otherwise`: which values, in how many rows."""
    found = []
    for part in mapping.tables:
        for column, meaning in part.otherwise.items():
            if column not in part.columns or column not in part.values:
                continue
            source = part.columns[column]
            text, known = template_sql(source), part.values[column]
            rows = connection.execute(
                f"SELECT {text}, count(*) FROM {identifier(part.source)} WHERE {where(part)} "
                f"AND {text} NOT IN ({', '.join(map(literal, known)) or 'NULL'}) "
                "GROUP BY 1 ORDER BY 2 DESC, 1"
            ).fetchall()
            if rows:
                codes = tuple((str(code), int(count)) for code, count in rows[:MOST_CODES])
                told = f"{part.source}, {source}" if part.file else source
                total = sum(int(count) for _, count in rows)
                found.append(Swallowed(part.table, column, told, meaning, codes, total))
    return found


def doubts(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> list[str]:
    """What the transactions lack that tells true credits from false ones."""
    if "transactions" not in tables:
        return []
    have, told = columns_of(connection, "transactions"), []
    lone = " AND ".join(
        ["type = 'adjustment'", *(f"{column} IS NULL" for column in SIGNS if column in have)]
    )
    if "bucket" in have:
        lone += " AND coalesce(bucket, 'self') IN ('self', 'undistributed')"
    of_payer = "coalesce(bucket, '') <> 'self'" if "bucket" in have else "true"
    if "paid_by" in have:
        of_payer += " AND coalesce(paid_by, '') <> 'patient'"
    for what, which, column, words in (
        ("Adjustments", lone, "group_code", NO_GROUP),
        ("Payments", f"type = 'payment' AND {of_payer}", "payer_id", NO_PAYER),
    ):
        lacks = f" AND {identifier(column)} IS NULL" if column in have else ""
        rows = connection.execute(
            f"SELECT count(*) FROM feed_transactions WHERE {which}{lacks}"
        ).fetchone()
        if rows and rows[0]:
            told.append(f"{what} without {column}: {rows[0]:,}. {words}")
    return told
