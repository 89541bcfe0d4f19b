"""What the causes share: the postings of a cell, the taking of evidence, parts and their words."""

from collections.abc import Callable
from itertools import chain

from requite.domain.determination.answer import NO_PLACE, REPLACING, Adjudication, Answer
from requite.domain.determination.excess import answered_again, fills_line, fills_no_target
from requite.domain.determination.part import Part
from requite.domain.determination.places import UNKNOWN
from requite.domain.determination.pool import Evidence, Pool, add_to
from requite.domain.determination.worksheet import (
    CONTRACTUAL,
    INTEREST,
    PATIENT,
    PAYER,
    UNGROUPED,
    WRITE_OFF,
    Cell,
    LineState,
    Posting,
    Worksheet,
)
from requite.domain.money import Money
from requite.domain.parties import Certainty, Disposition, Party

WORDS = {CONTRACTUAL: "contractual write-offs", WRITE_OFF: "write-offs", INTEREST: "interest"}


def dollars(cents: int) -> str:
    """Cents as a reader sees them."""
    return str(Money(cents))


def where(cell: Cell) -> str:
    """The line of a cell, in words."""
    return "the account as a whole" if cell.line_no is None else f"line {cell.line_no}"


def holder(cell: Cell, sheet: Worksheet) -> str:
    """Whose column a cell is in, in words."""
    if cell.kind == PAYER:
        payer_id = sheet.places[cell.place].payer_id
        if payer_id == UNKNOWN:
            return "a payer whom no record names"
        payer = sheet.book.payers.get(payer_id)
        return payer_id if payer is None else payer.name
    return "the patient" if cell.kind == PATIENT else WORDS.get(cell.kind, cell.kind)


def false_credit(cause: str, cell: Cell, cents: int, disposition: Disposition) -> Part | None:
    """A part that nobody is owed; None where there is no evidence."""
    if cents <= 0:
        return None
    part = Part(cause, cell, min(cents, cell.left))
    part.disposition = disposition
    return part


def payer_part(
    cause: str,
    cell: Cell,
    cents: int,
    disposition: Disposition = Disposition.REFUND_PAYER,
) -> Part | None:
    """A part that is the payer's; None where there is no evidence."""
    part = false_credit(cause, cell, cents, disposition)
    if part is not None:
        part.party = Party.PAYER
    return part


def patient_part(cause: str, cell: Cell, cents: int) -> Part | None:
    """A part that is the patient's; None where there is no evidence."""
    part = false_credit(cause, cell, cents, Disposition.REFUND_PATIENT)
    if part is not None:
        part.party = Party.PATIENT
    return part


def person_part(cause: str, cell: Cell, cents: int) -> Part | None:
    """A part that a person must decide; None where there is no evidence."""
    part = false_credit(cause, cell, cents, Disposition.REVIEW)
    if part is not None:
        part.party = Party.UNDETERMINED
        part.certainty = Certainty.PERSON
    return part


def hold_part(cause: str, cell: Cell, cents: int) -> Part | None:
    """A part that waits for a record that is expected; None where there is no evidence."""
    part = false_credit(cause, cell, cents, Disposition.HOLD)
    if part is not None:
        part.party = Party.UNDETERMINED
        part.certainty = Certainty.LIKELY
    return part


def take(
    pool: Pool, cell: Cell, fits: Callable[[Evidence], bool] | None = None
) -> tuple[int, tuple[str, ...]]:
    """Consume evidence of the cell's place and line, up to what is left; cents and ids."""
    total = 0
    ids: list[str] = []
    for item in pool.serving(cell.place, cell.line_no):
        if total >= cell.left:
            break
        if fits is None or fits(item):
            used = min(item.cents, cell.left - total)
            item.cents -= used
            total += used
            ids.extend(item.ids)
    return total, tuple(ids)


def postings_of(sheet: Worksheet, cell: Cell) -> list[Posting]:
    """The postings that a cell in excess holds, in order of date and id."""
    by_cell = sheet.postings_by_cell.get(cell.kind)
    if by_cell is None:
        over = [other for other in sheet.cells if other.kind == cell.kind and other.excess > 0]
        by_cell = {(other.place, other.line_no, other.loose): [] for other in over}
        sheet.postings_by_cell[cell.kind] = by_cell
        numbers = {other.line_no for other in over}
        is_money = cell.kind in (PAYER, PATIENT)
        kinds = (WRITE_OFF, UNGROUPED) if cell.kind == WRITE_OFF else (cell.kind,)
        for posting in chain.from_iterable(map(sheet.of_kind, kinds)):
            if posting.line_no in numbers:
                loose = is_money and (
                    fills_no_target(posting) or (cell.kind == PAYER and is_loose(sheet, posting))
                )
                held = by_cell.get((posting.place, posting.line_no, loose))
                if held is not None:
                    held.append(posting)
    return by_cell.get((cell.place, cell.line_no, cell.loose), [])


def corrects(sheet: Worksheet, posting: Posting) -> bool:
    """Whether a posting is of a claim that replaces or voids another, as the provider billed it."""
    if sheet.corrections is None:
        replacing = [row for row in sheet.account.claims if row.frequency_code in REPLACING]
        names = {row.claim_id for row in replacing} | {row.payer_claim_number for row in replacing}
        sheet.corrections = frozenset(names - {None})
    entry = posting.entry
    return not sheet.corrections.isdisjoint((entry.claim_id, entry.payer_claim_number))


def is_loose(sheet: Worksheet, posting: Posting) -> bool:
    """Whether a payer posting fills no target."""
    if fills_no_target(posting):
        return True
    if posting.line_no is not None:
        return not fills_line(sheet, posting)
    answer = posting.answer
    return answer is not None and answer.own and fills_nothing(sheet, answer, None)


def fills_nothing(sheet: Worksheet, answer: Answer, line_no: int | None) -> bool:
    """Whether the money of a claim fills no target of a line, or (None) of the account."""
    if line_no is None:
        return answer.reversed_by is not None and not answered_again(sheet, answer)
    state = sheet.states.get(line_no)
    if state is None or state.voided or state.in_force[answer.place] is not None:
        return False
    return answer.reversed_by is not None or state.pending_place == answer.place


def state_of(sheet: Worksheet, cell: Cell) -> LineState | None:
    """How the cell's line was replayed; None for the account as a whole."""
    return None if cell.line_no is None else sheet.states.get(cell.line_no)


def states_of(sheet: Worksheet, cell: Cell) -> list[LineState]:
    """The state of the cell's line, or of all lines for the account as a whole."""
    if cell.line_no is None:
        return [sheet.states[number] for number in sheet.line_order]
    state = sheet.states.get(cell.line_no)
    return [] if state is None else [state]


def answers_of(sheet: Worksheet, cell: Cell) -> list[Answer]:
    """The answers of the cell's place on this account, reversals left out."""
    return answers_by_line(sheet).get((cell.place, None), [])


def answers_on(sheet: Worksheet, cell: Cell) -> list[Answer]:
    """Those of them that say something of the cell's line (of any, for the account as a whole)."""
    return answers_by_line(sheet).get((cell.place, cell.line_no), [])


def answers_by_line(sheet: Worksheet) -> dict[tuple[int, int | None], list[Answer]]:
    """The account's own answers by place and line (None: all of the place), reversals left out.

    Only of lines with an excess, unless the account as a whole has one, too.
    """
    found = sheet.answers_by_line
    if found is None:
        found = sheet.answers_by_line = {}
        over = {cell.line_no for cell in sheet.cells if cell.kind == PAYER and cell.excess > 0}
        for answer in sheet.answers:
            if answer.own and not answer.is_reversal:
                add_to(found, (answer.place, None), answer)
                for number in answer.adjudications:
                    if number in over or None in over:
                        add_to(found, (answer.place, number), answer)
    return found


def whole_claims_paid(sheet: Worksheet, cell: Cell) -> set[int]:
    """What the claims of the cell's place that have no lines paid."""
    found = sheet.whole_claims_paid.get(cell.place)
    if found is None:
        answers = answers_of(sheet, cell)
        found = {answer.claim.paid_cents for answer in answers if answer.claim_level}
        sheet.whole_claims_paid[cell.place] = found
    return found


def parts_on(answer: Answer, cell: Cell) -> list[Adjudication]:
    """What an answer says of the cell's line, or of every line for the account as a whole."""
    if cell.line_no is None:
        return [answer.adjudications[number] for number in sorted(answer.adjudications)]
    part = answer.adjudications.get(cell.line_no)
    return [] if part is None else [part]


def earlier_pending(sheet: Worksheet, cell: Cell) -> bool:
    """Whether a place before the cell's has not answered on its line."""
    return any(NO_PLACE < state.pending_place < cell.place for state in states_of(sheet, cell))


def on_file(sheet: Worksheet, cell: Cell) -> bool:
    """Whether the cell's payer is on file for the account and covers the service."""
    place = sheet.places[cell.place]
    if not place.on_file:
        return False
    line = None if cell.line_no is None else sheet.lines.get(cell.line_no)
    day = None if line is None else line.service_date
    return place.covers(day or sheet.account.service_from)
