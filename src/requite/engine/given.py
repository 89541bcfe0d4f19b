"""What a store keeps of its feeds as they were given, and how a feed of changes goes into it.

Beside the tables that a determination reads, a snapshot holds every row that it was made of, typed
and checked. A later feed that holds only what changed is laid over those rows: an account that it
names replaces all rows of that account, a row of another table replaces the row with its key, and
remittances are added. From there on the import is the same as that of the whole feed.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from requite.domain.errors import RequiteError
from requite.engine.check import places_of
from requite.engine.database import identifier, literal, parquet
from requite.engine.feed import LEDGER, REMITTANCE, TABLES, Kind, Table
from requite.engine.gate import BY_ACCOUNT
from requite.engine.manifest import CHUNK, GIVEN, StoredFile
from requite.engine.partition_files import stored_file
from requite.engine.problems import Problems, Weight
from requite.engine.refusal import RefusedFeed
from requite.engine.remit_repeats import part_of
from requite.engine.source import Form, Source, Sources, stamp_of
from requite.engine.store import Snapshot
from requite.engine.table import INTEGERS, SQL_TYPES, typed_relation
from requite.engine.unreadable import reading
from requite.engine.within import opened

ERA = f"{GIVEN}era_"  # of an 835: the reader's own tables, a file for every bundle
HELD = "what the store holds"
NAME_IT = "Give {} with all that belongs to it: changes replace an account whole."
# Rows of a table that follow the rows of another: replaced where that one is.
FOLLOWS = {
    "allocations": ("charge_id", "charges", "account_id", "accounts"),
    "remit_claims": ("remit_id", "remits", "", ""),
    "provider_adjustments": ("remit_id", "remits", "", ""),
    "remit_lines": ("remit_claim_id", "remit_claims", "remit_id", "remits"),
    "remit_adjustments": ("remit_claim_id", "remit_claims", "remit_id", "remits"),
}


class NothingToChange(RequiteError):
    """A feed of changes came to a store that does not hold what it would change."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"{root} holds no ledger that changes could be laid over.",
            remedy="Bring the whole feed into it first, without --changes.",
        )


def lay_over(
    connection: duckdb.DuckDBPyConnection, sources: Sources, before: Snapshot
) -> dict[str, int]:
    """Put the rows that the store holds and the changes leave before those of the changes.

    Returns
    -------
    dict
        How many accounts the changes name (`accounts_changed`).

    Raises
    ------
    RefusedFeed
        Where the changes hold rows of an account that they do not name in `accounts`.
    """
    for table in TABLES.values():
        given = [s for s in sources.tables.get(table.name, []) if s.form is not Form.ERA]
        relation = typed_relation(table, given)
        with reading(given):
            connection.execute(f"CREATE TEMP TABLE {_name(table)} AS SELECT * FROM ({relation})")
    _refuse_half_accounts(connection, sources)
    for table in TABLES.values():
        for file in _held(before, table):
            sources.put_first(table, file, HELD, f"NOT ({_replaced(table, before)})")
    if sources.problems:
        raise RefusedFeed(sources.problems)
    row = connection.execute(f"SELECT count(*) FROM {_name(TABLES['accounts'])}").fetchone()
    return {"accounts_changed": row[0] if row else 0}


def _name(table: Table) -> str:
    return identifier(f"changed_{table.name}")


def _held(before: Snapshot, table: Table) -> list[Path]:
    return before.files(f"{GIVEN}{table.name}")


def _replaced(table: Table, before: Snapshot) -> str:
    """The condition under which the changes replace a row that the store holds."""
    if table.name in FOLLOWS:
        column, parent, key, grandparent = FOLLOWS[table.name]
        if not key:
            return _among(column, f"SELECT {column} FROM {_name(TABLES[parent])}")
        gone = f"SELECT {key} FROM {_name(TABLES[grandparent])}"
        held = parquet(_held(before, TABLES[parent]))
        return _among(column, f"SELECT {column} FROM {held} WHERE {_among(key, gone)}")
    column = "account_id" if table.name in BY_ACCOUNT else table.key[0]
    named = "accounts" if table.name in BY_ACCOUNT else table.name
    return _among(column, f"SELECT {column} FROM {_name(TABLES[named])}")


def _among(column: str, select: str) -> str:
    name = identifier(column)
    return f"{name} IN (SELECT * FROM ({select}) AS g(k) WHERE k IS NOT NULL)"


def _refuse_half_accounts(connection: duckdb.DuckDBPyConnection, sources: Sources) -> None:
    """Refuse rows of an account that the changes do not name: its other rows would be lost."""
    problems = Problems(connection)
    for table, name, parent in (
        *((TABLES[name], "account_id", "accounts") for name in BY_ACCOUNT[1:]),
        (TABLES["allocations"], "charge_id", "charges"),
    ):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE half AS SELECT {name} AS k0, count(*) AS times "
            f"FROM {_name(table)} ANTI JOIN {_name(TABLES[parent])} USING ({name}) "
            f"WHERE {name} IS NOT NULL GROUP BY ALL"
        )
        row = connection.execute("SELECT sum(times) FROM half").fetchone()
        if row and row[0]:
            told = (f"the row it names is not in {parent}.", NAME_IT.format(parent))
            places = places_of(table, table.column(name), sources, "half")
            problems.take((table.name, name), told, Weight.REFUSES, int(row[0]), places)
    if problems.kinds:
        raise RefusedFeed(problems.told)


def held_eras(before: Snapshot, out: Path) -> int:
    """Show the 835s that the store holds to the reader, as the bundles before its own.

    Returns how many bundles they are.
    """
    for table in REMITTANCE:
        (out / table.name).mkdir(parents=True, exist_ok=True)
        for bundle, file in enumerate(before.files(f"{ERA}{table.name}")):
            part_of(out, table.name, bundle).symlink_to(file.absolute())
    return len(before.files(f"{ERA}{REMITTANCE[0].name}"))


def kept_files(
    connection: duckdb.DuckDBPyConnection,
    sources: Sources,
    folder: Path,
    eras: Path,
    before: Snapshot | None,
) -> Iterator[tuple[StoredFile, Path]]:
    """Everything that the snapshot was made of, as files for the store or in it already."""
    for table in (*LEDGER, *REMITTANCE):
        target = folder / "given" / f"{table.name}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        given = [s for s in sources.tables.get(table.name, []) if s.form is not Form.ERA]
        if as_it_came(connection, table, given) and copied(given, target):
            for part, source in enumerate(given):
                file = copy_of(target, part)
                yield stored_file(f"{GIVEN}{table.name}", part, file, source.rows), file
            continue
        columns = ", ".join(identifier(column.stored) for column in table.columns)
        row = connection.execute(
            f"COPY (SELECT {columns} FROM {identifier(table.name)} WHERE form <> {int(Form.ERA)}) "
            f"TO {literal(target)} (FORMAT parquet, COMPRESSION zstd)"
        ).fetchone()
        yield stored_file(f"{GIVEN}{table.name}", None, target, row[0] if row else 0), target
    held = (
        {(before.root / file.path).absolute(): file for file in before.manifest.files}
        if before
        else {}
    )
    for table in REMITTANCE:
        for bundle, file in enumerate(sorted((eras / table.name).glob("*.parquet"))):
            if file.is_symlink():
                yield held[file.readlink()], file.readlink()
                continue
            found = connection.execute(f"SELECT count(*) FROM {parquet([file])}").fetchone()
            yield stored_file(f"{ERA}{table.name}", bundle, file, found[0] if found else 0), file


def as_it_came(connection: duckdb.DuckDBPyConnection, table: Table, given: list[Source]) -> bool:
    """Whether the files of a table hold just the rows that are to be kept, typed as the store's.

    Then their bytes are kept. Not where a value had to be converted or could not be read, a row
    was left out, or rows of the store went before them.
    """
    kinds = {column.stored: column.kind for column in table.columns}
    for source in given:
        if source.is_csv or source.where or not source.stamp:
            return False
        if not all(is_of_kind(kinds.get(name), kind) for name, kind in source.columns.items()):
            return False
    found = connection.execute(
        f"SELECT count(*), count(*) FILTER (is_bad) FROM {identifier(table.name)} "
        f"WHERE form <> {int(Form.ERA)}"
    ).fetchone()
    return bool(given) and found == (sum(source.rows for source in given), 0)


def is_of_kind(kind: Kind | None, given: str) -> bool:
    """Whether a column is typed as the store types it; a quantity is text of any whole number."""
    if kind is None:
        return False
    return given == SQL_TYPES[kind] or (kind is Kind.QUANTITY and given in INTEGERS)


def copied(given: list[Source], target: Path) -> bool:
    """Copy the files of a table; False where one has changed since it was looked at."""
    for part, source in enumerate(given):
        with opened(source.path) as before, copy_of(target, part).open("wb") as after:
            shutil.copyfileobj(before, after, CHUNK)
            if stamp_of(before) != source.stamp:
                return False
    return True


def copy_of(target: Path, part: int) -> Path:
    """Where the copy of one file of a table is built."""
    return target.with_name(f"{target.stem}-{part}.parquet")
