"""One account out of a snapshot: found, explained, held out, or not there."""

from datetime import date
from pathlib import Path

import pytest

from requite.engine.explanation import UnknownAccount, explain_account
from requite.engine.importer import import_feed
from requite.engine.store import Snapshot

DAY = date(2026, 6, 30)
HEAD = "account_id,reported_balance"


def imported(folder: Path, accounts: list[str], transactions: list[str]) -> Snapshot:
    feed = folder / "feed"
    feed.mkdir()
    tables = {
        "accounts": [HEAD, *accounts],
        "charges": [
            "charge_id,account_id,line_no,amount",
            *(f"C{n},{row.split(',')[0]},1,100.00" for n, row in enumerate(accounts)),
        ],
        "transactions": [
            "transaction_id,account_id,type,amount,posted_on,transfer_id",
            *transactions,
        ],
    }
    for name, rows in tables.items():
        (feed / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return import_feed(feed, folder / "store", processes=1)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return imported(
        tmp_path_factory.mktemp("explained"),
        ["0007,", "0008,-5.00", "B1,", "B2,", "b9,"],
        [
            "T1,0007,payment,-130.00,2026-02-01,",
            "T2,B1,transfer,-30.00,2026-02-01,X1",
            "T3,B2,transfer,25.00,2026-02-01,X1",
        ],
    )


def test_an_account_is_explained_to_the_cent(snapshot: Snapshot) -> None:
    statement = explain_account(snapshot, "0007", as_of=DAY)
    assert (statement.balance_cents, statement.credit_cents) == (-3000, 3000)
    assert [finding.cause for finding in statement.findings] == ["patient_overcollection"]
    assert statement.held is None


def test_an_account_whose_balance_differs_says_by_how_much(snapshot: Snapshot) -> None:
    statement = explain_account(snapshot, "0008", as_of=DAY)
    assert statement.held is not None
    assert "balance of -$5.00" in statement.held
    assert "sum to $100.00: they differ by $105.00" in statement.held
    assert statement.findings == ()


def test_an_account_with_a_lost_leg_names_the_transfer(snapshot: Snapshot) -> None:
    statement = explain_account(snapshot, "B1", as_of=DAY)
    assert statement.held is not None
    assert "do not sum to zero (X1 by -$5.00)" in statement.held


def test_legs_that_only_a_later_day_shows_are_not_named(snapshot: Snapshot) -> None:
    statement = explain_account(snapshot, "B1", as_of=date(2026, 1, 1))
    assert statement.held is not None
    assert "do not sum to zero, and no reported balance" in statement.held


@pytest.mark.parametrize(
    ("asked", "near"),
    [("7", "0007"), ("B9", "b9"), ("B11", "B1"), ("00O7", "0007")],
)
def test_an_unknown_account_names_those_that_look_like_it(
    snapshot: Snapshot, asked: str, near: str
) -> None:
    with pytest.raises(UnknownAccount, match=f"Did you mean {near}"):
        explain_account(snapshot, asked, as_of=DAY)


def test_an_account_like_no_other_says_how_to_write_it(snapshot: Snapshot) -> None:
    with pytest.raises(UnknownAccount) as refusal:
        explain_account(snapshot, "Z-4711-99", as_of=DAY)
    assert str(refusal.value) == (
        "There is no account 'Z-4711-99' in the feed. "
        "Account numbers are text: give it as accounts.csv has it, with leading zeros."
    )
