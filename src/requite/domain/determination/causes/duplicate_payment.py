"""The payer paid the same line twice: same charge, same payment, different trace numbers.

Two or more of its adjudications are in force at once (payments less reversals make two or
more). Interest is left out of the comparison.
"""

from typing import Final

from requite.domain.determination.causes.duplicate_posting import amounts_paid
from requite.domain.determination.part import Part
from requite.domain.determination.proof import corrects, parts_on, payer_part, postings_of
from requite.domain.determination.repeat import described, repeated
from requite.domain.determination.worksheet import PAYER, Cell, Worksheet
from requite.domain.parties import Certainty

CAUSE: Final = "duplicate_payment"


def own_check_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """Another posting of what a remittance paid for the line, with a check of its own.

    No remittance shows the second payment, so it is judged as where there are none: likely.
    """
    if cell.kind != PAYER:
        return None
    strays = [
        posting.cash
        for posting in postings_of(sheet, cell)
        if not posting.link and posting.referenced and posting.cash > 0
        if not corrects(sheet, posting)
    ]
    amounts = amounts_in_force(sheet, cell) if strays else set()
    found = payer_part(CAUSE, cell, sum(cents for cents in strays if cents in amounts))
    if found is not None:
        found.certainty = Certainty.LIKELY
        found.why = "another check of the same amount is posted; its EOB settles it"
    return found


def amounts_in_force(sheet: Worksheet, cell: Cell) -> set[int]:
    """What answers that nothing took back paid; not what a reversal took of a lost remittance."""
    taken = {
        -part.gross
        for answer in sheet.answers
        if answer.own and answer.place == cell.place and answer.is_reversal
        for part in parts_on(answer, cell)
        if answer.reversed_by is None
    }
    return amounts_paid(sheet, cell, living=True) - taken


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What the payer's second payment put into the cell.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "200.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "200.00", "120.00", CO45="80.00")),
    ...     answer("B", service(1, "200.00", "120.00", CO45="80.00"), payment_date="2026-03-01"),
    ...     written_off(1, "80.00"),
    ...     paid(1, "120.00", trace="A"),
    ...     paid(1, "120.00", trace="B"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $120.00 duplicate_payment, payer LARK, refund_payer, proved
    """
    if cell.kind != PAYER:
        return None
    cents, pairs = repeated(cell, sheet, CAUSE)
    found = payer_part(CAUSE, cell, cents)
    if found is not None:
        found.evidence, words = described(pairs)
        found.why = f"{words} pay for the same service"
    return found
