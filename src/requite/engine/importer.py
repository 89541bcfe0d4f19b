"""Import: from the files of a feed to a snapshot of the store, all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import duckdb

from requite.engine.backing import backing_of
from requite.engine.check import rows_counted
from requite.engine.database import identifier, parquet, processors, query
from requite.engine.feed import REMITTANCE, TABLES
from requite.engine.gate import (
    BY_ACCOUNT,
    LIMIT,
    Gate,
    check_feed,
    held_rows,
    keep_touched,
    name_rows,
    refuse_if_too_many,
    write_list,
)
from requite.engine.given import (
    NothingToChange,
    held_eras,
    kept_files,
    lay_over,
)
from requite.engine.manifest import GIVEN, Manifest, by_place, snapshot_id
from requite.engine.partition import partition_bits
from requite.engine.partition_files import Built, stored_file, write_partitions, write_shared
from requite.engine.problems import Problems
from requite.engine.refusal import RefusedFeed
from requite.engine.remit import RemitReport, read_remittances
from requite.engine.source import REMITS_FOLDER, Form, Sources, find_sources
from requite.engine.staging import Staging
from requite.engine.store import NoSnapshot, Snapshot, Store
from requite.engine.table import typed_relation
from requite.engine.unreadable import reading, rows_lost, told_plainly, writing_into

Progress = Callable[[str], None]

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
    ("heard_payers", ""),
    ("payer_signs", ""),
    ("account_provider_adjustments", "account_id"),
    ("borrowed_claims", "account_id"),
    ("borrowed_lines", "account_id"),
    ("borrowed_adjustments", "account_id"),
    ("account_deposits", "account_id"),
    ("other_legs", "account_id"),
    ("shared_checks", "account_id"),
)
# What of the remittances bears on an account, and the relations that it is made of: read once.
BEARING = {
    "account_claims": ("resolved_claims", "borrowed_claims"),
    "account_lines": ("resolved_lines", "borrowed_lines"),
    "account_adjustments": ("resolved_adjustments", "borrowed_adjustments"),
}


class Scope(Enum):
    """What a feed is to the store that it comes into."""

    WHOLE = "whole"  # all that the source has; the rows are kept for later changes
    CHANGES = "changes"  # what has changed since the last import
    ONCE = "once"  # all that the source has, for a store that nothing comes into later


def scope_of(kept: Path | None, *, changes: bool) -> Scope:
    """What a feed is, where the store that is kept (None: none is) takes it in."""
    if changes:
        return Scope.CHANGES
    return Scope.WHOLE if kept else Scope.ONCE


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How many accounts may be held out, and where every row with a problem is listed."""

    hold_out_limit: float = LIMIT  # a share of the accounts
    listed_in: Path | None = None


@dataclass(slots=True)
class Import:
    """One import on its way: where it builds, over what, and what it has to report."""

    staging: Staging
    built: Built
    sources: Sources
    scope: Scope
    gate: Gate
    before: Snapshot | None = None  # what changes are laid over
    changed: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)  # read, by table
    remittances: RemitReport | None = None


def import_feed(  # noqa: PLR0913 - what is brought where, and how it may run
    feed: Path,
    store: Path,
    *,
    scope: Scope = Scope.WHOLE,
    processes: int | None = None,
    progress: Progress = lambda _: None,
    tolerance: Tolerance = Tolerance(),
) -> Snapshot:
    """Bring the feed into the store and make it the current snapshot.

    Parameters
    ----------
    feed : Path
        A folder as docs and contract describe it: tables as CSV or Parquet, 835s in `remits/`.
    store : Path
        The store's folder; made if it is not there.
    scope : Scope
        Whether the feed is all that the source has. Of `Scope.CHANGES` the accounts replace those
        of the store with all their rows, other rows replace those of their key, and remittances
        are added; the snapshot is the same as of a whole feed with these changes in it.
    processes : int, optional
        Processors to use; all of this process's by default. The result does not depend on it.
    progress : callable
        Told the name of each step as it begins.
    tolerance : Tolerance
        The share of accounts that may be held out, 0.01 by default; where problems are listed.

    Raises
    ------
    RefusedFeed
        Where the feed's form or a table that all accounts share is wrong, or more accounts than
        the limit would be held out. The store is then as it was.
    NothingToChange
        Where changes come to a store without a ledger.
    """
    processes = processes or processors()
    keeper = Store(store)
    with writing_into(store), keeper.incoming() as folder:
        progress("Look at the files")
        before = _before(keeper) if scope is Scope.CHANGES else None
        sources = find_sources(feed, partial=before is not None)
        staging = Staging(folder / "staged", processes)
        problems = Problems(staging.connection)
        gate = Gate(staging, problems, tolerance.hold_out_limit, tolerance.listed_in)
        work = Import(staging, Built(folder), sources, scope, gate, before)
        with told_plainly(sources):
            manifest = _build(work, feed, processes, progress)
            return keeper.publish(manifest, work.built.paths)


def _before(keeper: Store) -> Snapshot:
    """What changes are laid over."""
    try:
        return keeper.current()
    except NoSnapshot:
        raise NothingToChange(keeper.root) from None


def _build(work: Import, feed: Path, processes: int, progress: Progress) -> Manifest:
    """Build all files of the snapshot in the import's own folder."""
    staging = work.staging
    progress("Read the remittances")
    _read_eras(work, feed, processes)
    progress("Read the tables")
    if work.before is not None:
        work.changed = lay_over(staging.connection, work.sources, work.before)
    _stage_tables(work)
    progress("Check values, keys and references")
    kept = work.before.files(f"{GIVEN}problems") if work.before is not None else []
    check_feed(work.gate, work.sources, kept)
    progress("Bring remittances and ledger together")
    for name, by in DERIVED:
        staging.stage(name, query(name), by=by)
    for name, over in BEARING.items():
        staging.define(name, query(name), over)
    progress("Write the partitions")
    write_partitions(staging, work.built, processes)
    _judge(work)
    write_shared(staging, work.built)
    if work.scope is not Scope.ONCE:
        _keep_given(work)
    manifest = Manifest(
        snapshot=snapshot_id(work.built.files, staging.bits),
        bits=staging.bits,
        accounts=_count(staging.connection, "accounts"),
        files=tuple(sorted(work.built.files, key=by_place)),
        report=_report(work),
    )
    staging.connection.close()
    return manifest


def _accounts(work: Import) -> str:
    """The accounts of all partitions, as a relation."""
    return parquet([work.built.file("accounts", part) for part in range(1 << work.staging.bits)])


def _judge(work: Import) -> None:
    """Refuse the feed where too many of its accounts are held out."""
    accounts = _accounts(work)
    counted = work.staging.connection.execute(
        f"SELECT held, count(*) FROM {accounts} WHERE held IS NOT NULL GROUP BY ALL ORDER BY 1"
    )
    held = dict(counted.fetchall())
    name_rows(work.gate, work.sources, accounts, held)
    refuse_if_too_many(work.gate, held)
    write_list(work.gate)


def _read_eras(work: Import, feed: Path, processes: int) -> None:
    """Turn the 835 files into the tables of remittances."""
    folder, out = feed / REMITS_FOLDER, work.built.folder / "eras"
    held = held_eras(work.before, out) if work.before is not None else 0
    if folder.is_dir() or held:
        work.remittances = read_remittances(folder, out, processes=processes, held=held)
    for table in REMITTANCE:
        for path in sorted(
            [*out.glob(f"{table.name}.parquet"), *out.glob(f"{table.name}/**/*.parquet")]
        ):
            work.sources.add(table, path, f"{REMITS_FOLDER}/*", Form.ERA)
    if work.sources.problems:
        raise RefusedFeed(work.sources.problems)


def _stage_tables(work: Import) -> None:
    """Read every table, and let a count that its reader had no part in say whether that is all."""
    staging = work.staging
    for table in sorted(TABLES.values(), key=lambda table: table.name != "accounts"):
        sources = work.sources.tables.get(table.name, [])
        with reading(sources):
            counted = rows_counted(staging.connection, sources)
            if table.name == "accounts":
                staging.bits = partition_bits(counted)
            by = "account_id" if table.name in BY_ACCOUNT else ""
            read = staging.stage(table.name, typed_relation(table, sources), by=by)
            if read != counted:
                raise rows_lost(sources, read, counted)
            work.rows[table.name] = read


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {identifier(name)}").fetchone()
    return int(row[0]) if row else 0


def _keep_given(work: Import) -> None:
    """Keep all rows as they were given, so that changes can be laid over them."""
    eras = work.built.folder / "eras"
    connection, folder = work.staging.connection, work.built.folder
    for stored, file in kept_files(connection, work.sources, folder, eras, work.before):
        work.built.take(stored, file)
    target = work.built.folder / "given" / "problems.parquet"
    rows = keep_touched(work.gate, target)
    work.built.take(stored_file(f"{GIVEN}problems", None, target, rows), target)


def _report(work: Import) -> dict[str, Any]:
    """What was read, ignored and held out, and why."""
    connection = work.staging.connection
    return {
        "rows_read": {name: work.rows[name] for name in TABLES},
        "rows_left_out": {name: rows for name, rows in work.gate.left_out.items() if rows},
        "problems": [kind.row for kind in work.gate.problems.kinds],
        "ignored_columns": work.sources.ignored_columns,
        "ignored_files": work.sources.ignored_files,
        "backing": backing_of(connection),
        "held_out": held_rows(work.gate),
        **work.changed,
        "remittances": _remittances(work),
    }


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
