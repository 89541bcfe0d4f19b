"""Amounts with a comma before the cents: read where a mapping says so, never a hundredfold."""

from pathlib import Path

import pytest

from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.guess import guess
from requite.engine.mapping.plan import Mapping, parse_mapping
from requite.engine.refusal import RefusedExtract

HEAD = "ID;ACCT;DAY;AMT\n"


def mapping(decimal_comma: list[str] | None = None) -> Mapping:
    """Payments of one file between semicolons."""
    files = [{"file": "tx.csv", "decimal_comma": decimal_comma}] if decimal_comma else []
    table = {
        "table": "transactions", "file": "tx.csv",
        "columns": {"transaction_id": "ID", "account_id": "ACCT", "posted_on": "DAY"},
        "constants": {"type": "payment"},
        "amounts": {"amount": {"rule": "signed", "column": "AMT"}},
    }  # fmt: skip
    return Mapping.model_validate(
        {"name": "test", "dates": "%d.%m.%Y", "files": files, "tables": [table]}
    )


def amount(folder: Path, text: str, wanted: Mapping) -> str:
    (folder / "tx.csv").write_text(f"{HEAD}1;A;28.02.2026;{text}\n", encoding="utf-8")
    return map_extract(folder, wanted, folder / "feed").first["transactions"][0]["amount"]


@pytest.mark.parametrize(
    "text", ["627,20", "1.025,50", "1,25", "1,2345", "12,34,567", "1,234,56", "12 50"]
)
def test_a_comma_or_blank_that_is_not_between_thousands_makes_no_amount(
    text: str, tmp_path: Path
) -> None:
    with pytest.raises(RefusedExtract) as refused:
        amount(tmp_path, text, mapping())
    (problem,) = refused.value.problems
    assert (problem.file, problem.row, problem.column) == ("tx.csv", 1, "AMT")
    assert "decimal_comma" in problem.remedy


@pytest.mark.parametrize("text", ["1,234", "$1,234.00", "1,234.00-", "(1,234)", "-$1,234.0"])
def test_a_comma_between_thousands_is_read(text: str, tmp_path: Path) -> None:
    assert amount(tmp_path, text, mapping()).lstrip("-") == "1234.00"


@pytest.mark.parametrize(
    ("text", "found"),
    [("627,20", "627.20"), ("-1.025,50", "-1025.50"), ("(12,5)", "-12.50"), ("1.025", "1025.00"),
     ("7", "7.00"), ("1.230", "1230.00")],
)  # fmt: skip
def test_it_is_read_where_the_mapping_says_so(text: str, found: str, tmp_path: Path) -> None:
    assert amount(tmp_path, text, mapping(["amt"])) == found


@pytest.mark.parametrize("text", ["62,721", "1.02,50"])
def test_what_cannot_be_such_an_amount_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedExtract, match="no amount"):
        amount(tmp_path, text, mapping(["AMT"]))


def test_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedExtract, match="column Paid: the column is missing"):
        amount(tmp_path, "1,00", mapping(["Paid"]))


CHARGES = (
    "Line No;Account;Patient;Service Date;Code;Amount\n"
    "L1;K-1;Ana Ruiz;03.03.2026;99213;980,00\nL2;K-2;Bo Chan;26.03.2026;99214;1.025,50\n"
)
PAYMENTS = (
    "Receipt;Account;Posted;Kind;Payer;Amount\n"
    "Z1;K-1;24.03.2026;Insurer;Medicare Part B;627,20\nZ2;K-1;24.03.2026;Write-off;Medicare Part B;"
    "196,00\nZ3;K-1;12.04.2026;Patient;;156,80\nZ4;K-2;30.04.2026;Insurer;Aetna PPO;1.025,50\n"
)


def test_a_draft_finds_it_and_tells(tmp_path: Path) -> None:
    extract = tmp_path / "extract"
    extract.mkdir()
    (extract / "charges.csv").write_text(CHARGES, encoding="utf-8")
    (extract / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    text = guess(extract)
    assert "# charges.csv: a comma stands before the cents in Amount" in text
    assert "CHOOSE" not in text
    made = map_extract(extract, parse_mapping(text), tmp_path / "feed")
    assert (made.balances.charges_cents, made.balances.entries_cents) == (200_550, -200_550)
    assert made.first["charges"][0]["service_date"] == "2026-03-03"


def test_a_payments_file_may_hold_write_offs_that_a_column_names(tmp_path: Path) -> None:
    extract = tmp_path / "extract"
    extract.mkdir()
    (extract / "charges.csv").write_text(CHARGES, encoding="utf-8")
    (extract / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    made = map_extract(extract, parse_mapping(guess(extract)), tmp_path / "feed")
    found = {(e["type"], e.get("paid_by") or "", e["amount"]) for e in made.first["transactions"]}
    assert found == {
        ("payment", "payer", "-627.20"), ("payment", "payer", "-1025.50"),
        ("payment", "patient", "-156.80"), ("adjustment", "", "-196.00"),
    }  # fmt: skip
