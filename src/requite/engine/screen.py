"""Which accounts of a partition can hold a credit at all: the engine's first, cheap question."""

from datetime import date

import duckdb

from requite.engine.database import parquet, query
from requite.engine.store import Snapshot

# What `queries/lines.sql` reads, made from a partition's tables in this order.
STEPS = ("services", "places", "posted_lines", "adjusted_lines", "answered_lines", "ledgers")


def lines(connection: duckdb.DuckDBPyConnection) -> str:
    """The query that lays both sides of every service line next to each other, for the screen.

    The database must show the tables of one partition, and the payers on file, by their names.
    """
    for step in STEPS:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {step} AS {query(step)}")
    return query("lines")


def screen(
    snapshot: Snapshot, part: int, as_of: date, connection: duckdb.DuckDBPyConnection
) -> list[int]:
    """Numbers of the accounts of one partition that may hold a credit in any cell.

    It compares line by line and party by party, never the net balance. It may pass an account
    that holds none; it never loses one.
    """
    for name in ("accounts", "lines"):
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM "
            + parquet([snapshot.file(name, part)])
        )
    return [row[0] for row in connection.execute(query("screen"), {"as_of": as_of}).fetchall()]
