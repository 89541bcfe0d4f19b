"""More is posted to the ledger from one remittance claim than it paid.

Nobody is owed: money that never came is not refunded, the surplus posting is reversed. Where no
trace or deposit tells a second posting from a second payment, a person looks at the bank
statement: the other candidate is duplicate_payment.
"""

from collections import Counter
from typing import Final

from requite.domain.determination.answer import Adjudication, Answer
from requite.domain.determination.ledger_repeats import payment_names
from requite.domain.determination.part import Part
from requite.domain.determination.proof import (
    answers_on,
    dollars,
    false_credit,
    parts_on,
    person_part,
    postings_of,
    whole_claims_paid,
)
from requite.domain.determination.worksheet import PAYER, Cell, Posting, Worksheet
from requite.domain.parties import Certainty, Disposition

CAUSE: Final = "duplicate_posting"
CANDIDATES: Final = (
    "either it was keyed twice or the payer paid twice (duplicate_payment); the bank statement "
    "or the second remittance settles it"
)


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What is posted in the cell above what its claims paid, where the payment is named.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "310.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "310.00", "210.00", CO45="100.00")),
    ...     written_off(1, "100.00"),
    ...     paid(1, "210.00", trace="A"),
    ...     paid(1, "210.00", trace="A"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $210.00 duplicate_posting, none, reverse_posting, proved
    """
    if cell.kind != PAYER:
        return None
    untraced = {p.answer for p in postings_of(sheet, cell) if not p.traced}
    total, ids, traced = 0, [], True
    for answer in answers_on(sheet, cell):
        cents = surplus(answer, cell)
        if cents > 0:
            total += cents
            ids.append(answer.claim.remit_claim_id)
            traced = traced and answer not in untraced
    if not traced:
        return doubtful(cell, total, tuple(ids))
    found = false_credit(CAUSE, cell, total, Disposition.REVERSE_POSTING)
    if found is not None:
        found.evidence = tuple(ids)
        found.why = f"{dollars(found.cents)} more is posted than the remittance paid"
    return found


def same_payment_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A posting that no remittance explains, with the check, trace or deposit of one of its amount.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "60.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "60.00", "60.00")),
    ...     paid(1, "60.00", trace="A", check_number="77"),
    ...     paid(1, "60.00", check_number="77"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $60.00 duplicate_posting, none, reverse_posting, likely
    """
    if cell.kind != PAYER:
        return None
    postings = [posting for posting in postings_of(sheet, cell) if posting.cash > 0]
    if all(posting.link for posting in postings):
        return None
    known = Counter(name for posting in postings for name in names_with_amount(posting))
    cents = sum(
        posting.cash
        for posting in postings
        if not posting.link and any(known[name] > 1 for name in names_with_amount(posting))
    )
    if cents and sheet.ledger is not None and not answers_on(sheet, cell):
        return None  # the ledger's own repeats
    found = false_credit(CAUSE, cell, cents, Disposition.REVERSE_POSTING)
    if found is not None:
        found.certainty = Certainty.LIKELY
        found.why = "one payment is posted twice: it bears the same check, trace or deposit"
    return found


def names_with_amount(posting: Posting) -> list[tuple[int, str, str]]:
    """What a payment bears to be told by, with its amount."""
    return [(posting.cash, *name) for name in sorted(payment_names(posting.entry))]


def surplus(answer: Answer, cell: Cell) -> int:
    """What one claim's postings exceed its payment by, in the cell and as a whole."""
    parts = parts_on(answer, cell)
    if not parts:
        return 0
    whole = answer.posted - answer.claim.paid_cents
    if cell.line_no is None:
        over = answer.posted_whole and whole
    else:
        over = sum(max(item.posted - paid_for(item), 0) for item in parts)
    return min(over, whole) - answer.interest_taken


def paid_for(item: Adjudication) -> int:
    """What a claim paid for a line; a payment stated below zero is a take-back, not a posting."""
    return max(item.gross, 0) if item.charge > 0 else item.gross


def doubtful(cell: Cell, cents: int, ids: tuple[str, ...]) -> Part | None:
    """A surplus that may be a second payment."""
    found = person_part(CAUSE, cell, cents)
    if found is not None:
        found.evidence = ids
        found.why = CANDIDATES
    return found


def repeat_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A posting without reference that repeats a used remittance line."""
    if cell.kind != PAYER:
        return None
    postings = postings_of(sheet, cell)
    strays = [p.cash for p in postings if not p.link and not p.referenced and p.cash > 0]
    amounts = amounts_paid(sheet, cell) if strays else set()
    return doubtful(cell, sum(cents for cents in strays if cents in amounts), ())


def amounts_paid(sheet: Worksheet, cell: Cell, *, living: bool = False) -> set[int]:
    """What claims of the payer paid: for the cell's line, or as a whole.

    With `living` only what no reversal took back, and what corrects no other claim.
    """
    amounts: set[int] = set()
    for answer in answers_on(sheet, cell):
        if living and (answer.is_reversed or answer.replaces):
            continue
        for item in parts_on(answer, cell):
            amounts.update((item.gross, item.paid))
        if cell.line_no is None:
            amounts.add(answer.claim.paid_cents)
    if cell.line_no is not None and not living:
        amounts |= whole_claims_paid(sheet, cell)
    return amounts
