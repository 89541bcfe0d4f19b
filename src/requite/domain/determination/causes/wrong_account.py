"""A payment posted here whose remittance claim belongs to another account.

The evidence may be larger than the excess: where the payments of two accounts were swapped, the
posting is moved whole and only the difference shows here.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import false_credit, postings_of
from requite.domain.determination.worksheet import PAYER, Cell, Worksheet
from requite.domain.parties import Disposition

CAUSE: Final = "wrong_account"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """The cents of postings that name a claim of another account.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "200.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "200.00", "200.00"), payer_claim_number="N1"),
    ...     answer(
    ...         "A",
    ...         service(1, "88.00", "88.00"),
    ...         account_id="A2",
    ...         remit_claim_id="A/2",
    ...         payer_claim_number="N2",
    ...     ),
    ...     paid(1, "200.00", trace="A", payer_claim_number="N1"),
    ...     paid(1, "88.00", trace="A", payer_claim_number="N2"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $88.00 wrong_account, none, transfer_posting, proved
    """
    if cell.kind != PAYER:
        return None
    strays = [
        posting
        for posting in postings_of(sheet, cell)
        if posting.answer is not None and not posting.answer.own
    ]
    found = false_credit(
        CAUSE, cell, sum(posting.cash for posting in strays), Disposition.TRANSFER_POSTING
    )
    if found is not None:
        claims = [posting.answer.claim for posting in strays if posting.answer is not None]
        found.evidence = tuple(claim.remit_claim_id for claim in claims)
        accounts = sorted({claim.account_id or "an account not in the feed" for claim in claims})
        found.why = f"the payment's claim belongs to account {', '.join(accounts)}: move it there"
    return found
