"""An import has been determined: its findings become cases."""

from datetime import datetime, timedelta

from requite.domain.case import State
from requite.domain.many import are_many
from requite.domain.money import Money
from requite.office.cases.determination import Determined, apply_determination
from requite.office.cases.models import Case
from requite.office.cases.paid import day_paid
from requite.office.intake.models import Import
from requite.office.intake.queries import last_done
from requite.office.intake.services import NeedsConfirmation
from requite.office.intake.status import Kind
from requite.office.intake.worker import Found

MOST_NAMED, ONE_DAY = 3, timedelta(days=1)
TWENTIETH = 20  # of the accounts: so many more are flagged without being asked about again
SHARE = ("accounts_flagged", "accounts")  # in the summary of an import


class FlagsMany(NeedsConfirmation):
    """A feed would flag more accounts than an ordinary ledger has credits on."""

    allows = "may_flag_many"

    def __init__(self, flagged: int, accounts: int, largest: list[str]) -> None:
        super().__init__(
            f"{flagged:,} of {accounts:,} accounts would be flagged, more than a fifth. A column "
            "may be read with the wrong sign, or postings of one kind be missing.",
            remedy=f"Look at some of them in the source system, such as {', '.join(largest)}. If "
            "they are what they seem, allow this import to flag many accounts: in the browser, or "
            "bring it in again with --may-flag-many.",
        )


def _ask_if_many(held: Import, found: Found) -> None:
    """Ask before more than a fifth of the accounts are flagged, unless that is so already."""
    accounts = found.snapshot.manifest.accounts
    if held.may_flag_many or held.kind == Kind.FALL_BACK or not are_many(found.flagged, accounts):
        return
    last = last_done(held.provider)
    before, of = (last.summary.get(name, 0) for name in SHARE) if last else (0, 0)
    if (
        are_many(before, of)
        and found.flagged * of <= before * accounts + accounts * of // TWENTIETH
    ):
        return
    raise FlagsMany(found.flagged, accounts, found.largest)


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

    _ask_if_many(held, found)
    last = last_done(held.provider) if held.kind == Kind.FALL_BACK else None
    determined = Determined(
        held.as_of, found.groups, found.accounts, found.held_accounts, removed_by,
        ledger=found.snapshot.manifest.snapshot, undone=last.snapshot if last else "",
        may_close=held.may_close,
    )  # fmt: skip
    return apply_determination(held.provider, determined, actor=None, at=at)
