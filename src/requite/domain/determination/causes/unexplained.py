"""What no rule names: a person looks at it."""

from typing import Final

from requite.domain.determination.proof import person_part
from requite.domain.determination.worksheet import CHARGES, Cell, Part, Worksheet

CAUSE: Final = "unexplained"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that is left."""
    found = person_part(CAUSE, cell, cell.left)
    if found is not None and cell.kind == CHARGES:
        found.why = "the charges net below zero; the charge entry settles it"
    elif found is not None:
        found.why = f"no rule explains it on account {sheet.account.account_id}"
    return found
