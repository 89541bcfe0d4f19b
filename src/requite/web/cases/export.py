"""Lists as files: CSV and Excel, with stable ids, and nothing that a spreadsheet would run."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import xlsxwriter
from django.http import HttpResponse

from requite.domain.case import STATE_WORDS, State
from requite.domain.spreadsheet import QUOTED, csv_text, runs
from requite.domain.words import CAUSES, DISPOSITIONS, PARTIES

HEAD = (
    "case", "account", "whose", "party", "cause", "what to do", "amount", "due", "rule", "state",
    "certainty", "why", "credit since",
    "patient", "assigned to", "put aside until",
)  # fmt: skip

if TYPE_CHECKING:
    from requite.office.cases.models import Case

DOLLARS = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?", re.ASCII)
AMOUNT = HEAD.index("amount")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def dollars(cents: int) -> str:
    """Cents as a plain number of dollars.

    >>> dollars(-1234)
    '-12.34'
    """
    sign, cents = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{cents // 100}.{cents % 100:02}"


def cents_of(text: str) -> int | None:
    """Dollars as people write them, in cents; None where they are no amount.

    >>> cents_of("$1,234.5"), cents_of("12"), cents_of("-1"), cents_of("1e3")
    (123450, 1200, None, None)
    """
    match = DOLLARS.fullmatch(text.strip().removeprefix("$").replace(",", ""))
    if match is None:
        return None
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def rows_of(cases: Iterable["Case"]) -> Iterable[list[str]]:
    """One row a case, in the order of the head."""
    for case in cases:
        yield [
            case.label,
            case.account_id,
            case.party_name or case.party_id,
            PARTIES[case.party],
            CAUSES.get(case.cause, case.cause),
            DISPOSITIONS[case.disposition],
            dollars(case.amount_cents),
            case.due_on.isoformat() if case.due_on else "",
            case.rule_id,
            STATE_WORDS[State(case.state)],
            case.certainty,
            case.verdict,
            case.credit_on.isoformat() if case.credit_on else "",
            case.patient_name,
            case.assigned_to.username if case.assigned_to else "",
            case.snoozed_until.isoformat() if case.snoozed_until else "",
        ]


def as_csv(cases: Iterable["Case"], name: str) -> HttpResponse:
    """A CSV file."""
    return csv_rows(HEAD, rows_of(cases), name)


def csv_rows(head: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> HttpResponse:
    """Rows as a CSV file to keep."""
    text = csv_text(head, rows, ends="\r\n")
    return _file(text.encode(), "text/csv; charset=utf-8", f"{name}.csv")


def as_workbook(cases: Iterable["Case"], name: str) -> HttpResponse:
    """An Excel file."""
    return excel_file(HEAD, rows_of(cases), name, money=(AMOUNT,))


@dataclass(frozen=True, slots=True)
class Table:
    """A table to take along: its name, its columns, its rows; those of `money` hold dollars."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[str]]
    money: Sequence[int] = ()


def excel_file(
    head: Sequence[str], rows: Iterable[Sequence[str]], name: str, *, money: Sequence[int]
) -> HttpResponse:
    """Rows as an Excel file to keep; the columns of `money` are numbers."""
    return excel_book([Table("List", head, rows, money)], name)


def excel_book(tables: Iterable[Table], name: str) -> HttpResponse:
    """Tables as the sheets of one Excel file to keep."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        bold, cents = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        text = book.add_format(QUOTED)
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, table.head, bold)
            last = 0
            for last, row in enumerate(table.rows, 1):
                for column, value in enumerate(row):
                    if column in table.money and value:
                        sheet.write_number(last, column, float(value), cents)
                    else:
                        sheet.write_string(last, column, value, text if runs(value) else None)
            sheet.autofilter(0, 0, last, len(table.head) - 1)
            sheet.autofit()
    return _file(content.getvalue(), EXCEL, f"{name}.xlsx")


def with_accounts(answer: HttpResponse, accounts: Iterable[str]) -> HttpResponse:
    """A file that says whose accounts it holds, for the event that tells of it."""
    answer.accounts = tuple(accounts)  # type: ignore[attr-defined]  # provider_page notes them
    return answer


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.taken_along = name  # type: ignore[attr-defined]  # provider_page notes it
    return response
