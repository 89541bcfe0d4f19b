"""A draft of each export imports with the right balances, after what a person must say at most."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from practice_exports import HERE, PRACTICES, Practice
from requite.engine.importer import import_feed
from requite.engine.mapping.apply import Mapped, map_extract
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.draft import draft
from requite.engine.mapping.guessing.written import written
from requite.engine.mapping.plan import parse_mapping


def answers_of(practice: Practice) -> Answers:
    kinds: dict[str, dict[str, str]] = {}
    for (file, value), kind in practice.asks.items():
        kinds.setdefault(file, {})[value] = kind
    return Answers(kinds=kinds)


def mapped(name: str, feed: Path) -> Mapped:
    found = draft(HERE / name, answers_of(PRACTICES[name]))
    assert found.questions == []
    return map_extract(HERE / name, parse_mapping(written(found)), feed)


def balances_in(feed: Path) -> dict[str, int]:
    """Each account's balance, of the feed as it is written: rows that are voided count nothing."""
    sums: Counter[str] = Counter()
    with (feed / "accounts.csv").open(encoding="utf-8") as file:
        sums.update({row["account_id"]: 0 for row in csv.DictReader(file)})
    for table in ("charges", "transactions"):
        with (feed / f"{table}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if not row.get("voided_on"):
                    sums[row["account_id"]] += int(Decimal(row["amount"]) * 100)
    return dict(sums)


@pytest.mark.parametrize("name", PRACTICES)
def test_a_draft_imports_with_the_right_balances(name: str, tmp_path: Path) -> None:
    made = mapped(name, tmp_path / "feed")
    assert balances_in(tmp_path / "feed") == PRACTICES[name].balances
    assert {table: made.rows[table] for table in PRACTICES[name].rows} == PRACTICES[name].rows
    snapshot = import_feed(tmp_path / "feed", tmp_path / "store", processes=1)
    assert snapshot.manifest.report["held_out"] == []


@pytest.mark.parametrize("name", PRACTICES)
def test_no_more_is_asked_than_a_person_must_say(name: str) -> None:
    found = draft(HERE / name)
    asked = {(each.file, each.key) for each in found.questions}
    assert asked == set(PRACTICES[name].asks)
