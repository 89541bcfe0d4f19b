"""Import: from the files of a feed to a snapshot of the store, all of it or nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from requite.engine.check import check_rows
from requite.engine.database import connect, identifier, literal, parquet, processors, query
from requite.engine.feed import REMITTANCE, TABLES
from requite.engine.manifest import Manifest, StoredFile, by_place, checksum, snapshot_id
from requite.engine.partition import partition_bits
from requite.engine.remit import RemitReport, read_remittances
from requite.engine.screen import lines
from requite.engine.source import REMITS_FOLDER, Form, Sources, find_sources
from requite.engine.staging import PART, PART_MEMORY, Staging
from requite.engine.store import FILES, Snapshot, Store
from requite.engine.stored import STORED, StoredTable
from requite.engine.table import typed_relation
from requite.engine.unreadable import told_plainly

Progress = Callable[[str], None]

BY_ACCOUNT = {
    "accounts", "coverages", "claims", "charges", "transactions", "refunds", "contract_amounts",
}  # fmt: skip
# Relations that the import derives, in order; those that belong to an account name its column.
DERIVED = (
    ("kept_remits", ""),
    ("resolved_claims", "account_id"),
    ("resolved_lines", "account_id"),
    ("resolved_adjustments", "account_id"),
    ("resolved_allocations", "account_id"),
    ("provider_adjustments_sent", ""),
    ("named_adjustments", ""),
    ("incomplete_remits", ""),
    ("account_provider_adjustments", "account_id"),
    ("borrowed_claims", "account_id"),
    ("borrowed_lines", "account_id"),
    ("borrowed_adjustments", "account_id"),
    ("account_claims", "account_id"),
    ("account_lines", "account_id"),
    ("account_adjustments", "account_id"),
    ("account_deposits", "account_id"),
    ("other_legs", "account_id"),
    ("shared_checks", "account_id"),
)
SHARED = {
    "facilities": "facility_id",
    "patients": "patient_id",
    "guarantors": "guarantor_id",
    "payers": "payer_id",
    "plans": "plan_id",
    "refund_requests": "request_id",
    "bank_deposits": "deposit_id",
    "kept_remits": "form, remit_id",
    "named_adjustments": "key",
    "incomplete_remits": "payer_id, remit_id",
}
HELD = {
    "balance": "the rows do not sum to the balance that the source reports",
    "transfer": "the legs of a transfer do not cancel, and no reported balance agrees with them",
}
ROW_GROUP = 20_480  # rows: small enough that one account's rows are read in milliseconds


@dataclass(slots=True)
class Import:
    """One import on its way: where it builds, and what it has to report."""

    staging: Staging
    folder: Path
    sources: Sources
    files: list[StoredFile] = field(default_factory=list)
    built: dict[str, Path] = field(default_factory=dict)
    remittances: RemitReport | None = None


def import_feed(
    feed: Path,
    store: Path,
    *,
    processes: int | None = None,
    progress: Progress = lambda _: None,
) -> Snapshot:
    """Bring the feed into the store and make it the current snapshot.

    Parameters
    ----------
    feed : Path
        A folder as docs and contract describe it: tables as CSV or Parquet, 835s in `remits/`.
    store : Path
        The store's folder; made if it is not there.
    processes : int, optional
        Processors to use; all of this process's by default. The result does not depend on it.
    progress : callable
        Told the name of each step as it begins.

    Raises
    ------
    RefusedFeed
        Where anything in the feed cannot be used. The store is then as it was.
    """
    processes = processes or processors()
    keeper = Store(store)
    with keeper.incoming() as folder:
        progress("Look at the files")
        sources = find_sources(feed)
        work = Import(Staging(folder / "staged", processes), folder, sources)
        with told_plainly(sources):
            manifest = _build(work, feed, processes, progress)
            return keeper.publish(manifest, work.built)


def _build(work: Import, feed: Path, processes: int, progress: Progress) -> Manifest:
    """Build all files of the snapshot in the import's own folder."""
    staging = work.staging
    progress("Read the remittances")
    _read_eras(work, feed, processes)
    progress("Read the tables")
    _stage_tables(work)
    progress("Check values, keys and references")
    check_rows(staging.connection, work.sources)
    progress("Bring remittances and ledger together")
    for name, by in DERIVED:
        staging.stage(name, query(name), by=by)
    progress("Write the partitions")
    _write_partitions(work, processes)
    for name, order in SHARED.items():
        _write_shared(work, name, order)
    manifest = Manifest(
        snapshot=snapshot_id(work.files, staging.bits),
        bits=staging.bits,
        accounts=_count(staging.connection, "accounts"),
        files=tuple(sorted(work.files, key=by_place)),
        report=_report(work),
    )
    staging.connection.close()
    return manifest


def _read_eras(work: Import, feed: Path, processes: int) -> None:
    """Turn the 835 files into the tables of remittances."""
    folder = feed / REMITS_FOLDER
    if not folder.is_dir():
        return
    out = work.folder / "eras"
    work.remittances = read_remittances(folder, out, processes=processes)
    for table in REMITTANCE:
        for path in sorted(
            [*out.glob(f"{table.name}.parquet"), *out.glob(f"{table.name}/**/*.parquet")]
        ):
            work.sources.add(table, path, f"{REMITS_FOLDER}/*", Form.ERA)


def _stage_tables(work: Import) -> None:
    staging = work.staging
    accounts = typed_relation(TABLES["accounts"], work.sources.tables["accounts"])
    count = work.staging.connection.execute(f"SELECT count(*) FROM ({accounts})").fetchone()
    staging.bits = partition_bits(int(count[0]) if count else 0)
    for table in TABLES.values():
        relation = typed_relation(table, work.sources.tables.get(table.name, []))
        staging.stage(table.name, relation, by="account_id" if table.name in BY_ACCOUNT else "")


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {identifier(name)}").fetchone()
    return int(row[0]) if row else 0


def _write_partitions(work: Import, processes: int) -> None:
    """Write every partition, several at once: each has a database of its own, off Python's lock."""
    payers = work.staging.connection.execute("SELECT payer_id FROM payers ORDER BY 1").fetchall()
    parts = range(1 << work.staging.bits)
    with ThreadPoolExecutor(min(processes, len(parts))) as pool:
        for _ in pool.map(lambda part: _write_partition(work, part, payers), parts):
            pass


def _write_partition(work: Import, part: int, payers: list[tuple[str]]) -> None:
    """Write all tables of one partition, sorted by account."""
    names = ("accounts", "other_legs", *(table.relation for table in STORED))
    with work.staging.partition(part, names) as connection:
        _write(work, connection, "accounts", query("standing_accounts"), part)
        connection.execute(
            "CREATE OR REPLACE TABLE numbered AS SELECT account_id, account_no "
            f"FROM {parquet([_built(work, 'accounts', part)])}"
        )
        for table in STORED:
            _write(work, connection, table.name, _numbered(table), part)
        _write(work, connection, "other_legs", _OTHER_LEGS, part)
        _write_lines(work, part, payers)


def _write_lines(work: Import, part: int, payers: list[tuple[str]]) -> None:
    """Sum both sides of every service line of the partition, from its files just written."""
    with connect(memory=PART_MEMORY, spill=work.folder / f"spill-{part}") as connection:
        for name in ("accounts", "other_legs", *(table.name for table in STORED)):
            connection.execute(
                f"CREATE VIEW {name} AS SELECT * FROM {parquet([_built(work, name, part)])}"
            )
        connection.execute("CREATE TABLE payers (payer_id VARCHAR)")
        if payers:
            connection.executemany("INSERT INTO payers VALUES (?)", payers)
        _write(work, connection, "lines", lines(connection), part)


_OTHER_LEGS = (
    "SELECT n.account_no, l.transfer_id, l.amount_cents, l.posted_on, l.voided_on "
    "FROM other_legs l JOIN numbered n USING (account_id) ORDER BY ALL"
)


def _numbered(table: StoredTable) -> str:
    """The rows of one stored table, under the account's number in the partition."""
    made = dict(table.made)
    columns = ", ".join(
        f"{made.get(name, 's.' + identifier(name))} AS {identifier(name)}" for name in table.columns
    )
    order = ", ".join(f"s.{identifier(name)}" for name in table.order)
    return (
        f"SELECT n.account_no, {columns} FROM {identifier(table.relation)} s "
        f"JOIN numbered n USING (account_id) ORDER BY n.account_no, {order}"
    )


def _built(work: Import, table: str, part: int | None) -> Path:
    return work.folder / "built" / table / f"{'shared' if part is None else part}.parquet"


def _write(
    work: Import,
    connection: duckdb.DuckDBPyConnection,
    table: str,
    select: str,
    part: int | None,
) -> None:
    """Write one file of the snapshot and note it down."""
    target = _built(work, table, part)
    target.parent.mkdir(parents=True, exist_ok=True)
    row = connection.execute(
        f"COPY ({select}) TO {literal(target)} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    ).fetchone()
    digest = checksum(target)
    label = "shared" if part is None else f"{part:05}"
    path = f"{FILES}/{table}/{label}-{digest[:16]}.parquet"
    work.files.append(
        StoredFile(table, part, path, row[0] if row else 0, target.stat().st_size, digest)
    )
    work.built[path] = target


def _write_shared(work: Import, name: str, order: str) -> None:
    columns = [
        row[0] for row in work.staging.connection.execute(f"DESCRIBE {identifier(name)}").fetchall()
    ]
    kept = ", ".join(identifier(c) for c in columns if c not in {"is_bad", PART})
    _write(
        work,
        work.staging.connection,
        name,
        f"SELECT {kept} FROM {identifier(name)} ORDER BY {order}",
        None,
    )


def _report(work: Import) -> dict[str, Any]:
    """What was read, ignored and held out, and why."""
    connection = work.staging.connection
    return {
        "rows_read": {name: _count(connection, name) for name in TABLES},
        "ignored_columns": work.sources.ignored_columns,
        "ignored_files": work.sources.ignored_files,
        "held_out": _held_out(work),
        "remittances": _remittances(work),
    }


def _held_out(work: Import) -> list[dict[str, Any]]:
    """The accounts that do not add up, with what the source says and what the rows sum to."""
    files = [_built(work, "accounts", part) for part in range(1 << work.staging.bits)]
    rows = work.staging.connection.execute(
        f"SELECT account_id, held, reported_balance_cents, balance_cents FROM {parquet(files)} "
        "WHERE held IS NOT NULL ORDER BY account_id"
    ).fetchall()
    return [
        {
            "account_id": account_id,
            "reason": HELD[held],
            "reported_balance_cents": reported,
            "computed_balance_cents": computed,
        }
        for account_id, held, reported, computed in rows
    ]


def _remittances(work: Import) -> dict[str, Any]:
    """What the 835 files held, what was wrong in them, and which claims found no account."""
    row = work.staging.connection.execute(
        "SELECT count(*) FROM resolved_claims WHERE account_id IS NULL"
    ).fetchone()
    found: dict[str, Any] = {"claims_without_account": row[0] if row else 0}
    if work.remittances is not None:
        found |= {
            "files": work.remittances.files,
            "given_twice": work.remittances.repeated,
            "conflicting": work.remittances.conflicting,
            "problems": [str(problem) for problem in work.remittances.problems],
        }
    return found
