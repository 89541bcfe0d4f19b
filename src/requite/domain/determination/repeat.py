"""Which kind of repeat two answers of one payer for the same line are, neither reversed.

Decided by claim, not by line: if any line that both claims hold differs, or the later claim has
frequency 7 or 8, the later replaces the earlier.
"""

from collections.abc import Callable
from typing import Final

from requite.domain.determination.answer import Adjudication, Answer
from requite.domain.determination.proof import answers_by_line, states_of
from requite.domain.determination.worksheet import Cell, Worksheet

DUPLICATE: Final = "duplicate_payment"
CORRECTED: Final = "corrected_claim_unreversed"
PENDING: Final = "reversal_pending"
DAYS_FOR_REVERSAL: Final = 30


def repeated(cell: Cell, sheet: Worksheet, kind: str) -> tuple[int, list[tuple[Answer, Answer]]]:
    """The cents that earlier answers of one kind of repeat explain, and the pairs of answers.

    The evidence of each earlier line serves once.
    """
    left = cell.left
    pairs: list[tuple[Answer, Answer]] = []
    for earlier, later in pairs_on(cell, sheet, lambda a, b: kind_of(a, b, sheet) == kind):
        used = min(left, earlier.paid - earlier.claimed)
        if used > 0:
            earlier.claimed += used
            left -= used
            pairs.append((earlier.answer, later.answer))
    return cell.left - left, pairs


def use_up(cell: Cell, sheet: Worksheet, cents: int) -> None:
    """Take what a repeat explains by itself from earlier answers that explain it as well."""
    for earlier, _ in pairs_on(cell, sheet, lambda *_: True):
        used = max(min(cents, earlier.paid - earlier.claimed), 0)
        earlier.claimed += used
        cents -= used


def pairs_on(
    cell: Cell, sheet: Worksheet, fits: Callable[[Answer, Answer], bool]
) -> list[tuple[Adjudication, Adjudication]]:
    """Each paid answer that is not in force, with the one in force on its line."""
    answers = answers_by_line(sheet)
    found: list[tuple[Adjudication, Adjudication]] = []
    for state in states_of(sheet, cell):
        current = state.in_force[cell.place]
        if current is None:
            continue
        for answer in answers.get((cell.place, current.line_no), ()):
            part = answer.adjudications[current.line_no]
            if part is current or part.paid <= 0:
                continue
            if answer.is_reversed or answer.claim.frequency_code == "5":
                continue
            if fits(answer, current.answer):
                found.append((part, current))
    return found


def kind_of(earlier: Answer, later: Answer, sheet: Worksheet) -> str:
    """What kind of repeat two living answers are; empty where one payment says both."""
    if later.replaces or differ(earlier, later):
        days = (sheet.book.as_of - later.claim.payment_date).days
        return PENDING if later.replaces and days <= DAYS_FOR_REVERSAL else CORRECTED
    return "" if earlier.claim.trace_number == later.claim.trace_number else DUPLICATE


def differ(earlier: Answer, later: Answer) -> bool:
    """Whether any line that both claims hold has another charge or payment (net of interest)."""
    for number, part in earlier.adjudications.items():
        other = later.adjudications.get(number)
        if other is not None and (part.charge, part.paid) != (other.charge, other.paid):
            return True
    return False


def described(pairs: list[tuple[Answer, Answer]]) -> tuple[tuple[str, ...], str]:
    """The claims of the pairs as evidence, and their traces and dates in words."""
    ids: dict[str, None] = {}
    for pair in pairs:
        for answer in pair:
            ids[answer.claim.remit_claim_id] = None
    earlier, later = pairs[0][0].claim, pairs[0][1].claim
    words = (
        f"payment {earlier.trace_number} of {earlier.payment_date} and payment "
        f"{later.trace_number} of {later.payment_date}"
    )
    return tuple(ids), words
