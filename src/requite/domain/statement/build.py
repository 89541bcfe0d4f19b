"""From an account and its answer to a statement."""

from collections.abc import Iterable, Sequence

from requite.domain.deadlines import Due
from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.determine import determine_account, work
from requite.domain.determination.finding import Determination, Finding
from requite.domain.money import Money
from requite.domain.parties import Disposition, Party
from requite.domain.regulations.book import rule_book
from requite.domain.statement.arithmetic import arithmetic_of
from requite.domain.statement.layout import CoverageRow, FindingRow, Statement, Variance
from requite.domain.statement.ledger import joined, ledger_of, payer_name
from requite.domain.statement.remittances import claims_of, other_records, reading_of
from requite.domain.words import (
    CAUSES,
    CERTAINTIES,
    DISPOSITIONS,
    PARTIES,
    PAYER_CLASSES,
    RESTS_ON,
    in_words,
)

SHARES: dict[str, str] = {
    Party.PATIENT: "is owed to the patient",
    Party.NONE: "is owed to nobody, a posting is wrong",
}


def statement_of(
    account: PatientAccount,
    book: Book,
    answer: Determination,
    dues: Sequence[Due | None],
) -> Statement:
    """Lay out an account with its findings and what they rest on.

    Parameters
    ----------
    account : PatientAccount
        The account's rows; amounts in cents with the signs of the feed.
    book : Book
        What all accounts share, and the day of the statement.
    answer : Determination
        What `determine_account` says of it.
    dues : sequence of Due or None
        The clock of each finding, in their order.

    Returns
    -------
    Statement
        Its last ledger row carries the balance, its arithmetic sums to it.
    """
    reading = reading_of(work(account, book), answer.findings)
    ledger, after = ledger_of(account, book, reading.marks)
    return Statement(
        account_id=account.account_id,
        as_of=book.as_of,
        facts=tuple(_facts(account)),
        coverages=tuple(_coverages(account, book)),
        held=None,
        verdict=verdict(answer, book),
        balance_cents=answer.balance_cents,
        credit_cents=answer.credit_cents,
        masked_cents=answer.masked_cents,
        owed_cents=answer.owed_cents,
        ledger=tuple(ledger),
        entries_after=after,
        claims=tuple(claims_of(reading)),
        other_records=tuple(other_records(reading)),
        arithmetic=tuple(arithmetic_of(answer.cells, answer.findings, book)),
        findings=tuple(
            _finding(number, finding, due, book)
            for number, (finding, due) in enumerate(zip(answer.findings, dues, strict=True), 1)
        ),
        variances=tuple(
            Variance(line_no, payer_name(payer_id, book), cents)
            for line_no, payer_id, cents in answer.variances
        ),
    )


def held_statement(account: PatientAccount, book: Book, why: str) -> Statement:
    """Lay out an account that does not add up: its rows, and no answer."""
    nothing = determine_account(account, book)._replace(findings=(), cells=(), variances=())
    statement = statement_of(account, book, nothing, ())
    return statement._replace(
        held=why,
        claims=tuple(claim._replace(standing="") for claim in statement.claims),
        verdict="An account that does not add up is not explained.",
        credit_cents=0,
        masked_cents=0,
        owed_cents=0,
    )


def verdict(answer: Determination, book: Book) -> str:
    """Whose the credit is, in one sentence.

    >>> from datetime import date
    >>> verdict(Determination("A1", 0, 0, 0, (), ()), Book(date(2026, 6, 1), {}))
    'No credit: nobody paid more than their part.'
    """
    if not answer.findings:
        return "No credit: nobody paid more than their part."
    shares: dict[str, int] = {}
    for finding in answer.findings:
        words = _share(finding, book)
        shares[words] = shares.get(words, 0) + finding.amount_cents
    told = "; ".join(f"{Money(cents)} {words}" for words, cents in shares.items())
    return f"Of the credit of {Money(answer.credit_cents)}: {told}."


def _share(finding: Finding, book: Book) -> str:
    """Whose a part is, as the end of a sentence."""
    if finding.disposition == Disposition.HOLD:
        return "waits: an answer, a reversal or a visit is still to come"
    if finding.party == Party.PAYER:
        return f"is owed to {payer_name(finding.party_id, book)}"
    return SHARES.get(finding.party, "is for a person to decide")


def _facts(account: PatientAccount) -> Iterable[str]:
    """What kind of account it is, by ids."""
    named = (
        ("facility", account.facility_id),
        ("patient", account.patient_id),
        ("guarantor", account.guarantor_id),
        ("state", account.state),
        ("class", account.patient_class),
        ("status", account.status and account.status.replace("_", " ")),
        ("service", _span(account)),
        ("next visit", account.next_visit_on),
    )
    return (f"{name} {value}" for name, value in named if value)


def _span(account: PatientAccount) -> str:
    """The days of service."""
    first, last = account.service_from, account.service_to
    if first is None or last is None or first == last:
        return str(first or last or "")
    return f"{first} to {last}"


def _coverages(account: PatientAccount, book: Book) -> Iterable[CoverageRow]:
    for row in sorted(account.coverages, key=lambda row: (row.cob_order, row.payer_id)):
        payer = book.payers.get(row.payer_id)
        since = f"from {row.effective_from}" if row.effective_from else ""
        until = f"until {row.effective_to}" if row.effective_to else ""
        yield CoverageRow(
            row.cob_order,
            row.payer_id,
            payer_name(row.payer_id, book),
            in_words(PAYER_CLASSES, payer.payer_class) if payer else "",
            joined(
                since,
                until,
                "capitated" if row.capitated else "",
                "" if row.responsibility_collectable else "patient may not be billed",
            ),
        )


def _finding(number: int, finding: Finding, due: Due | None, book: Book) -> FindingRow:
    rule = rule_book().rule(due.rule_id) if due else None
    return FindingRow(
        number=number,
        line_no=finding.line_no,
        party=finding.party,
        party_id=finding.party_id,
        whose=_whose(finding, book),
        cause=finding.cause,
        cause_words=in_words(CAUSES, finding.cause),
        disposition=finding.disposition,
        disposition_words=in_words(DISPOSITIONS, finding.disposition),
        amount_cents=finding.amount_cents,
        certainty=finding.certainty,
        certainty_words=certainty_in_words(finding),
        due_on=due.due_on if due else None,
        days_left=(due.due_on - book.as_of).days if due else None,
        rule_id=due.rule_id if due else None,
        rule_title=rule.title if rule else "",
        citation=rule.citation if rule else "",
        source=(rule.source or "") if rule else "",
        evidence=finding.evidence,
        explanation=finding.explanation,
    )


def _whose(finding: Finding, book: Book) -> str:
    """The name of the payer, else whose the part is in words."""
    if finding.party == Party.PAYER:
        return payer_name(finding.party_id, book)
    return in_words(PARTIES, finding.party)


def certainty_in_words(finding: Finding) -> str:
    """How sure a finding is, and the weakest thing that it rests on."""
    words = in_words(CERTAINTIES, finding.certainty)
    weakest = RESTS_ON.get(finding.rests_on)
    return f"{words}: {weakest}" if weakest else words
