"""The payer has already taken the money back, and the ledger does not show it.

By a provider adjustment (WO, or FB carried forward and then taken), or by a reversal that
lowered its remittance's payment. A refund would pay it twice: the recoupment is posted. What a
reversal's last FB still carries is not taken yet, and an adjustment that names no claim may be
something else of the same amount: both are for a person.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from requite.domain.determination.account import ProviderAdjustment
from requite.domain.determination.answer import Adjudication, Answer
from requite.domain.determination.part import Part
from requite.domain.determination.pool import Evidence
from requite.domain.determination.proof import (
    answers_of,
    dollars,
    false_credit,
    fills_nothing,
    holder,
    person_part,
    states_of,
    take,
)
from requite.domain.determination.takebacks import CARRIED, LET_GO, OTHER_CODE
from requite.domain.determination.worksheet import PAYER, Cell, Worksheet
from requite.domain.parties import Disposition

CAUSE: Final = "takeback_unposted"
DOUBTS: Final = {
    CARRIED: (
        "the payer reversed it but still carries the amount forward (FB); the next remittance "
        "settles whether it is taken or must be refunded"
    ),
    OTHER_CODE: (
        "a provider adjustment that names this claim lowered a payment by it, under a code that "
        "is no take-back; the payer's withhold report settles whether it was this money"
    ),
    LET_GO: (
        "the payer took nothing and let it go (CS); a letter of the payer settles what becomes of "
        "it"
    ),
}


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What has been taken for a claim of the cell and is not posted.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "330.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "330.00", "330.00")),
    ...     answer("B", service(1, "330.00", "330.00")),
    ...     paid(1, "330.00", trace="A"),
    ...     paid(1, "330.00", trace="B"),
    ...     withheld("C", "330.00", claim="B"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $330.00 takeback_unposted, none, post_recoupment, proved
    """
    if cell.kind != PAYER or not sheet.takebacks:
        return None
    cents, ids = take(
        sheet.takebacks, cell, lambda item: not item.why and is_of_cell(item, cell, sheet)
    )
    found = false_credit(CAUSE, cell, cents, Disposition.POST_RECOUPMENT)
    if found is not None:
        found.evidence = ids
        found.why = f"{holder(cell, sheet)} has already taken {dollars(cents)} back"
    return found


def is_of_cell(item: Evidence, cell: Cell, sheet: Worksheet) -> bool:
    """Whether the money that was taken is the kind that the cell holds: filling targets, or not."""
    return item.answer is None or fills_nothing(sheet, item.answer, cell.line_no) == cell.loose


def stated_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A payment stated below zero that is not posted: the payer lowered its check by it.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "200.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "200.00", "-18.00", CO45="168.00", PR3="50.00")),
    ...     written_off(1, "168.00"),
    ...     patient_paid(1, "50.00"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $18.00 takeback_unposted, none, post_recoupment, proved
    """
    if cell.kind != PAYER:
        return None
    cents, ids = 0, []
    for state in states_of(sheet, cell):
        stated = state.in_force[cell.place]
        if stated is not None and is_unposted_below_zero(stated):
            cents += unposted_below_zero(sheet, stated.answer)[stated.line_no]
            ids.append(stated.answer.claim.remit_claim_id)
    found = false_credit(CAUSE, cell, cents, Disposition.POST_RECOUPMENT)
    if found is not None:
        found.evidence = tuple(ids)
        found.why = f"{holder(cell, sheet)} states a payment below zero, which is not posted"
    return found


def is_unposted_below_zero(part: Adjudication) -> bool:
    """Whether a line of a claim states a payment below zero, of which the line shows too little."""
    return part.charge > 0 > part.gross < part.posted


def unposted_below_zero(sheet: Worksheet, answer: Answer) -> dict[int, int]:
    """By line the cents stated below zero and not posted; what was posted whole serves in order."""
    known = sheet.unposted_below_zero.get(answer)
    if known is None:
        known = sheet.unposted_below_zero[answer] = {}
        whole = max(-answer.posted_whole, 0)
        for number in sheet.lines_of(answer):
            part = answer.adjudications[number]
            if is_unposted_below_zero(part):
                cents = min(part.posted, 0) - part.gross
                served = min(whole, cents)
                known[number] = cents - served
                whole -= served
    return known


def doubtful_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What is announced, what another code took, or what the payer let go: for a person."""
    if cell.kind != PAYER or not sheet.takebacks:
        return None
    for doubt, words in DOUBTS.items():
        fits = partial(is_doubt, doubt=doubt, cell=cell, sheet=sheet)
        cents, ids = take(sheet.takebacks, cell, fits)
        found = person_part(CAUSE, cell, cents)
        if found is not None:
            found.evidence = ids
            found.why = words
            return found
    return None


def is_doubt(item: Evidence, doubt: str, cell: Cell, sheet: Worksheet) -> bool:
    """Whether evidence is of one kind of doubt, and of the cell."""
    return item.why == doubt and is_of_cell(item, cell, sheet)


def unnamed_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A provider adjustment that names no claim and fits exactly one unposted amount."""
    if cell.kind != PAYER or not sheet.book.unnamed:
        return None
    if cell.place not in sheet.unnamed:
        sheet.unnamed[cell.place] = unnamed_of_place(sheet, cell)
    known = sheet.unnamed[cell.place]
    if known is None:
        return None
    shares, row = known
    found = person_part(CAUSE, cell, shares.get(id(cell), 0))
    if found is not None:
        found.evidence = (row.key,)
        found.why = (
            f"the payer took {dollars(row.amount_cents)} on {row.payment_date} naming no claim; "
            "its withhold report settles whether it was this money"
        )
    return found


def unnamed_of_place(
    sheet: Worksheet, cell: Cell
) -> tuple[dict[int, int], ProviderAdjustment] | None:
    """The only adjustment of a payer that names no claim and fits, with each cell's share."""
    payer_id = sheet.places[cell.place].payer_id
    cells = [c for c in sheet.cells if c.kind == PAYER and c.excess > 0 and c.place == cell.place]
    hits: dict[frozenset[tuple[int, int]], ProviderAdjustment] = {}
    for shares in amounts(sheet, cells):
        cents = sum(shares.values())
        row = fitting(sheet, cell, sheet.book.unnamed.get((payer_id, cents), ()))
        if row is not None:
            hits[frozenset(shares.items())] = row
    if len(hits) != 1:
        return None
    fits, row = next(iter(hits.items()))
    return dict(fits), row


def amounts(sheet: Worksheet, cells: list[Cell]) -> list[dict[int, int]]:
    """The amounts that an adjustment may equal, each with its share of the cells it explains."""
    found = [{id(item): item.excess} for item in cells]
    found.append({id(item): item.excess for item in cells})
    by_line: dict[int | None, list[tuple[int, Cell]]] = {}
    for place, item in enumerate(cells):
        by_line.setdefault(item.line_no, []).append((place, item))
    for answer in answers_of(sheet, cells[0]):
        left = sum(item.paid for item in answer.adjudications.values())
        shares: dict[int, int] = {}
        fits = [pair for n in (*answer.adjudications, None) for pair in by_line.get(n, ())]
        for _, item in sorted(fits, key=first):  # lines first, the account as a whole last
            part = answer.adjudications.get(item.line_no or 0)
            most = left if item.line_no is None else 0 if part is None else part.paid
            shares[id(item)] = max(min(item.excess, most, left), 0)
            left -= shares[id(item)]
        if left == 0:
            found.append({key: cents for key, cents in shares.items() if cents})
    return [shares for shares in found if shares]


def first(pair: tuple[int, Cell]) -> int:
    """The place of a cell among the cells."""
    return pair[0]


def fitting(
    sheet: Worksheet, cell: Cell, rows: Sequence[ProviderAdjustment]
) -> ProviderAdjustment | None:
    """The first adjustment that is not earlier than the second payment."""
    paid_on = second_payment(sheet, cell)
    for row in rows:
        known = row.payment_date <= sheet.book.as_of and row.key not in sheet.used_adjustments
        if known and (paid_on is None or row.payment_date >= paid_on):
            return row
    return None


def second_payment(sheet: Worksheet, cell: Cell) -> date | None:
    """The day of the last payment of the payer on this account."""
    answers = answers_of(sheet, cell)
    return answers[-1].claim.payment_date if answers else None
