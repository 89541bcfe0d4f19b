"""Contractual write-offs posted above what is truly allowed.

Where no contract is known the remittance is the authority, an assumption that a contract could
overturn: likely, not proved. Nobody is owed: the write-off is reversed.
"""

from typing import Final

from requite.domain.determination.part import Part
from requite.domain.determination.proof import (
    dollars,
    false_credit,
    person_part,
    postings_of,
    states_of,
)
from requite.domain.determination.worksheet import CONTRACTUAL, Cell, Worksheet
from requite.domain.parties import Certainty, Disposition

CAUSE: Final = "contractual_overposted"


def of_missing(sheet: Worksheet, cell: Cell) -> bool:
    """Whether a write-off names a payment of which there is no remittance."""
    return any(
        posting.entry.trace_number is not None and posting.entry.trace_number not in sheet.traces
        for posting in postings_of(sheet, cell)
    )


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """All that is written off above the target.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "275.00"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "275.00", "160.00", CO45="75.00", PR2="40.00")),
    ...     written_off(1, "95.00"),
    ...     paid(1, "160.00", trace="A"),
    ...     patient_paid(1, "40.00"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $20.00 contractual_overposted, none, reverse_posting, likely
    """
    if cell.kind != CONTRACTUAL:
        return None
    states = states_of(sheet, cell)
    heard = any(part is not None for state in states for part in state.in_force)
    if heard and of_missing(sheet, cell):
        found = person_part(CAUSE, cell, cell.left)
        if found is not None:
            found.why = "the write-off rests on postings without a remittance; the EOB settles it"
        return found
    found = false_credit(CAUSE, cell, cell.left, Disposition.REVERSE_POSTING)
    if found is not None:
        backed = bool(states) and all(state.contract_backs for state in states)
        found.certainty = Certainty.PROVED if backed else Certainty.LIKELY
        allowed = sum(state.t_co for state in states)
        authority = "contract and remittance allow" if backed else "the remittance allows"
        found.why = f"{authority} a write-off of {dollars(allowed)}"
        if not heard:
            found.why = f"no more than {dollars(allowed)} was left to write off"
    return found
