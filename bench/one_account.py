"""A feed of one large account, as Parquet tables, to see what it costs from file to findings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from requite.domain.determination.account import Book, PatientAccount

# The tables whose rows are records of an account, under the names that the feed has for them.
OWN = {
    "charges": "charges",
    "transactions": "entries",
    "coverages": "coverages",
    "claims": "claims",
    "refunds": "refunds",
    "contract_amounts": "contracts",
}
OTHERS = {"bank_deposits": "deposits", "remit_lines": "remit_lines"}
REMIT = ("remit_id", "payer_id", "trace_number", "payment_date")


def write_feed(account: PatientAccount, book: Book, folder: Path) -> None:
    """Write a feed that holds just this account, with its remittances as tables."""
    folder.mkdir(parents=True)
    account_id = account.account_id
    write(folder / "accounts", [{"account_id": account_id}])
    names = ("payer_id", "name", "payer_class")
    payers = ({name: getattr(row, name) for name in names} for row in book.payers.values())
    write(folder / "payers", payers)
    for table, field in OWN.items():
        rows = (row._asdict() | {"account_id": account_id} for row in getattr(account, field))
        write(folder / table, rows)
    for table, field in OTHERS.items():
        write(folder / table, (row._asdict() for row in getattr(account, field)))
    write(folder / "remit_adjustments", (row._asdict() for row in account.remit_adjustments))
    write_remits(account, folder)


def write_remits(account: PatientAccount, folder: Path) -> None:
    """Remittances with what each paid, their claims, and their provider adjustments."""
    paid: dict[tuple[Any, ...], int] = defaultdict(int)
    numbers = {row.remit_claim_id: row.payer_claim_number for row in account.remit_claims}
    for claim in account.remit_claims:
        paid[tuple(getattr(claim, name) for name in REMIT)] += claim.paid_cents
    for row in account.provider_adjustments:
        paid[tuple(getattr(row, name) for name in REMIT)] -= row.amount_cents
    write(
        folder / "remits",
        (
            dict(zip(REMIT, key, strict=True)) | {"payment_amount_cents": cents}
            for key, cents in paid.items()
        ),
    )
    names = (
        "remit_claim_id", "remit_id", "claim_status", "charge_cents", "paid_cents",
        "payer_claim_number", "frequency_code", "member_id", "service_from", "service_to",
    )  # fmt: skip
    write(
        folder / "remit_claims",
        (
            {name: getattr(row, name) for name in names}
            | {"patient_control_number": account.account_id}
            for row in account.remit_claims
        ),
    )
    write(
        folder / "provider_adjustments",
        (
            {
                "remit_id": row.remit_id,
                "reason_code": row.reason_code,
                "reference": numbers.get(row.remit_claim_id or "") or row.reference,
                "amount_cents": row.amount_cents,
            }
            for row in account.provider_adjustments
        ),
    )


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one table, without columns that hold nothing; nothing where it has no rows."""
    found: Sequence[Mapping[str, Any]] = list(rows)
    if not found:
        return
    columns = {name: [row[name] for row in found] for name in found[0]}
    held = {name: values for name, values in columns.items() if any(v is not None for v in values)}
    pq.write_table(pa.table(held), path.with_suffix(".parquet"))
