"""What reports write above their column names, in text and Excel; workbooks of several sheets."""

from pathlib import Path

import pytest
import xlsxwriter

from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.draft import draft
from requite.engine.mapping.guessing.written import written
from requite.engine.mapping.plan import parse_mapping
from requite.engine.mapping.title import cut_title, delimiter_of

HEAD = ["Acct", "Svc Dt", "Chg Amt", "Ins Pd", "Pt Pd", "Adj", "Insurance"]
ROW = ["7", "01/05/2026", 100.0, 90.0, 10.0, 20.0, "Larkspur"]


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("Pine Street Practice\nLedger of 2026\n\nA,B,C,D\n1,2,3,4\n", 3),
        ("Pine Street,,,\nA,B,C,D\n1,2,3,4\n", 1),
        ("A,B,C,D\n1,,,\n", 0),
        ("A\tB\tC\tD\n1\t2\t3\t4\n", 0),
        ("Report\nA|B|C|D\n1|2|3|4\n", 1),
        ("A,B\nonly two\n", 0),
    ],
)
def test_lines_above_the_column_names_are_cut_and_no_others(
    text: str, above: int, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert cut_title(path, delimiter_of(path)) == above
    assert path.read_text("utf-8") == "".join(text.splitlines(keepends=True)[above:])


def test_what_is_no_text_is_left_to_who_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe\x00A\nB,C,D,E\n")
    assert cut_title(path, ",") == 0


def test_a_sheet_with_a_title_is_read_from_its_column_names(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "report.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "Pine Street Practice")
        sheet.write_row(3, 0, HEAD)
        sheet.write_row(4, 0, ROW)
    made = map_extract(
        tmp_path, parse_mapping(written(draft(tmp_path))), tmp_path / "feed"
    )  # fmt: skip
    assert (made.balances.charges_cents, made.balances.entries_cents) == (10_000, -12_000)


def test_every_sheet_of_a_workbook_is_read_and_an_empty_one_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        charges, payments = book.add_worksheet("Charges"), book.add_worksheet("Ins Payments")
        book.add_worksheet("Notes")
        charges.write_row(0, 0, ["Acct", "Date", "Code", "Amount"])
        charges.write_row(1, 0, ["7", "01/05/2026", "99213", 100.0])
        payments.write_row(0, 0, ["Acct", "Date", "Payer", "Amount"])
        payments.write_row(1, 0, ["7", "02/05/2026", "Larkspur", 130.5])
    found = draft(tmp_path)
    assert found.questions == []
    assert any(each.startswith("book.xlsx#Notes is passed over") for each in found.remarks)
    made = map_extract(tmp_path, parse_mapping(written(found)), tmp_path / "feed")
    assert (made.balances.charges_cents, made.balances.entries_cents) == (10_000, -13_050)


TWO = [
    ["Account", "", "Charge", "", "Payment", "", "", "Adj"],
    ["Number", "Patient", "Date", "Amount", "Insurer", "Amount", "Date", "Amount"],
    ["A1", "Ana Ruiz", "03/01/2026", "100.00", "Aetna", "70.00", "03/21/2026", "30.00"],
    ["A2", "Bo Chan", "03/02/2026", "80.00", "Aetna", "80.00", "03/22/2026", ""],
]


def test_a_header_of_two_rows_tells_columns_of_one_name_apart(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    with xlsxwriter.Workbook(tmp_path / "book" / "ledger.xlsx") as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(TWO):
            sheet.write_row(place, 0, row)
    (asked,) = draft(tmp_path / "book").questions
    assert asked.key == "Payment Amount"
    said = Answers(kinds={asked.file: {asked.key: "insurer_payment"}})
    found = draft(tmp_path / "book", said)
    made = map_extract(tmp_path / "book", parse_mapping(written(found)), tmp_path / "feed")
    assert (made.balances.charges_cents, made.balances.entries_cents) == (18_000, -18_000)
    assert [row["account_id"] for row in made.first["accounts"]] == ["A1", "A2"]
    path = tmp_path / "ledger.csv"
    path.write_text("".join(";".join(row) + "\r\n" for row in TWO), encoding="utf-8", newline="")
    assert cut_title(path, ";") == 1
    assert path.read_bytes().splitlines(keepends=True)[0] == (
        b"Account Number;Patient;Charge Date;Charge Amount;Insurer;Payment Amount;Payment Date;"
        b"Adj Amount\r\n"
    )
