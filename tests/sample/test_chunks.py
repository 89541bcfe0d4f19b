"""A sample of many chunks is one sample."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from requite.sample import generate, write
from requite.sample.generate import Order

KEYS = {
    "accounts": "account_id",
    "charges": "charge_id",
    "transactions": "transaction_id",
    "claims": "claim_id",
    "refunds": "refund_id",
    "refund_requests": "request_id",
    "bank_deposits": "deposit_id",
    "patients": "patient_id",
    "guarantors": "guarantor_id",
    "remit_claims": "remit_claim_id",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("chunks")
    with pytest.MonkeyPatch.context() as patch:
        for module in (generate, write):
            patch.setattr(module, "CHUNK", 600)
        write.write_sample(Order(1500, 2), path, remits="both", form="parquet")
    return path


def column(made: Path, table: str, name: str) -> list[str]:
    values: list[str] = pq.read_table(made / "feed" / table).column(name).to_pylist()
    return values


@pytest.mark.parametrize(("table", "key"), KEYS.items())
def test_keys_are_unique_over_all_parts(made: Path, table: str, key: str) -> None:
    assert len(list((made / "feed" / table).iterdir())) == 3
    keys = column(made, table, key)
    assert len(set(keys)) == len(keys)


def test_remits_is_one_file_beside_the_folder_of_835s(made: Path) -> None:
    traces = pq.read_table(made / "feed" / "remits.parquet").column("trace_number").to_pylist()
    assert len(set(traces)) == len(traces)
    assert {path.suffix for path in (made / "feed" / "remits").iterdir()} == {".835"}


def test_transfers_of_different_chunks_are_different_transfers(made: Path) -> None:
    pairs = pq.read_table(made / "feed" / "transactions", columns=["transfer_id", "account_id"])
    accounts: dict[str, set[str]] = {}
    for row in pairs.to_pylist():
        if row["transfer_id"]:
            accounts.setdefault(row["transfer_id"], set()).add(row["account_id"])
    assert max(len(one) for one in accounts.values()) <= 2


def test_progress_is_told_after_every_chunk(tmp_path: Path) -> None:
    told: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        for module in (generate, write):
            patch.setattr(module, "CHUNK", 40)
        write.write_sample(Order(100, 2), tmp_path, report=told.append)
    assert told == [40, 80, 100]
