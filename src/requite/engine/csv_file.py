"""A relation as a CSV file that may be opened in a spreadsheet: no text in it runs there.

Beside it lies the same table as Parquet, with every text as it is. What is read again by a program
alone, a feed that a mapping makes, is written as it is.
"""

from pathlib import Path

import duckdb

from requite.domain.spreadsheet import NUMBER, RUNS
from requite.engine.database import identifier, literal

TEXT = "VARCHAR"


def write_csv(connection: duckdb.DuckDBPyConnection, relation: str, target: Path) -> None:
    """Write a relation with a header, its texts made harmless as `domain.spreadsheet` has it."""
    described = connection.execute(f"DESCRIBE {identifier(relation)}").fetchall()
    columns = ", ".join(
        f"{harmless_sql(identifier(name))} AS {identifier(name)}"
        if kind == TEXT
        else identifier(name)
        for name, kind, *_ in described
    )
    connection.execute(
        f"COPY (SELECT {columns} FROM {identifier(relation)}) TO {literal(target)} "
        "(FORMAT csv, HEADER)"
    )


def harmless_sql(text: str) -> str:
    """The SQL of a text that no spreadsheet takes for a formula."""
    runs, number = literal(f"^{RUNS}"), literal(NUMBER)
    return (
        f"CASE WHEN regexp_matches({text}, {runs}) AND NOT regexp_full_match({text}, {number}) "
        f"THEN '''' || {text} ELSE {text} END"
    )
