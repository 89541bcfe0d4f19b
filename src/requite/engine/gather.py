"""From the store to the domain: the rows of accounts, as the records that a determination reads."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import repeat
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from requite.domain.determination.account import (
    Book,
    LedgerEntry,
    PatientAccount,
    Payer,
    Plan,
    ProviderAdjustment,
)
from requite.domain.determination.takebacks import by_payer
from requite.engine.database import connect, identifier, parquet, query
from requite.engine.store import Snapshot
from requite.engine.stored import STORED, StoredTable

ACCOUNT_FIELDS = PatientAccount._fields[: PatientAccount._fields.index("charges")]
LEG = ["account_no", "transfer_id", "amount_cents", "posted_on", "voided_on"]
# Where each stored table goes in the record of an account.
PLACES = {
    "transactions": "entries",
    "contract_amounts": "contracts",
}


CHUNK = 8_192  # accounts at once: some hundred thousand rows, whatever the partition holds


def accounts_of(
    snapshot: Snapshot,
    partition: int,
    account_ids: Iterable[str] | None = None,
    *,
    numbers: Sequence[int] | None = None,
    as_of: date = date.max,
) -> Iterator[PatientAccount]:
    """The accounts of one partition, or those of them named, in the order of their numbers.

    Accounts that the import's gate holds out come only where they are named. Legs of transfers
    posted after `as_of` do not count into the gaps. At most `CHUNK` accounts are held at once.

    Parameters
    ----------
    snapshot : Snapshot
        What was imported.
    partition : int
        The partition to read.
    account_ids : iterable of str, optional
        Only these accounts, held out or not.
    numbers : sequence of int, optional
        Only the accounts of these numbers within the partition, as the screen gives them.
    as_of : date
        The day to look from.
    """
    with connect() as connection:
        if numbers is None:
            numbers = _numbers(snapshot, partition, account_ids, connection)
        for start in range(0, len(numbers), CHUNK):
            yield from _chunk(
                snapshot, partition, numbers[start : start + CHUNK], as_of, connection
            )


def _numbers(
    snapshot: Snapshot,
    partition: int,
    account_ids: Iterable[str] | None,
    connection: duckdb.DuckDBPyConnection,
) -> list[int]:
    """The numbers of the accounts named, or of all that are not held out."""
    relation = parquet([snapshot.file("accounts", partition)])
    if account_ids is None:
        chosen = f"SELECT account_no FROM {relation} WHERE held IS NULL ORDER BY 1"
        return [row[0] for row in connection.execute(chosen).fetchall()]
    named = f"SELECT account_no FROM {relation} WHERE account_id IN (SELECT unnest(?)) ORDER BY 1"
    return [row[0] for row in connection.execute(named, [list(account_ids)]).fetchall()]


def _chunk(
    snapshot: Snapshot,
    partition: int,
    numbers: Sequence[int],
    as_of: date,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[PatientAccount]:
    """Gather the rows of some accounts, table by table and column by column."""
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted (account_no INTEGER)")
    wanted = pa.table({"account_no": pa.array(numbers, pa.int32())})
    connection.register("wanted_numbers", wanted)
    connection.execute("INSERT INTO wanted SELECT account_no FROM wanted_numbers")
    connection.unregister("wanted_numbers")

    def rows_of(name: str, fields: Sequence[str]) -> pa.Table:
        found = connection.sql(
            f"SELECT account_no, {', '.join(map(identifier, fields))} "
            f"FROM {parquet([snapshot.file(name, partition)])} "
            f"WHERE account_no BETWEEN {numbers[0]} AND {numbers[-1]} "
            "AND account_no IN (SELECT account_no FROM wanted)"
        ).to_arrow_table()
        held = found.column("account_no").to_numpy()
        if (held[1:] < held[:-1]).any():  # the file is sorted; a join may give it back otherwise
            found = found.take(np.argsort(held, kind="stable"))
        return found

    gathered: dict[str, Iterable[Any]] = {}
    for table in STORED:
        rows = rows_of(table.name, table.record._fields)
        gathered[PLACES.get(table.name, table.name)] = _grouped(rows, table, numbers)
        if table.record is LedgerEntry:
            own = rows.filter(pc.field("transfer_id").is_valid()).select(LEG)
    elsewhere = rows_of("other_legs", LEG[1:])
    gathered["transfer_gap_cents"] = _gaps((own, elsewhere), numbers, as_of)
    accounts = rows_of("accounts", ACCOUNT_FIELDS)
    columns: list[Iterable[Any]] = [_values(accounts.column(name)) for name in ACCOUNT_FIELDS]
    columns += [gathered[name] for name in PatientAccount._fields[len(ACCOUNT_FIELDS) :]]
    yield from map(PatientAccount._make, zip(*columns, strict=True))


def _values(column: pa.ChunkedArray) -> list[Any]:
    """A column as Python objects; a day that comes often is one object."""
    if not pa.types.is_date(column.type):
        values: list[Any] = column.to_pylist()
        return values
    coded = column.combine_chunks().dictionary_encode()
    days = np.array([*coded.dictionary.to_pylist(), None], dtype=object)
    codes = coded.indices.fill_null(len(days) - 1).to_numpy(zero_copy_only=False)
    found: list[Any] = days[codes].tolist()
    return found


def _grouped(rows: pa.Table, table: StoredTable, numbers: Sequence[int]) -> Iterator[Sequence[Any]]:
    """The rows of a table as records, for each account of `numbers`, in their order."""
    if not len(rows):
        return repeat((), len(numbers))
    columns = [_values(rows.column(name)) for name in table.record._fields]
    records = list(map(table.record._make, zip(*columns, strict=True)))
    held = rows.column("account_no").to_numpy()
    starts = np.searchsorted(held, numbers, "left").tolist()
    ends = np.searchsorted(held, numbers, "right").tolist()
    return (records[start:end] for start, end in zip(starts, ends, strict=True))


def _gaps(
    every: Iterable[pa.Table], numbers: Sequence[int], as_of: date
) -> Iterator[dict[str, int]]:
    """What the legs of each transfer sum to on that day, in cents, for each account."""
    gaps: dict[int, dict[str, int]] = {}
    for legs in every:
        for number, transfer_id, cents, posted_on, voided_on in zip(
            *(_values(column) for column in legs.columns), strict=True
        ):
            account = gaps.setdefault(number, {})
            counts = _counts(posted_on, voided_on, as_of)
            account[transfer_id] = account.get(transfer_id, 0) + (cents if counts else 0)
    return (gaps.get(number, {}) for number in numbers)


def _counts(posted_on: date, voided_on: date | None, as_of: date) -> bool:
    """Whether a ledger entry is there, and not voided, on the day."""
    return posted_on <= as_of and (voided_on is None or voided_on > as_of)


def payers_of(snapshot: Snapshot) -> dict[str, Payer]:
    """The payers on file, by their id."""
    return {
        row["payer_id"]: Payer(
            row["payer_id"],
            row["name"],
            row["payer_class"],
            row["parent_id"],
            frozenset(part.strip() for part in (row["era_ids"] or "").split("|") if part.strip()),
        )
        for row in pq.read_table(snapshot.file("payers")).to_pylist()
    }


def book_of(snapshot: Snapshot, as_of: date) -> Book:
    """What all accounts share: payers, plans, and adjustments that name no claim."""
    plans = {
        row["plan_id"]: Plan(
            row["plan_id"],
            row["payer_id"],
            row["name"],
            row["funding"] or "unknown",
            row["state"],
            row["lookback_days"],
            row["response_days"],
        )
        for row in pq.read_table(snapshot.file("plans")).to_pylist()
    }
    unnamed, incomplete = _unnamed(snapshot, as_of)
    by_day = by_payer(row for rows in unnamed.values() for row in rows)
    heard = pq.read_table(snapshot.file("heard_payers")).column("payer_id").to_pylist()
    named = pq.read_table(snapshot.file("payer_signs")).column("payers_are_named")[0].as_py()
    payers = payers_of(snapshot)
    return Book(as_of, payers, plans, unnamed, incomplete, by_day, frozenset(heard), named)


def _unnamed(
    snapshot: Snapshot, as_of: date
) -> tuple[dict[tuple[str, int], Sequence[ProviderAdjustment]], dict[str, date]]:
    """Take-backs that name no account, by payer and amount in cents.

    What a remittance is short by, beyond all that it states, is one as well: the claim that is
    missing from it may be a reversal. With it, by payer, the day of the last such remittance.
    """
    with connect() as connection:
        connection.execute(
            "CREATE TEMP VIEW named_adjustments AS SELECT * FROM "
            + parquet([snapshot.file("named_adjustments")])
        )
        rows = connection.execute(query("unnamed_adjustments"), {"as_of": as_of}).fetchall()
        relation = parquet([snapshot.file("incomplete_remits")])
        short = connection.execute(
            f"SELECT * FROM {relation} WHERE payment_date <= ? ORDER BY ALL", [as_of]
        ).fetchall()
    incomplete: dict[str, date] = {}
    for remit_id, payer_id, trace_number, payment_date, gap_cents in short:
        incomplete[payer_id] = max(payment_date, incomplete.get(payer_id, payment_date))
        if gap_cents < 0:
            payment = (remit_id, payer_id, trace_number, payment_date)
            rows.append((f"{remit_id}/gap", *payment, "gap", None, -gap_cents))
    unnamed: dict[tuple[str, int], list[ProviderAdjustment]] = {}
    for row in rows:
        adjustment = ProviderAdjustment(*row)
        key = (adjustment.payer_id or "", adjustment.amount_cents)
        unnamed.setdefault(key, []).append(adjustment)
    return {key: tuple(found) for key, found in unnamed.items()}, incomplete
