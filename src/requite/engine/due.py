"""The clock and the place in the queue of each finding, from its account and its payer."""

from datetime import date

from requite.domain.deadlines import ClockFacts, Due, due_on, identified_on
from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.finding import Finding
from requite.domain.priority import PriorityKey, QueueFacts, priority_key


def due_of(finding: Finding, account: PatientAccount, book: Book) -> Due | None:
    """The date by which the money of `finding` must go back, and the rule that sets it."""
    payer_class, funding = _payer(finding, account, book)
    return due_on(
        ClockFacts(
            party=finding.party,
            identified_on=identified_on(book.as_of),
            payer_class=payer_class,
            funding=funding,
            state=account.state or "",
            cause=finding.cause,
            disposition=finding.disposition,
            patient_class=account.patient_class or "",
            payment_received_on=_day(finding.received_on),
            other_payment_received_on=_day(finding.other_received_on),
            service_to=account.service_to,
        )
    )


def queue_key(
    finding: Finding, due: Due | None, account: PatientAccount, book: Book
) -> PriorityKey:
    """What orders `finding` among all findings of a feed."""
    payer_class, funding = _payer(finding, account, book)
    return priority_key(
        QueueFacts(
            account_id=finding.account_id,
            line_no=finding.line_no,
            party=finding.party,
            party_id=finding.party_id or "",
            cause=finding.cause,
            amount_cents=finding.amount_cents,
            due_on=due.due_on if due else None,
            money_on=_day(finding.received_on),
            payer_class=payer_class,
            funding=funding,
        ),
        book.as_of,
    )


def _payer(finding: Finding, account: PatientAccount, book: Book) -> tuple[str, str]:
    """Class of the payer whose money it is and funding of its plan; "" for the patient's."""
    if finding.payer_id is None:
        return "", "unknown"
    payer = book.payers.get(finding.payer_id)
    plans = [
        coverage.plan_id
        for coverage in account.coverages
        if coverage.payer_id == finding.payer_id and coverage.plan_id is not None
    ]
    plan = book.plans.get(plans[0]) if plans else None
    return payer.payer_class if payer else "", plan.funding if plan else "unknown"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
