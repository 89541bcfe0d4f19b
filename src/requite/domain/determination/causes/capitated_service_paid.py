"""A fee-for-service payment for a service that the capitation covers (CARC 24).

On a capitated coverage the payer's target for a service is 0; what it paid as well goes back.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import payer_part
from requite.domain.determination.worksheet import PAYER, Cell, Worksheet

CAUSE: Final = "capitated_service_paid"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that a capitated payer paid for the service.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "200.00"),
    ...     covered("LARK", capitated=True),
    ...     answer("A", service(1, "200.00", "90.00", CO45="110.00")),
    ...     written_off(1, "200.00"),
    ...     paid(1, "90.00", trace="A"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $90.00 capitated_service_paid, payer LARK, refund_payer, proved
    """
    if cell.kind != PAYER or cell.loose or not sheet.places[cell.place].capitated:
        return None
    found = payer_part(CAUSE, cell, cell.left)
    if found is not None:
        found.why = "the monthly capitation already pays for the service"
    return found
