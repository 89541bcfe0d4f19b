"""What a correction refers to, posting by posting, as the source system has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from requite.domain.money import Money
from requite.engine.case_feed import Posting, postings
from requite.engine.store import NoSnapshot
from requite.office.intake.queries import standing

if TYPE_CHECKING:
    from requite.office.cases.models import Correction
    from requite.office.people.models import Provider


# What is done to one posting by an entry, as its line begins.
VERBS = {"reverse_posting": "REVERSE", "transfer_posting": "MOVE", "reclassify": "RECLASSIFY"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction with the postings that it refers to; other ids stand as they are."""

    row: "Correction"
    postings: tuple[Posting, ...]
    others: tuple[str, ...]

    @property
    def chosen(self) -> Posting | None:
        """The posting that the entry is about, by its amount.

        Of several, one that no remittance stands behind, else the last: the one that a remittance
        names stays.
        """
        if self.row.entry not in VERBS:
            return None
        same = [each for each in self.postings if abs(each.amount_cents) == self.row.amount_cents]
        return max(same, key=_least_grounded, default=None)

    @property
    def told(self) -> list[str]:
        """One line a posting, the one that the entry is about first; then what else proves it."""
        chosen, verb = self.chosen, VERBS.get(self.row.entry, "")
        first = [f"{verb}: {_told(chosen)}"] if chosen else []
        also = "beside " if chosen else ""
        others = [f"{also}{_told(posting)}" for posting in self.postings if posting != chosen]
        rest = [f"rests on {', '.join(self.others)}"] if self.others else []
        return first + others + rest


def _least_grounded(posting: Posting) -> tuple[bool, date, str]:
    return posting.trace_number is None, posting.posted_on, posting.transaction_id


def _told(posting: Posting) -> str:
    what = posting.type.replace("_", " ")
    parts = [
        f"{posting.transaction_id}: {what} {Money(posting.amount_cents)} of {posting.posted_on}"
    ]
    parts += [f"line {posting.line_no}"] if posting.line_no is not None else []
    parts += [f"payer {posting.payer_id}"] if posting.payer_id else []
    parts += [f"trace {posting.trace_number}"] if posting.trace_number else []
    return ", ".join(parts)


def entries(provider: "Provider", rows: "Sequence[Correction]") -> list[Entry]:
    """The corrections with their postings, from the ledger that stands; read once for all."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row.case.account_id, set()).update(filter(None, row.refers_to.split("|")))
    try:
        found = postings(standing(provider), wanted) if wanted else {}
    except NoSnapshot:
        found = {}
    return [_entry(row, found) for row in rows]


def _entry(row: "Correction", found: dict[tuple[str, str], Posting]) -> Entry:
    ids = [each for each in row.refers_to.split("|") if each]
    account = row.case.account_id
    here = [found[account, each] for each in ids if (account, each) in found]
    others = tuple(each for each in ids if (account, each) not in found)
    return Entry(row, tuple(sorted(here, key=lambda each: each.posted_on)), others)
