"""The comparison with the truth counts as it says it counts."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

import truth

FINDINGS = (
    # account, line, party, party_id, cause, disposition, amount, certainty
    ("A", 1, "payer", "P", "duplicate_payment", "refund_payer", "100.00", "proved"),
    ("B", 1, "payer", "P", "dual_primary", "refund_payer", "40.00", "proved"),
    ("C", None, "patient", "G", "patient_overcollection", "refund_patient", "8.00", "likely"),
    ("D", 2, "undetermined", None, "remit_missing", "review", "30.00", "person"),
)
TRUE = (
    ("A", 1, "payer", "P", "duplicate_payment", "refund_payer", 10000, True, False),
    ("B", 1, "payer", "Q", "dual_primary", "refund_payer", 4000, True, False),
    ("C", None, "patient", "G", "patient_overcollection", "refund_patient", 1000, True, False),
    ("D", 2, "none", None, "duplicate_posting", "reverse_posting", 3000, True, False),
    ("E", 1, "payer", "P", "duplicate_payment", "refund_payer", 7777, False, False),
    ("H", 1, "payer", "P", "duplicate_payment", "refund_payer", 5555, True, True),
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    path = tmp_path_factory.mktemp("comparison")
    true, found = path / "truth", path / "found"
    true.mkdir()
    found.mkdir()
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE f (account_id TEXT, line_no INT, party TEXT, party_id TEXT, cause TEXT,"
        " disposition TEXT, amount DECIMAL(18, 2), certainty TEXT)"
    )
    connection.executemany("INSERT INTO f VALUES (?, ?, ?, ?, ?, ?, ?, ?)", FINDINGS)
    connection.execute(
        "CREATE TABLE t (account_id TEXT, line_no INT, party TEXT, party_id TEXT, cause TEXT,"
        " disposition TEXT, amount_cents BIGINT, provable BOOL, held_out BOOL)"
    )
    connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", TRUE)
    connection.execute("ALTER TABLE t ADD COLUMN certainty TEXT DEFAULT 'proved'")
    connection.execute(
        "CREATE TABLE a AS SELECT DISTINCT account_id, 'a story' AS story, held_out FROM t"
    )
    connection.execute("CREATE TABLE p AS SELECT account_id, account_id <> 'C' AS agrees FROM f")
    for table, target in (
        ("f", found / "findings"), ("p", found / "proof"), ("t", true / "findings"),
        ("a", true / "accounts"),
    ):  # fmt: skip
        connection.execute(f"COPY {table} TO '{target}.parquet' (FORMAT parquet)")
    return true, found


@pytest.fixture(scope="module")
def rows(folders: tuple[Path, Path]) -> dict[str, Any]:
    return {row.cause: row for row in truth.by_cause(truth.load(*folders))}


def test_another_payer_is_neither_precise_nor_found(rows: dict[str, Any]) -> None:
    assert rows["dual_primary"].asserted == 4000
    assert rows["dual_primary"].asserted_right == 0
    assert rows["dual_primary"].recalled == 0


def test_too_little_found_is_found_for_what_it_is(rows: dict[str, Any]) -> None:
    assert rows["patient_overcollection"].asserted_right == 800
    assert rows["patient_overcollection"].cells[-2:] == ["0.8000", "0.8000"]


def test_what_a_person_is_asked_counts_as_found_but_not_alone(rows: dict[str, Any]) -> None:
    assert rows["duplicate_posting"].handed == 3000
    assert rows["duplicate_posting"].alone == 0
    assert rows["remit_missing"].asserted == 0


def test_what_the_feed_cannot_prove_and_what_is_held_out_is_not_missed(
    rows: dict[str, Any],
) -> None:
    assert rows["duplicate_payment"].provable == 10000
    assert rows["duplicate_payment"].true == 17777
    assert rows["**all**"].provable == 18000


def test_the_sentences_name_wrong_parties_and_accounts_that_do_not_add_up(
    folders: tuple[Path, Path],
) -> None:
    text = truth.compare(*folders)
    assert "wrong party among `proved`: $40.00 of $140.00" in text
    assert "wrong party among `likely`: $0.00 of $8.00" in text
    assert "do not sum to their credit: 1." in text
    assert "a story: dual_primary, payer, 1 rows, $40.00" in text
