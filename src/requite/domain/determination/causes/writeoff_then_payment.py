"""A balance was written off, as bad debt or otherwise, and then paid.

The write-off no longer settles anything: it is reversed. Refunding the payment would give away
a paid debt.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import dollars, false_credit, postings_of
from requite.domain.determination.worksheet import PATIENT, PAYER, WRITE_OFF, Cell, Worksheet
from requite.domain.parties import Certainty, Disposition

CAUSE: Final = "writeoff_then_payment"
OVERPOSTED: Final = "contractual_overposted"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that is written off above what was still owed, as far as somebody paid since.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "70.00"),
    ...     entry("bad_debt", 1, "-70.00"),
    ...     patient_paid(1, "70.00", posted_on="2026-03-05"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $70.00 writeoff_then_payment, none, reverse_posting, proved
    """
    if cell.kind != WRITE_OFF:
        return None
    most = min(cell.left, paid_since(sheet, cell))
    found = false_credit(CAUSE, cell, most, Disposition.REVERSE_POSTING)
    if found is not None:
        found.why = f"what was still owed after the payments is {dollars(cell.target)}"
    return found


def paid_since(sheet: Worksheet, cell: Cell) -> int:
    """What parties paid from the day on which the first write-off of a cell was posted."""
    days = [posting.entry.posted_on for posting in postings_of(sheet, cell)]
    if not days:
        return sheet.paid_cents
    if not sheet.paid_by_day:
        total = 0
        for day, cents in sorted(payments(sheet)):
            total += cents
            sheet.paid_by_day.append((day, total))
    first = bisect_left(sheet.paid_by_day, min(days), key=day_of)
    before = sheet.paid_by_day[first - 1][1] if first else 0
    return max(sheet.paid_cents - before, 0)


def payments(sheet: Worksheet) -> Iterator[tuple[date, int]]:
    """The days and cents of all that parties paid, or got back."""
    for kind in (PATIENT, PAYER):
        for posting in sheet.of_kind(kind):
            yield posting.entry.posted_on, posting.cash


def day_of(paid: tuple[date, int]) -> date:
    """The day of what was paid up to then."""
    return paid[0]


def unpaid_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A write-off above what was owed though nobody has paid since: too high from the start."""
    if cell.kind != WRITE_OFF:
        return None
    found = false_credit(OVERPOSTED, cell, cell.left, Disposition.REVERSE_POSTING)
    if found is not None:
        found.certainty = Certainty.LIKELY
        found.why = f"no more than {dollars(cell.target)} was left to write off"
    return found
