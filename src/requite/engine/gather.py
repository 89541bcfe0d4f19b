"""From the store to the domain: the rows of accounts, as the records that a determination reads."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from requite.domain.determination.account import (
    Book,
    PatientAccount,
    Payer,
    Plan,
    ProviderAdjustment,
)
from requite.engine.database import connect, parquet, query
from requite.engine.store import Snapshot
from requite.engine.stored import STORED

ACCOUNT_FIELDS = PatientAccount._fields[: PatientAccount._fields.index("charges")]
# Where each stored table goes in the record of an account.
PLACES = {
    "transactions": "entries",
    "contract_amounts": "contracts",
}


def accounts_of(
    snapshot: Snapshot,
    partition: int,
    account_ids: Iterable[str] | None = None,
    *,
    as_of: date = date.max,
) -> Iterator[PatientAccount]:
    """The accounts of one partition, or those of them named, in the order of their numbers.

    Accounts that the import's gate holds out come only where they are named. Legs of transfers
    posted after `as_of` do not count into the gaps.
    """
    accounts = pq.read_table(snapshot.file("accounts", partition)).to_pylist()
    wanted = None if account_ids is None else set(account_ids)
    tables: dict[str, dict[int, list[Any]]] = {}
    for table in STORED:
        rows: dict[int, list[Any]] = {}
        content = pq.read_table(
            snapshot.file(table.name, partition), columns=["account_no", *table.record._fields]
        )
        columns = [_values(content.column(name)) for name in content.column_names]
        for number, *fields in zip(*columns, strict=True):
            rows.setdefault(number, []).append(table.record._make(fields))
        tables[table.name] = rows
    legs = _legs(snapshot, partition, as_of)
    for account in accounts:
        if account["held"] if wanted is None else account["account_id"] not in wanted:
            continue
        number = account["account_no"]
        parts = {
            PLACES.get(table.name, table.name): tables[table.name].get(number, ())
            for table in STORED
        }
        gaps = _gaps(parts["entries"], legs.get(number, ()), as_of)
        yield PatientAccount(
            **{name: account[name] for name in ACCOUNT_FIELDS}, **parts, transfer_gap_cents=gaps
        )


def _values(column: pa.ChunkedArray) -> list[Any]:
    return column.to_pylist()


def _legs(
    snapshot: Snapshot, partition: int, as_of: date
) -> dict[int, list[tuple[str, int]]]:
    """The legs that transfers of an account have elsewhere, by the account's number."""
    content = pq.read_table(snapshot.file("other_legs", partition)).to_pylist()
    legs: dict[int, list[tuple[str, int]]] = {}
    for row in content:
        if _counts(row["posted_on"], row["voided_on"], as_of):
            legs.setdefault(row["account_no"], []).append((row["transfer_id"], row["amount_cents"]))
    return legs


def _gaps(
    entries: Sequence[Any], legs: Iterable[tuple[str, int]], as_of: date
) -> dict[str, int]:
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
    return Book(as_of, payers, plans, _unnamed(snapshot, as_of))


def _unnamed(
    snapshot: Snapshot, as_of: date
) -> dict[tuple[str, int], Sequence[ProviderAdjustment]]:
    """Take-backs that name no account, by payer and amount in cents."""
    with connect() as connection:
        connection.execute(
            "CREATE TEMP VIEW named_adjustments AS SELECT * FROM "
            + parquet([snapshot.file("named_adjustments")])
        )
        rows = connection.execute(query("unnamed_adjustments"), {"as_of": as_of}).fetchall()
    unnamed: dict[tuple[str, int], list[ProviderAdjustment]] = {}
    for row in rows:
        adjustment = ProviderAdjustment(*row)
        key = (adjustment.payer_id or "", adjustment.amount_cents)
        unnamed.setdefault(key, []).append(adjustment)
    return {key: tuple(found) for key, found in unnamed.items()}
