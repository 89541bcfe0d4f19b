"""What a mapped feed sums to, beside what its source reports."""

from dataclasses import dataclass

import duckdb

from requite.engine.database import identifier


@dataclass(frozen=True, slots=True)
class Balances:
    """What a mapped feed sums to, in cents, beside what the source reports."""

    accounts: int
    charges_cents: int
    entries_cents: int
    reported_cents: int | None  # None: the source reports none
    disagreeing: tuple[tuple[str, int, int], ...]  # account, reported, computed


def balances(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> Balances:
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
        if "reported_balance" in columns_of(connection, "accounts"):
            reported, wrong = _reported(connection)
    return Balances(accounts, int(both[0]), int(both[1]), reported, tuple(wrong))


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """The columns of a mapped table."""
    described = connection.execute(f"DESCRIBE {identifier('feed_' + table)}").fetchall()
    return {row[0] for row in described}


def _not_void(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    return "voided_on IS NULL" if "voided_on" in columns_of(connection, table) else "true"


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
