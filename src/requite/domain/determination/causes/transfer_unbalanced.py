"""The legs of a transfer do not cancel, and the source's own balance agrees.

Its ledger is wrong, not the feed. Every party paid its target; the credit is the gap between
the legs, and the transfer is completed.
"""

from typing import Final

from requite.domain.determination.proof import dollars, false_credit, take
from requite.domain.determination.worksheet import TRANSFER, Cell, Part, Worksheet
from requite.domain.parties import Disposition

CAUSE: Final = "transfer_unbalanced"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """The gap of the transfers in the cell."""
    if not sheet.transfer_evidence:
        return None
    if cell.kind == TRANSFER:
        ids = tuple(identifier for item in sheet.transfer_evidence for identifier in item.ids)
        cents = cell.left
    else:
        cents, ids = take(sheet.transfer_evidence, cell)
    found = false_credit(CAUSE, cell, cents, Disposition.TRANSFER_POSTING)
    if found is not None:
        found.evidence = ids
        found.why = f"a transfer's legs leave {dollars(found.cents)} between them"
    return found
