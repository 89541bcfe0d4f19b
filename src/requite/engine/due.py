"""The clock and the place in the queue of each finding, from its account and its payer."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from requite.domain.deadlines import ClockFacts, Due, due_on, identified_on
from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.finding import Determination, Finding
from requite.domain.priority import PriorityKey, QueueFacts, priority_key
from requite.domain.request import RefundRequest
from requite.domain.requests.naming import letters_naming
from requite.engine.identified import Identified


class Told(NamedTuple):
    """Who told of the money of a finding before: a payer by its letter, an earlier run."""

    letter: RefundRequest | None = None
    found_on: date | None = None


NOBODY = Told()


def dues_of(
    answer: Determination,
    account: PatientAccount,
    book: Book,
    letters: Sequence[RefundRequest] = (),
    identified: Identified | None = None,
) -> list[Due | None]:
    """The clock of each finding of an account, with the letters and runs that told of it."""
    findings = answer.findings
    named = letters_naming(account, book, answer, letters) if letters else (None,) * len(findings)
    dues = []
    for finding, letter in zip(findings, named, strict=True):
        owner = finding.payer_id or finding.party_id or ""
        found_on = (identified or {}).get((finding.account_id, finding.line_no, owner))
        dues.append(due_of(finding, account, book, Told(letter, found_on)))
    return dues


def due_of(
    finding: Finding, account: PatientAccount, book: Book, told: Told = NOBODY
) -> Due | None:
    """The date by which the money of `finding` must go back, and the rule that sets it.

    A payer's letter identifies the money that it names; where no law gives days from that, its
    answer is what has a date.
    """
    facts = _facts(finding, account, book, told)
    due = due_on(facts)
    letter = told.letter
    if due is not None or letter is None:
        return due
    return due_on(
        facts._replace(request_received_on=letter.received_on, demand_letter_on=letter.letter_date)
    )


def _facts(finding: Finding, account: PatientAccount, book: Book, told: Told) -> ClockFacts:
    payer_class, funding = _payer(finding, account, book)
    came_on = told.letter.received_on if told.letter else None
    return ClockFacts(
        party=finding.party,
        identified_on=identified_on(book.as_of, came_on, told.found_on),
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
