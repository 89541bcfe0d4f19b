"""The tables of a case to take along: findings, arithmetic, ledger, remittances, other records."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from requite.domain.words import CAUSES, DISPOSITIONS, in_words
from requite.engine.explanation import UnknownAccount, explain_account
from requite.engine.store import NoSnapshot
from requite.office.cases.queries import case_of
from requite.office.cases.services import note_reading
from requite.office.intake.queries import standing
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.export import Table, csv_rows, dollars, excel_book, with_accounts

if TYPE_CHECKING:
    from requite.domain.statement.layout import ClaimBlock, Statement
    from requite.office.cases.models import Case

FINDINGS = (
    "case", "line", "cause", "what to do", "amount", "certainty", "due", "rule", "evidence", "why",
)  # fmt: skip
ARITHMETIC = ("line", "party", "should have paid", "did pay", "difference", "findings")
LEDGER = ("id", "day", "lines", "what", "reference", "note", "amount", "balance", "findings")
REMITTANCES = (
    "claim id", "payer", "paid on", "trace", "payer's claim number", "status", "standing", "line",
    "service", "charge", "adjustments", "paid", "findings",
)  # fmt: skip
OTHER = ("id", "day", "what", "reference", "amount", "findings")


@require_GET
@provider_page("cases.view")
def tables(request: ProviderRequest, number: int, form: str) -> HttpResponse:
    """All tables of a case as one Excel file, or the one that `table` names as CSV."""
    found = case_of(request.provider, number)
    if found is None or form not in {"csv", "xlsx"}:
        raise Http404
    told = tables_of(found, _statement(request, found))
    name = f"{request.provider.slug}-{found.label}"
    if form == "xlsx":
        answer = excel_book(told, name)
    else:
        asked = request.GET.get("table", "findings")
        one = next((table for table in told if table.name == asked), None)
        if one is None:
            raise Http404
        answer = csv_rows(one.head, one.rows, f"{name}-{asked}")
    note_reading(found, actor=request.user, at=timezone.now())
    return with_accounts(answer, [found.account_id])


def _statement(request: ProviderRequest, found: "Case") -> "Statement | None":
    try:
        return explain_account(
            standing(request.provider), found.account_id, as_of=found.determined_on
        )
    except (NoSnapshot, UnknownAccount):
        return None


def tables_of(found: "Case", statement: "Statement | None") -> list[Table]:
    """The tables of a case; those of its account only where the ledger that stands holds it."""
    told = [Table("findings", FINDINGS, list(_findings(found)), (4,))]
    if statement is None:
        return told
    arithmetic = [
        [_line(row.line_no), row.party, dollars(row.target_cents), dollars(row.actual_cents),
         dollars(row.difference_cents), _marks(row.marks)]
        for row in statement.arithmetic
    ]  # fmt: skip
    ledger = [
        [row.record_id, _day(row.on), ", ".join(map(str, row.lines)) or "all", row.what,
         row.reference, row.note, dollars(row.amount_cents),
         dollars(row.balance_cents), _marks(row.marks)]
        for row in statement.ledger
    ]  # fmt: skip
    other = [
        [row.record_id, _day(row.on), row.what, row.reference,
         dollars(row.amount_cents), _marks(row.marks)]
        for row in statement.other_records
    ]  # fmt: skip
    return [
        *told,
        Table("arithmetic", ARITHMETIC, arithmetic, (2, 3, 4)),
        Table("ledger", LEDGER, ledger, (6, 7)),
        Table("remittances", REMITTANCES, list(_claims(statement.claims)), (9, 11)),
        Table("other records", OTHER, other, (4,)),
    ]


def _findings(found: "Case") -> Iterator[list[str]]:
    for row in found.findings.all():
        yield [
            found.label, _line(row.line_no), in_words(CAUSES, row.cause),
            DISPOSITIONS[row.disposition], dollars(row.amount_cents), row.certainty,
            _day(row.due_on), row.rule_id, row.evidence.replace("|", ", "),
            row.explanation,
        ]  # fmt: skip


def _claims(claims: "Iterable[ClaimBlock]") -> Iterator[list[str]]:
    """One row a line of each claim."""
    for claim in claims:
        whole = [
            claim.remit_claim_id, claim.payer, _day(claim.paid_on),
            claim.trace_number, claim.payer_claim_number, claim.status,
            claim.standing,
        ]  # fmt: skip
        for line in claim.lines:
            adjusted = "; ".join(
                f"{item.group_code}-{item.carc} {dollars(item.amount_cents)}"
                for item in line.adjustments
            )
            yield [
                *whole, _line(line.ledger_line), line.service, dollars(line.charge_cents),
                adjusted, dollars(line.paid_cents), _marks(line.marks or claim.marks),
            ]  # fmt: skip


def _line(line_no: int | None) -> str:
    return "account" if line_no is None else str(line_no)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _marks(marks: Sequence[int]) -> str:
    return ", ".join(map(str, marks))
