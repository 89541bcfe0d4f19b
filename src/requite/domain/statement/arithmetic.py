"""Should have paid, did pay, difference: the table that adds up to the balance."""

from collections.abc import Sequence

from requite.domain.determination.account import Book
from requite.domain.determination.finding import CellRow, Finding
from requite.domain.determination.worksheet import (
    CHARGES,
    CONTRACTUAL,
    INTEREST,
    PATIENT,
    PAYER,
    TRANSFER,
    WRITE_OFF,
)
from requite.domain.parties import Party
from requite.domain.statement.layout import ArithmeticRow
from requite.domain.statement.ledger import payer_name

KINDS = {
    CONTRACTUAL: "contractual write-off",
    PAYER: "payer",
    PATIENT: "patient",
    WRITE_OFF: "other write-off",
    TRANSFER: "transfers",
    INTEREST: "interest",
    CHARGES: "charges below zero",
}
# Which column a finding lies in where it is no payer's and its line has several.
OF_CAUSE = {
    "adjudication_pending": PATIENT,
    "contractual_overposted": CONTRACTUAL,
    "interest_as_payment": INTEREST,
    "patient_overcollection": PATIENT,
    "prepayment_without_charges": PATIENT,
    "refund_unposted": PATIENT,
    "returned_payment_unposted": PATIENT,
    "transfer_unbalanced": TRANSFER,
    "uncollectable_responsibility": PATIENT,
    "voided_charge": CONTRACTUAL,
    "writeoff_then_payment": WRITE_OFF,
}


def arithmetic_of(
    cells: Sequence[CellRow], findings: Sequence[Finding], book: Book
) -> list[ArithmeticRow]:
    """The cells in which anything is owed or paid, by line, the account as a whole last."""
    told = [cell for cell in cells if cell.target_cents or cell.actual_cents]
    order = list(KINDS)
    told.sort(key=lambda cell: (cell.line_no is None, cell.line_no or 0, order.index(cell.kind)))
    marks = _marks(told, findings)
    return [
        ArithmeticRow(
            tuple(marks[index]),
            cell.line_no,
            payer_name(cell.party_id, book) if cell.kind == PAYER else KINDS[cell.kind],
            cell.target_cents,
            cell.actual_cents,
        )
        for index, cell in enumerate(told)
    ]


def _marks(cells: Sequence[CellRow], findings: Sequence[Finding]) -> list[list[int]]:
    """For each cell the findings about it; a finding whose cell is not certain marks none."""
    marks: list[list[int]] = [[] for _ in cells]
    by_line: dict[int | None, list[tuple[int, CellRow]]] = {}
    for index, cell in enumerate(cells):
        by_line.setdefault(cell.line_no, []).append((index, cell))
    for number, finding in enumerate(findings, start=1):
        over = [
            index
            for index, cell in by_line.get(finding.line_no, ())
            if cell.difference_cents > 0
            and (cell.kind == PAYER) == (finding.payer_id is not None)
            and (cell.kind != PAYER or cell.party_id == finding.payer_id)
        ]
        if len(over) > 1 and finding.payer_id is None:
            kind = PATIENT if finding.party == Party.PATIENT else OF_CAUSE.get(finding.cause)
            over = [index for index in over if cells[index].kind == kind]
        for index in over:
            marks[index].append(number)
    return marks
