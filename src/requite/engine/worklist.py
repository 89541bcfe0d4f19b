"""The worklist as an Excel workbook: a summary, then one sheet a queue.

Every text of the feed is written as text, so that none of it is ever taken for a formula; the
only formulas are the totals, and they stand in the file with their values. Rows are written as
they are read, so memory does not grow with them; the same findings give the same bytes.
"""

import tempfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name

from requite.domain.determination.account import Payer
from requite.domain.regulations.book import rule_book
from requite.domain.spreadsheet import QUOTED, runs
from requite.domain.words import CAUSES, CERTAINTIES, DISPOSITIONS, PARTIES, QUEUES, in_words
from requite.engine.cases import (
    WORKBOOK,
    Case,
    Figures,
    Worklist,
    legend_of,
    open_worklist,
    write_legend,
)

HEAD_ROWS = 3  # title, total, header
EXCEL_ROWS = 1_048_576  # on a sheet: Excel's own limit
MOST_CASES = 10_000  # on a sheet: it opens at once, and no office works so many in a month
LONGEST_TEXT = 32_767  # characters in a cell: Excel's own limit
CUT = " ... (cut: see findings.csv)"


class Column(NamedTuple):
    """A column of a queue's sheet."""

    name: str
    width: int
    style: str = "text"


COLUMNS = (
    Column("Priority", 9, "number"),
    Column("Due", 11, "date"),
    Column("Days left", 10, "number"),
    Column("Account", 16),
    Column("Line", 6, "number"),
    Column("Whose", 21),
    Column("Payer", 26),
    Column("Cause", 44),
    Column("What to do", 30),
    Column("Amount", 14, "money"),
    Column("Certainty", 11),
    Column("Explanation", 80, "wrapped"),
    Column("Law", 46),
    Column("Party id", 14),
    Column("Evidence", 60),
)
QUEUE_COLUMNS = (
    Column("Queue", 44),
    Column("Next due", 24, "date"),
    Column("Cases", 10, "number"),
    Column("Amount", 16, "money"),
    Column("Past due cases", 16, "number"),
    Column("Past due amount", 16, "money"),
    Column("Due in 30 days", 16, "number"),
    Column("Amount due", 16, "money"),
)
CAUSE_COLUMNS = (
    Column("Cause", 44),
    Column("Whose", 24),
    Column("Cases", 10, "number"),
    Column("Amount", 16, "money"),
)
AMOUNT = [column.name for column in COLUMNS].index("Amount")
DAYS_LEFT = [column.name for column in COLUMNS].index("Days left")
EXPLANATION = [column.name for column in COLUMNS].index("Explanation")
LAST_PRINTED = [column.name for column in COLUMNS].index("Law")
LINE_HEIGHT = 15  # points: one line of the usual font
FROZEN_COLUMNS = 4  # up to the account

STYLES: Mapping[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "note": {"italic": True},
    "header": {
        "bold": True, "bottom": 1, "bg_color": "#E7EDF3", "valign": "vcenter",
        "align": "left", "indent": 1,
    },
    "header_right": {
        "bold": True, "bottom": 1, "bg_color": "#E7EDF3", "valign": "vcenter", "align": "right",
    },
    "text": {"valign": "top", "align": "left", "indent": 1},
    "wrapped": {"valign": "top", "text_wrap": True, "align": "left", "indent": 1},
    "number": {"valign": "top", "num_format": "#,##0", "align": "right"},
    "money": {"valign": "top", "num_format": "$#,##0.00;-$#,##0.00", "align": "right"},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
    "total": {"bold": True, "num_format": "$#,##0.00;-$#,##0.00", "align": "right"},
    "total_number": {"bold": True, "num_format": "#,##0", "align": "right"},
    "total_text": {"bold": True},
    "late": {"bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "soon": {"bold": True, "font_color": "#7F6000"},
}  # fmt: skip


def write_worklist(
    findings_parquet: Path,
    out: Path,
    *,
    as_of: date,
    payers: Mapping[str, Payer],
    most_cases: int = MOST_CASES,
) -> Path:
    """Write the worklist of a run as an Excel workbook, and the legend that the command reads.

    Parameters
    ----------
    findings_parquet : Path
        `findings.parquet` as `detect` wrote it.
    out : Path
        The folder for `worklist.xlsx` and `worklist.json`.
    as_of : date
        The day of the run; days left count from it.
    payers : mapping of str to Payer
        The payers on file.
    most_cases : int
        Cases on one sheet; a queue that holds more is cut there, and its sheet says so.

    Returns
    -------
    Path
        The workbook.
    """
    legend = legend_of(as_of, payers)
    target = out / WORKBOOK
    with (
        open_worklist(findings_parquet.parent, legend) as worklist,
        tempfile.TemporaryDirectory(prefix="workbook-", dir=out) as folder,
    ):
        fresh = Path(folder) / WORKBOOK
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False}
        try:
            with xlsxwriter.Workbook(str(fresh), options) as book:
                midnight = datetime(as_of.year, as_of.month, as_of.day)  # noqa: DTZ001 - Excel knows no zones
                book.set_properties({"title": f"Worklist as of {as_of}", "created": midnight})
                Sheets(book, worklist, min(most_cases, EXCEL_ROWS - HEAD_ROWS)).write()
        except FileCreateError as error:
            raise error.args[0] from None  # what the file system said
        fresh.replace(target)
    write_legend(out, legend)
    return target


class Sheets:
    """The workbook's sheets on their way."""

    def __init__(self, book: Any, worklist: Worklist, most_cases: int) -> None:  # noqa: ANN401 - untyped
        self.book = book
        self.worklist = worklist
        self.most_cases = most_cases
        self.styles = {name: book.add_format(style) for name, style in STYLES.items()}
        self.quoted = {name: book.add_format(style | QUOTED) for name, style in STYLES.items()}
        self.figures = worklist.figures()

    def write(self) -> None:
        """Write the summary, then the queues in the order in which they are worked."""
        self.summary(self.book.add_worksheet("Summary"))
        for queue in QUEUES:
            self.queue(self.book.add_worksheet(QUEUES[queue]), queue)

    def of_queue(self, queue: str) -> list[Figures]:
        """The figures of one queue."""
        return [figures for figures in self.figures if figures.queue == queue]

    def text(self, sheet: Any, place: tuple[int, int], text: str, style: str) -> None:  # noqa: ANN401
        """Write a text as text, cut where Excel would drop it; edited it does not run either."""
        if len(text) > LONGEST_TEXT:
            text = text[: LONGEST_TEXT - len(CUT)] + CUT
        sheet.write_string(*place, text, (self.quoted if runs(text) else self.styles)[style])

    def header(self, sheet: Any, row: int, columns: Iterable[Column]) -> None:  # noqa: ANN401
        """Write the names of columns."""
        for number, column in enumerate(columns):
            right = column.style in ("money", "number")
            self.text(sheet, (row, number), column.name, "header_right" if right else "header")

    def queue(self, sheet: Any, queue: str) -> None:  # noqa: ANN401
        """Write one queue: title, total, header, cases."""
        figures = self.of_queue(queue)
        cases = sum(item.cases for item in figures)
        shown = min(cases, self.most_cases)
        self.lay_out(sheet, QUEUES[queue], HEAD_ROWS + max(shown, 1))
        self.text(sheet, (0, 0), f"{QUEUES[queue]}: {counted(cases)}", "title")
        if shown < cases:
            note = f"Here are the first {shown:,}; all are in findings.csv beside this file."
            self.text(sheet, (0, FROZEN_COLUMNS + 1), note, "total_text")
        self.text(sheet, (1, AMOUNT - 1), "Total of the rows shown", "total_text")
        amounts = xl_col_to_name(AMOUNT)
        last = HEAD_ROWS + max(shown, 1)
        total = sum(item.cents for item in figures) if shown == cases else self.cents(queue, shown)
        formula = f"=SUBTOTAL(109,{amounts}{HEAD_ROWS + 1}:{amounts}{last})"
        sheet.write_formula(1, AMOUNT, formula, self.styles["total"], dollars(total))
        self.header(sheet, HEAD_ROWS - 1, COLUMNS)
        for row, case in enumerate(self.worklist.cases(queue, first=shown), start=HEAD_ROWS):
            self.case(sheet, row, case)

    def cents(self, queue: str, shown: int) -> int:
        """The sum of the cases shown of a queue that is cut."""
        return sum(case.amount_cents for case in self.worklist.cases(queue, first=shown))

    def lay_out(self, sheet: Any, name: str, rows: int) -> None:  # noqa: ANN401
        """Set widths, frozen panes, filter, print setup and the colours of late cases."""
        for number, column in enumerate(COLUMNS):
            sheet.set_column(number, number, column.width)
        sheet.freeze_panes(HEAD_ROWS, FROZEN_COLUMNS)
        sheet.autofilter(HEAD_ROWS - 1, 0, rows - 1, len(COLUMNS) - 1)
        sheet.ignore_errors(
            {"number_stored_as_text": f"A1:{xl_col_to_name(len(COLUMNS) - 1)}{rows}"}
        )
        late = {"type": "cell", "criteria": "<", "value": 0, "format": self.styles["late"]}
        soon = {
            "type": "cell", "criteria": "between", "minimum": 0, "maximum": 30,
            "format": self.styles["soon"],
        }  # fmt: skip
        blank = {"type": "blanks", "stop_if_true": True, "format": None}
        for rule in (blank, late, soon):
            sheet.conditional_format(HEAD_ROWS, DAYS_LEFT, rows - 1, DAYS_LEFT, rule)
        print_wide(sheet, f"{name}, as of {self.worklist.legend.as_of}")
        sheet.repeat_rows(HEAD_ROWS - 1)
        sheet.print_area(0, 0, rows - 1, LAST_PRINTED)  # numbers of records are for the screen

    def case(self, sheet: Any, row: int, case: Case) -> None:  # noqa: ANN401
        """Write one case, its row as high as the explanation needs: no reader works that out."""
        lines = -(-len(case.explanation) // COLUMNS[EXPLANATION].width)
        sheet.set_row(row, LINE_HEIGHT * max(lines, 1))
        for number, (column, value) in enumerate(zip(COLUMNS, told(case), strict=True)):
            if value is None:
                continue
            style = self.styles[column.style]
            if isinstance(value, date):
                sheet.write_datetime(row, number, value, style)
            elif isinstance(value, str):
                self.text(sheet, (row, number), value, column.style)
            else:
                sheet.write_number(row, number, value, style)

    def summary(self, sheet: Any) -> None:  # noqa: ANN401
        """Write what there is to do: by queue, then by cause."""
        for number, column in enumerate(QUEUE_COLUMNS):
            sheet.set_column(number, number, column.width)
        as_of = self.worklist.legend.as_of
        self.text(sheet, (0, 0), f"Credit balances to work, as of {as_of}", "title")
        notes = (
            "Every part of every credit is one case on one sheet.",
            "All are in findings.csv beside this file, the sums of each account in proof.csv.",
            "Priority 1 is worked first: past due, then government payers, patients, others.",
            *(f"{code.capitalize()}: {words}." for code, words in CERTAINTIES.items()),
        )
        for row, note in enumerate(notes, start=1):
            self.text(sheet, (row, 0), note, "note")
        row = self.by_queue(sheet, len(notes) + 2)
        self.by_cause(sheet, row + 2)
        print_wide(sheet, f"Summary, as of {as_of}")

    def by_queue(self, sheet: Any, row: int) -> int:  # noqa: ANN401
        """Write the table of queues from `row` on; returns the row of its total."""
        self.header(sheet, row, QUEUE_COLUMNS)
        for queue in QUEUES:
            row += 1
            figures = self.of_queue(queue)
            sheet.write_url(row, 0, f"internal:'{QUEUES[queue]}'!A1", string=QUEUES[queue])
            due = min((item.next_due_on for item in figures if item.next_due_on), default=None)
            if due is not None:
                sheet.write_datetime(row, 1, due, self.styles["date"])
            self.sums(sheet, row, figures, ("number", "money"))
        row += 1
        self.text(sheet, (row, 0), "Total", "total_text")
        self.sums(sheet, row, self.figures, ("total_number", "total"))
        return row

    def sums(self, sheet: Any, row: int, figures: list[Figures], styles: tuple[str, str]) -> None:  # noqa: ANN401
        """Write counts and amounts of all, of those past due and of those due soon."""
        pairs = (
            (sum(i.cases for i in figures), sum(i.cents for i in figures)),
            (sum(i.late_cases for i in figures), sum(i.late_cents for i in figures)),
            (sum(i.soon_cases for i in figures), sum(i.soon_cents for i in figures)),
        )
        for number, (cases, cents) in enumerate(pairs):
            sheet.write_number(row, 2 + 2 * number, cases, self.styles[styles[0]])
            sheet.write_number(row, 3 + 2 * number, dollars(cents), self.styles[styles[1]])

    def by_cause(self, sheet: Any, row: int) -> None:  # noqa: ANN401
        """Write the table of causes from `row` on, the largest amount first."""
        self.header(sheet, row, CAUSE_COLUMNS)
        sums: dict[tuple[str, str], tuple[int, int]] = {}
        for item in self.figures:
            key = (item.cause, item.party)
            cases, cents = sums.get(key, (0, 0))
            sums[key] = (cases + item.cases, cents + item.cents)
        for (cause, party), (cases, cents) in sorted(sums.items(), key=lambda i: (-i[1][1], i[0])):
            row += 1
            self.text(sheet, (row, 0), in_words(CAUSES, cause), "text")
            self.text(sheet, (row, 1), in_words(PARTIES, party), "text")
            sheet.write_number(row, 2, cases, self.styles["number"])
            sheet.write_number(row, 3, dollars(cents), self.styles["money"])


def told(case: Case) -> tuple[Any, ...]:
    """The values of a case, in the order of the columns."""
    return (
        case.priority,
        case.due_on,
        case.days_left,
        case.account_id,
        case.line_no,
        in_words(PARTIES, case.party),
        case.payer_name,
        in_words(CAUSES, case.cause),
        in_words(DISPOSITIONS, case.disposition),
        dollars(case.amount_cents),
        case.certainty,
        case.explanation,
        law(case.rule_id),
        case.party_id,
        case.evidence.replace("|", ", "),
    )


@cache
def law(rule_id: str | None) -> str | None:
    """The citation of the rule that sets the date, and the rule's id."""
    return None if rule_id is None else f"{rule_book().rule(rule_id).citation} ({rule_id})"


def dollars(cents: int) -> Decimal:
    """Cents as the dollars that a cell shows."""
    return Decimal(cents).scaleb(-2)


def counted(cases: int) -> str:
    """How many cases, in words."""
    return f"{cases:,} case" if cases == 1 else f"{cases:,} cases"


def print_wide(sheet: Any, name: str) -> None:  # noqa: ANN401
    """Print on landscape pages as wide as the sheet, numbered."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{name}&RPage &P of &N")
