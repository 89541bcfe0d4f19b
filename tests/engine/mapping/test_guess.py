"""A draft from headers and first rows: usable where the names are plain, honest where not."""

from pathlib import Path

import pytest

from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.guess import guess
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.draft import draft
from requite.engine.mapping.guessing.written import written as toml
from requite.engine.mapping.plan import parse_mapping
from requite.engine.refusal import RefusedExtract

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
    assert made.rows == {
        "payers": 1, "accounts": 1, "coverages": 1, "charges": 1, "transactions": 1,
    }  # fmt: skip
    assert (made.balances.charges_cents, made.balances.entries_cents) == (10_000, -6_000)
    assert made.balances.disagreeing == ()
    (entry,) = made.first["transactions"]
    assert (entry["type"], entry["posted_on"], entry["account_id"]) == (
        "payment", "2026-02-05", "007",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "row", "rule"),
    [
        ("Debit,Credit,Type", ",5.00,Insurance payment", 'rule = "two_columns"'),
        ("Amount,Dr Cr", "5.00,C", 'rule = "flag"'),
        ("Ins Paid,X", "-5.00,", 'rule = "signed"'),
        ("Ins Paid,X", "5.00,", 'rule = "turned"'),
    ],
)
def test_the_rule_of_the_sign_is_guessed_by_the_values(
    head: str, row: str, rule: str, tmp_path: Path
) -> None:
    text = f"Transaction ID,Account Number,Post Date,{head}\n1,A,2026-01-05,{row}\n"
    assert rule in guess(written(tmp_path / "x", {"ins_payments.csv": text}))


def test_what_fits_nothing_is_said(tmp_path: Path) -> None:
    draft = guess(written(tmp_path / "x", {"weather.csv": "Rain,Wind\n1,2\n"}))
    assert "# weather.csv: nothing in it names an account." in draft


def test_a_draft_says_which_sign_was_found(tmp_path: Path) -> None:
    told = guess(written(tmp_path / "x", PLAIN))
    assert (
        "# Insurer's payment: 1 amounts above zero, 0 below; turned, so that they lower what is "
        "owed." in told
    )


REV = "1,A,Charge,9.00,1/5/26\n2,A,REV,5.00,1/6/26\n3,A,Ins Pmt,9.00,1/7/26\n"


def test_what_is_open_is_said_and_nothing_is_imported_by_it(tmp_path: Path) -> None:
    extract = written(tmp_path / "x", {"l.csv": f"Id,Account,Type,Amount,Post Date\n{REV}"})
    text = guess(extract)
    assert "# CHOOSE what 'REV' in Type stands for." in text
    with pytest.raises(RefusedExtract, match=r"stand for: REV \(1\)"):
        map_extract(extract, parse_mapping(text), tmp_path / "feed")


def test_amounts_of_both_signs_are_asked_about_and_never_turned_unasked(tmp_path: Path) -> None:
    rows = "1,A,Charge,9.00,1/5/26\n2,A,Ins Pmt,5.00,1/6/26\n3,A,Ins Pmt,-4.00,1/7/26\n"
    extract = written(tmp_path / "x", {"l.csv": f"Id,Account,Type,Amount,Post Date\n{rows}"})
    (asked,) = draft(extract).questions
    assert (asked.about, asked.key) == ("sign", "Ins Pmt")
    with pytest.raises(RefusedExtract, match="nothing fills this column"):
        map_extract(extract, parse_mapping(guess(extract)), tmp_path / "feed")
    said = Answers(turned={"l.csv": {"Ins Pmt": "turned"}})
    text = toml(draft(extract, said))
    made = map_extract(extract, parse_mapping(text), tmp_path / "feed")
    assert (made.balances.charges_cents, made.balances.entries_cents) == (900, -100)
