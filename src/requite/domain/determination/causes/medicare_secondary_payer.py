"""Medicare paid as primary where another payer must pay first.

A dual primary whose second is Medicare: owed is what Medicare paid less what it owes as
secondary, and the 60 days run from the receipt of the other payer's money.
"""

from typing import Final

from requite.domain.determination.causes.dual_primary import above, described
from requite.domain.determination.proof import payer_part
from requite.domain.determination.worksheet import PAYER, Cell, Part, Worksheet

CAUSE: Final = "medicare_secondary_payer"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What Medicare paid above its part as secondary."""
    if cell.kind != PAYER or sheet.places[cell.place].payer_class != "medicare_ffs":
        return None
    return described(payer_part(CAUSE, cell, above(cell, sheet)), cell, sheet)
