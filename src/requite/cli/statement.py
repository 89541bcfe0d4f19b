"""A statement of account on the terminal: head, ledger, remittances, arithmetic, findings."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from requite.cli.terminal import (
    LIT,
    LOUD,
    WIDE,
    dollars,
    heading,
    indented,
    marks_in_words,
    plain,
    row,
    table,
)
from requite.domain.parties import Certainty, Party
from requite.domain.statement.layout import ClaimBlock, ClaimLineRow, FindingRow, Statement
from requite.domain.words import days_in_words


def sections(statement: Statement, screen: Console) -> Iterator[RenderableType]:
    """The statement, part by part."""
    yield from _head(statement)
    yield from _ledger(statement, wide=screen.width >= WIDE)
    yield from _claims(statement)
    yield from _other_records(statement)
    if statement.held is None:
        yield from _arithmetic(statement)
        yield from _findings(statement, screen)


def _head(statement: Statement) -> Iterator[RenderableType]:
    yield Text(plain(f"Account {statement.account_id} on {statement.as_of}"), style="bold")
    yield Text(plain(", ".join(statement.facts)))
    for cover in statement.coverages:
        notes = [cover.payer_id, cover.payer_class, cover.note]
        told = ", ".join(note for note in notes if note)
        yield Text(plain(f"Payer {cover.cob_order}: {cover.name} ({told})"))
    yield Text()
    if statement.held is not None:
        yield Text(f"HELD OUT: {plain(statement.held)}", style=LOUD)
        yield Text(statement.verdict)
        return
    figures = (
        ("Balance", statement.balance_cents),
        ("Credit", statement.credit_cents),
        ("Masked", statement.masked_cents),
        ("Still owed", statement.owed_cents),
    )
    yield Text("   ".join(f"{name} {dollars(cents)}" for name, cents in figures), style="bold")
    yield Text(plain(statement.verdict))


def _lines(*numbers: int | None) -> str:
    """The lines that a row sits on; none means the whole account."""
    return ", ".join(str(number) for number in numbers if number is not None) or "all"


def _ledger(statement: Statement, *, wide: bool) -> Iterator[RenderableType]:
    yield heading("Ledger")
    if wide:
        names = ("", "Date", "Id", "Entry", "Reference", "Line", "Amount", "Balance")
        made = table(*names, money=("Amount", "Balance"), fold=("Id", "Entry", "Reference"))
    else:
        made = table("", "Date", "Entry", "Line", "Amount", money=("Amount",), fold=("Entry",))
    for entry in statement.ledger:
        mark = marks_in_words(entry.marks)
        what = ", ".join(part for part in (entry.what, entry.note) if part)
        style = LIT if entry.marks else None
        amount, line = dollars(entry.amount_cents), _lines(*entry.lines)
        if wide:
            balance = dollars(entry.balance_cents)
            shown = (mark, entry.on, entry.record_id, what, entry.reference, line, amount, balance)
            row(made, *shown, style=style)
        else:
            told = f"{entry.record_id} {what}" + (f", {entry.reference}" if entry.reference else "")
            row(made, mark, entry.on, told, line, amount, style=style)
    made.add_section()
    balance = dollars(statement.ledger[-1].balance_cents) if statement.ledger else "$0.00"
    row(made, "", "", "Balance", *[""] * (4 if wide else 1), balance, style="bold")
    yield made
    if statement.entries_after:
        yield Text(f"{statement.entries_after} more dated after {statement.as_of}: not there yet.")


def _claims(statement: Statement) -> Iterator[RenderableType]:
    if not statement.claims:
        yield heading("Remittances: none")
        return
    yield heading("Remittances")
    for number, claim in enumerate(statement.claims):
        if number:
            yield Text()
        yield from _claim(claim)


def _claim(claim: ClaimBlock) -> Iterator[RenderableType]:
    mark = marks_in_words(claim.marks)
    number = f", payer's claim {claim.payer_claim_number}" if claim.payer_claim_number else ""
    first = f"{claim.payer}, paid {claim.paid_on}, trace {claim.trace_number}{number}"
    yield Text(plain(f"{mark} {first}".strip()), style=LIT if claim.marks else "")
    standing = f"; {claim.standing}" if claim.standing else ""
    yield Text(plain(f"{claim.remit_claim_id}: {claim.status}{standing}"), style="dim")
    names = ("", "Line", "Service", "Charge", "Adjustments", "Paid")
    made = table(*names, money=("Charge", "Paid"), fold=("Adjustments", "Service"))
    for line in claim.lines:
        row(
            made,
            marks_in_words(line.marks),
            line.ledger_line if line.service else "",
            line.service or "whole claim",
            dollars(line.charge_cents),
            _adjustments(line),
            dollars(line.paid_cents),
            style=LIT if line.marks else None,
        )
    if len(claim.lines) > 1:
        made.add_section()
        total = (dollars(claim.charge_cents), "", dollars(claim.paid_cents))
        row(made, "", "", "Total", *total, style="bold")
    yield made


def _adjustments(line: ClaimLineRow) -> str:
    return "\n".join(f"{item.words} {dollars(item.amount_cents)}" for item in line.adjustments)


def _other_records(statement: Statement) -> Iterator[RenderableType]:
    if not statement.other_records:
        return
    yield heading("Other records")
    made = table("", "Date", "Record", "Amount", money=("Amount",), fold=("Record",))
    for record in statement.other_records:
        told = " ".join(part for part in (record.record_id, record.what) if part)
        if record.reference:
            told = f"{told}, {record.reference}"
        row(
            made,
            marks_in_words(record.marks),
            record.on,
            told,
            dollars(record.amount_cents),
            style=LIT if record.marks else None,
        )
    yield made


def _arithmetic(statement: Statement) -> Iterator[RenderableType]:
    yield heading("Who should have paid what")
    money = ("Should\nhave paid", "Did pay", "Difference")
    made = table("", "Line", "Party", *money, "", money=money, fold=("Party",))
    for cell in statement.arithmetic:
        row(
            made,
            marks_in_words(cell.marks),
            _lines(cell.line_no),
            cell.party,
            dollars(cell.target_cents),
            dollars(cell.actual_cents),
            *_difference(cell.difference_cents),
            style=LIT if cell.difference_cents > 0 else None,
        )
    made.add_section()
    target = sum(cell.target_cents for cell in statement.arithmetic)
    actual = sum(cell.actual_cents for cell in statement.arithmetic)
    total = (dollars(target), dollars(actual), *_difference(actual - target))
    row(made, "", "", "Total", *total, style="bold")
    yield made
    yield Text(
        f"Still owed {dollars(statement.owed_cents)} less too much "
        f"{dollars(statement.credit_cents)} is the balance: {dollars(statement.balance_cents)}."
    )


def _difference(cents: int) -> tuple[str, str]:
    """A difference with its sign and its word."""
    if cents == 0:
        return dollars(0), ""
    return (f"+{dollars(cents)}", "too much") if cents > 0 else (dollars(cents), "still owed")


def _findings(statement: Statement, screen: Console) -> Iterator[RenderableType]:
    yield heading("Findings" if statement.findings else "Findings: none")
    for number, finding in enumerate(statement.findings):
        if number:
            yield Text()
        yield from _finding(finding, screen)
    if statement.variances:
        yield heading("Contract variances")
    for variance in statement.variances:
        place = "the account" if variance.line_no is None else f"line {variance.line_no}"
        gap = f"{dollars(abs(variance.amount_cents))} {_more(variance.amount_cents)}"
        told = f"{variance.payer} on {place}: the remittance allows {gap} than the contract."
        yield Text(plain(told))


def _more(cents: int) -> str:
    return "more" if cents > 0 else "less"


def _finding(finding: FindingRow, screen: Console) -> Iterator[RenderableType]:
    place = "the account" if finding.line_no is None else f"line {finding.line_no}"
    amount = dollars(finding.amount_cents)
    head = f"[{finding.number}] {amount} on {place}: {finding.whose}"
    yield Text(plain(head), style="bold")
    perhaps = "Perhaps: " if finding.certainty == Certainty.PERSON else ""
    yield indented(f"{perhaps}{finding.cause_words}. {finding.disposition_words}.", screen)
    yield indented(finding.explanation, screen)
    yield indented(f"{finding.certainty.capitalize()}: {finding.certainty_words}.", screen)
    yield _clock(finding, screen)
    yield indented(f"Rests on {', '.join(finding.evidence)}.", screen, "dim")


def _clock(finding: FindingRow, screen: Console) -> Text:
    if finding.due_on is None or finding.days_left is None:
        owed = finding.party != Party.NONE
        return indented(
            "No rule of law sets a date." if owed else "Nobody is owed: no clock runs.", screen
        )
    late = finding.days_left < 0
    days = days_in_words(finding.days_left)
    clock = f"Due {finding.due_on}, {days.upper() if late else days}"
    law = f"{finding.citation}; rule {finding.rule_id}"
    return indented(f"{clock} ({law}).", screen, LOUD if late else "")
