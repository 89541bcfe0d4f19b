"""What the payers answered, and the other records beside the ledger."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from requite.domain.codes import CLAIM_STATUSES, PROVIDER_ADJUSTMENTS, adjustment_in_words
from requite.domain.determination.account import RemitAdjustment, RemitClaim, RemitLine
from requite.domain.determination.answer import Answer
from requite.domain.determination.finding import Finding
from requite.domain.determination.ledger_lines import LedgerLines, resolve_lines
from requite.domain.determination.worksheet import Worksheet
from requite.domain.statement.layout import AdjustmentRow, ClaimBlock, ClaimLineRow, OtherRecord
from requite.domain.statement.ledger import joined, payer_name
from requite.domain.statement.marks import Marks, MarksByLine, marks_of
from requite.domain.words import in_words


class Reading(NamedTuple):
    """What the blocks of claims are made from; rows and lines in force by their claim."""

    sheet: Worksheet
    findings: Sequence[Finding]
    marks: Marks
    lines: LedgerLines
    rows: Mapping[str, Sequence[RemitLine]]
    adjustments: Mapping[tuple[str, int | None], Sequence[RemitAdjustment]]
    in_force: Mapping[Answer, Sequence[int]]


def reading_of(sheet: Worksheet, findings: Sequence[Finding]) -> Reading:
    """Read a worksheet once for all of its claims."""
    rows: dict[str, list[RemitLine]] = {}
    for row in sorted(sheet.account.remit_lines, key=lambda row: row.line_no):
        rows.setdefault(row.remit_claim_id, []).append(row)
    adjustments: dict[tuple[str, int | None], list[RemitAdjustment]] = {}
    for item in sheet.account.remit_adjustments:
        adjustments.setdefault((item.remit_claim_id, item.line_no), []).append(item)
    in_force: dict[Answer, list[int]] = {}
    for number in sorted(sheet.states):
        for answer in {part.answer for part in sheet.states[number].in_force if part is not None}:
            in_force.setdefault(answer, []).append(number)
    lines = LedgerLines(sheet)
    return Reading(sheet, findings, marks_of(findings), lines, rows, adjustments, in_force)


def claims_of(reading: Reading) -> list[ClaimBlock]:
    """The remittance claims there are on the day, in the order in which they came."""
    account, as_of = reading.sheet.account, reading.sheet.book.as_of
    answers = {answer.claim.remit_claim_id: answer for answer in reading.sheet.answers}
    claims = [claim for claim in account.remit_claims if claim.payment_date <= as_of]
    claims.sort(key=lambda claim: (claim.payment_date, claim.remit_id, claim.place))
    return [_block(reading, claim, answers.get(claim.remit_claim_id)) for claim in claims]


def _block(reading: Reading, claim: RemitClaim, answer: Answer | None) -> ClaimBlock:
    return ClaimBlock(
        reading.marks.get(claim.remit_claim_id, ()),
        claim.remit_claim_id,
        payer_name(claim.payer_id, reading.sheet.book),
        claim.payment_date,
        claim.trace_number,
        claim.payer_claim_number or "",
        in_words(CLAIM_STATUSES, claim.claim_status),
        _standing(reading, answer),
        claim.charge_cents,
        claim.paid_cents,
        tuple(_lines(reading, claim, answer)),
    )


def _standing(reading: Reading, answer: Answer | None) -> str:
    """What became of an answer: in force, reversed, replaced, or no answer here."""
    if answer is None:
        return "no answer"
    if not answer.own:
        return f"belongs to account {answer.claim.account_id}"
    other = answer.reversed_by
    if other is not None:
        word = "reverses" if answer.is_reversal else "reversed by"
        return f"{word} {other.claim.remit_claim_id}"
    if answer.is_reversal:
        return "reverses nothing found"
    return _in_force(answer, reading.in_force.get(answer, ()))


def _in_force(answer: Answer, lines: Sequence[int]) -> str:
    """On which lines an answer is the one that counts."""
    if not lines or len(lines) == len(answer.adjudications):
        return "in force" if lines else "not in force"
    unit = "line" if len(lines) == 1 else "lines"
    return f"in force on {unit} {joined(*map(str, lines))}"


def _lines(reading: Reading, claim: RemitClaim, answer: Answer | None) -> list[ClaimLineRow]:
    """The lines of a claim with the ledger's lines they answer, and what it says as a whole."""
    rows = reading.rows.get(claim.remit_claim_id, ())
    own = answer is not None and answer.own and reading.sheet.lines
    places = [number for number, _ in resolve_lines(reading.lines, rows)] if own else []
    marks = reading.marks.get(claim.remit_claim_id, ())
    by_line = MarksByLine(marks, reading.findings)
    found = []
    for index, row in enumerate(rows):
        line_no = places[index] if places else None
        found.append(
            ClaimLineRow(
                by_line.on(line_no) if places else marks,
                line_no,
                _service(row),
                row.charge_cents,
                _adjustments(reading, claim, row.line_no),
                row.paid_cents,
            )
        )
    whole = _adjustments(reading, claim, None)
    if whole or not rows:
        charge, paid = (0, 0) if rows else (claim.charge_cents, claim.paid_cents)
        found.append(ClaimLineRow(marks, None, "", charge, whole, paid))
    return found


def _service(row: RemitLine) -> str:
    procedure = " ".join(filter(None, (row.procedure_code, row.modifiers)))
    return procedure or f"line {row.line_no}"


def _adjustments(
    reading: Reading, claim: RemitClaim, line_no: int | None
) -> tuple[AdjustmentRow, ...]:
    rows = reading.adjustments.get((claim.remit_claim_id, line_no), ())
    chosen = sorted((row.group_code, row.carc, row.amount_cents) for row in rows)
    return tuple(
        AdjustmentRow(group, carc, adjustment_in_words(group, carc), cents)
        for group, carc, cents in chosen
    )


def other_records(reading: Reading) -> list[OtherRecord]:
    """Provider adjustments, refunds, deposits that the bank returned, contract amounts."""
    return [
        *_provider_adjustments(reading),
        *_refunds(reading),
        *_returned(reading),
        *_contracts(reading),
    ]


def _provider_adjustments(reading: Reading) -> list[OtherRecord]:
    """Those that name this account, and those that name none but a finding rests on."""
    sheet, marks = reading.sheet, reading.marks
    unnamed = [row for rows in sheet.book.unnamed.values() for row in rows if row.key in marks]
    rows = {row.key: row for row in (*sheet.account.provider_adjustments, *unnamed)}
    return [
        OtherRecord(
            marks.get(row.key, ()),
            row.key,
            row.payment_date,
            f"provider adjustment {row.reason_code}"
            f" {in_words(PROVIDER_ADJUSTMENTS, row.reason_code)}, "
            f"{payer_name(row.payer_id, sheet.book)}: "
            f"{'lowers' if row.amount_cents >= 0 else 'raises'} the payment",
            joined(f"trace {row.trace_number}", f"names {row.reference or 'no claim'}"),
            abs(row.amount_cents),
        )
        for row in sorted(rows.values(), key=lambda row: (row.payment_date, row.remit_id, row.key))
        if row.payment_date <= sheet.book.as_of
    ]


def _refunds(reading: Reading) -> list[OtherRecord]:
    found = []
    for row in sorted(reading.sheet.account.refunds):
        payee = "the patient"
        if row.payee == "payer":
            payee = payer_name(row.payee_id, reading.sheet.book)
        posted = f"posted as {row.transaction_id}" if row.transaction_id else "not posted"
        check = f"check {row.check_number}" if row.check_number else ""
        what = f"refund to {payee}, {row.status}"
        found.append(
            OtherRecord(
                reading.marks.get(row.refund_id, ()),
                row.refund_id,
                row.issued_on,
                what,
                joined(check, posted),
                row.amount_cents,
            )
        )
    return found


def _returned(reading: Reading) -> list[OtherRecord]:
    return [
        OtherRecord(
            reading.marks.get(row.deposit_id, ()),
            row.deposit_id,
            row.deposited_on,
            "payment returned by the bank",
            f"trace {row.trace_number}" if row.trace_number else "",
            -row.amount_cents,
        )
        for row in sorted(reading.sheet.account.deposits)
        if row.amount_cents < 0 and row.deposited_on <= reading.sheet.book.as_of
    ]


def _contracts(reading: Reading) -> list[OtherRecord]:
    return [
        OtherRecord(
            (),
            row.contract_version or "",
            None,
            f"contract with {payer_name(row.payer_id, reading.sheet.book)} allows",
            "the account" if row.line_no is None else f"line {row.line_no}",
            row.expected_allowed_cents,
        )
        for row in sorted(
            reading.sheet.account.contracts,
            key=lambda row: (row.payer_id, row.line_no or 0, row.contract_version or ""),
        )
    ]
