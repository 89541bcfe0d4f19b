"""In which order the parts of all credits are worked.

Past due first; then money of government payers, of patients, and all other; within these the
fewest days left, the larger amount, the older money. What has no date comes after what has one.
The ids at the end make the order total, so that the queue is the same on every run.
"""

from datetime import date
from typing import NamedTuple

# Programmes whose money is public, whoever administers them.
GOVERNMENT = frozenset(
    {
        "medicare_ffs",
        "medicare_advantage",
        "medicaid",
        "medicaid_managed",
        "chip",
        "tricare",
        "va",
        "fehb",
    }
)
GOVERNMENT_FIRST, PATIENT_NEXT, OTHER_LAST = 0, 1, 2
NO_DATE = 10**6  # more days than any legal clock runs


class QueueFacts(NamedTuple):
    """What the queue must know of a part; `money_on` is the day its money came, for its age."""

    account_id: str
    line_no: int | None
    party: str
    party_id: str
    cause: str
    amount_cents: int
    due_on: date | None = None
    money_on: date | None = None
    payer_class: str = ""  # of the payer whose money the part holds, "" for the patient's
    funding: str = "unknown"


PriorityKey = tuple[bool, int, int, int, date, str, int, str, str, str]


def is_government(payer_class: str, funding: str = "unknown") -> bool:
    """Whether such a payer's money is public.

    >>> is_government("medicaid_managed"), is_government("commercial", "government")
    (True, True)
    """
    return payer_class in GOVERNMENT or funding == "government"


def priority_key(part: QueueFacts, as_of: date) -> PriorityKey:
    """A key by which parts sort into the order of work, first to last.

    Parameters
    ----------
    part : QueueFacts
        What the queue must know of the part.
    as_of : date
        The day of the run; a part due on that day is not past due yet.

    Returns
    -------
    tuple
        Past due, group, days left, amount, age, and the ids of the part.

    Examples
    --------
    >>> late = QueueFacts("A1", 1, "patient", "G1", "x", 500, due_on=date(2026, 5, 1))
    >>> public = QueueFacts("A2", 1, "payer", "P1", "x", 900, payer_class="medicaid")
    >>> keys = {part: priority_key(part, date(2026, 6, 1)) for part in (public, late)}
    >>> min(keys, key=keys.__getitem__).account_id
    'A1'
    """
    days_left = NO_DATE if part.due_on is None else (part.due_on - as_of).days
    return (
        days_left >= 0,
        _group(part),
        days_left,
        -part.amount_cents,
        part.money_on or date.max,
        part.account_id,
        -1 if part.line_no is None else part.line_no,
        part.party,
        part.party_id,
        part.cause,
    )


def _group(part: QueueFacts) -> int:
    if part.party == "patient":
        return PATIENT_NEXT
    if part.party != "none" and is_government(part.payer_class, part.funding):
        return GOVERNMENT_FIRST
    return OTHER_LAST
