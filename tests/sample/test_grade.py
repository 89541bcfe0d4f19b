"""A grade leaves out what it says, and nothing else; the stories stay the same."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from requite.sample import payers
from requite.sample.feed_tables import balances
from requite.sample.generate import Order, chunks
from requite.sample.grade import COLUMNS, WITHOUT, Grade
from requite.sample.write import write_sample

ACCOUNTS = 1500


def written(path: Path, *without: str) -> Path:
    order = Order(ACCOUNTS, 3, grade=Grade(frozenset(without)))
    write_sample(order, path, remits="both", form="parquet")
    return path


def ledger(path: Path) -> dict[str, list[object]]:
    columns: dict[str, list[object]] = pq.read_table(
        path / "feed" / "transactions.parquet"
    ).to_pydict()
    return columns


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("grades") / "complete")


@pytest.mark.parametrize("part", ["lines", "codes", "traces"])
def test_columns_are_emptied_and_the_money_stays(part: str, complete: Path, tmp_path: Path) -> None:
    before, after = ledger(complete), ledger(written(tmp_path / "less", part))
    for column, values in after.items():
        if column in COLUMNS[part]:
            assert set(values) == {None}
            assert set(before[column]) != {None}
        else:
            assert values == before[column]


def test_transfers_go_as_whole_pairs_within_an_account(complete: Path, tmp_path: Path) -> None:
    before, after = ledger(complete), ledger(written(tmp_path / "less", "transfers"))
    assert 0 < after["type"].count("transfer") < before["type"].count("transfer") / 10
    sums: dict[object, int] = {}
    for rows, sign in ((before, 1), (after, -1)):
        for account, cents in zip(rows["account_id"], rows["amount_cents"], strict=True):
            sums[account] = sums.get(account, 0) + sign * int(str(cents))
    assert set(sums.values()) == {0}


def test_no_remittance_is_left_of_a_payer_that_sends_none(tmp_path: Path) -> None:
    feed = written(tmp_path / "none", "remits") / "feed"
    for name in ("remits", "remit_claims", "remit_lines", "provider_adjustments"):
        assert pq.read_table(feed / f"{name}.parquet").num_rows == 0
    assert not list((feed / "remits").glob("*.835"))
    half = written(tmp_path / "half", "half-the-remits") / "feed"
    senders = set(pq.read_table(half / "remits.parquet")["payer_id"].to_pylist())
    silent = {one.payer_id for place, one in enumerate(payers.PAYERS) if place % 2}
    assert senders
    assert not senders & silent
    assert not [f for f in (half / "remits").glob("*.835") if f.name.split("_")[1] in silent]


def test_the_truth_says_what_each_grade_can_still_show(complete: Path, tmp_path: Path) -> None:
    def shown(path: Path) -> dict[str, set[bool]]:
        rows = pq.read_table(path / "truth" / "findings.parquet").to_pydict()
        found: dict[str, set[bool]] = {}
        for cause, provable in zip(rows["cause"], rows["provable"], strict=True):
            found.setdefault(cause, set()).add(provable)
        return found

    assert {True} == set().union(*shown(complete).values())
    ledger_alone = shown(written(tmp_path / "paper", "remits"))
    assert ledger_alone["duplicate_payment"] == {True}
    assert ledger_alone["takeback_unposted"] == {False}
    nothing = shown(written(tmp_path / "bare", "remits", "traces"))
    assert nothing["duplicate_posting"] == {False} != ledger_alone["duplicate_posting"]


def test_grades_change_no_story() -> None:
    whole = next(chunks(Order(ACCOUNTS, 3)))
    less = next(chunks(Order(ACCOUNTS, 3, grade=Grade(frozenset(WITHOUT)))))
    assert (balances(whole) == balances(less)).all()


def test_a_word_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="no such part"):
        Grade(frozenset({"checks"}))
