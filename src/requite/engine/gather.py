"""From the store to the domain: the rows of accounts, as the records that a determination reads."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from requite.domain.determination.account import (
    Book,
    PatientAccount,
    Payer,
    Plan,
    ProviderAdjustment,
)
from requite.engine.database import connect, identifier, parquet, query
from requite.engine.store import Snapshot
from requite.engine.stored import STORED, StoredTable

ACCOUNT_FIELDS = PatientAccount._fields[: PatientAccount._fields.index("charges")]
# Where each stored table goes in the record of an account.
PLACES = {
    "transactions": "entries",
    "contract_amounts": "contracts",
}


CHUNK = (
    8_192  # accounts in memory at once: some hundred thousand rows, whatever the partition holds
)


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
    """Gather the rows of some accounts, table by table."""
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted (account_no INTEGER)")
    wanted = pa.table({"account_no": pa.array(numbers, pa.int32())})
    connection.register("wanted_numbers", wanted)
    connection.execute("INSERT INTO wanted SELECT account_no FROM wanted_numbers")
    connection.unregister("wanted_numbers")

    def rows_of(name: str, fields: Sequence[str]) -> list[tuple[Any, ...]]:
        return connection.execute(
            f"SELECT account_no, {', '.join(map(identifier, fields))} "
            f"FROM {parquet([snapshot.file(name, partition)])} "
            f"WHERE account_no BETWEEN {numbers[0]} AND {numbers[-1]} "
            "AND account_no IN (SELECT account_no FROM wanted)"
        ).fetchall()

    tables = [_grouped(rows_of(table.name, table.record._fields), table) for table in STORED]
    legs = _legs(
        rows_of("other_legs", ("transfer_id", "amount_cents", "posted_on", "voided_on")), as_of
    )
    names = [PLACES.get(table.name, table.name) for table in STORED]
    for number, *fields in sorted(rows_of("accounts", ACCOUNT_FIELDS)):
        named: dict[str, Any] = dict(zip(ACCOUNT_FIELDS, fields, strict=True))
        named |= {name: rows.get(number, ()) for name, rows in zip(names, tables, strict=True)}
        named["transfer_gap_cents"] = _gaps(named["entries"], legs.get(number, ()), as_of)
        yield PatientAccount(**named)


def _grouped(rows: list[tuple[Any, ...]], table: StoredTable) -> dict[int, list[Any]]:
    """The rows of a table as records, by the number of their account."""
    make = table.record._make
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        bucket = grouped.get(row[0])
        if bucket is None:
            bucket = grouped[row[0]] = []
        bucket.append(make(row[1:]))
    return grouped


def _legs(rows: list[tuple[Any, ...]], as_of: date) -> dict[int, list[tuple[str, int]]]:
    """The legs that transfers of an account have elsewhere, by the account's number."""
    legs: dict[int, list[tuple[str, int]]] = {}
    for number, transfer_id, amount_cents, posted_on, voided_on in rows:
        if _counts(posted_on, voided_on, as_of):
            legs.setdefault(number, []).append((transfer_id, amount_cents))
    return legs


def _gaps(entries: Sequence[Any], legs: Iterable[tuple[str, int]], as_of: date) -> dict[str, int]:
    """What the legs of each transfer sum to, in cents."""
    gaps: dict[str, int] = {}
    for entry in entries:
        if entry.transfer_id is not None:
            counts = _counts(entry.posted_on, entry.voided_on, as_of)
            gap = gaps.get(entry.transfer_id, 0)
            gaps[entry.transfer_id] = gap + (entry.amount_cents if counts else 0)
    for transfer_id, amount_cents in legs:
        gaps[transfer_id] += amount_cents
    return gaps


def _counts(posted_on: date, voided_on: date | None, as_of: date) -> bool:
    """Whether a ledger entry is there, and not voided, on the day."""
    return posted_on <= as_of and (voided_on is None or voided_on > as_of)


def book_of(snapshot: Snapshot, as_of: date) -> Book:
    """What all accounts share: payers, plans, and adjustments that name no claim."""
    payers = {
        row["payer_id"]: Payer(
            row["payer_id"],
            row["name"],
            row["payer_class"],
            row["parent_id"],
            frozenset(part.strip() for part in (row["era_ids"] or "").split("|") if part.strip()),
        )
        for row in pq.read_table(snapshot.file("payers")).to_pylist()
    }
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
    return Book(as_of, payers, plans, unnamed, incomplete)


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
