"""The queue with its case beside it; the case by itself; the evidence of a case."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from requite.domain.case import (
    PERMISSION,
    Action,
    State,
    actions_in,
)
from requite.domain.words import CAUSES, PARTIES
from requite.engine.explanation import UnknownAccount, explain_account
from requite.engine.store import NoSnapshot
from requite.office.audit.queries import events_of
from requite.office.audit.services import listed, note_lists
from requite.office.cases.attachments import attachments_of
from requite.office.cases.paid import paid_refunds, refund_cents
from requite.office.cases.presence import note_viewing, others_at
from requite.office.cases.queries import (
    Filters,
    case_of,
    notes_of,
    questions_of,
    queue_cases,
    siblings_of,
)
from requite.office.cases.services import note_evidence, open_case
from requite.office.cases.snooze import last_snooze
from requite.office.intake.queries import standing
from requite.office.people.permission import PERMISSIONS, allows
from requite.office.people.queries import members_with
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.choices import choices, limit, why_not_mine
from requite.web.cases.export import as_csv, as_workbook, with_accounts
from requite.web.cases.filters import (
    LISTS,
    PILES,
    filters_of,
    narrowings,
    place_of,
    query_of,
)
from requite.web.cases.listing import Shown, rows
from requite.web.cases.totals import page_of, totals
from requite.web.charts.money_flow import money_flow
from requite.web.reading import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page

    from requite.office.audit.services import Happening
    from requite.office.cases.models import Case
    from requite.office.cases.queries import OrderedCases
    from requite.office.people.models import User


MOST_AT_ONCE, MOST_EVENTS = 500, 300
GONE = "The ledger that stands does not hold this account any more; its findings are those above."
READ = ("case.read", "evidence.read")  # the audit page has these
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
    read = listed(_told(filters), (case.account_id for case in page.object_list))
    if page.object_list and not shown:
        note_lists(request.provider, [read], actor=request.user, at=timezone.now())
    return render(request, "cases/queue.html", {
        "filters": filters, "page": page, "count": count, "cents": cents, "causes": CAUSES,
        "parties": PARTIES, "queue_words": LISTS[filters.queue],
        "narrowings": narrowings(filters), "query": query_of(filters), "piles": PILES,
        "most_at_once": MOST_AT_ONCE, "every": _every(cases, page),
        "rows": rows(page.object_list, Shown(
            reverse("cases:queue", kwargs={"provider": request.provider.slug}), query_of(filters),
            page.number, shown.number if shown else None, why_not_mine(request, filters.queue),
        )),
        **(case_context(request, shown, [read] if page.object_list else []) if shown else {}),
    })  # fmt: skip


def _told(filters: Filters) -> str:
    """A list as its event tells it: never what was searched for, which may be a name."""
    return "search" if filters.search else f"queue {filters.queue}"


def _every(cases: "OrderedCases", page: "Page[Case]") -> dict[str, Any] | None:
    """All of a list that is longer than its page, as it is shown: each case with its version."""
    if not page.has_other_pages() or page.paginator.count > MOST_AT_ONCE:
        return None
    seen = cases.as_seen(MOST_AT_ONCE)
    return {
        "count": len(seen), "cents": sum(cents for _, _, cents in seen),
        "seen": " ".join(f"{number}.{version}" for number, version, _ in seen),
    }  # fmt: skip


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


def case_context(
    request: ProviderRequest, found: "Case", beside: "Sequence[Happening]" = ()
) -> dict[str, Any]:
    """What the page of a case shows; that it was read is noted, with what was read beside it."""
    at = timezone.now()
    open_case(found, beside=beside, actor=request.user, at=at)
    may = [a for a in actions_in(State(found.state)) if allows(request.role, PERMISSION[a])]
    findings, paid = list(found.findings.all()), list(paid_refunds(found))
    return {
        "case": found,
        "findings": findings,
        "actions": choices(request, [a for a in may if a != Action.ANSWER], found, paid),
        "may_answer": Action.ANSWER in may,
        "notes": notes_of(found),
        "attachments": attachments_of(found),
        "questions": questions_of(found),
        "siblings": siblings_of(found),
        "events": events_of(request.provider, found.label).exclude(name__in=READ)[:MOST_EVENTS],
        "workers": assignable(request),
        "place": place_of(request.GET),
        "paid": paid,
        "to_refund": found.refund_cents or refund_cents(found),
        "snooze_from": timezone.localdate(at) + timedelta(days=1),
        "snooze_to": last_snooze(found, timezone.localdate(at)),
        "others": others_at(found, request.user, at=at),
        "limit_cents": limit(request, found),
    }


def assignable(request: ProviderRequest) -> "list[User]":
    """To whom the reader may give cases: to all who work them, or only to themselves."""
    if allows(request.role, "cases.assign"):
        return list(members_with(request.provider, frozenset(PERMISSIONS["cases.work"])))
    return [request.user] if allows(request.role, "cases.work") else []


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
        snapshot = standing(request.provider)
        statement = explain_account(snapshot, found.account_id, as_of=found.determined_on)
    except NoSnapshot as gone:
        context["problem"] = gone
    except UnknownAccount:
        context["problem"] = GONE
    else:
        context |= {"statement": statement, "picture": money_flow(statement.arithmetic)}
    partial = request.headers.get("HX-Request")
    note_evidence(found, actor=request.user, at=timezone.now())
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
    some = cases.whole()[:MOST_EXPORTED]
    answer = makers[form](some, f"{request.provider.slug}-{filters.queue}")
    return with_accounts(answer, (case.account_id for case in some))
