"""The same work done otherwise: four causes in naive pandas, and set by set in PostgreSQL."""

import csv
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
from measure import Cost, cost_of

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tools"))

import cluster  # noqa: E402 - it lies among the tools

CAUSES = (
    "duplicate_payment", "duplicate_posting", "patient_overcollection", "contractual_overposted",
)  # fmt: skip
LOADED = (
    "accounts", "coverages", "claims", "charges", "transactions", "contract_amounts", "remits",
    "remit_claims", "remit_lines", "remit_adjustments",
)  # fmt: skip
MONEY = {
    "amount", "charge", "paid", "billed", "expected_allowed", "allowed", "patient_responsibility",
    "reported_balance", "payment_amount",
}  # fmt: skip
WHOLE = {"line_no", "cob_order", "units", "quantity"}
YES_NO = {"capitated", "responsibility_collectable", "is_balanced"}
DATED = ("_on", "_date", "_from", "_to")

# Both sides by account and cause, on the accounts where nothing else is at work.
AGREEMENT = """
WITH ours AS (
    SELECT account_id, cause, sum(amount) * 100 AS cents
    FROM read_parquet($ours) GROUP BY ALL
),
others AS (
    SELECT account_id, cause, sum({amount}) AS cents
    FROM read_csv($theirs, header = true, types = {{'account_id': 'VARCHAR'}}) GROUP BY ALL
),
compared AS (
    SELECT account_id, coalesce(o.cents, 0) AS ours, coalesce(t.cents, 0) AS theirs
    FROM ours o FULL JOIN others t USING (account_id, cause)
    WHERE account_id NOT IN (SELECT account_id FROM ours WHERE cause NOT IN {causes})
        AND account_id IN (SELECT account_id FROM read_parquet($proved))
)
SELECT count(*), count(*) FILTER (ours = theirs), coalesce(sum(ours), 0)::BIGINT,
    coalesce(sum(least(ours, theirs)), 0)::BIGINT, coalesce(sum(theirs), 0)::BIGINT
FROM compared
"""


@dataclass(frozen=True)
class Agreement:
    """How much of the same money two programs find; cents."""

    pairs: int  # of an account and a cause
    same_pairs: int
    our_cents: int
    same_cents: int
    their_cents: int


def environment(folder: Path) -> Path:
    """A Python of its own with pandas in it, pinned; the path of its interpreter."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    uv = uv or str(HERE.parent / ".tools" / "bin" / "uv")
    python = folder / "bin" / "python"
    for words in (
        ["venv", "--quiet", "--python", sys.executable, folder],
        ["pip", "sync", "--quiet", "--python", python, "--require-hashes",
         HERE / "requirements.txt"],
    ):  # fmt: skip
        subprocess.run([uv, *words], check=True, capture_output=True, text=True)
    return python


def run_pandas(python: Path, feed: Path, found: Path) -> Cost:
    """From the Parquet tables of a feed to the four causes, in one process."""
    return cost_of([python, HERE / "naive_pandas.py", feed, found])


def run_sql(feed: Path, found: Path) -> tuple[float, float]:
    """From the CSV tables of a feed to the four causes: processor and wall seconds, load included.

    The server's own start and stop count, making its empty cluster does not.
    """
    with cluster.running() as postgres:
        started = time.perf_counter()
        postgres.run("".join(load(feed, table) for table in LOADED) + "ANALYZE;\n")
        postgres.run((HERE / "four_causes.sql").read_text(encoding="utf-8"))
        wall_seconds = time.perf_counter() - started
        rows = postgres.run("SELECT account_id, cause, amount FROM found;")
        found.write_text("account_id,cause,amount\n" + rows, encoding="utf-8")
    return postgres.cpu_seconds, wall_seconds


def load(feed: Path, table: str) -> str:
    """SQL that makes a table with the columns of its CSV file, and fills it."""
    path = feed / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    columns = ", ".join(f"{name} {type_of(name)}" for name in names)
    return (
        f"CREATE UNLOGGED TABLE {table} ({columns});\n"
        f"\\copy {table} FROM '{path}' WITH (FORMAT csv, HEADER)\n"
    )


def type_of(column: str) -> str:
    """The type of a column of the feed in PostgreSQL.

    >>> type_of("amount"), type_of("line_no"), type_of("posted_on"), type_of("account_id")
    ('numeric', 'integer', 'date', 'text')
    """
    if column in MONEY:
        return "numeric"
    if column in WHOLE:
        return "integer"
    if column in YES_NO:
        return "boolean"
    return "date" if column.endswith(DATED) else "text"


def agreement(out: Path, found: Path, amount: str) -> Agreement:
    """Compare what a rival found with the output of `requite detect` on the same feed.

    Parameters
    ----------
    out : Path
        The folder that holds findings and proof.
    found : Path
        CSV with account_id, cause and an amount.
    amount : str
        SQL for the amount in cents.
    """
    query = AGREEMENT.format(causes=CAUSES, amount=amount)
    files = {
        "ours": str(out / "findings.parquet"),
        "proved": str(out / "proof.parquet"),
        "theirs": str(found),
    }
    with duckdb.connect() as database:
        row = database.execute(query, files).fetchone()
    return Agreement(*(int(value) for value in row))
