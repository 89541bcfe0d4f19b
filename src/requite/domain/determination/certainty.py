"""How sure is a part? Proved, likely, or for a person.

A patient's money that came by one check for several guarantors is for a person.

Proved: every posting of the part's own cell is linked by reference, and nothing on its line
rests on order alone, on paper, or on a contract that nobody followed. An account whose payer
postings have no remittance proves nothing.
"""

from bisect import bisect_left, bisect_right
from datetime import date
from typing import Final

from requite.domain.determination.account import ProviderAdjustment
from requite.domain.determination.answer import NO_PLACE
from requite.domain.determination.ledger import Ledger
from requite.domain.determination.link import BY_ORDER
from requite.domain.determination.part import Part
from requite.domain.determination.places import UNKNOWN
from requite.domain.determination.proof import (
    answers_of,
    dollars,
    earlier_pending,
    on_file,
    postings_of,
    states_of,
)
from requite.domain.determination.worksheet import CONTRACTUAL, PATIENT, PAYER, Cell, Worksheet
from requite.domain.parties import Certainty, Disposition, Party

WEAKNESS: Final = (Certainty.PROVED, Certainty.LIKELY, Certainty.PERSON)
DAYS_AFTER: Final = 90
# What is said of a line since one payer comes before another.
OF_THE_ORDER: Final = frozenset(
    {"dual_primary", "medicare_secondary_payer", "contractual_overposted"}
)
OF_PATIENT: Final = (PATIENT, NO_PLACE)
COUNTED: Final = frozenset({PAYER, PATIENT, CONTRACTUAL})  # of write-offs the contractual alone


def grade(part: Part, sheet: Worksheet) -> None:
    """Lower the certainty of a part to what its cell's records bear out."""
    if part.certainty == Certainty.PERSON or (
        part.disposition == Disposition.HOLD and (part.party == Party.UNDETERMINED)
    ):
        return
    cell = part.cell
    doubt = doubt_of(sheet, cell)
    if doubt:
        part.why += f"; {doubt}"
        to_person(part)
    elif is_strangers(sheet, part):
        to_person(part)
    elif part.cause in OF_THE_ORDER and has_no_order(sheet, cell):
        part.why += "; the coverages on file give no order that day: the coverage letters settle it"
        to_person(part)
    elif part.party == Party.PATIENT and (others := guarantors_of_one_check(sheet, cell)):
        part.why += f"; one check paid for the guarantors {others}: its copy settles whose it is"
        to_person(part)
    elif not is_proved(sheet, cell) or (part.party == Party.PAYER and is_late(sheet, cell)):
        part.certainty = Certainty.LIKELY
    if part.party == Party.PAYER and (row := asked_about_first(sheet, part)) is not None:
        part.certainty = max(part.certainty, Certainty.LIKELY, key=WEAKNESS.index)
        part.why += (
            f"; ask first whether {dollars(row.amount_cents)}, which the payer took on "
            f"{row.payment_date} naming no claim, was a part of it"
        )


def is_strangers(sheet: Worksheet, part: Part) -> bool:
    """Whether a part is of a payer who is not known, not on file, or comes after one that waits.

    Medicare that paid in the place of its Advantage plan is no stranger.
    """
    cell = part.cell
    if cell.kind == PAYER and sheet.places[cell.place].payer_id == UNKNOWN:
        return True
    if part.party != Party.PAYER:
        return False
    displaced = any(cell.place in state.displaced for state in states_of(sheet, cell))
    return earlier_pending(sheet, cell) or not (displaced or on_file(sheet, cell))


def has_no_order(sheet: Worksheet, cell: Cell) -> bool:
    """Whether of those on file that answered as the first no record says who is.

    Two stand at one place, or the coverage of one does not reach to the day of the service.
    """
    for state in states_of(sheet, cell):
        if state.dual:
            answered = [
                sheet.places[part.answer.place]
                for part in state.in_force
                if part is not None and part.answer.as_primary
            ]
            first = [place for place in answered if place.on_file]
            payers = {(place.order, place.payer_id) for place in first}
            if len({order for order, _ in payers}) < len(payers):
                return True
            line = None if cell.line_no is None else sheet.lines.get(cell.line_no)
            if line is not None and not all(place.covers(line.service_date) for place in first):
                return True
    return False


def guarantors_of_one_check(sheet: Worksheet, cell: Cell) -> str:
    """Those for whom a check of the cell was posted, where they are several; else nothing."""
    shared = sheet.shared_checks
    if not shared:
        return ""
    found = (shared.get(posting.entry.transaction_id) for posting in postings_of(sheet, cell))
    return " and ".join(sorted({name for names in found if names for name in names.split("|")}))


def is_late(sheet: Worksheet, cell: Cell) -> bool:
    """Whether a remittance of the payer that does not add up came since a payment of it here.

    The claim that is missing from it may be the reversal of just this money.
    """
    day = sheet.book.incomplete.get(sheet.places[cell.place].payer_id)
    if day is None:
        return False
    answers = answers_of(sheet, cell)
    return bool(answers) and answers[0].claim.payment_date <= day


def asked_about_first(sheet: Worksheet, part: Part) -> ProviderAdjustment | None:
    """A take-back of the payer that names no claim, is smaller, and came soon after it paid.

    It may be a part of this money; a refund of all of it would then pay that part twice.
    """
    answers = answers_of(sheet, part.cell)
    if not answers:
        return None
    paid_on = answers[-1].claim.payment_date
    fitting = sheet.unnamed.get(part.cell.place)  # it explains other money of the payer
    other = "" if fitting is None else fitting[1].key
    rows = sheet.book.unnamed_by_day.get(sheet.places[part.cell.place].payer_id, ())
    for row in rows[bisect_left(rows, paid_on, key=day_of) :]:
        if (row.payment_date - paid_on).days > DAYS_AFTER:
            return None
        free = row.key != other and row.key not in sheet.used_adjustments
        if free and row.amount_cents < part.cents:
            return row
    return None


def day_of(row: ProviderAdjustment) -> date:
    """The day on which an adjustment lowered a payment."""
    return row.payment_date


def to_person(part: Part) -> None:
    """Leave a part to a person."""
    part.party = Party.UNDETERMINED
    part.disposition = Disposition.REVIEW
    part.certainty = Certainty.PERSON


def doubt_of(sheet: Worksheet, cell: Cell) -> str:
    """Why a cell that only the ledger answers is for a person; empty where it is likely.

    Likely only where one party alone is above its target, repeats set aside, no other set of
    repeats closes the scope as well, and no more is left over than the ledger moved on.
    """
    ledger, states = sheet.ledger, states_of(sheet, cell)
    if ledger is None or not any(state.paper for state in states):
        return ""
    if any(part is not None for state in states for part in state.in_force):
        return ""
    scope = cell.line_no
    if ledger.is_one_scope:
        scope = None
    known = ledger.doubts.get(scope)
    if known is None:
        known = ledger.doubts[scope] = doubt_of_scope(sheet, ledger, scope)
    return known


def doubt_of_scope(sheet: Worksheet, ledger: Ledger, scope: int | None) -> str:
    """Why what stands on a line, or (None) on the account, is for a person."""
    if scope in ledger.doubtful:
        return "two sets of postings alike would close it equally well"
    above: dict[tuple[str, int], int] = {}
    owed = 0
    for cell in cells_on(sheet, scope):
        owed += max(-cell.excess, 0)
        if cell.kind in COUNTED:
            key = (cell.kind, cell.place)
            above[key] = above.get(key, 0) + max(cell.excess, 0)
    with_repeats = above.get(OF_PATIENT, 0)
    for posting, key in ledger.aside_in(scope):
        above[key] = above.get(key, 0) - posting.cash
    if sum(cents > 0 for cents in above.values()) > 1:
        return "more than one party holds too much; the EOB settles whose it is"
    if owed > ledger.asked.moved_on(scope):
        return "as much is still open that nobody was asked for; the EOB settles it"
    return other_cause(sheet, scope, (above.get(OF_PATIENT, 0), with_repeats))


def other_cause(sheet: Worksheet, scope: int | None, too_much: tuple[int, int]) -> str:
    """What explains just as well the cents that the patient holds too much.

    `too_much` is without, and with, what he paid more than once. A charge that was voided, where
    nothing has a line; or one posting of a payer beside others of it: without it that payer still
    has its payment or write-off. Or his bill, which he paid. Where transfers say what the patient
    was asked, nothing.
    """
    ledger = sheet.ledger
    if ledger is None or max(too_much) <= 0 or ledger.asked.is_asked_of_patient(scope):
        return ""
    if scope is None:
        for line in sheet.lines.values():
            if line.gross - line.net in too_much and line.gross != line.net:
                return "a charge of as much was voided; what was paid for it settles it"
    if found := posting_of_as_much(ledger, scope, too_much):
        return f"{found} explains it as well; the EOB settles it"
    if paid_as_billed(ledger, scope, too_much):
        return "it is a part of what was paid after an insurer answered; bill and EOB settle it"
    return ""


def posting_of_as_much(ledger: Ledger, scope: int | None, too_much: tuple[int, int]) -> str:
    """A payer's posting, beside others of it, of just what the patient holds too much."""
    for kind, postings in ledger.money.of_payers_on(scope):
        standing = [posting.cash for posting in postings if not posting.is_aside]
        for cents in too_much:
            if len(standing) > 1 and cents > 0 and cents in standing:
                what = "write-off" if kind == CONTRACTUAL else "payment of a payer"
                return f"a {what} of {dollars(cents)}"
    return ""


def paid_as_billed(ledger: Ledger, scope: int | None, too_much: tuple[int, int]) -> bool:
    """Whether what the patient holds too much is a part of what he paid once payers had answered.

    He then paid what a bill said was left. If the ledger leaves less, more may have been posted
    for a payer than it gave (interest, another account's money, a write-off): only its EOB tells.
    Not so where whole payments, or all of a day, are too much, nor where he paid at his visits.
    """
    own = [posting for posting in ledger.money.of_patient_on(scope) if posting.cash > 0]
    answers, visits = sorted(ledger.money.answer_days(scope)), sorted(ledger.service_days(scope))
    if not any(is_billed(posting.entry.posted_on, answers, visits) for posting in own):
        return False
    by_day: dict[date, int] = {}
    for posting in own:
        by_day[posting.entry.posted_on] = by_day.get(posting.entry.posted_on, 0) + posting.cash
    wholes = {posting.cash for posting in own}.union(by_day.values(), (sum(by_day.values()),))
    return wholes.isdisjoint(cents for cents in too_much if cents > 0)


def is_billed(paid_on: date, answers: list[date], visits: list[date]) -> bool:
    """Whether a payer had answered between the patient's last visit, if any, and his payment.

    Both lists of days are sorted.
    """
    answered, visited = bisect_right(answers, paid_on), bisect_right(visits, paid_on)
    return answered > 0 and (visited == 0 or visits[visited - 1] < answers[answered - 1])


def cells_on(sheet: Worksheet, scope: int | None) -> list[Cell]:
    """The cells of a line, or all of an account."""
    if scope is None:
        return sheet.cells
    if not sheet.cells_by_line:
        for cell in sheet.cells:
            sheet.cells_by_line.setdefault(cell.line_no, []).append(cell)
    return sheet.cells_by_line.get(scope, [])


def is_proved(sheet: Worksheet, cell: Cell) -> bool:
    """Whether every step to the cell rests on a record."""
    if sheet.any_unlinked:
        return False
    if cell.kind == PAYER and not sheet.places[cell.place].on_file:
        return False
    for state in states_of(sheet, cell):
        if state.paper or state.follows_neither or state.passed_over:
            return False
        if any(part is not None and part.by_order for part in state.in_force):
            return False
    if cell.kind != PAYER:
        return True
    return not any(p.link == BY_ORDER or p.is_inferred for p in postings_of(sheet, cell))
