"""Should have paid, did pay: fill each party's targets with its money; what is over is credit.

A payer's money never fills another party's target. The patient is one party per account; a
write-off settles only what the patient still owes after what was paid.
"""

from collections.abc import Iterable

from requite.domain.determination.answer import NO_PLACE, Answer
from requite.domain.determination.column import ALL, Column
from requite.domain.determination.ledger_money import GOING_BACK, stands_alone
from requite.domain.determination.whose import NOBODYS
from requite.domain.determination.worksheet import (
    CHARGES,
    CONTRACTUAL,
    INTEREST,
    PATIENT,
    PAYER,
    TRANSFER,
    UNGROUPED,
    WRITE_OFF,
    Cell,
    Posting,
    Worksheet,
)


def fill(sheet: Worksheet) -> None:
    """Make `sheet.cells` from targets and postings; targets less money sum to the balance."""
    sheet.paid_cents = sum(p.cash for kind in (PATIENT, PAYER) for p in sheet.of_kind(kind))
    payers = payer_columns(sheet)
    patient = patient_column(sheet)
    contractual, others = contractual_column(sheet)
    settle_waiting(sheet, contractual, payers)
    write_offs = write_off_column(sheet, others, patient, payers)
    sheet.cells = contractual.all_cells() + write_offs.all_cells()
    for column in payers:
        sheet.cells += column.all_cells()
    sheet.cells += patient.all_cells()
    sheet.cells += plain_cells(sheet, INTEREST)
    sheet.cells += plain_cells(sheet, TRANSFER)
    sheet.cells += credit_charges(sheet)
    lower_by_nobodys(sheet)
    for cell in sheet.cells:
        excess = cell.actual - cell.target
        if excess > 0:
            cell.left = excess
            sheet.credit_cents += excess
        else:
            sheet.owed_cents -= excess


def lower_by_nobodys(sheet: Worksheet) -> None:
    """Let an adjustment without any sign of a party lower an excess of just its amount.

    Only where one cell has such an excess; else it stays what it is posted as.
    """
    for posting in sheet.of_kind(UNGROUPED):
        if posting.role != NOBODYS:
            continue
        over = [c for c in sheet.cells if c.kind in (PAYER, PATIENT) and c.excess == -posting.cash]
        written = [c for c in sheet.cells if c.kind == WRITE_OFF and c.excess <= posting.cash]
        if len(over) == 1 and written:
            over[0].actual += posting.cash
            written[0].actual -= posting.cash


def payer_columns(sheet: Worksheet) -> list[Column]:
    """A column for each place in the COB order."""
    columns = [Column(PAYER, place.index, sheet.line_order) for place in sheet.places]
    set_targets(sheet, columns)
    pools = [0] * len(columns)
    aside: list[Posting] = []
    for posting in sheet.of_kind(PAYER):
        if posting.is_aside:
            aside.append(posting)
        else:
            pools[posting.place] += pour(sheet, columns[posting.place], posting)
    share_claim_level(sheet, columns)
    if aside:
        aside.sort(key=cash_of, reverse=True)
    # What went back without a line lowers what was set aside on lines.
    put_all_beside(columns, (posting for posting in aside if posting.line_no is not None))
    for column, cents in zip(columns, pools, strict=True):
        column.settle_pool(cents + column.settle_loose())
    put_all_beside(columns, (posting for posting in aside if posting.line_no is None))
    return columns


def pour(sheet: Worksheet, column: Column, posting: Posting) -> int:
    """Put a payer's posting where it belongs; returns what joins the money without a line."""
    if fills_no_target(posting):
        column.loosen(posting.line_no, posting.cash)
    elif posting.line_no is None:
        return pour_claim(sheet, column, posting)
    elif fills_line(sheet, posting):
        column.add(posting.line_no, posting.cash)
    else:
        column.loosen(posting.line_no, posting.cash)
    return 0


def put_all_beside(columns: list[Column], postings: Iterable[Posting]) -> None:
    """Add repeats to their cells."""
    for posting in postings:
        put_beside(columns[posting.place], posting)


def cash_of(posting: Posting) -> int:
    """The cash of a posting: what came in before what went back."""
    return posting.cash


def put_beside(column: Column, posting: Posting) -> None:
    """Add a repeat to its cell where that is full; else keep it apart, so that it fills nothing."""
    number = posting.line_no
    cell = column.rest if number is None else column.cell(number)
    if cell.excess >= 0:
        cell.actual += posting.cash
    else:
        posting.is_apart = True
        column.loosen(number, posting.cash)


def fills_no_target(posting: Posting) -> bool:
    """Whether money fills nothing: a repeat that is kept apart, interest, or of the wrong sign."""
    return posting.is_apart or posting.is_interest or has_wrong_sign(posting)


def has_wrong_sign(posting: Posting) -> bool:
    """Whether money that went back is posted as money received: it fills no target."""
    return posting.role in GOING_BACK and posting.cash > 0


def set_targets(sheet: Worksheet, columns: list[Column]) -> None:
    """Give each place its targets; those that wait, or that nobody answered, are not open."""
    for number, state in sheet.states.items():
        for place, cents in enumerate(state.t_place):
            column = columns[place]
            if cents:
                column.cell(number).target = cents
            if state.pending_place == place or (not cents and state.in_force[place] is None):
                column.open_lines.discard(number)


def fills_line(sheet: Worksheet, posting: Posting) -> bool:
    """Whether line-level payer money counts against a target of its line."""
    state, place = sheet.states.get(posting.line_no or 0), posting.place
    if state is None or state.in_force[place] is not None or state.voided:
        return True
    return state.pending_place != place and stands_alone(posting)


def pour_claim(sheet: Worksheet, column: Column, posting: Posting) -> int:
    """Let account-level money fill the lines of its claim; returns what joins the pool."""
    answer = posting.answer
    if answer is None or not answer.own:
        return posting.cash
    if answer.reversed_by is not None and not answered_again(sheet, answer):
        column.loosen(None, posting.cash)
        return 0
    if posting.cash <= 0:
        return posting.cash
    return column.pour(posting.cash, sheet.lines_of(answer), answer)


def answered_again(sheet: Worksheet, answer: Answer) -> bool:
    """Whether another answer of its place is in force on a line of a reversed claim."""
    return any(
        number in sheet.states and sheet.states[number].in_force[answer.place] is not None
        for number in answer.adjudications
    )


def share_claim_level(sheet: Worksheet, columns: list[Column]) -> None:
    """Money of a claim without lines serves all its lines, on whichever it was keyed."""
    for answer in sheet.answers:
        mine = answer.own and answer.claim_level and not answer.is_reversal
        if mine and answer.posted_lines > 0:
            columns[answer.place].share(sheet.lines_of(answer), answer.posted_lines)
        elif answer.own and pays_across(answer):
            columns[answer.place].share(sheet.lines_of(answer))


def pays_across(answer: Answer) -> bool:
    """Whether a claim pays on one line for another: a negative write-off says so."""
    if answer.is_reversal or answer.is_reversed:
        return False
    return any(part.co < 0 < part.charge for part in answer.adjudications.values())


def patient_column(sheet: Worksheet) -> Column:
    """The patient's column: one party per account."""
    column = Column(PATIENT, NO_PLACE, sheet.line_order)
    for number, state in sheet.states.items():
        if state.t_patient:
            column.cell(number).target = state.t_patient
    pool = 0
    for posting in sheet.of_kind(PATIENT):
        if has_wrong_sign(posting):
            column.loosen(posting.line_no, posting.cash)
        elif posting.line_no is None:
            pool += posting.cash
        else:
            column.add(posting.line_no, posting.cash)
    column.settle_pool(pool)
    if len(column.cells) > 1:
        column.share(column.numbers())
    return column


def contractual_column(sheet: Worksheet) -> tuple[Column, list[Posting]]:
    """The contractual column, and the write-offs without a group code that it had no room for."""
    column = Column(CONTRACTUAL, NO_PLACE, sheet.line_order)
    for number, state in sheet.states.items():
        if state.t_co:
            column.cell(number).target = state.t_co
    pool = 0
    for posting in sheet.of_kind(CONTRACTUAL):
        if posting.line_no is not None:
            column.add(posting.line_no, posting.cash)
        elif posting.answer is not None and posting.cash > 0:
            pool += column.pour(posting.cash, sheet.lines_of(posting.answer), posting.answer)
        else:
            pool += posting.cash
    share_write_offs(sheet, column)
    column.settle_pool(pool)
    return column, pour_ungrouped(sheet, column)


def share_write_offs(sheet: Worksheet, column: Column) -> None:
    """A write-off for a claim without lines, or under a contract, serves all its lines."""
    for answer in sheet.answers:
        if answer.own and ((answer.claim_level and not answer.is_reversal) or pays_across(answer)):
            column.share(sheet.lines_of(answer))
    if sheet.account.contracts:
        column.share([n for n in sheet.line_order if sheet.states[n].contract_governs])


def settle_waiting(sheet: Worksheet, column: Column, payers: list[Column]) -> None:
    """Let write-offs of the account as a whole lower what a place that has not answered owes."""
    rest = column.rest
    for number in sheet.line_order:
        waiting = sheet.states[number].pending_place
        cell = None if waiting == NO_PLACE else payers[waiting].cells.get(number)
        if cell is not None and rest.excess > 0 and cell.excess < 0:
            used = min(rest.excess, -cell.excess)
            cell.target -= used
            rest.target += used


def pour_ungrouped(sheet: Worksheet, column: Column) -> list[Posting]:
    """Let write-offs without a group code fill what the contractual lacks; returns the rest."""
    if not sheet.of_kind(UNGROUPED):
        return []
    by_line: dict[int | None, int] = {}
    first: dict[int | None, Posting] = {}
    for posting in sheet.of_kind(UNGROUPED):
        by_line[posting.line_no] = by_line.get(posting.line_no, 0) + posting.cash
        first.setdefault(posting.line_no, posting)
    rest: list[Posting] = []
    nobodys = {p.line_no for p in sheet.of_kind(UNGROUPED) if p.role == NOBODYS}
    number: int | None
    for number in [*sheet.line_order, *(n for n in by_line if n not in sheet.lines)]:
        cents = by_line.get(number, 0)
        if cents < 0 and number is None and number not in nobodys:
            cents = column.lower(cents)  # what was taken back of write-offs with a code
        if cents > 0 and number is not None:
            cents -= column.fill(number, cents)
        if cents > 0:
            cents = column.pour(cents, sheet.line_order, ALL)
        if cents:
            rest.append(Posting(first[number].entry, number, cents))
    return rest


def write_off_column(
    sheet: Worksheet, others: list[Posting], patient: Column, payers: list[Column]
) -> Column:
    """Bad debt and other write-offs: they settle what the patient still owes, or what waits."""
    column = Column(WRITE_OFF, NO_PLACE, sheet.line_order)
    if not others and not sheet.of_kind(WRITE_OFF):
        return column
    pool = 0
    for posting in [*sheet.of_kind(WRITE_OFF), *others]:
        if posting.line_no is None:
            pool += posting.cash
        else:
            column.add(posting.line_no, posting.cash)
    debts = Debts(sheet, patient, payers)
    for number in sheet.line_order:
        cell = column.cells.get(number)
        if cell is not None and cell.actual > 0:
            cell.target = debts.settle(cell.actual, number)
    if pool < 0:
        pool = column.lower(pool)
    column.rest.actual = pool
    if pool > 0:
        column.rest.target = debts.settle(pool)
    return column


class Debts:
    """Open targets of the patient, and of places that wait: what a write-off may settle."""

    __slots__ = ("paid_up", "patient", "payers", "sheet")

    def __init__(self, sheet: Worksheet, patient: Column, payers: list[Column]) -> None:
        self.sheet = sheet
        self.patient = patient
        self.payers = payers
        self.paid_up = 0  # so many lines, from the first, owe nothing any more

    def settle(self, cents: int, first: int | None = None) -> int:
        """Take up to `cents` out of open targets, on one line first; returns how much."""
        left = cents if first is None else cents - self.settle_line(first, cents)
        order = self.sheet.line_order
        while left > 0 and self.paid_up < len(order):
            left -= self.settle_line(order[self.paid_up], left)
            self.paid_up += left > 0
        return cents - left

    def settle_line(self, number: int, cents: int) -> int:
        """Take up to `cents` out of the open targets of a line; returns how much."""
        waiting = self.sheet.states[number].pending_place
        debtors = [self.patient.cells.get(number)]
        if waiting != NO_PLACE:
            debtors.append(self.payers[waiting].cells.get(number))
        left = cents
        for cell in debtors:
            if cell is not None and cell.excess < 0:
                used = min(-cell.excess, left)
                cell.target -= used
                left -= used
        return cents - left


def plain_cells(sheet: Worksheet, kind: str) -> list[Cell]:
    """Interest and transfers: nobody should have paid anything, so all of it is over."""
    cells: dict[tuple[int, int], Cell] = {}
    for posting in sheet.of_kind(kind):
        key = (posting.place, -1 if posting.line_no is None else posting.line_no)
        cell = cells.get(key)
        if cell is None:
            cell = cells[key] = Cell(kind, posting.place, posting.line_no)
        cell.actual += posting.cash
    return [cells[key] for key in sorted(cells) if cells[key].actual]


def credit_charges(sheet: Worksheet) -> list[Cell]:
    """Lines whose charges net below zero hold an excess that nobody paid."""
    cells = []
    for number in sheet.line_order:
        net = sheet.lines[number].net
        if net < 0:
            cell = Cell(CHARGES, NO_PLACE, number)
            cell.actual = -net
            cells.append(cell)
    return cells
