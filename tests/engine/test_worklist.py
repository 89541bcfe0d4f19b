"""The worklist: each finding in one queue, in a workbook that Excel opens as it was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from requite.domain.determination.account import Payer
from requite.domain.regulations.book import rule_book
from requite.domain.words import QUEUES
from requite.engine.cases import (
    Legend,
    NoFindings,
    legend_of,
    open_worklist,
    read_legend,
    write_legend,
)
from requite.engine.worklist import COLUMNS, LONGEST_TEXT, write_worklist

DAY = date(2026, 6, 1)
PAYERS = {
    "ACME": Payer("ACME", "Acme Health", "commercial"),
    "MCR": Payer("MCR", "Medicare", "medicare_ffs"),
}
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SCHEMA = pa.schema(
    [
        ("account_id", pa.string()),
        ("line_no", pa.int32()),
        ("party", pa.string()),
        ("party_id", pa.string()),
        ("cause", pa.string()),
        ("disposition", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        ("certainty", pa.string()),
        ("due_on", pa.date32()),
        ("rule_id", pa.string()),
        ("priority", pa.int32()),
        ("evidence", pa.string()),
        ("explanation", pa.string()),
    ]
)


def finding(account_id: str, party: str, **more: Any) -> dict[str, Any]:
    row = {
        "account_id": account_id, "line_no": 1, "party": party, "party_id": None,
        "cause": "unexplained", "disposition": "review", "amount": Decimal("10.00"),
        "certainty": "proved", "due_on": None, "rule_id": None, "evidence": "C1|T1",
        "explanation": "A sentence.",
    }  # fmt: skip
    return row | more


RANKS = {"MCR": 0, "G1": 1}
EVERY_KIND = [
    finding("0001", "payer", party_id="ACME", due_on=date(2026, 5, 31), rule_id="recoup.TX"),
    finding("0002", "payer", party_id="MCR", due_on=date(2026, 7, 31), rule_id="mcr.60day.v2025"),
    finding("0003", "patient", party_id="G1", due_on=date(2026, 6, 1), amount=Decimal("7.50")),
    finding("0004", "payer", party_id="ACME", line_no=None, amount=Decimal("1234567.89")),
    finding("0005", "none", disposition="reverse_posting"),
    finding("0006", "undetermined", disposition="hold"),
    finding("0007", "patient", disposition="hold"),
    finding("0008", "undetermined", due_on=date(2026, 5, 1)),
    finding("0009", "payer", party_id="GONE"),
]


def written(folder: Path, rows: list[dict[str, Any]]) -> Path:
    numbered = [{**row, "priority": number} for number, row in enumerate(rows, 1)]
    path = folder / "findings.parquet"
    order = [
        {"priority": row["priority"], "rank": row.get("rank", RANKS.get(row["party_id"], 2))}
        for row in numbered
    ]
    numbers = pa.schema([("priority", pa.int32()), ("rank", pa.int32())])
    pq.write_table(pa.Table.from_pylist(order, schema=numbers), folder / "order.parquet")
    pq.write_table(pa.Table.from_pylist(numbered, schema=SCHEMA), path)
    return path


@dataclass
class Sheet:
    """A sheet as the file holds it: texts, numbers and formulas by their place."""

    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    formulas: dict[str, str] = field(default_factory=dict)
    xml: str = ""

    def row(self, number: int) -> dict[str, str]:
        """The values of a row, by the name of their column."""
        values = self.texts | self.numbers
        found = {column.name: f"{chr(65 + n)}{number}" for n, column in enumerate(COLUMNS)}
        return {name: values[place] for name, place in found.items() if place in values}


def sheets_of(path: Path) -> dict[str, Sheet]:
    with ZipFile(path) as book:
        names = [
            str(sheet.get("name"))
            for sheet in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")  # noqa: S314 - our own file
        ]
        return {
            name: sheet_of(book.read(f"xl/worksheets/sheet{number}.xml").decode())
            for number, name in enumerate(names, 1)
        }


def sheet_of(xml: str) -> Sheet:
    sheet = Sheet(xml=xml)
    for cell in ET.fromstring(xml).iter(f"{MAIN}c"):  # noqa: S314 - our own file
        place = str(cell.get("r"))
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        if formula is not None:
            sheet.formulas[place] = str(formula.text)
        if cell.get("t") == "inlineStr":
            sheet.texts[place] = "".join(cell.itertext())
        elif value is not None:
            sheet.numbers[place] = str(value.text)
    return sheet


def workbook(folder: Path, rows: list[dict[str, Any]], **more: Any) -> dict[str, Sheet]:
    path = write_worklist(written(folder, rows), folder, as_of=DAY, payers=PAYERS, **more)
    return sheets_of(path)


def queues_of(folder: Path, payers: Mapping[str, Payer] = PAYERS) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with open_worklist(folder, legend_of(DAY, payers)) as worklist:
        for case in worklist.cases():
            found.setdefault(case.queue, []).append(case.account_id)
    return found


def test_every_finding_lies_in_exactly_one_queue(tmp_path: Path) -> None:
    written(tmp_path, EVERY_KIND)
    assert queues_of(tmp_path) == {
        "first": ["0001", "0002"],
        "patients": ["0003"],
        "payers": ["0004", "0009"],
        "corrections": ["0005"],
        "holds": ["0006", "0007"],
        "person": ["0008"],
    }


def test_public_money_of_a_commercial_payer_goes_first_as_its_rank_says(tmp_path: Path) -> None:
    written(tmp_path, [finding("0001", "payer", party_id="ACME", rank=0)])
    assert queues_of(tmp_path) == {"first": ["0001"]}


def test_findings_without_their_order_are_determined_anew(tmp_path: Path) -> None:
    written(tmp_path, EVERY_KIND)
    (tmp_path / "order.parquet").unlink()
    with pytest.raises(NoFindings, match="requite detect FEED --out"):
        queues_of(tmp_path)


def test_what_is_due_today_is_not_past_due(tmp_path: Path) -> None:
    written(tmp_path, EVERY_KIND)
    with open_worklist(tmp_path, legend_of(DAY, PAYERS)) as worklist:
        (case,) = worklist.cases("patients")
    assert case.days_left == 0
    assert case.amount_cents == 750


def test_the_first_cases_come_by_priority(tmp_path: Path) -> None:
    written(tmp_path, EVERY_KIND)
    with open_worklist(tmp_path, Legend(DAY)) as worklist:
        assert [case.priority for case in worklist.cases(first=3)] == [1, 2, 3]
        assert [case.payer_name for case in worklist.cases(first=1)] == [None]


def test_figures_sum_to_all_cases_and_all_cents(tmp_path: Path) -> None:
    written(tmp_path, EVERY_KIND)
    with open_worklist(tmp_path, legend_of(DAY, PAYERS)) as worklist:
        figures = worklist.figures()
    assert sum(item.cases for item in figures) == len(EVERY_KIND)
    assert sum(item.cents for item in figures) == sum(
        int(row["amount"] * 100) for row in EVERY_KIND
    )
    assert sum(item.late_cases for item in figures) == 2
    assert sum(item.soon_cents for item in figures) == 750


def test_a_folder_without_findings_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with (
        pytest.raises(NoFindings, match="requite detect FEED --out"),
        open_worklist(tmp_path, Legend(DAY)),
    ):
        pass


def test_the_legend_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    legend = legend_of(DAY, PAYERS)
    assert [payer.payer_class for payer in legend.payers] == ["commercial", "medicare_ffs"]
    write_legend(tmp_path, legend)
    assert read_legend(tmp_path, otherwise=date(1999, 1, 1)) == legend


def test_without_a_legend_the_day_is_the_one_given(tmp_path: Path) -> None:
    assert read_legend(tmp_path, otherwise=DAY) == Legend(DAY)


def test_the_workbook_has_a_summary_and_one_sheet_a_queue(tmp_path: Path) -> None:
    sheets = workbook(tmp_path, EVERY_KIND)
    assert list(sheets) == ["Summary", *QUEUES.values()]


def test_a_case_stands_in_its_row_with_dates_as_dates_and_money_as_money(tmp_path: Path) -> None:
    sheet = workbook(tmp_path, EVERY_KIND)["Past due and government"]
    assert sheet.row(4) == {
        "Priority": "1",
        "Due": str((date(2026, 5, 31) - date(1899, 12, 30)).days),
        "Days left": "-1",
        "Account": "0001",
        "Line": "1",
        "Whose": "the payer",
        "Payer": "Acme Health",
        "Cause": "No rule explains it",
        "What to do": "Review and decide",
        "Amount": "10.00",
        "Certainty": "proved",
        "Explanation": "A sentence.",
        "Law": f"{rule_book().rule('recoup.TX').citation} (recoup.TX)",
        "Party id": "ACME",
        "Evidence": "C1, T1",
    }


def test_leading_zeros_stay_and_empty_cells_stay_empty(tmp_path: Path) -> None:
    row = workbook(tmp_path, EVERY_KIND)["Other payers"].row(4)
    assert row["Account"] == "0004"
    assert row["Amount"] == "1234567.89"
    assert {"Due", "Days left", "Line", "Law"} & set(row) == set()


def test_header_is_frozen_filtered_and_repeated_in_print(tmp_path: Path) -> None:
    sheet = workbook(tmp_path, EVERY_KIND)["Patients"]
    assert '<pane xSplit="4" ySplit="3"' in sheet.xml
    assert '<autoFilter ref="A3:O4"/>' in sheet.xml
    assert 'orientation="landscape"' in sheet.xml
    with ZipFile(tmp_path / "worklist.xlsx") as book:
        assert "$3:$3" in book.read("xl/workbook.xml").decode()


def test_the_total_follows_the_filter_and_stands_there_already(tmp_path: Path) -> None:
    sheet = workbook(tmp_path, EVERY_KIND)["Other payers"]
    assert sheet.formulas == {"J2": "SUBTOTAL(109,J4:J5)"}
    assert sheet.numbers["J2"] == "1234577.89"


def test_no_text_of_a_feed_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    evil = ["=1+1", "+A1", "-2", "@SUM(A1)", "{=A1}", "\t=1", "https://example.test", "<b>&"]
    rows = [finding(text, "payer", party_id=text, explanation=text, evidence=text) for text in evil]
    sheet = workbook(tmp_path, rows)["Other payers"]
    assert list(sheet.formulas) == ["J2"]
    assert "<hyperlink" not in sheet.xml
    assert [sheet.row(number)["Account"] for number in range(4, 12)] == evil


def test_a_control_character_does_not_break_the_file(tmp_path: Path) -> None:
    sheet = workbook(tmp_path, [finding("A\x01B", "none")])["Corrections"]
    assert sheet.row(4)["Account"] == "A_x0001_B"


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    sheet = workbook(tmp_path, [finding("1", "none", evidence="T1|" * 20_000)])["Corrections"]
    evidence = sheet.row(4)["Evidence"]
    assert len(evidence) == LONGEST_TEXT
    assert evidence.endswith("(cut: see findings.csv)")


def test_a_queue_too_long_for_its_sheet_says_what_was_cut_and_where_all_lie(
    tmp_path: Path,
) -> None:
    rows = [finding(f"A{n}", "none", amount=Decimal(n)) for n in range(1, 6)]
    sheets = workbook(tmp_path, rows, most_cases=3)
    sheet = sheets["Corrections"]
    assert sheet.texts["A1"] == "Corrections: 5 cases"
    assert sheet.texts["F1"] == ("Here are the first 3; all are in findings.csv beside this file.")
    assert sheet.numbers["J2"] == "6.00"
    assert sheet.row(6)["Account"] == "A3"
    assert "A7" not in sheet.texts | sheet.numbers
    assert sheets["Summary"].texts["A13"] == "Corrections"
    assert (sheets["Summary"].numbers["C13"], sheets["Summary"].numbers["D13"]) == ("5", "15.00")


def test_a_sheet_never_holds_more_than_excel_does(tmp_path: Path) -> None:
    sheet = workbook(tmp_path, [finding("1", "none")], most_cases=10**9)["Corrections"]
    assert sheet.texts["A1"] == "Corrections: 1 case"


def test_an_empty_worklist_is_a_workbook_all_the_same(tmp_path: Path) -> None:
    sheets = workbook(tmp_path, [])
    assert sheets["Holds"].texts["A1"] == "Holds: 0 cases"
    assert sheets["Holds"].row(4) == {}
    assert list(sheets["Holds"].texts.values())[-len(COLUMNS) :] == [c.name for c in COLUMNS]


def test_the_summary_adds_up_over_queues_and_causes(tmp_path: Path) -> None:
    summary = workbook(tmp_path, EVERY_KIND)["Summary"]
    total = next(place for place, text in summary.texts.items() if text == "Total")
    row = total[1:]
    assert summary.numbers[f"C{row}"] == "9"
    assert summary.numbers[f"D{row}"] == "1234645.39"
    assert (summary.numbers[f"E{row}"], summary.numbers[f"F{row}"]) == ("2", "20.00")
    header = int(next(p for p, text in summary.texts.items() if text == "Cause")[1:])
    causes = [n for p, n in summary.numbers.items() if p[0] == "D" and int(p[1:]) > header]
    assert sum(map(Decimal, causes)) == Decimal("1234645.39")


def test_the_same_findings_give_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        workbook(folder, EVERY_KIND)
        files.append((folder / "worklist.xlsx").read_bytes())
    assert files[0] == files[1]


def test_nothing_is_left_beside_the_workbook(tmp_path: Path) -> None:
    workbook(tmp_path, EVERY_KIND)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "findings.parquet",
        "order.parquet",
        "worklist.json",
        "worklist.xlsx",
    ]
