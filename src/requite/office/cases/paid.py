"""Money that went out for a case: known whatever becomes of the case, so that it goes out once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from requite.domain.case import REFUNDS
from requite.domain.money import Money
from requite.office.cases.models import Case, PaidRefund
from requite.office.people.models import User


def refund_cents(case: Case) -> int:
    """What of a case is to go back: the findings that ask for a refund."""
    return sum(row.amount_cents for row in case.findings.all() if row.disposition in REFUNDS)


def paid_for(case: Case) -> QuerySet[PaidRefund]:
    """What went out for a case and did not come back, in order."""
    return PaidRefund.objects.filter(case=case, came_back_at__isnull=True).order_by("at", "pk")


def paid_refunds(case: Case) -> QuerySet[PaidRefund]:
    """All that ever went out for a case, in order, with who let it."""
    return PaidRefund.objects.select_related("by").filter(case=case).order_by("at", "pk")


def outstanding(case: Case) -> QuerySet[PaidRefund]:
    """What went out for a case and is not seen in its account yet."""
    return paid_for(case).filter(settled_at__isnull=True)


def why_not_now(case: Case, paid_refunds: Iterable[PaidRefund] | None = None) -> str:
    """Why nothing more may be decided on what a case says; nothing where it may.

    The last ledger must show the credit, and no money may have gone out for it. `paid_refunds` are
    those of the case, where they are read already.
    """
    if case.is_gone:
        return "The last ledger does not show this credit any more"
    for paid in paid_for(case) if paid_refunds is None else paid_refunds:
        if paid.came_back_at is not None:
            continue
        if paid.settled_at is None or paid.digest == case.digest:
            return f"{Money(paid.cents)} was paid for it on {paid.at:%Y-%m-%d}"
    return ""


def why_paid_elsewhere(case: Case) -> str:
    """Why nothing is decided: the very rows of the ledger were paid under another case.

    A payer or account that is given another number is another case of the same money.
    """
    if not all(row.evidence for row in case.findings.all()):
        return ""  # no rows tell one from another
    same = PaidRefund.objects.select_related("case").filter(
        case__provider=case.provider_id, digest=case.digest, came_back_at__isnull=True
    )
    paid = same.exclude(case=case).order_by("at", "pk").first()
    if paid is None:
        return ""
    return f"{Money(paid.cents)} was paid for the same entries under {paid.case.label}"


def pay_out(case: Case, *, by: User, at: datetime) -> PaidRefund:
    """Note that the proposed money went out; part of the step that pays."""
    return PaidRefund.objects.create(
        case=case, cents=case.refund_cents or case.amount_cents, digest=case.digest, by=by, at=at
    )


def settle(case: Case, *, ledger: str, at: datetime) -> None:
    """Note that the account shows what was paid; part of the write that says so."""
    outstanding(case).update(settled_at=at, settled_by=ledger)


def pays_still(case: Case, digest: str) -> bool:
    """Whether what went out for a case is to be seen in its account still.

    Where the very findings come back for which money went out, the account does not show it after
    all, whoever said so: it counts as under way again.
    """
    paid_for(case).filter(digest=digest).update(settled_at=None, settled_by="")
    return outstanding(case).exists()


def day_paid(case: Case) -> date | None:
    """The day on which the first of the money went out that the account does not show yet."""
    first = outstanding(case).first()
    return first.at.date() if first else None
