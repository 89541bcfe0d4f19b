"""The figures of a provider: what is open, late, resolved; by party, payer class, cause, age."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requite.domain.case import STATE_WORDS, State
from requite.domain.words import CAUSES, PARTIES, in_words
from requite.engine.case_feed import debits
from requite.office.cases.queries import figures
from requite.office.intake.folders import findings
from requite.office.intake.queries import last_done
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.export import csv_file, excel_file, safe
from requite.web.charts.bars import Bar, bars

Rows = list[tuple[str, int, int]]
Named = list[tuple[str, str, int, int]]


@require_GET
@provider_page("dashboard.view")
def dashboard(request: ProviderRequest) -> HttpResponse:
    """Figures with their pictures; each figure opens the cases behind it."""
    found, last = figures(request.provider, on=timezone.localdate()), last_done(request.provider)
    groups = [
        _group("By party", "party", _named(found["by_party"], PARTIES)),
        _group("By class of payer", "", [(v.replace("_", " "), v, n, c)
                                         for v, n, c in found["by_class"]]),
        _group("By cause", "cause", _named(found["by_cause"], CAUSES)),
        _group("By state", "", [(STATE_WORDS[State(v)], v, n, c) for v, n, c in found["by_state"]]),
        _group("By days since it was found", "", [(v, v, n, c) for v, n, c in found["by_age"]]),
    ]  # fmt: skip
    shown = {"figures": found, "groups": groups, "summary": last.summary if last else {}}
    return render(request, "dashboard/page.html", shown)


def _named(rows: Rows, words: dict[str, str]) -> Named:
    return [(in_words(words, value), value, count, cents) for value, count, cents in rows]


def _group(
    title: str, filter_name: str, rows: list[tuple[str, str, int, int]]
) -> dict[str, object]:
    picture = bars(title, [Bar(words, cents) for words, _, _, cents in rows[:8]])
    return {"title": title, "filter": filter_name, "rows": rows, "picture": picture}


DEBITS = ("account", "balance", "credit", "still owed")


@require_GET
@provider_page("dashboard.view")
def debits_found(request: ProviderRequest, form: str) -> HttpResponse:
    """What is still owed on accounts that hold a credit too: for follow-up, not worked here."""
    last = last_done(request.provider)
    if last is None or form not in {"csv", "xlsx"}:
        raise Http404
    found = debits(findings(request.provider, last.number))
    rows = [[safe(account), *amounts] for account, *amounts in found]
    name = f"{request.provider.slug}-debits"
    if form == "csv":
        return csv_file(DEBITS, rows, name)
    return excel_file(DEBITS, rows, name, money=(1, 2, 3))
