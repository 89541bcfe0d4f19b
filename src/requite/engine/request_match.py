"""From refund requests to the accounts that they may be about, by sets over the whole store."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
from rapidfuzz.fuzz import token_sort_ratio

from requite.domain.determination.account import Book
from requite.domain.request import RefundRequest, plain
from requite.domain.requests.match import Key, kin_of
from requite.engine.database import connect, identifier, parquet, query
from requite.engine.store import Snapshot

PARTITIONED = ("accounts", "claims", "remit_claims", "coverages", "transactions")
NEARLY_ALIKE = 90  # of 100: one letter in ten may differ
Found = dict[str, dict[str, set[Key]]]  # by request and account: the keys that lead there


def find_candidates(
    snapshot: Snapshot, requests: Iterable[RefundRequest], book: Book, *, threads: int, spill: Path
) -> Found:
    """Every account that a key of a request leads to.

    Weaker keys are tried only for requests that no stronger one leads anywhere: postings where
    no remittance bears the number, member and name where no number is known, and a name that is
    only alike where nothing else is left.
    """
    asked = {request.request_id: request for request in requests}
    found: Found = {
        request_id: {request.account_id: {Key.ACCOUNT}} if request.account_id else {}
        for request_id, request in asked.items()
    }
    with connect(threads=threads, memory="1GB", spill=spill) as connection:
        _show(connection, snapshot, book)
        numbered = [one for one in asked.values() if one.payer_claim_number]
        _look(connection, numbered, found, "requests_by_number", Key.NUMBER)
        lost = [one for one in numbered if Key.NUMBER not in _keys(found[one.request_id])]
        _look(connection, lost, found, "requests_by_posting", Key.NUMBER)
        controlled = [one for one in asked.values() if one.patient_control_number]
        _look(connection, controlled, found, "requests_by_control_number", Key.CONTROL)
        unknown = [one for one in asked.values() if not found[one.request_id]]
        members = [one for one in unknown if one.member_id]
        _look(connection, members, found, "requests_by_member", Key.MEMBER)
        persons = [one for one in unknown if one.patient_name]
        _look(connection, persons, found, "requests_by_name", Key.NAME)
        _look_alike(connection, [one for one in persons if not found[one.request_id]], found)
    return found


def _keys(accounts: Mapping[str, set[Key]]) -> set[Key]:
    return set().union(*accounts.values())


def _show(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, book: Book) -> None:
    """Make the store's tables visible, each row with its partition, and who is kin to whom."""
    files = [
        {"path": str(snapshot.file(table, part)), "part": part}
        for table in PARTITIONED
        for part in snapshot.parts
    ]
    connection.register("parts", pa.Table.from_pylist(files))
    for table in PARTITIONED:
        rows = parquet(snapshot.files(table)).replace(
            "hive_partitioning = false", "hive_partitioning = false, filename = true"
        )
        connection.execute(
            f"CREATE TEMP VIEW {identifier(table)} AS SELECT t.* EXCLUDE (filename), p.part "
            f"FROM {rows} t JOIN parts p ON p.path = t.filename"
        )
    patients = parquet([snapshot.file("patients")])
    connection.execute(f"CREATE TEMP VIEW patients AS SELECT * FROM {patients}")
    connection.execute(query("name_key"))
    pairs = [
        {"payer_id": payer_id, "kin_id": kin_id}
        for payer_id in sorted(book.payers)
        for kin_id in sorted(kin_of(book.payers, payer_id))
    ]
    schema = pa.schema([("payer_id", pa.string()), ("kin_id", pa.string())])
    connection.register("kin", pa.Table.from_pylist(pairs, schema=schema))


ASKED = pa.schema(
    [
        ("request_id", pa.string()),
        ("payer_id", pa.string()),
        ("amount_cents", pa.int64()),
        ("numbers", pa.list_(pa.string())),
        ("controls", pa.list_(pa.string())),
        ("members", pa.list_(pa.string())),
        ("patient_name", pa.string()),
        ("service_from", pa.date32()),
        ("service_to", pa.date32()),
    ]
)


def _ask(connection: duckdb.DuckDBPyConnection, requests: Iterable[RefundRequest]) -> bool:
    """Make the requests visible as `asked`; False where there are none."""
    rows = [
        {
            "request_id": request.request_id,
            "payer_id": request.payer_id,
            "amount_cents": request.amount_cents,
            "numbers": _forms(request.payer_claim_number),
            "controls": _forms(request.patient_control_number),
            "members": _forms(request.member_id),
            "patient_name": request.patient_name,
            "service_from": request.service_from or request.service_to,
            "service_to": request.service_to or request.service_from,
        }
        for request in requests
    ]
    connection.register("asked", pa.Table.from_pylist(rows, schema=ASKED))
    return bool(rows)


def _forms(number: str | None) -> list[str]:
    """An identifier as the letter has it, and without the signs that a letter may add."""
    return sorted({(number or "").strip(), plain(number)} - {""})


def _look(
    connection: duckdb.DuckDBPyConnection,
    requests: Iterable[RefundRequest],
    found: Found,
    name: str,
    key: Key,
) -> None:
    if not _ask(connection, requests):
        return
    for request_id, account_id in connection.execute(query(name)).fetchall():
        found[request_id].setdefault(account_id, set()).add(key)


def _look_alike(
    connection: duckdb.DuckDBPyConnection, requests: list[RefundRequest], found: Found
) -> None:
    """Names that are alike, among the accounts on which dates and amount agree exactly."""
    if not _ask(connection, requests):
        return
    rows = connection.execute(query("requests_by_amount")).fetchall()
    for request_id, account_id, asked_name, name in rows:
        if token_sort_ratio(asked_name, name) >= NEARLY_ALIKE:
            found[request_id].setdefault(account_id, set()).add(Key.NEAR_NAME)
