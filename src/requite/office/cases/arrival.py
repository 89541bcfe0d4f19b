"""An import has been determined: its findings become cases."""

from datetime import datetime

from requite.domain.money import Money
from requite.office.cases.determination import Determined, apply_determination
from requite.office.cases.models import Case
from requite.office.intake.models import Import
from requite.office.intake.worker import Found

MOST_NAMED = 3


def take_in(held: Import, found: Found, at: datetime) -> dict[str, int]:
    """Bring the cases of the import's provider up to date, in the transaction that ends it."""

    def removed_by(case: Case) -> str:
        """What came onto the account since the case was last determined."""
        rows = found.entries_since(case.account_id, case.determined_on)
        if not rows:
            return "the account's rows were given anew, and no excess is left"
        named = [f"{what} {entry_id} of {Money(cents)}" for entry_id, what, cents in rows]
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        return ", ".join(named[:MOST_NAMED]) + more

    determined = Determined(
        held.as_of, found.groups, found.accounts, found.held_accounts, removed_by
    )
    return apply_determination(held.provider, determined, actor=None, at=at)
