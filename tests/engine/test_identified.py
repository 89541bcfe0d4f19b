"""A clock that runs from identification starts once: with a letter, or with the first run."""

import csv
from datetime import date
from pathlib import Path

import pytest

from requite.engine.determine import Run, determine
from requite.engine.explanation import explain_account
from requite.engine.store import Store

STORIES = Path(__file__).resolve().parent.parent / "golden"
MEDICARE = STORIES / "request-of-medicare-after-15-months" / "feed"  # the letter came on 1 May
FIRST, LATER = date(2026, 6, 1), date(2026, 7, 1)


def due(feed: Path, out: Path, day: date, store: Path | None = None) -> list[tuple[str, str]]:
    determine(feed, out, as_of=day, run=Run(1, store))
    with (out / "findings.csv").open(encoding="utf-8", newline="") as file:
        return [(row["due_on"], row["rule_id"]) for row in csv.DictReader(file)]


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """The feed without its letter."""
    folder = tmp_path / "feed"
    (folder / "remits").mkdir(parents=True)
    for path in MEDICARE.rglob("*.*"):
        if path.stem != "refund_requests":
            (folder / path.relative_to(MEDICARE)).write_bytes(path.read_bytes())
    return folder


def with_letter(feed: Path, payer_class: str, letter: str, state: str = "TX") -> Path:
    payers = feed / "payers.csv"
    payers.write_text(payers.read_text("utf-8").replace("medicare_ffs", payer_class), "utf-8")
    accounts = feed / "accounts.csv"
    accounts.write_text(accounts.read_text("utf-8").replace(",TX,", f",{state},"), "utf-8")
    head = "request_id,payer_id,received_on,amount,payer_claim_number,letter_date\n"
    (feed / "refund_requests.csv").write_text(head + letter + "\n", "utf-8")
    return feed


def test_a_run_without_a_store_knows_of_no_earlier_one(feed: Path, tmp_path: Path) -> None:
    assert due(feed, tmp_path / "out", FIRST) == [("2026-07-31", "mcr.60day.v2025")]
    assert due(feed, tmp_path / "out", LATER) == [("2026-08-30", "mcr.60day.v2025")]


def test_a_store_remembers_the_run_that_first_found_a_part(feed: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = due(feed, tmp_path / "out", FIRST, store)
    assert due(feed, tmp_path / "out", LATER, store) == first == [("2026-07-31", "mcr.60day.v2025")]
    told = explain_account(Store(store).current(), "R2", as_of=LATER).findings
    assert [finding.due_on for finding in told] == [date(2026, 7, 31)]
    # What a later run knew is not there yet for an earlier day.
    assert due(feed, tmp_path / "out", date(2026, 5, 4), store) == [
        ("2026-07-03", "mcr.60day.v2025")
    ]


def test_what_is_found_no_longer_is_forgotten(feed: Path, tmp_path: Path) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    due(feed, out, FIRST, store)
    ledger = (feed / "transactions.csv").read_text("utf-8")
    head, *rows = ledger.splitlines()
    refund = {"transaction_id": "R2T99", "account_id": "R2", "type": "refund", "amount": "120.00",
              "posted_on": "2026-06-02", "payer_id": "MCR", "line_no": "1"}  # fmt: skip
    line = ",".join(refund.get(name, "") for name in head.split(","))
    (feed / "transactions.csv").write_text("\n".join([head, *rows, line]) + "\n", "utf-8")
    assert due(feed, out, date(2026, 6, 10), store) == []
    (feed / "transactions.csv").write_text(ledger, "utf-8")
    assert due(feed, out, LATER, store) == [("2026-08-30", "mcr.60day.v2025")]


@pytest.mark.parametrize("day", [date(2026, 5, 1), FIRST, LATER])
def test_a_letter_identifies_what_it_names(tmp_path: Path, day: date) -> None:
    assert due(MEDICARE, tmp_path / "out", day) == [("2026-06-30", "mcr.60day.v2025")]


def test_a_letter_of_tomorrow_is_not_there_yet(tmp_path: Path) -> None:
    found = due(MEDICARE, tmp_path / "out", date(2026, 4, 30))
    assert found == [("2026-06-29", "mcr.60day.v2025")]


@pytest.mark.parametrize(
    ("payer_class", "expected"),
    [
        ("tricare", ("2026-05-28", "tricare.demand30")),
        ("workers_comp", ("2026-06-12", "wc.TX.refund45")),
        ("other", ("", "")),
    ],
)
def test_where_no_law_counts_from_identification_the_letter_s_own_days_run(
    feed: Path, tmp_path: Path, payer_class: str, expected: object
) -> None:
    letter = "Q1,MCR,2026-05-01,120.00,26R2M2,2026-04-28"
    assert due(with_letter(feed, payer_class, letter), tmp_path / "out", FIRST) == [expected]


def test_a_letter_that_finds_no_account_or_another_s_money_starts_nothing(
    feed: Path, tmp_path: Path
) -> None:
    letter = "Q1,MCR,2026-05-01,120.00,NOBODY,"
    assert due(with_letter(feed, "medicare_ffs", letter), tmp_path / "out", FIRST) == [
        ("2026-07-31", "mcr.60day.v2025")
    ]
