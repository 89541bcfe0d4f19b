"""The rows of an account come from the store whole, whatever else is read with them."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from requite.cli.main import main
from requite.engine import gather, partition_files
from requite.engine.gather import accounts_of, book_of
from requite.engine.importer import import_feed
from requite.engine.store import Snapshot
from requite.engine.stored import STORED

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A provider whose tables have many row groups each."""
    folder = tmp_path_factory.mktemp("gather")
    call = ["sample", "--accounts", "1500", "--seed", "5", "--out", str(folder / "sample")]
    assert CliRunner().invoke(main, [*call, "--remits", "parquet"]).exit_code == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partition_files, "ROW_GROUP", 2048)
        return import_feed(folder / "sample" / "feed", folder / "store", processes=1)


def rows_by_account(snapshot: Snapshot, name: str, fields: list[str]) -> dict[int, list[object]]:
    rows: dict[int, list[object]] = defaultdict(list)
    for row in pq.read_table(snapshot.file(name, 0)).to_pylist():
        rows[row["account_no"]].append(tuple(row[field] for field in fields))
    return rows


@pytest.mark.parametrize("some", ["all", "every third", "a few"])
@pytest.mark.parametrize("chunk", [700, 8_192])
def test_an_account_has_the_rows_that_the_store_holds_of_it(
    some: str, chunk: int, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "CHUNK", chunk)
    numbers = {"all": range(1500), "every third": range(1, 1490, 3), "a few": [3, 700, 1480]}[some]
    accounts = pq.read_table(snapshot.file("accounts", 0)).to_pylist()
    chosen = [row for row in accounts if row["account_no"] in set(numbers)]
    found = list(accounts_of(snapshot, 0, numbers=[row["account_no"] for row in chosen]))
    assert [row.account_id for row in found] == [row["account_id"] for row in chosen]
    for table in STORED:
        held = rows_by_account(snapshot, table.name, list(table.record._fields))
        place = gather.PLACES.get(table.name, table.name)
        for account, row in zip(found, chosen, strict=True):
            got = [tuple(record) for record in getattr(account, place)]
            assert sorted(got, key=repr) == sorted(held[row["account_no"]], key=repr)


def test_some_tables_have_several_row_groups(snapshot: Snapshot) -> None:
    assert pq.read_metadata(snapshot.file("transactions", 0)).num_row_groups > 3


def test_a_held_out_account_comes_only_by_name(snapshot: Snapshot) -> None:
    held = [
        row["account_id"]
        for row in pq.read_table(snapshot.file("accounts", 0)).to_pylist()
        if row["held"]
    ]
    assert held
    assert held[0] not in {account.account_id for account in accounts_of(snapshot, 0)}
    (account,) = accounts_of(snapshot, 0, [held[0]])
    assert account.account_id == held[0]


def test_a_leg_posted_later_does_not_count_into_the_gap(snapshot: Snapshot) -> None:
    gaps = [account.transfer_gap_cents for account in accounts_of(snapshot, 0)]
    assert any(cents == 0 for gap in gaps for cents in gap.values())
    early = accounts_of(snapshot, 0, as_of=date(2000, 1, 1))
    assert {cents for account in early for cents in account.transfer_gap_cents.values()} == {0}


def test_a_take_back_without_a_name_is_in_the_book_from_its_day_on(tmp_path: Path) -> None:
    snapshot = import_feed(GOLDEN / "takeback-names-nothing" / "feed", tmp_path, processes=1)
    assert book_of(snapshot, date(2026, 3, 23)).unnamed == {}
    (((payer_id, amount), (row,)),) = book_of(snapshot, date(2026, 3, 24)).unnamed.items()
    assert (payer_id, amount, row.reason_code, row.reference) == ("TAMA", 9500, "WO", None)
