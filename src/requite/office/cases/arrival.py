"""An import has been determined: its findings become cases."""

from datetime import datetime, timedelta

from requite.domain.case import State
from requite.domain.money import Money
from requite.office.cases.determination import Determined, apply_determination
from requite.office.cases.models import Case
from requite.office.cases.paid import day_paid
from requite.office.intake.models import Import
from requite.office.intake.queries import last_done
from requite.office.intake.status import Kind
from requite.office.intake.worker import Found

MOST_NAMED, ONE_DAY = 3, timedelta(days=1)


def take_in(held: Import, found: Found, at: datetime) -> dict[str, int]:
    """Bring the cases of the import's provider up to date, in the transaction that ends it."""

    def removed_by(case: Case) -> str:
        """What came onto the account since the case was last determined, or paid."""
        paid_on = day_paid(case) if case.state == State.TO_RECONCILE else None
        since = min(case.determined_on, paid_on - ONE_DAY) if paid_on else case.determined_on
        rows = found.entries_since(case.account_id, since)
        named = [f"{what} {entry_id} of {Money(cents)}" for entry_id, what, cents in rows]
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        return ", ".join(named[:MOST_NAMED]) + more

    last = last_done(held.provider) if held.kind == Kind.FALL_BACK else None
    determined = Determined(
        held.as_of, found.groups, found.accounts, found.held_accounts, removed_by,
        ledger=found.snapshot.manifest.snapshot, undone=last.snapshot if last else "",
        may_close=held.may_close,
    )  # fmt: skip
    return apply_determination(held.provider, determined, actor=None, at=at)
