"""Changes laid over a ledger give the same snapshot as the whole feed with the changes in it."""

import csv
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from requite.cli.main import main
from requite.engine import partition
from requite.engine.given import NothingToChange
from requite.engine.importer import Scope, import_feed
from requite.engine.manifest import GIVEN
from requite.engine.refusal import RefusedFeed
from requite.engine.store import Snapshot, Store

Rows = list[dict[str, str]]
BY_ACCOUNT = (
    "accounts", "coverages", "claims", "charges", "transactions", "refunds", "contract_amounts",
)  # fmt: skip
EVERY = 40  # one account of so many has changed


def read(feed: Path, table: str) -> Rows:
    with (feed / f"{table}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def write(feed: Path, table: str, rows: Rows) -> None:
    with (feed / f"{table}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def changed(table: str, rows: Rows) -> Rows:
    """What has become of the rows of changed accounts."""
    if table == "transactions":  # a dollar more was paid by the first of each account
        first = {row["account_id"]: row["transaction_id"] for row in reversed(rows)}
        return [
            {**row, "amount": f"{float(row['amount']) - 1:.2f}"}
            if row["transaction_id"] == first[row["account_id"]]
            else row
            for row in rows
        ]
    if table == "claims":  # the payer's numbers of some claims are no longer known
        return [{**row, "payer_claim_number": ""} if no % 3 else row for no, row in enumerate(rows)]
    if table in {"coverages", "refunds", "charges"}:
        return [row for no, row in enumerate(rows) if no % 7]
    return rows


class Feeds:
    """A first feed, the whole later one, and what changed between them."""

    def __init__(self, folder: Path) -> None:
        self.first = folder / "sample" / "feed"
        self.later, self.changes = folder / "later", folder / "changes"
        shutil.copytree(self.first, self.later)
        self.changes.mkdir()
        numbers = [row["account_id"] for row in read(self.first, "accounts")]
        self.chosen = set(numbers[::EVERY])
        for table in BY_ACCOUNT:
            self.change(table)
        self.change_allocations()
        self.change_payers()
        self.change_remittances()

    def change(self, table: str) -> None:
        rows = read(self.first, table)
        mine = changed(table, [row for row in rows if row["account_id"] in self.chosen])
        others = [row for row in rows if row["account_id"] not in self.chosen]
        if table == "accounts":  # one account is new
            mine.append({**rows[0], "account_id": "new-1", "reported_balance": ""})
        if mine:
            write(self.changes, table, mine)
        write(self.later, table, mine + others)

    def change_allocations(self) -> None:
        rows = read(self.first, "allocations")
        for folder in (self.changes, self.later):
            charges = {row["charge_id"] for row in read(folder, "charges")}
            entries = {row["transaction_id"] for row in read(folder, "transactions")}
            kept = [r for r in rows if r["charge_id"] in charges and r["transaction_id"] in entries]
            assert kept or folder == self.changes
            if kept:
                write(folder, "allocations", kept)

    def change_payers(self) -> None:
        rows = read(self.first, "payers")
        renamed = [{**row, "name": row["name"] + " Inc."} for row in rows[:2]]
        write(self.changes, "payers", renamed)
        write(self.later, "payers", renamed + rows[2:])

    def change_remittances(self) -> None:
        """A fourth of the 835s comes with the changes, and one comes again."""
        eras = sorted((self.first / "remits").glob("*.835"))
        (self.changes / "remits").mkdir()
        for new in eras[3::4]:
            shutil.move(new, self.changes / "remits")
        shutil.copy(eras[0], self.changes / "remits" / f"again_{eras[0].name}")


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Feeds:
    folder = tmp_path_factory.mktemp("changes")
    call = ["sample", "--accounts", "2000", "--seed", "11", "--out", str(folder / "sample")]
    assert CliRunner().invoke(main, call).exit_code == 0
    return Feeds(folder)


def contents(snapshot: Snapshot) -> set[tuple[str, int | None, str]]:
    """The files that a determination reads, by what they hold."""
    files = snapshot.manifest.files
    return {(f.table, f.part, f.sha256) for f in files if not f.table.startswith(GIVEN)}


@pytest.mark.parametrize("accounts_a_partition", [65_536, 400])
def test_changes_give_the_snapshot_of_the_whole_later_feed(
    accounts_a_partition: int, feeds: Feeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "ACCOUNTS_A_PARTITION", accounts_a_partition)
    store = tmp_path / "store"
    before = import_feed(feeds.first, store, processes=2)
    after = import_feed(feeds.changes, store, scope=Scope.CHANGES, processes=2)
    whole = import_feed(feeds.later, tmp_path / "whole", scope=Scope.ONCE, processes=1)
    assert {file[:2] for file in contents(after) ^ contents(whole)} == set()
    assert after.manifest.snapshot == whole.manifest.snapshot != before.manifest.snapshot
    assert after.manifest.report["accounts_changed"] == len(feeds.chosen) + 1
    again = import_feed(feeds.changes, store, scope=Scope.CHANGES, processes=1)
    assert again.manifest.snapshot == after.manifest.snapshot


def test_partitions_without_a_changed_account_keep_their_files(
    feeds: Feeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "ACCOUNTS_A_PARTITION", 100)
    before = import_feed(feeds.first, tmp_path / "store", processes=2)
    (mine,) = one_account(feeds, tmp_path / "one")
    after = import_feed(tmp_path / "one", tmp_path / "store", scope=Scope.CHANGES, processes=2)
    rewritten = {part for table, part, _ in contents(after) - contents(before)}
    assert rewritten == {after.part_of(mine)}


def one_account(feeds: Feeds, folder: Path) -> Iterable[str]:
    """Changes that hold one account, one of whose patient's payments is a dollar more."""
    rows = read(feeds.first, "transactions")
    own = ("payer_id", "check_number", "deposit_id")  # empty: no other account is concerned
    (account, *_) = [
        row["account_id"]
        for row in rows
        if row["type"] == "payment" and not any(row[column] for column in own)
    ]
    folder.mkdir()
    for table in BY_ACCOUNT:
        mine = [row for row in read(feeds.first, table) if row["account_id"] == account]
        if table == "transactions":
            mine = [
                {**row, "amount": f"{float(row['amount']) - 1:.2f}"}
                if row["type"] == "payment" and not row["payer_id"]
                else row
                for row in mine
            ]
        if mine:
            write(folder, table, mine)
    return [account]


def test_rows_of_an_account_that_the_changes_do_not_name_are_refused(
    feeds: Feeds, tmp_path: Path
) -> None:
    before = import_feed(feeds.first, tmp_path / "store", processes=1)
    changes = tmp_path / "changes"
    changes.mkdir()
    row = read(feeds.first, "transactions")[0]
    write(changes, "transactions", [{**row, "transaction_id": "new"}])
    with pytest.raises(RefusedFeed, match=r"transactions.csv, row 1, column account_id"):
        import_feed(changes, tmp_path / "store", scope=Scope.CHANGES, processes=1)
    assert Store(tmp_path / "store").current().manifest == before.manifest


def test_a_key_that_the_store_holds_already_holds_both_accounts_out(
    feeds: Feeds, tmp_path: Path
) -> None:
    import_feed(feeds.first, tmp_path / "store", processes=1)
    changes = tmp_path / "changes"
    changes.mkdir()
    account = read(feeds.first, "accounts")[-1]
    charge = read(feeds.first, "charges")[0]
    assert charge["account_id"] != account["account_id"]
    write(changes, "accounts", [account])
    write(changes, "charges", [{**charge, "account_id": account["account_id"]}])
    before = Store(tmp_path / "store").current().manifest.report["held_out"]
    after = import_feed(changes, tmp_path / "store", scope=Scope.CHANGES, processes=1)
    report = after.manifest.report
    assert {row["account_id"] for row in report["held_out"]} - {
        row["account_id"] for row in before
    } == {account["account_id"], charge["account_id"]}
    assert "charges.csv, row 1, column charge_id: the key is" in json.dumps(report["problems"])


def test_changes_need_a_ledger_to_lie_over(feeds: Feeds, tmp_path: Path) -> None:
    with pytest.raises(NothingToChange, match="without --changes"):
        import_feed(feeds.changes, tmp_path / "store", scope=Scope.CHANGES, processes=1)


@pytest.mark.parametrize("command", ["detect", "requests"])
def test_the_commands_take_changes(command: str, feeds: Feeds, tmp_path: Path) -> None:
    store, out = str(tmp_path / "store"), str(tmp_path / "out")
    common = ["--out", out, "--as-of", "2026-06-30", "--processes", "1"]
    runner = CliRunner()
    refused = runner.invoke(main, [command, str(feeds.changes), *common, "--changes"])
    assert (refused.exit_code, "--changes needs --store" in refused.output) == (2, True)
    for feed, more in ((feeds.first, []), (feeds.changes, ["--changes"])):
        done = runner.invoke(main, [command, str(feed), *common, "--store", store, *more])
        assert done.exit_code == 0, done.output
    assert Store(Path(store)).current().manifest.report["accounts_changed"] > 0
