"""Medicare paid as primary where another payer must pay first.

A dual primary whose second is Medicare: owed is what Medicare paid less what it owes as
secondary, and the 60 days run from the receipt of the other payer's money.
"""

from typing import Final

from requite.domain.determination.causes.dual_primary import above, described, over
from requite.domain.determination.part import Part
from requite.domain.determination.proof import payer_part, states_of
from requite.domain.determination.worksheet import PAYER, Cell, Worksheet

CAUSE: Final = "medicare_secondary_payer"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What Medicare paid above its part as secondary.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "600.00"),
    ...     covered("LARK", 1),
    ...     covered("MCR", 2),
    ...     answer("A", service(1, "600.00", "280.00", CO45="250.00", PR2="70.00"), payer_id="MCR"),
    ...     answer("B", service(1, "600.00", "390.00", CO45="150.00", PR2="60.00")),
    ...     written_off(1, "150.00"),
    ...     paid(1, "280.00", trace="A", payer_id="MCR"),
    ...     paid(1, "390.00", trace="B"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $220.00 medicare_secondary_payer, payer MCR, refund_payer, proved
    """
    if cell.kind != PAYER or sheet.places[cell.place].payer_class != "medicare_ffs":
        return None
    displaced = sum(
        over(state, cell, cell.left)
        for state in states_of(sheet, cell)
        if cell.place in state.displaced
    )
    if displaced:
        found = payer_part(CAUSE, cell, displaced)
        if found is not None:
            found.why = "a Medicare Advantage plan stands in the place of Medicare"
        return found
    return described(payer_part(CAUSE, cell, above(cell, sheet)), cell, sheet)
