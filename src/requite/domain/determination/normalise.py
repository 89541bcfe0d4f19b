"""Normalise: voids, reversal pairs, places, and which party each posting belongs to.

Everything dated after as_of is not there yet. What remains are lines with their net charge and
postings sorted by date and id, so that no later step depends on the order of the rows.
"""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Final

from requite.domain.determination.account import (
    Allocation,
    Book,
    LedgerEntry,
    PatientAccount,
)
from requite.domain.determination.line import Line
from requite.domain.determination.places import add_places
from requite.domain.determination.whose import Parties
from requite.domain.determination.worksheet import FAR, Posting, Worksheet

DAY_OF_ENTRY: Final = attrgetter("posted_on")
ID_OF_ENTRY: Final = attrgetter("transaction_id")


def normalise(account: PatientAccount, book: Book, *, takes_second: bool = False) -> Worksheet:
    """Open the worksheet of an account: lines, places and postings, nothing judged yet.

    Parameters
    ----------
    account : PatientAccount
        The rows of the account, in any order.
    book : Book
        Payers, plans and the day the determination looks from.
    takes_second : bool
        Whether postings that two readings fit are taken by the second.

    Returns
    -------
    Worksheet
        Without answers, states or cells.
    """
    sheet = Worksheet(account, book, takes_second=takes_second)
    add_lines(sheet)
    add_places(sheet)
    add_postings(sheet)
    return sheet


def add_lines(sheet: Worksheet) -> None:
    """Sum the charges of each line, net of voids, and keep what was charged at first."""
    as_of = sheet.book.as_of
    lines = sheet.lines
    for charge in sorted(sheet.account.charges):
        if charge.posted_on is not None and charge.posted_on > as_of:
            continue
        line = lines.get(charge.line_no)
        if line is None:
            line = lines[charge.line_no] = Line(charge.line_no)
        add_charge(line, charge.amount_cents, charge.service_date)
        line.charge_ids.append(charge.charge_id)
        if charge.procedure_code is not None:
            line.procedure_code = charge.procedure_code
            line.modifiers = charge.modifiers
        if charge.voided_on is None or charge.voided_on > as_of:
            line.net += charge.amount_cents
    order_lines(sheet)


def add_charge(line: Line, cents: int, service_date: date | None) -> None:
    """Add what a charge was before any void, and keep the earliest day of service."""
    if cents > 0:
        line.gross += cents
        line.amounts.append(cents)
    known = line.service_date
    if service_date is not None and (known is None or service_date < known):
        line.service_date = service_date


def order_lines(sheet: Worksheet) -> None:
    """Lines by service date, then line number: the order in which money fills them."""
    lines = sheet.lines
    if len(lines) == 1:
        sheet.line_order = list(lines)
        return
    keyed = [(line.service_date or FAR, number) for number, line in lines.items()]
    keyed.sort()
    sheet.line_order = [number for _, number in keyed]


def add_postings(sheet: Worksheet) -> None:
    """Sort the living ledger entries into their parties, split where the source allocates."""
    account, as_of = sheet.account, sheet.book.as_of
    entries = [
        entry
        for entry in account.entries
        if entry.posted_on <= as_of and (entry.voided_on is None or entry.voided_on > as_of)
    ]
    entries = without_reversal_pairs(entries)
    entries.sort(key=ID_OF_ENTRY)
    entries.sort(key=DAY_OF_ENTRY)
    allocated = allocations_by_entry(account.allocations)
    postings = sheet.postings
    parties = Parties(sheet)
    for entry in entries:
        kind, role, place, is_inferred, _ = parties.of(entry)
        bucket = postings.get(kind)
        if bucket is None:
            bucket = postings[kind] = []
        parts: Sequence[Posting]
        if allocated and entry.transaction_id in allocated:
            parts = split(entry, allocated[entry.transaction_id], as_of)
        else:
            parts = (Posting(entry, entry.line_no, -entry.amount_cents),)
        for posting in parts:
            posting.role = role
            posting.place = place
            posting.is_inferred = is_inferred
            bucket.append(posting)


def entry_key(entry: LedgerEntry) -> tuple[date, str]:
    """By date, then id."""
    return (entry.posted_on, entry.transaction_id)


def without_reversal_pairs(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    """Drop each entry that another reverses in full, and the one that does it."""
    reversing = [entry for entry in entries if entry.reverses_transaction_id is not None]
    if not reversing:
        return entries
    by_id = {entry.transaction_id: entry for entry in entries}
    gone: set[str] = set()
    for entry in sorted(reversing, key=entry_key):
        original = by_id.get(entry.reverses_transaction_id or "")
        if original is None or entry.transaction_id in gone or original.transaction_id in gone:
            continue
        if original.amount_cents == -entry.amount_cents:
            gone.add(entry.transaction_id)
            gone.add(original.transaction_id)
    return [entry for entry in entries if entry.transaction_id not in gone]


def allocations_by_entry(rows: Sequence[Allocation]) -> dict[str, list[Allocation]]:
    """Group the source's own allocations by ledger entry."""
    grouped: dict[str, list[Allocation]] = {}
    for row in sorted(rows, key=allocation_key):
        grouped.setdefault(row.transaction_id, []).append(row)
    return grouped


def allocation_key(row: Allocation) -> tuple[str, int, int]:
    """By entry, line and amount."""
    return (row.transaction_id, row.line_no, row.amount_cents)


def split(entry: LedgerEntry, rows: list[Allocation], as_of: date) -> list[Posting]:
    """A ledger entry as its allocations put it on lines; the rest belongs to the account."""
    by_line: dict[int, int] = {}
    for row in rows:
        if row.undone_on is None or row.undone_on > as_of:
            by_line[row.line_no] = by_line.get(row.line_no, 0) + row.amount_cents
    rest = entry.amount_cents - sum(by_line.values())
    postings = [Posting(entry, number, -cents) for number, cents in sorted(by_line.items())]
    if rest:
        postings.append(Posting(entry, None, -rest))
    return postings
