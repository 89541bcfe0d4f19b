"""The same feed some days later: a share of its accounts has one more payment.

Called as `python change.py FEED CHANGED`.
"""

import sys
from pathlib import Path

import duckdb

ONE_IN = 100
TABLES = ("accounts", "transactions")
# A patient pays a dollar; the balance that the source reports follows.
PAID = """
SELECT * EXCLUDE (changes) REPLACE (
    CASE WHEN changes THEN amount_cents - 100 ELSE amount_cents END AS amount_cents
)
FROM (
    SELECT *, payer_id IS NULL AND type = 'payment' AND transaction_id IN (
        SELECT min(transaction_id) FROM {transactions} AS t
        WHERE t.payer_id IS NULL AND t.type = 'payment' AND {chosen}
        GROUP BY t.account_id
    ) AS changes
    FROM {transactions}
)
"""
REPORTED = """
SELECT * REPLACE (
    CASE WHEN account_id IN (
        SELECT account_id FROM {transactions} AS t
        WHERE t.payer_id IS NULL AND t.type = 'payment' AND {chosen}
    ) THEN reported_balance_cents - 100 ELSE reported_balance_cents END AS reported_balance_cents
)
FROM {accounts}
"""
CHOSEN = f"hash(t.account_id) % {ONE_IN} = 0"


def relation(feed: Path, table: str) -> str:
    """A table of the feed, a file or a folder of files, in DuckDB's words."""
    file = feed / f"{table}.parquet"
    path = file if file.exists() else feed / table / "*.parquet"
    return f"read_parquet('{path}')"


def change(feed: Path, changed: Path) -> None:
    """Write the later feed; what does not change is linked, not copied."""
    changed.mkdir(parents=True)
    for path in feed.iterdir():
        if path.stem not in TABLES:
            (changed / path.name).symlink_to(path.resolve())
    words = {table: relation(feed, table) for table in TABLES} | {"chosen": CHOSEN}
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(changed)}) as database:
        for table, query in (("transactions", PAID), ("accounts", REPORTED)):
            target = changed / f"{table}.parquet"
            database.execute(
                f"COPY ({query.format(**words)}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            )


if __name__ == "__main__":
    change(Path(sys.argv[1]), Path(sys.argv[2]))
