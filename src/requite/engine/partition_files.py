"""The files of a snapshot on their way: all tables of every partition, and those that all share."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from requite.engine.database import connect, identifier, literal, parquet, query
from requite.engine.manifest import StoredFile, checksum
from requite.engine.screen import lines
from requite.engine.staging import PART, PART_MEMORY, Staging
from requite.engine.store import FILES
from requite.engine.stored import STORED, StoredTable

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
    "heard_payers": "payer_id",
    "payer_signs": "payers_are_named",
}
ROW_GROUP = 20_480  # rows: small enough that one account's rows are read in milliseconds
OTHER_LEGS = (
    "SELECT n.account_no, l.transfer_id, l.amount_cents, l.posted_on, l.voided_on "
    "FROM other_legs l JOIN numbered n USING (account_id) ORDER BY ALL"
)


@dataclass(slots=True)
class Built:
    """The files that a snapshot will have: what they hold, and where each was built."""

    folder: Path
    files: list[StoredFile] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)

    def file(self, table: str, part: int | None) -> Path:
        """Where a table of a partition, or (None) one that all share, is built."""
        name = "shared" if part is None else part
        return self.folder / "built" / table / f"{name}.parquet"

    def take(self, stored: StoredFile, file: Path) -> None:
        """Note a file down; one that was not built here is in the store already."""
        self.files.append(stored)
        if file.is_relative_to(self.folder):
            self.paths[stored.path] = file

    def write(
        self, connection: duckdb.DuckDBPyConnection, table: str, select: str, part: int | None
    ) -> None:
        """Write one file and note it down."""
        target = self.file(table, part)
        target.parent.mkdir(parents=True, exist_ok=True)
        row = connection.execute(
            f"COPY ({select}) TO {literal(target)} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
        ).fetchone()
        self.take(stored_file(table, part, target, row[0] if row else 0), target)


@dataclass(slots=True)
class Payers:
    """The payers on file with their classes, and whether their payments can be told as theirs."""

    rows: list[tuple[str, str]]
    are_named: bool = True


def stored_file(table: str, part: int | None, file: Path, rows: int) -> StoredFile:
    """What the store will know of a file: it is named by its content."""
    digest = checksum(file)
    label = "shared" if part is None else f"{part:05}"
    path = f"{FILES}/{table}/{label}-{digest[:16]}.parquet"
    return StoredFile(table, part, path, rows, file.stat().st_size, digest)


def write_partitions(staging: Staging, built: Built, processes: int) -> None:
    """Write every partition, several at once: each has a database of its own, off Python's lock."""
    rows = staging.connection.execute("SELECT payer_id, payer_class FROM payers ORDER BY 1")
    payers = Payers(rows.fetchall())
    signs = staging.connection.execute("SELECT payers_are_named FROM payer_signs").fetchone()
    payers.are_named = bool(signs and signs[0])
    parts = range(1 << staging.bits)
    with ThreadPoolExecutor(min(processes, len(parts))) as pool:
        for _ in pool.map(lambda part: _write_partition(staging, built, part, payers), parts):
            pass


def _write_partition(staging: Staging, built: Built, part: int, payers: Payers) -> None:
    """Write all tables of one partition, sorted by account."""
    names = ("accounts", "held_accounts", "other_legs", *(table.relation for table in STORED))
    with staging.partition(part, names) as connection:
        built.write(connection, "accounts", query("standing_accounts"), part)
        connection.execute(
            "CREATE OR REPLACE TABLE numbered AS SELECT account_id, account_no "
            f"FROM {parquet([built.file('accounts', part)])}"
        )
        for table in STORED:
            built.write(connection, table.name, _numbered(table), part)
        built.write(connection, "other_legs", OTHER_LEGS, part)
        _write_lines(built, part, payers)


def _write_lines(built: Built, part: int, payers: Payers) -> None:
    """Sum both sides of every service line of the partition, from its files just written."""
    with connect(memory=PART_MEMORY, spill=built.folder / f"spill-{part}") as connection:
        for name in ("accounts", "other_legs", *(table.name for table in STORED)):
            connection.execute(
                f"CREATE VIEW {name} AS SELECT * FROM {parquet([built.file(name, part)])}"
            )
        connection.execute("CREATE TABLE payers (payer_id VARCHAR, payer_class VARCHAR)")
        if payers.rows:
            connection.executemany("INSERT INTO payers VALUES (?, ?)", payers.rows)
        connection.execute(f"SET VARIABLE payers_are_named = {payers.are_named}")
        built.write(connection, "lines", lines(connection), part)


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


def write_shared(staging: Staging, built: Built) -> None:
    """Write the tables that all partitions share."""
    for name, order in SHARED.items():
        described = staging.connection.execute(f"DESCRIBE {identifier(name)}").fetchall()
        columns = ", ".join(
            identifier(column) for column, *_ in described if column not in {"is_bad", PART}
        )
        select = f"SELECT {columns} FROM {identifier(name)} ORDER BY {order}"
        built.write(staging.connection, name, select, None)
