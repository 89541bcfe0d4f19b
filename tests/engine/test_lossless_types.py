"""A Parquet column whose type can be read without loss is read; any other is refused by name."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from requite.engine.importer import import_feed
from requite.engine.refusal import RefusedFeed

ROWS: dict[str, dict[str, list[Any]]] = {
    "accounts": {
        "account_id": ["0001", "0002"], "service_from": ["2026-01-12", None],
        "reported_balance": ["200.00", None], "state": ["TX", "FL"],
    },
    "charges": {
        "charge_id": ["C1", "C2"], "account_id": ["0001", "0002"], "line_no": ["1", "1"],
        "amount": ["200.00", "90.00"], "modifiers": ["2026-01-12", ""],
    },
    "transactions": {
        "transaction_id": ["T1"], "account_id": ["0002"], "type": ["payment"],
        "amount": ["-15.50"], "posted_on": ["2026-01-12"],
    },
}  # fmt: skip
MIDNIGHT = datetime(2026, 1, 12)  # noqa: DTZ001 - a day that a source writes as a time
READ = {
    "a timestamp at midnight": ("accounts", "service_from", pa.array([MIDNIGHT, None])),
    "one in nanoseconds": (
        "accounts", "service_from", pa.array([MIDNIGHT, None], pa.timestamp("ns"))),
    "one in seconds": ("accounts", "service_from", pa.array([MIDNIGHT, None], pa.timestamp("s"))),
    "one in UTC": (
        "accounts", "service_from",
        pa.array([MIDNIGHT.replace(tzinfo=UTC), None], pa.timestamp("us", "UTC"))),
    "a date": ("accounts", "service_from", pa.array([date(2026, 1, 12), None])),
    "a date where text is asked": ("charges", "modifiers", pa.array([date(2026, 1, 12), None])),
    "a dictionary": ("accounts", "state", pa.array(["TX", "FL"]).dictionary_encode()),
    "a dictionary of days": (
        "accounts", "service_from", pa.array(["2026-01-12", None]).dictionary_encode()),
    "cents that a gap made floats": (
        "accounts", "reported_balance_cents", pa.array([20_000.0, None])),
    "cents in a decimal": (
        "accounts", "reported_balance_cents", pa.array([Decimal(20_000), None])),
    "cents without a sign": (
        "accounts", "reported_balance_cents", pa.array([20_000, None], pa.uint64())),
    "dollars to four places": (
        "accounts", "reported_balance",
        pa.array([Decimal("200.0000"), None], pa.decimal128(19, 4))),
    "line numbers that a gap made floats": ("charges", "line_no", pa.array([1.0, 1.0])),
}  # fmt: skip


def feed_with(place: Path, table: str, column: str, values: pa.Array) -> Path:
    """The feed in Parquet with one column of another type."""
    feed = place / "feed"
    feed.mkdir()
    for name, columns in ROWS.items():
        made = {key: pa.array(texts, pa.string()) for key, texts in columns.items()}
        if name == table:
            made.pop(column.removesuffix("_cents"), None)
            made[column] = values
        pq.write_table(pa.table(made), feed / f"{name}.parquet")
    return feed


def kept(feed: Path) -> dict[str, Any]:
    snapshot = import_feed(feed, feed.parent / "store", processes=1)
    assert snapshot.manifest.report["held_out"] == []
    return {name: pq.read_table(snapshot.file(f"given_{name}")).to_pydict() for name in ROWS}


@pytest.mark.parametrize("name", READ)
def test_a_type_that_loses_nothing_is_read_as_the_text_would_be(name: str, tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    same = feed_with(tmp_path / "text", "accounts", "state", pa.array(["TX", "FL"]))
    assert kept(feed_with(tmp_path, *READ[name])) == kept(same)


REFUSED = {
    "dollars in a float": ("charges", "amount", pa.array([200.0, 90.0])),
    "numbers for identifiers": ("charges", "account_id", pa.array([1, 2])),
    "half a cent": ("charges", "amount_cents", pa.array([20_000.5, 9_000.5])),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_type_that_loses_something_is_refused_by_column(name: str, tmp_path: Path) -> None:
    table, column, _ = REFUSED[name]
    told = rf"{table}\.parquet, rows? 1.* column {column.removesuffix('_cents')}: "
    with pytest.raises(RefusedFeed, match=told):
        import_feed(feed_with(tmp_path, *REFUSED[name]), tmp_path / "store", processes=1)


def test_a_time_of_day_is_no_day_and_holds_its_account_out(tmp_path: Path) -> None:
    times = pa.array([MIDNIGHT.replace(hour=9), MIDNIGHT])
    feed = feed_with(tmp_path, "accounts", "service_from", times)
    report = import_feed(feed, tmp_path / "store", processes=1).manifest.report
    assert [row["account_id"] for row in report["held_out"]] == ["0001"]
    assert "accounts.parquet, row 1, column service_from" in report["problems"][0]["told"]
