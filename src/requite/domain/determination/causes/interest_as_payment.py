"""Interest posted as claim payment, or as an entry that lowers the account.

Interest for late payment (PLB L6, or CARC 225 inside the claim) is the provider's income,
neither the payer's nor the patient's: it is reclassified. It explains an excess before a
duplicate posting does, though more is posted from the claim than it paid.
"""

from typing import Final

from requite.domain.determination.answer import Adjudication, Answer
from requite.domain.determination.part import Part
from requite.domain.determination.proof import (
    answers_on,
    dollars,
    false_credit,
    parts_on,
    person_part,
    postings_of,
)
from requite.domain.determination.worksheet import INTEREST, PAYER, Cell, Worksheet
from requite.domain.parties import Disposition

CAUSE: Final = "interest_as_payment"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """The interest that was posted in the cell, claim by claim.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "220.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "220.00", "183.20", CO45="40.00", CO225="-3.20")),
    ...     written_off(1, "40.00"),
    ...     paid(1, "183.20", trace="A"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $3.20 interest_as_payment, none, reclassify, proved
    """
    if cell.kind == INTEREST:
        return named(false_credit(CAUSE, cell, cell.left, Disposition.RECLASSIFY))
    if cell.kind != PAYER:
        return None
    total, ids = posted_apart(cell, sheet)
    for answer in answers_on(sheet, cell):
        cents = interest_in(answer, cell)
        if cents:
            total += cents
            ids.append(answer.claim.remit_claim_id)
    found = named(false_credit(CAUSE, cell, total, Disposition.RECLASSIFY))
    if found is not None:
        found.evidence = tuple(ids)
    return found


def posted_apart(cell: Cell, sheet: Worksheet) -> tuple[int, list[str]]:
    """Interest that was posted as a payment of its own, under the trace of its remittance."""
    keys = sheet.interest_keys
    if not keys:
        return 0, []
    apart = [posting for posting in postings_of(sheet, cell) if posting.adjustment_key in keys]
    return sum(posting.cash for posting in apart), [posting.adjustment_key for posting in apart]


def named(found: Part | None) -> Part | None:
    """Say what the part is."""
    if found is not None:
        found.why = f"{dollars(found.cents)} of it is interest, the provider's own income"
    return found


def interest_in(answer: Answer, cell: Cell) -> int:
    """The interest of one claim that its postings in the cell contain."""
    parts = parts_on(answer, cell)
    if not parts:
        return 0
    inside = sum(clamp(item.posted - item.paid, item.interest) for item in parts)
    whole = cell.line_no is None and answer.posted_whole
    if answer.is_reversed:  # its interest was taken back with it
        inside = 0
    elif whole:
        inside = clamp(answer.posted - sum(i.paid for i in parts), sum(i.interest for i in parts))
    over = answer.posted - answer.claim.paid_cents if whole else surplus(parts)
    beside = clamp(over, answer.interest_at_provider_level)
    if not beside and not answer.posted and cell.left == answer.interest_at_provider_level:
        beside = cell.left
    answer.interest_at_provider_level -= beside
    answer.interest_taken += beside
    return inside + beside


def surplus(parts: list[Adjudication]) -> int:
    """What is posted on lines above what they paid, interest included."""
    return sum(max(item.posted - item.gross, 0) for item in parts)


def clamp(cents: int, most: int) -> int:
    """Cents between 0 and `most`."""
    return max(0, min(cents, most))


def unnamed_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """Interest of a payment that names no claim, and just the amount in excess: for a person."""
    if cell.kind != PAYER:
        return None
    items = sheet.interest_evidence.get(cell.left)
    traces = {p.entry.trace_number for p in postings_of(sheet, cell)} if items else set()
    for item in items or ():
        if item.why in traces and item.cents:
            item.cents = 0
            found = person_part(CAUSE, cell, cell.left)
            if found is not None:
                found.evidence = item.ids
                found.why = (
                    "interest of just this amount came with the payment and names no claim; the "
                    "payer's remittance detail settles it"
                )
            return found
    return None
