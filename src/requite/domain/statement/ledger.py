"""The ledger of an account as its reader sees it: charges and entries by day, with the balance."""

from collections.abc import Sequence
from datetime import date

from requite.domain.codes import ENTRY_TYPES, TENDERS, adjustment_in_words
from requite.domain.determination.account import (
    Allocation,
    Book,
    Charge,
    LedgerEntry,
    PatientAccount,
)
from requite.domain.money import Money
from requite.domain.statement.layout import LedgerRow
from requite.domain.statement.marks import Marks
from requite.domain.words import in_words


def ledger_of(account: PatientAccount, book: Book, marks: Marks) -> tuple[list[LedgerRow], int]:
    """The rows there are on the book's day, and how many are dated after it."""
    as_of = book.as_of
    allocated = _allocations(account.allocations, as_of)
    rows = [
        *(_charge_row(charge, as_of, marks) for charge in account.charges),
        *(_entry_row(entry, book, marks, allocated) for entry in account.entries),
    ]
    charge_ids = {charge.charge_id for charge in account.charges}
    known = [row for row in rows if row.on is None or row.on <= as_of]
    known.sort(key=lambda row: (row.on or date.min, row.record_id not in charge_ids, row.record_id))
    return _with_balance(known), len(rows) - len(known)


def payer_name(payer_id: str | None, book: Book) -> str:
    """The name of a payer, its id where it is not on file."""
    payer = book.payers.get(payer_id or "")
    return payer.name if payer is not None else payer_id or "a payer not on file"


def joined(*parts: str | None) -> str:
    """The parts that say something, with commas."""
    return ", ".join(part for part in parts if part)


def _with_balance(rows: list[LedgerRow]) -> list[LedgerRow]:
    balance = 0
    result = []
    for row in rows:
        balance += row.amount_cents
        result.append(row._replace(balance_cents=balance))
    return result


def _living(cents: int, voided_on: date | None, as_of: date) -> tuple[int, str]:
    """What an amount counts on the day, and a note where it counts nothing."""
    if voided_on is None or voided_on > as_of:
        return cents, ""
    return 0, f"voided {voided_on}, was {Money(cents)}"


def _charge_row(charge: Charge, as_of: date, marks: Marks) -> LedgerRow:
    cents, note = _living(charge.amount_cents, charge.voided_on, as_of)
    service = f"service {charge.service_date}" if charge.service_date else ""
    procedure = " ".join(filter(None, ("charge", charge.procedure_code, charge.modifiers)))
    return LedgerRow(
        marks.get(charge.charge_id, ()),
        charge.charge_id,
        charge.posted_on or charge.service_date,
        (charge.line_no,),
        procedure,
        service,
        note,
        cents,
        0,
    )


def _entry_row(
    entry: LedgerEntry, book: Book, marks: Marks, allocated: dict[str, dict[int, int]]
) -> LedgerRow:
    cents, void = _living(entry.amount_cents, entry.voided_on, book.as_of)
    parts = allocated.get(entry.transaction_id)
    lines: tuple[int, ...] = () if entry.line_no is None else (entry.line_no,)
    split = ""
    if parts:
        lines = tuple(sorted(parts))
        split = joined(*(f"line {number}: {Money(parts[number])}" for number in lines))
    undoes = entry.reverses_transaction_id
    return LedgerRow(
        marks.get(entry.transaction_id, ()),
        entry.transaction_id,
        entry.posted_on,
        lines,
        _what(entry, book),
        _reference(entry),
        joined(void, f"reverses {undoes}" if undoes else "", split if len(lines) > 1 else ""),
        cents,
        0,
    )


def _what(entry: LedgerEntry, book: Book) -> str:
    """What an entry is and whose, in words."""
    words = in_words(ENTRY_TYPES, entry.type)
    if entry.group_code or entry.carc:
        words = f"{words} {adjustment_in_words(entry.group_code, entry.carc)}"
    if entry.type == "transfer":
        return f"{words}, {in_words({'self': 'patient'}, entry.bucket or 'bucket unknown')}"
    if entry.payer_id:
        return joined(words, payer_name(entry.payer_id, book))
    by_patient = entry.type in ("payment", "refund", "returned_payment")
    return joined(words, "patient" if by_patient else "")


def _reference(entry: LedgerEntry) -> str:
    """What ties an entry to a remittance, a deposit or another entry."""
    named = (
        ("trace", entry.trace_number),
        ("claim", entry.payer_claim_number or entry.claim_id),
        ("check", entry.check_number),
        ("deposit", entry.deposit_id),
        ("transfer", entry.transfer_id),
    )
    tender = in_words(TENDERS, entry.tender) if entry.tender else ""
    return joined(tender, *(f"{name} {value}" for name, value in named if value))


def _allocations(rows: Sequence[Allocation], as_of: date) -> dict[str, dict[int, int]]:
    """What the source puts of each entry on which line, in cents."""
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        if row.undone_on is None or row.undone_on > as_of:
            lines = found.setdefault(row.transaction_id, {})
            lines[row.line_no] = lines.get(row.line_no, 0) + row.amount_cents
    return found
