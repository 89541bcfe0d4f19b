"""A credit balance report as systems print it becomes a worklist, and nothing is made up for it."""

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from requite.cli.main import main
from requite.engine.report.cells import UnreadableReport, cells_of
from requite.engine.report.credits import Report, Said, read_report
from requite.engine.report.values import cents_in

DAY = date(2026, 11, 30)
# Invented reports, unlike each other as those of real systems are.
HOSPITAL = """Alder Creek Medical Center
Credit Balance Report - HB
Run Date: 11/30/2026 07:14
,,,,,,,
HAR,Patient Name,Primary Payor,FC,Last Pmt Date,Last Pmt Amt,Account Balance
5000123,"DRAY, ANNEKE",Medicare Part A,MCR,10/02/2026,"1,240.00","($1,240.00)"
5000124,"LUND, PER",Larkspur Health Plan,COM,09/15/2026,80.00,($80.00)
5000125,"OSEI, AMA",,SP,11/01/2026,25.00,($25.00)
Page 1 of 2,,,,,,
HAR,Patient Name,Primary Payor,FC,Last Pmt Date,Last Pmt Amt,Account Balance
5000126,"PRATT, IDA",Texas Medicaid,MCD,01/20/2025,310.10,($310.10)
5000127,"QUAY, TOM",Humana Medicare PPO,MA,03/11/2026,15.00,($15.00)
Grand Total,,,,,,"($1,670.10)"
"""
BY_CLASS = """CREDIT BALANCES BY FINANCIAL CLASS\tAS OF 11/30/26
\t
Acct\tName\tIns 1\tCurrent\t31-60\t61-90\t91-120\tOver 120\tTotal
Number\t\t\t\t\t\t\t\t
Financial Class: MEDICARE
V0001042\tDRAY A\tMEDICARE\t0.00\t0.00\t0.00\t100.00-\t0.00\t100.00-
V0001043\tLUND P\tMEDICARE\t0.00\t0.00\t0.00\t0.00\t55.25-\t55.25-
Class Total\t\t\t0.00\t0.00\t0.00\t100.00-\t55.25-\t155.25-
Financial Class: BLUE CROSS
V0001044\tOSEI A\t\t20.00-\t0.00\t0.00\t0.00\t0.00\t20.00-
Class Total\t\t\t20.00-\t0.00\t0.00\t0.00\t0.00\t20.00-
Report Total\t\t\t20.00-\t0.00\t0.00\t100.00-\t55.25-\t175.25-
"""
SEMICOLONS = """Claim ID;Patient;Insurance Package;Outstanding;Date of Service
30011;Anneke Dray;TRICARE East;-44.10;2026-02-01
30012;Per Lund;Aetna;-10.00;2026-03-01
30013;Ama Osei;Aetna;12.00;2026-03-09
"""
LINES = """"Practice Credit Listing"
Account #,Carrier,Class,Credit Amt,Last Payment
0007,Cigna PPO,Commercial,120.00 CR,05/05/2026
,Self Pay,SP,30.00 CR,06/05/2026
0008,Medicaid,MCD,12.50 CR,07/07/2026
,Self Pay,SP,2.50 DR,
Total,,,160.00 CR,
"""
REPEATED = """Visit,Payer Name,Acct Balance
A-100,Medicare,-60.00
A-100,Larkspur,-60.00
A-101,Medicare,-5.00
A-101,Wren Mutual,-5.00
A-102,Wren Mutual,-7.00
"""
NAMELESS = """0001042,DRAY ANNEKE,MEDICARE,01/05/2026,-100.00
0001043,LUND PER,AETNA,02/05/2026,-30.00
0001044,OSEI AMA,SELF PAY,03/05/2026,-12.00
"""
BUCKETS_ONLY = """Patient Account Number|Plan|0-30|31-60|>60
77001|VA CCN|$0.00|$ -|-$9.00
77002|State Farm Auto|-$4.00|$1.50|$0.00
77003|Aetna|$5.00|$0.00|$0.00
"""
EXPECTED: dict[str, tuple[str, list[tuple[str, str, int, int | None]]]] = {
    "hospital.csv": (HOSPITAL, [
        ("5000123", "medicare_ffs", 124_000, 59), ("5000126", "medicaid", 31_010, 679),
        ("5000127", "medicare_advantage", 1_500, 264), ("5000124", "commercial", 8_000, 76),
        ("5000125", "patient", 2_500, 29)]),
    "by-class.txt": (BY_CLASS, [
        ("V0001042", "medicare_ffs", 10_000, 91), ("V0001043", "medicare_ffs", 5_525, 121),
        ("V0001044", "commercial", 2_000, 0)]),
    "semicolons.csv": (SEMICOLONS, [
        ("30011", "tricare", 4_410, 302), ("30012", "commercial", 1_000, 274)]),
    "lines.csv": (LINES, [
        ("0008", "medicaid", 1_250, 146), ("0007", "commercial", 12_000, 209),
        ("0007", "patient", 3_000, 178)]),
    "repeated.csv": (REPEATED, [
        ("A-100", "medicare_ffs", 6_000, None), ("A-101", "medicare_ffs", 500, None),
        ("A-102", "", 700, None)]),
    "nameless.csv": (NAMELESS, [
        ("0001042", "medicare_ffs", 10_000, 329), ("0001043", "commercial", 3_000, 298),
        ("0001044", "patient", 1_200, 270)]),
    "buckets.csv": (BUCKETS_ONLY, [
        ("77001", "va", 900, 61), ("77002", "auto", 250, 0)]),
}  # fmt: skip


def read(place: Path, name: str, text: str, **said: Any) -> Report:
    (place / name).write_bytes(text.encode("utf-8"))
    return read_report(place / name, as_of=DAY, said=Said(**said))


def told(report: Report) -> list[tuple[str, str, int, int | None]]:
    return [(c.account, c.kind, c.credit_cents, c.age_days) for c in report.credits]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_report_becomes_a_worklist_by_government_amount_and_age(
    name: str, tmp_path: Path
) -> None:
    text, expected = EXPECTED[name]
    report = read(tmp_path, name, text)
    assert told(report) == expected
    read_or_left_out = report.lines + sum(report.left_out.counts.values())
    several = sum("several lines" in remark for remark in report.remarks)
    assert several or read_or_left_out == sum(1 for line in text.splitlines() if line.strip(",\t "))


def workbook(place: Path) -> Path:
    """A report in Excel: title above, numbers as numbers, days as days, split balances."""
    path = place / "book.xlsx"
    rows = [
        ("AC", 1042, "Dray", "VA CCN", -500.25, 0, datetime(2026, 5, 1)),  # noqa: DTZ001
        ("AC", 1043, "Lund", "United", -10, -5.5, datetime(2026, 6, 1)),  # noqa: DTZ001
        ("AC", 1044, "Osei", "", 0, -9.99, None),
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Credits")
        as_day = book.add_format({"num_format": "mm/dd/yyyy"})
        sheet.write(1, 0, "Credit Balance Report")
        sheet.write_row(4, 0, ["Facility", "Account Number", "Patient", "Plan Name", "Ins Bal",
                               "Pt Bal", "Last Paid Date"])  # fmt: skip
        for number, row in enumerate(rows, start=5):
            sheet.write_row(number, 0, row[:6])
            if row[6] is not None:
                sheet.write_datetime(number, 6, row[6], as_day)
        sheet.write_row(9, 0, ["Grand Total", "", "", "", -510.25, -15.49])
    return path


def test_a_report_in_excel_is_read_like_one_in_csv(tmp_path: Path) -> None:
    report = read_report(workbook(tmp_path), as_of=DAY)
    assert told(report) == [
        ("1042", "va", 50_025, 213), ("1043", "commercial", 1_550, 182), ("1044", "", 999, None),
    ]  # fmt: skip
    assert report.left_out.counts == {"above the table": 2, "totals": 1}


def test_each_credit_says_what_is_missing_and_the_feed_that_would_tell(tmp_path: Path) -> None:
    first, *_, patient = read(tmp_path, "hospital.csv", HOSPITAL).credits
    assert "what the payer answered" in first.missing
    assert "the 835s of Medicare Part A" in " ".join(first.needs)
    assert "whether an insurer paid or is still to answer" in patient.missing
    last = read(tmp_path, "repeated.csv", REPEATED).credits[-1]
    assert "what class of payer it is" in last.missing
    assert "when it was last paid" in last.missing
    (nameless,) = read(tmp_path, "x.csv", "Account,Balance\n1,-5.00\n").credits
    assert "whose money it may be: no payer is named" in nameless.missing


def test_nothing_that_is_written_names_a_cause(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(HOSPITAL)
    out = tmp_path / "out"
    call = ["detect", "--report", str(tmp_path / "r.csv"), "--out", str(out)]
    result = CliRunner().invoke(main, [*call, "--as-of", "2026-11-30"])
    assert result.exit_code == 0, result.output
    assert "5 credits of $1,670.10 on 5 of 5 accounts; 3 of $1,565.10 name a government" in (
        result.stderr
    )
    rows = list(csv.DictReader((out / "report_worklist.csv").read_text().splitlines()))
    assert [row["account"] for row in rows][:2] == ["5000123", "5000126"]
    assert not {"cause", "disposition", "party", "certainty"} & set(rows[0])
    assert json.loads((out / "report.json").read_text())["columns"]["account"] == "HAR"
    assert sorted(path.name for path in out.iterdir()) == [
        "report.json", "report_worklist.csv", "report_worklist.xlsx",
    ]  # fmt: skip


def test_what_is_said_of_columns_goes_before_what_is_guessed(tmp_path: Path) -> None:
    text = "Ref,MRN,Amount A,Amount B\nR-1001,1,-5.00,-7.00\nR-1002,2,-6.00,-8.00\n"
    said = {"account": "Ref", "balance": "4"}
    assert told(read(tmp_path, "r.csv", text, columns=said))[0] == ("R-1002", "", 800, None)
    with pytest.raises(UnreadableReport, match=r"no column 'Total'"):
        read(tmp_path, "r.csv", text, columns={"balance": "Total"})
    with pytest.raises(UnreadableReport, match=r"no row 9"):
        read(tmp_path, "r.csv", text, header_row=9)


def test_amounts_that_may_be_debits_are_asked_about(tmp_path: Path) -> None:
    text = "Account,Payer,{}\n1001,Medicare,100.00\n1002,Aetna,20.00\n"
    with pytest.raises(UnreadableReport, match="--credits positive"):
        read(tmp_path, "r.csv", text.format("Balance"))
    assert len(read(tmp_path, "r.csv", text.format("Balance"), credits="positive").credits) == 2
    assert len(read(tmp_path, "r.csv", text.format("Credit Balance")).credits) == 2
    assert read(tmp_path, "r.csv", text.format("Balance"), credits="negative").credits == []


def test_a_total_that_is_not_the_sum_is_told(tmp_path: Path) -> None:
    report = read(tmp_path, "r.csv", HOSPITAL.replace('($1,670.10)"', '($1,999.00)"'))
    assert "not the sum of its lines, 1,670.10" in " ".join(report.remarks)
    assert not read(tmp_path, "r.csv", HOSPITAL).remarks


NONE: dict[str, tuple[str, str]] = {
    "nothing.csv": ("\n,,\n", "nothing is in it"),
    "words.csv": ("Alder Creek\nno credits this month\n", "no column of it can be told"),
    "heads.csv": ("Account,Payer,Balance\n", "no line of it has an account and a balance"),
    "letter.pdf": ("Account,Balance\n1,-5.00\n", "no CSV and no .xlsx"),
    "false.xlsx": ("Account,Balance\n1,-5.00\n", "no Excel file"),
    "wide.csv": ("," * 300 + "\n", "more than 200,000 lines or 200 columns"),
}  # fmt: skip


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_report_is_refused_by_name_with_a_remedy(name: str, tmp_path: Path) -> None:
    text, why = NONE[name]
    with pytest.raises(UnreadableReport, match=why) as refused:
        read(tmp_path, name, text)
    assert str(refused.value).startswith(f"{name}: ")
    assert str(refused.value).endswith(".")


def test_feed_and_report_are_one_or_the_other(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(HOSPITAL)
    out, report = ["--out", str(tmp_path / "out")], ["--report", str(tmp_path / "r.csv")]
    for call in (
        out,
        [str(tmp_path), *report, *out],
        [*report, *out, "--store", str(tmp_path)],
        [str(tmp_path), *out, "--credits", "positive"],
        [*report, *out, "--column", "mood=Payer"],
    ):
        assert CliRunner().invoke(main, ["detect", *call]).exit_code == 2


PRINTED = st.sampled_from(["-{}", "({})", "{}-", "{} CR", "$-{}", "(${})", "-${}", "CR {}", "{}CR"])


@given(st.integers(1, 10**10), PRINTED, st.booleans())
def test_every_way_to_print_a_credit_is_the_same_credit(
    cents: int, form: str, commas: bool
) -> None:
    amount = f"{cents // 100:,}" if commas else f"{cents // 100}"
    assert cents_in(form.format(f"{amount}.{cents % 100:02}")) == -cents


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    found = cents_in(text)
    assert found is None or any(sign.isdigit() for sign in text)


CELLS = st.sampled_from([
    "", "Account", "Acct #", "Payer", "Balance", "Credit Balance", "Current", "31-60", "Over 120",
    "1042", "A-7", "Medicare", "Total", "Grand Total", "Payer: Aetna", "-5.00", "(7.25)", "3.10 CR",
    "10/01/2026", "-", "$", "Page 1", '"', "\u2212", "9" * 40, "\0", "a\nb",
])  # fmt: skip
TABLE = st.lists(st.lists(CELLS, max_size=6).map(",".join), max_size=12).map("\n".join)


@given(
    st.one_of(st.binary(max_size=400), TABLE.map(str.encode)), st.sampled_from([".csv", ".xlsx"])
)
def test_any_bytes_are_a_report_or_refused_with_a_remedy(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"report{suffix}"
    path.write_bytes(data)
    told = ""
    try:
        report = read_report(path, as_of=DAY)
    except UnreadableReport as refused:
        told = str(refused)
    if told:
        assert (told[:7], told[-1]) == ("report.", ".")
        return
    assert all(credit.credit_cents > 0 for credit in report.credits)
    filled = sum(any(row) for row in cells_of(path))
    once = any("several lines" in remark for remark in report.remarks)
    assert once or report.lines + sum(report.left_out.counts.values()) == filled
