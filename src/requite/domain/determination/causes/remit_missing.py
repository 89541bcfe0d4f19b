"""Payer cash for which no remittance is found.

It may be another patient's money, interest, or a second payment; only the explanation of
benefits can tell: a person asks for it.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import person_part, postings_of
from requite.domain.determination.worksheet import PAYER, Cell, Worksheet

CAUSE: Final = "remit_missing"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What of the cell came without a remittance.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "200.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "200.00", "150.00", CO45="50.00")),
    ...     written_off(1, "50.00"),
    ...     paid(1, "150.00", trace="A"),
    ...     paid(1, "45.00", check_number="88123"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $45.00 remit_missing, undetermined, review, person
    """
    if cell.kind != PAYER:
        return None
    postings = [p for p in postings_of(sheet, cell) if not p.link and p.cash > 0]
    found = person_part(CAUSE, cell, sum(posting.cash for posting in postings))
    if found is not None:
        found.why = "no remittance in the feed has this payment; the payer's EOB settles it"
    return found
