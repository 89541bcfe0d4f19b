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
    Coverage,
    LedgerEntry,
    PatientAccount,
)
from requite.domain.determination.line import Line, Place
from requite.domain.determination.worksheet import (
    CONTRACTUAL,
    FAR,
    INTEREST,
    NO_PLACE,
    PATIENT,
    PAYER,
    TRANSFER,
    WRITE_OFF,
    Posting,
    Worksheet,
)

UNGROUPED: Final = "ungrouped"
INTEREST_CARC: Final = "225"
PATIENT_RESPONSIBILITY: Final = "PR"
BUCKET_PLACE: Final = {"primary": 0, "secondary": 1, "tertiary": 2}
DAY_OF_ENTRY: Final = attrgetter("posted_on")
ID_OF_ENTRY: Final = attrgetter("transaction_id")
MONEY: Final = frozenset({"payment", "refund", "recoupment", "returned_payment"})


def normalise(account: PatientAccount, book: Book) -> Worksheet:
    """Open the worksheet of an account: lines, places and postings, nothing judged yet.

    Parameters
    ----------
    account : PatientAccount
        The rows of the account, in any order.
    book : Book
        Payers, plans and the day the determination looks from.

    Returns
    -------
    Worksheet
        Without answers, states or cells.
    """
    sheet = Worksheet(account, book)
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


def add_places(sheet: Worksheet) -> None:
    """The payers on file, in COB order, and whether the patient may be billed."""
    for coverage in sorted(sheet.account.coverages, key=coverage_key):
        place = add_place(sheet, coverage.payer_id, coverage.cob_order)
        place.member_id = coverage.member_id
        place.plan_id = coverage.plan_id
        place.effective_from = coverage.effective_from
        place.effective_to = coverage.effective_to
        place.capitated = coverage.capitated
        if not coverage.responsibility_collectable and covers_any(sheet, place):
            sheet.collectable = False


def covers_any(sheet: Worksheet, place: Place) -> bool:
    """Whether a coverage's dates cover a service of the account."""
    days = [line.service_date or sheet.account.service_from for line in sheet.lines.values()]
    return any(place.covers(day) for day in days or [sheet.account.service_from])


def coverage_key(coverage: Coverage) -> tuple[int, str, str]:
    """COB order first; ties by payer and member so that the row order never matters."""
    return (coverage.cob_order, coverage.payer_id, coverage.member_id or "")


def add_place(sheet: Worksheet, payer_id: str, order: int) -> Place:
    """Append a place for a payer."""
    payer = sheet.book.payers.get(payer_id)
    payer_class = "other" if payer is None else payer.payer_class
    place = Place(len(sheet.places), order, payer_id, payer_class)
    sheet.places.append(place)
    return place


def places_of(sheet: Worksheet, payer_id: str) -> list[Place]:
    """The places where a payer stands; a payer not on file gets one after all others.

    A payer that is not on the account but shares a parent or an ERA identifier with exactly one
    payer on it is that payer.
    """
    places = sheet.places
    found = [place for place in places if place.payer_id == payer_id]
    if found:
        return found
    relatives = [place for place in places if place.on_file and related(sheet, payer_id, place)]
    if relatives and len({place.payer_id for place in relatives}) == 1:
        return relatives
    place = add_place(sheet, payer_id, 1000 + len(places))
    place.on_file = False
    return [place]


def related(sheet: Worksheet, payer_id: str, place: Place) -> bool:
    """Whether a payer shares a parent or an ERA identifier with the payer of a place."""
    payers = sheet.book.payers
    one, other = payers.get(payer_id), payers.get(place.payer_id)
    if one is None or other is None:
        return False
    if one.parent_id is not None and one.parent_id in (other.parent_id, other.payer_id):
        return True
    if other.parent_id is not None and other.parent_id == one.payer_id:
        return True
    return not one.era_ids.isdisjoint(other.era_ids)


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
    for entry in entries:
        kind = kind_of(entry)
        bucket = postings.get(kind)
        if bucket is None:
            bucket = postings[kind] = []
        if allocated and entry.transaction_id in allocated:
            bucket.extend(split(entry, allocated[entry.transaction_id], as_of))
        else:
            bucket.append(Posting(entry, entry.line_no, -entry.amount_cents))


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


def kind_of(entry: LedgerEntry) -> str:
    """Which party's column an entry belongs to; the bucket says where it sits, not whose it is."""
    kind = entry.type
    if kind == "adjustment":
        return kind_of_adjustment(entry)
    if kind in MONEY:
        return PAYER if entry.payer_id else PATIENT
    if kind == "bad_debt":
        return WRITE_OFF
    return TRANSFER if kind == "transfer" else INTEREST


def kind_of_adjustment(entry: LedgerEntry) -> str:
    """Contractual by its group code; interest taken off a payment is its payer's money."""
    if not entry.group_code:
        return UNGROUPED
    if entry.carc == INTEREST_CARC:
        return PAYER
    return WRITE_OFF if entry.group_code == PATIENT_RESPONSIBILITY else CONTRACTUAL


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


def place_of_bucket(sheet: Worksheet, bucket: str | None) -> int:
    """The place that a bucket names, NO_PLACE for the patient's."""
    index = BUCKET_PLACE.get(bucket or "", NO_PLACE)
    known = 0 <= index < len(sheet.places) and sheet.places[index].on_file
    return index if known else NO_PLACE
