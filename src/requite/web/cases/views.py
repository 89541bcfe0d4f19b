"""The queue with its case beside it; the case by itself; the evidence of a case."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requite.domain.case import (
    ADVISED,
    ENTRIES,
    NEEDS_REASON,
    PERMISSION,
    VERDICTS,
    Action,
    State,
    actions_in,
    why_no_refund,
)
from requite.domain.money import Money
from requite.domain.parties import Disposition
from requite.domain.words import CAUSES, PARTIES
from requite.engine.explanation import UnknownAccount, explain_account
from requite.engine.store import NoSnapshot, Store
from requite.office.audit.queries import events_of
from requite.office.cases.approval import limit_of
from requite.office.cases.attachments import attachments_of
from requite.office.cases.presence import note_viewing, others_at
from requite.office.cases.queries import (
    case_of,
    notes_of,
    questions_of,
    queue_cases,
    siblings_of,
)
from requite.office.cases.services import last_snooze, note_reading, open_case
from requite.office.intake.folders import store
from requite.office.people.permission import PERMISSIONS, allows
from requite.office.people.queries import members_with
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.export import as_csv, as_workbook
from requite.web.cases.filters import LISTS, PILES, filters_of, narrowings, query_of
from requite.web.cases.listing import rows
from requite.web.cases.totals import page_of, totals
from requite.web.charts.money_flow import money_flow
from requite.web.reading import number_of

if TYPE_CHECKING:
    from requite.office.cases.models import Case


KEYS = {
    "take_up": "t", "propose_refund": "r", "correct": "c", "wait_for_payer": "w",
    "ask_provider": "q", "dismiss": "x", "approve": "a", "reject": "b", "pay": "p",
    "reconcile": "e", "reopen": "o", "answer": "y",
}  # fmt: skip
ASIDE = (Action.TAKE_UP, Action.REJECT)
MOST_AT_ONCE = 500
MOST_EXPORTED = 100_000


@require_GET
@provider_page("cases.view")
def queue(request: ProviderRequest) -> HttpResponse:
    """A queue in the order of work; the first case, or the chosen one, beside it."""
    filters, on = filters_of(request.GET), timezone.localdate()
    cases = queue_cases(request.provider, filters, user=request.user, on=on)
    count, cents = totals(request.provider, filters, cases, user=request.user, on=on)
    page = page_of(cases, count, request.GET.get("page"))
    chosen = request.GET.get("case", "")
    shown = case_of(request.provider, number_of(chosen)) if chosen else None
    if shown is None and page.object_list:
        shown = case_of(request.provider, page.object_list[0].number)
    return render(request, "cases/queue.html", {
        "filters": filters, "page": page, "count": count, "cents": cents, "causes": CAUSES,
        "parties": PARTIES, "queue_words": LISTS[filters.queue],
        "narrowings": narrowings(filters), "query": query_of(filters), "piles": PILES,
        "most_at_once": MOST_AT_ONCE,
        "rows": rows(
            page.object_list, slug=request.provider.slug, query=query_of(filters),
            page=page.number, chosen=shown.number if shown else None,
        ),
        **(case_context(request, shown) if shown else {}),
    })  # fmt: skip


@require_GET
@provider_page("cases.view")
def case(request: ProviderRequest, number: int) -> HttpResponse:
    """One case; only its own part of the page where the queue asks for it."""
    found = _case(request, number)
    template = "cases/_case.html" if request.headers.get("HX-Request") else "cases/case.html"
    return render(request, template, case_context(request, found))


def _case(request: ProviderRequest, number: int) -> "Case":
    found = case_of(request.provider, number)
    if found is None:
        raise Http404
    return found


def case_context(request: ProviderRequest, found: "Case") -> dict[str, Any]:
    """What the page of a case shows; that it was read is noted."""
    at = timezone.now()
    open_case(found, actor=request.user, at=at)
    may = [a for a in actions_in(State(found.state)) if allows(request.role, PERMISSION[a])]
    findings = list(found.findings.all())
    return {
        "case": found,
        "findings": findings,
        "actions": _choices(request, [a for a in may if a != Action.ANSWER], found, findings),
        "may_answer": Action.ANSWER in may,
        "notes": notes_of(found),
        "attachments": attachments_of(found),
        "questions": questions_of(found),
        "siblings": siblings_of(found),
        "events": events_of(request.provider, found.label)[:50],
        "workers": members_with(request.provider, frozenset(PERMISSIONS["cases.work"])),
        "query": query_of(filters_of(request.GET)),
        "snooze_from": timezone.localdate(at) + timedelta(days=1),
        "snooze_to": last_snooze(found, timezone.localdate(at)),
        "others": others_at(found, request.user, at=at),
        "limit_cents": _limit(request, found),
    }


def _limit(request: ProviderRequest, found: "Case") -> int | None:
    """What the reader's role may approve at most, where that is what the case waits for."""
    if found.state != State.WAITING_APPROVAL or not allows(request.role, "cases.approve"):
        return None
    return limit_of(request.provider, request.role)


def _why_not(request: ProviderRequest, found: "Case", action: Action, findings: list[Any]) -> str:
    """Why a step that the state allows is not to be had here; nothing where it is."""
    if action == Action.CORRECT and not any(row.disposition in ENTRIES for row in findings):
        return "No posting puts this right"
    if action == Action.PROPOSE_REFUND:
        return why_no_refund(found.party, [row.disposition for row in findings])
    if action in {Action.APPROVE, Action.REJECT} and found.decided_by_id == request.user.pk:
        return "You proposed it: somebody else decides"
    if action in {Action.APPROVE, Action.PAY} and found.changed_since_decided:
        return "Its evidence has changed: send it back"
    most = _limit(request, found) if action == Action.APPROVE else None
    if most is not None and found.amount_cents > most:
        return f"Above the {Money(most)} that your role may approve: a controller decides"
    return ""


def _choices(
    request: ProviderRequest, may: list[Action], found: "Case", findings: list[Any]
) -> list[dict[str, Any]]:
    """What may be done, the advised step first; what does not fit stays, and says why."""
    advised = ADVISED[Disposition(found.disposition)]
    choices = [
        {
            "name": str(action),
            "key": KEYS[action],
            "needs_reason": action in NEEDS_REASON,
            "is_advised": action == advised or action not in {*VERDICTS, *ASIDE},
            "why_not": _why_not(request, found, action, findings),
        }
        for action in may
    ]
    return sorted(choices, key=lambda choice: not choice["is_advised"])


@require_GET
@provider_page("cases.view")
def presence(request: ProviderRequest, number: int) -> HttpResponse:
    """Who else has the case open; that one still has it open oneself is noted."""
    found, at = _case(request, number), timezone.now()
    note_viewing(found, request.user, at=at)
    shown = {"case": found, "others": others_at(found, request.user, at=at)}
    return render(request, "cases/_presence.html", shown)


@require_GET
@provider_page("cases.view")
def evidence(request: ProviderRequest, number: int) -> HttpResponse:
    """Ledger and remittances side by side, the rows that prove the findings lit up."""
    found = _case(request, number)
    context: dict[str, Any] = {"case": found}
    try:
        snapshot = Store(store(request.provider)).current()
        statement = explain_account(snapshot, found.account_id, as_of=found.determined_on)
    except (NoSnapshot, UnknownAccount) as gone:
        context["problem"] = gone
    else:
        context |= {"statement": statement, "picture": money_flow(statement.arithmetic)}
    partial = request.headers.get("HX-Request")
    if not partial:  # within the case's own page the reading is noted already
        note_reading(found, actor=request.user, at=timezone.now())
    return render(request, "cases/_evidence.html" if partial else "cases/evidence.html", context)


@require_GET
@provider_page("cases.view")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """The list as it is narrowed, as CSV or Excel."""
    filters, on = filters_of(request.GET), timezone.localdate()
    cases = queue_cases(request.provider, filters, user=request.user, on=on)
    makers = {"csv": as_csv, "xlsx": as_workbook}
    if form not in makers:
        raise Http404
    return makers[form](cases[:MOST_EXPORTED], f"{request.provider.slug}-{filters.queue}")
