"""A draft from headers and first rows: usable where the names are plain, honest where not."""

from pathlib import Path

import pytest

from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.guess import guess
from requite.engine.mapping.plan import parse_mapping

PLAIN = {
    "accounts.csv": "Account Number,Total Balance\n007,40.00\n",
    "ledger.csv": (
        "Transaction ID,Account Number,Transaction Type,Amount,Post Date,Payer ID,CPT Code\n"
        "1,007,Charge,100.00,01/05/2026,,99213\n2,007,Insurance Payment,60.00,02/05/2026,L,\n"
    ),
}


def written(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_plain_extract_is_mapped_by_its_draft(tmp_path: Path) -> None:
    extract = written(tmp_path / "extract", PLAIN)
    made = map_extract(extract, parse_mapping(guess(extract)), tmp_path / "feed")
    assert made.rows == {"accounts": 1, "charges": 1, "transactions": 1}
    assert (made.balances.charges_cents, made.balances.entries_cents) == (10_000, -6_000)
    assert made.balances.disagreeing == ()
    (entry,) = made.first["transactions"]
    assert (entry["type"], entry["posted_on"], entry["account_id"]) == (
        "payment", "2026-02-05", "007",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "row", "rule"),
    [
        ("Debit,Credit", "5.00,", 'rule = "two_columns"'),
        ("Amount,Dr Cr", "5.00,D", 'rule = "flag"'),
        ("Amount,X", "-5.00,", 'rule = "signed"'),
        ("Amount,X", "5.00,", 'rule = "minus"'),
    ],
)
def test_the_rule_of_the_sign_is_guessed_by_the_values(
    head: str, row: str, rule: str, tmp_path: Path
) -> None:
    text = f"Transaction ID,Account Number,Post Date,{head}\n1,A,2026-01-05,{row}\n"
    assert rule in guess(written(tmp_path / "x", {"payments.csv": text}))


def test_what_fits_nothing_is_said(tmp_path: Path) -> None:
    draft = guess(written(tmp_path / "x", {"weather.csv": "Rain,Wind\n1,2\n"}))
    assert "# weather.csv: nothing in it names an account." in draft


def test_a_draft_says_how_sure_it_is(tmp_path: Path) -> None:
    assert "# how sure: Account Number 100 %" in guess(written(tmp_path / "x", PLAIN))
