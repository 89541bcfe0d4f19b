"""The mappings that come with Requite, each over a small invented extract that shows its traps."""

import csv
from datetime import date
from pathlib import Path

import pytest

from extracts import EXTRACTS
from requite.engine.determine import determine
from requite.engine.importer import Scope, import_feed
from requite.engine.mapping.apply import Mapped, map_extract
from requite.engine.mapping.plan import preset, preset_names

BALANCES = {
    "epic-professional": -3000, "epic-hospital": 0, "athenaone": -4000, "openemr": 0, "synthea": 0,
}  # fmt: skip


def mapped(name: str, folder: Path) -> tuple[Mapped, Path]:
    extract, feed = folder / "extract", folder / "feed"
    extract.mkdir()
    for file, text in EXTRACTS[name].items():
        (extract / file).write_text(text, encoding="utf-8")
    return map_extract(extract, preset(name), feed), feed


def rows(feed: Path, table: str) -> dict[str, dict[str, str]]:
    with (feed / f"{table}.csv").open(newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


def test_every_preset_has_its_extract() -> None:
    assert set(preset_names()) == set(EXTRACTS) == set(BALANCES)


@pytest.mark.parametrize("name", EXTRACTS)
def test_the_feed_of_a_preset_adds_up_and_is_taken(name: str, tmp_path: Path) -> None:
    made, feed = mapped(name, tmp_path)
    sums = made.balances
    assert sums.charges_cents + sums.entries_cents == BALANCES[name]
    assert sums.disagreeing == ()
    if name in {"epic-professional", "epic-hospital", "athenaone"}:
        assert sums.reported_cents == BALANCES[name]
    snapshot = import_feed(feed, tmp_path / "store", scope=Scope.ONCE, processes=1)
    assert snapshot.manifest.report["held_out"] == []


def test_epic_professional_payments_pay_what_the_match_history_says(tmp_path: Path) -> None:
    _, feed = mapped("epic-professional", tmp_path)
    charges, entries = rows(feed, "charges"), rows(feed, "transactions")
    assert [charges[number]["line_no"] for number in ("11", "12", "13")] == ["1", "2", "3"]
    assert charges["12"]["voided_on"] == "2026-01-20"  # it stays, and no row stands against it
    assert "line_no" not in entries["21"]  # it stands on no charge of its own
    with (feed / "allocations.csv").open() as file:
        shares = {(r["transaction_id"], r["charge_id"]): r for r in csv.DictReader(file)}
    assert shares["21", "11"]["amount"] == "-80.00"
    assert shares["22", "13"]["undone_on"] == "2026-02-20"
    assert rows(feed, "accounts")["0042"]["account_id"] == "0042"  # leading zeros stay
    outcome = determine(feed, tmp_path / "out", as_of=date(2026, 6, 1))
    assert outcome.summary["credits"]["credit_cents"] == 3000


def test_epic_hospital_money_is_where_it_was_posted(tmp_path: Path) -> None:
    _, feed = mapped("epic-hospital", tmp_path)
    entries = rows(feed, "transactions")
    assert (entries["2"]["bucket"], entries["2"]["payer_id"]) == ("self", "7")
    assert entries["5"]["reverses_transaction_id"] == "4"
    assert "voided_on" not in entries["4"]


def test_athena_types_give_the_sign_and_transfers_cancel(tmp_path: Path) -> None:
    made, feed = mapped("athenaone", tmp_path)
    entries = rows(feed, "transactions")
    assert [entries[n]["amount"] for n in ("3", "4", "5", "6")] == [
        "-65.00", "-35.00", "-25.00", "25.00",
    ]  # fmt: skip
    assert entries["6"]["bucket"] == "self"
    assert made.balances.reported_cents == -4000
    determine(feed, tmp_path / "out", as_of=date(2026, 6, 1))
    with (tmp_path / "out" / "findings.csv").open() as file:
        (found,) = [row for row in csv.DictReader(file) if row["account_id"] == "C901"]
    assert (found["amount"], found["cause"]) == ("40.00", "prepayment_without_charges")


def test_openemr_keeps_what_was_taken_back_as_void(tmp_path: Path) -> None:
    _, feed = mapped("openemr", tmp_path)
    assert rows(feed, "charges")["2"]["voided_on"] == "2026-01-05"
    assert "3" not in rows(feed, "charges")  # a diagnosis is no charge
    entries = rows(feed, "transactions")
    assert entries["P7-3-3"]["voided_on"] == "2026-02-21"
    assert (entries["P7-3-1"]["amount"], entries["A7-3-1"]["amount"]) == ("-65.00", "-35.00")


def test_synthea_takes_each_amount_from_its_own_column(tmp_path: Path) -> None:
    _, feed = mapped("synthea", tmp_path)
    entries = rows(feed, "transactions")
    assert {key: row["amount"] for key, row in entries.items()} == {
        "b": "-100.00", "c": "-25.00", "d": "25.00", "e": "-25.00",
    }  # fmt: skip
    assert entries["c"]["transfer_id"] == entries["d"]["transfer_id"]
