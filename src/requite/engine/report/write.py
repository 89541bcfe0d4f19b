"""The worklist of a report, as CSV and as Excel, and what was read of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from requite.domain.money import Money
from requite.domain.spreadsheet import csv_text
from requite.engine.report.credits import FEEDS, Credit, Report

WORKLIST, WORKBOOK, READ = "report_worklist.csv", "report_worklist.xlsx", "report.json"
HEAD = (
    "priority", "account", "patient", "payer", "payer_class", "government", "credit",
    "account_balance", "last_payment_on", "age_days", "rows", "missing", "needs",
)  # fmt: skip
MONEY = (HEAD.index("credit"), HEAD.index("account_balance"))
WIDTHS = (9, 16, 24, 26, 20, 12, 14, 16, 16, 10, 12, 60, 80)


def row_of(credit: Credit) -> tuple[str, ...]:
    """A credit as the worklist has it; amounts in dollars, all as text."""
    return (
        str(credit.priority),
        credit.account,
        credit.patient,
        credit.payer,
        credit.kind or "unknown",
        "yes" if credit.is_government else "no" if credit.kind else "unknown",
        _dollars(credit.credit_cents),
        _dollars(credit.account_cents),
        credit.last_payment_on.isoformat() if credit.last_payment_on else "",
        "" if credit.age_days is None else str(credit.age_days),
        " ".join(map(str, credit.rows)),
        "; ".join(credit.missing),
        "; ".join(credit.needs),
    )


def counted(credits: int) -> str:  # noqa: A002 - the noun
    """How many credits, in words."""
    return f"{credits:,} credit" if credits == 1 else f"{credits:,} credits"


def _dollars(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def rows_of(report: Report) -> Iterator[tuple[str, ...]]:
    """All credits in the order of work."""
    return (row_of(credit) for credit in report.credits)


def read_of(report: Report) -> dict[str, Any]:
    """What was read of a report and how, and what was left out."""
    return {
        "file": report.file,
        "as_of": report.as_of.isoformat(),
        "header_rows": [row + 1 for row in report.layout.header],
        "columns": report.layout.told(),
        "guessed_by_values": sorted(report.layout.guessed),
        "lines": report.lines,
        "accounts": report.accounts,
        "credits": len(report.credits),
        "credit_cents": report.credit_cents,
        "government_credits": sum(credit.is_government for credit in report.credits),
        "left_out": [
            {"why": why, "lines": count, "first_rows": report.left_out.rows[why]}
            for why, count in report.left_out.counts.items()
        ],
        "remarks": report.remarks,
    }


def summary_of(report: Report) -> list[str]:
    """What was read, in sentences."""
    columns = ", ".join(f"{part} = {name}" for part, name in report.layout.told().items())
    public = [credit for credit in report.credits if credit.is_government]
    left = ", ".join(f"{count:,} {why}" for why, count in report.left_out.counts.items())
    public_cents = sum(credit.credit_cents for credit in public)
    on = len({credit.account for credit in report.credits})
    found = (
        f"{counted(len(report.credits))} of {Money(report.credit_cents)} on {on:,} of "
        f"{report.accounts:,} accounts; {len(public):,} of {Money(public_cents)} name a "
        "government payer."
    )
    behind = (
        "No ledger stands behind a report: nothing is said of causes or owners. To say whose any "
        f"of these is, a feed needs {FEEDS}, and what stands with each."
    )
    return [
        found,
        behind,
        f"Columns: {columns}.",
        *([f"Lines that are of no account: {left}."] if left else []),
        *report.remarks,
    ]


def write_report(report: Report, out: Path) -> None:
    """Write the worklist of a report into a folder, which is made if it is not there."""
    out.mkdir(parents=True, exist_ok=True)
    (out / WORKLIST).write_text(csv_text(HEAD, rows_of(report)), encoding="utf-8")
    text = json.dumps(read_of(report), indent=1, ensure_ascii=False)
    (out / READ).write_text(f"{text}\n", encoding="utf-8")
    _write_workbook(report, out / WORKBOOK)


def _write_workbook(report: Report, target: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("Credits")
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "$#,##0.00;-$#,##0.00"})
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        sheet.write_row(0, 0, [name.replace("_", " ").capitalize() for name in HEAD], bold)
        for number, row in enumerate(rows_of(report), start=1):
            for place, value in enumerate(row):
                if place in MONEY:
                    sheet.write_number(number, place, float(value), money)
                elif HEAD[place] in {"priority", "age_days"} and value:
                    sheet.write_number(number, place, int(value))
                else:
                    sheet.write_string(number, place, value)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, len(report.credits), len(HEAD) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
