"""`requite worklist`: the cases of a run in the order in which to work them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from requite.cli.detect import today
from requite.domain.spreadsheet import csv_text
from requite.domain.words import (
    CAUSES,
    DISPOSITIONS,
    PARTIES,
    QUEUES,
    days_in_words,
    in_words,
)

if TYPE_CHECKING:
    from rich.table import Table

    from requite.engine.cases import Case

COLUMNS = (
    "priority", "queue", "due_on", "days_left", "account_id", "line_no", "party", "party_id",
    "payer_name", "payer_class", "cause", "disposition", "amount", "certainty", "rule_id",
    "explanation", "evidence",
)  # fmt: skip


@click.command()
@click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--first", type=click.IntRange(min=0), default=10, show_default=True,
    help="How many cases; 0 for all.",
)  # fmt: skip
@click.option("--queue", type=click.Choice(list(QUEUES)), help="Only the cases of one queue.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
    show_default=True,
)  # fmt: skip
def worklist(folder: Path, first: int, queue: str | None, form: str) -> None:
    """Show the cases in DIR, where `requite detect` wrote its findings, in the order of work.

    Past due first, then government payers, patients and others. Queues: first (past due and
    government), patients, payers (the others), corrections (false credits), holds, person.

    \b
    requite worklist demo/findings --first 10
    requite worklist demo/findings --queue patients --first 0 --format csv
    """
    from requite.engine.cases import open_worklist, read_legend

    legend = read_legend(folder, otherwise=today())
    with open_worklist(folder, legend) as opened:
        cases = list(opened.cases(queue, first=first or None))
        total = sum(item.cases for item in opened.figures() if queue in (None, item.queue))
    if form == "json":
        click.echo(json.dumps([case._asdict() for case in cases], indent=2, default=str))
    elif form == "csv":
        click.echo(_csv(cases), nl=False)
    else:
        _show(cases)
    click.echo(_closing(len(cases), total, folder, queue), err=form != "table")


def _closing(shown: int, total: int, folder: Path, queue: str | None) -> str:
    """What was shown, and where the rest lies."""
    from requite.engine.cases import WORKBOOK

    book = folder / WORKBOOK
    whole = book if book.is_file() else folder / "findings.csv"
    where = f" in the queue {QUEUES[queue]!r}" if queue else ""
    return f"{shown:,} of {total:,} cases{where}. The whole worklist: {whole}"


def _csv(cases: Sequence["Case"]) -> str:
    told = (
        {**case._asdict(), "amount": f"{case.amount_cents // 100}.{case.amount_cents % 100:02}"}
        for case in cases
    )
    return csv_text(COLUMNS, ([row[name] for name in COLUMNS] for row in told))


def _show(cases: Sequence["Case"]) -> None:
    from requite.cli.terminal import WIDE, console, say

    screen = console()
    if cases:
        say([_wide(cases) if screen.width >= WIDE else _narrow(cases)], screen)


def _wide(cases: Sequence["Case"]) -> "Table":
    from requite.cli.terminal import dollars, row, table

    names = ("#", "Due", "Account", "Line", "Whose", "Cause", "Amount", "What to do")
    made = table(*names, money=("#", "Amount"), fold=("Whose", "Cause", "What to do", "Account"))
    for case in cases:
        row(
            made,
            case.priority,
            _due(case),
            case.account_id,
            case.line_no,
            _whose(case),
            in_words(CAUSES, case.cause),
            dollars(case.amount_cents),
            in_words(DISPOSITIONS, case.disposition),
            style=_style(case),
        )
    return made


def _narrow(cases: Sequence["Case"]) -> "Table":
    """Two and more rows a case: what would not stand side by side stands below."""
    from requite.cli.terminal import dollars, row, table

    names = ("#", "Due", "Account", "Case", "Amount")
    made = table(*names, money=("#", "Amount"), fold=("Account", "Case"))
    for case in cases:
        line = "" if case.line_no is None else f"\nline {case.line_no}"
        told = f"{_whose(case)}\n{in_words(CAUSES, case.cause)}"
        row(
            made,
            case.priority,
            _due(case),
            f"{case.account_id}{line}",
            f"{told}\n-> {in_words(DISPOSITIONS, case.disposition)}",
            dollars(case.amount_cents),
            style=_style(case),
        )
    return made


def _whose(case: "Case") -> str:
    """The payer by name, else whose the money is in words."""
    if case.party == "payer":
        return case.payer_name or case.party_id or ""
    return in_words(PARTIES, case.party)


def _due(case: "Case") -> str:
    """The day, and below it how many days are left."""
    if case.due_on is None or case.days_left is None:
        return ""
    return f"{case.due_on}\n{days_in_words(case.days_left)}"


def _style(case: "Case") -> str | None:
    from requite.cli.terminal import LOUD

    return LOUD if case.days_left is not None and case.days_left < 0 else None
