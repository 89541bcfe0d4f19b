"""What has changed in a feed some days later: a share of its accounts has one more dollar paid.

Called as `python change.py FEED CHANGES`.
"""

import sys
from pathlib import Path

import duckdb

ONE_IN = 100
# The tables that hold all rows of an account; of those that a payment changes, the change.
BY_ACCOUNT = {
    "coverages": "SELECT * FROM {table}",
    "claims": "SELECT * FROM {table}",
    "charges": "SELECT * FROM {table}",
    "refunds": "SELECT * FROM {table}",
    "contract_amounts": "SELECT * FROM {table}",
    "transactions": """
        SELECT * EXCLUDE (is_first, is_own) REPLACE (
            CASE WHEN is_first THEN amount_cents - 100 ELSE amount_cents END AS amount_cents
        )
        FROM (
            SELECT *, is_own AND row_number() OVER (
                PARTITION BY account_id, is_own ORDER BY transaction_id
            ) = 1 AS is_first
            FROM (SELECT *, payer_id IS NULL AND type = 'payment' AS is_own FROM {table})
        )
    """,
    "accounts": """
        SELECT * REPLACE (
            CASE WHEN account_id IN (
                SELECT account_id FROM {transactions}
                WHERE payer_id IS NULL AND type = 'payment'
            ) THEN reported_balance_cents - 100 ELSE reported_balance_cents END
            AS reported_balance_cents
        )
        FROM {table}
    """,
}
CHOSEN = f"hash(account_id) % {ONE_IN} = 0"
ALLOCATIONS = (
    "SELECT * FROM {table} WHERE charge_id IN (SELECT charge_id FROM read_parquet('{charges}'))"
)


def relation(feed: Path, table: str) -> str:
    """A table of the feed, a file or a folder of files, in DuckDB's words."""
    file = feed / f"{table}.parquet"
    path = file if file.exists() else feed / table / "*.parquet"
    return f"read_parquet('{path}')"


def change(feed: Path, changes: Path) -> None:
    """Write the feed of changes: the changed accounts with all their rows, and nothing else."""
    changes.mkdir(parents=True)
    transactions = relation(feed, "transactions")
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(changes)}) as database:

        def write(table: str, select: str) -> None:
            target = changes / f"{table}.parquet"
            database.execute(f"COPY ({select}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")

        for table, select in BY_ACCOUNT.items():
            changed = select.format(table=relation(feed, table), transactions=transactions)
            write(table, f"SELECT * FROM ({changed}) WHERE {CHOSEN}")
        charges = changes / "charges.parquet"
        write(
            "allocations", ALLOCATIONS.format(table=relation(feed, "allocations"), charges=charges)
        )


if __name__ == "__main__":
    change(Path(sys.argv[1]), Path(sys.argv[2]))
