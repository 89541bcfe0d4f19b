"""The figures of a provider: what is open, late, resolved; by party, payer class, cause, age."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requite.domain.case import STATE_WORDS
from requite.domain.words import CAUSES, PARTIES, PAYER_CLASSES, in_words
from requite.engine.case_feed import debits
from requite.office.cases.figures import FUNNEL, Figures, Sums, figures
from requite.office.intake.folders import findings
from requite.office.intake.queries import last_done
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.export import csv_rows, dollars, excel_file
from requite.web.charts.bars import Bar, bars
from requite.web.charts.columns import Pair, columns
from requite.web.exporting import table_file
from requite.web.keeping import kept

if TYPE_CHECKING:
    from requite.office.people.models import Provider

SOON_DAYS = 7
FIGURES = ("table", "row", "cases", "amount")


@require_GET
@provider_page("dashboard.view")
def dashboard(request: ProviderRequest) -> HttpResponse:
    """Figures with their pictures; each figure opens the cases behind it."""
    on, last = timezone.localdate(), last_done(request.provider)
    found, taken_at = _figures(request.provider, on)
    return render(request, "dashboard/page.html", {
        "figures": found, "groups": _groups(found), "summary": last.summary if last else {},
        "weeks": _weeks(found, on), "today": on, "taken_at": taken_at,
        "funnel": _group("From credit to returned", "", found.funnel,
                         {stage: stage for stage, _ in FUNNEL}, as_they_come=True),
        "trend": _trend(found),
    })  # fmt: skip


def _groups(found: Figures) -> list[dict[str, Any]]:
    """The tables of the open cases."""
    states = {str(state): words for state, words in STATE_WORDS.items()}
    ages = {words: words for words in found.by_age}
    return [
        _group("By party", "party", found.by_party, PARTIES),
        _group("By class of payer", "payer_class", found.by_class, PAYER_CLASSES),
        _group("By cause", "cause", found.by_cause, CAUSES),
        _group("By state", "state", found.by_state, states),
        _group("By age of the credit", "age", found.by_age, ages, as_they_come=True),
    ]


@require_GET
@provider_page("dashboard.view")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """Every figure of the page as one table."""
    found, _ = _figures(request.provider, timezone.localdate())
    tiles = {
        "open": found.open, "past due": found.past_due, "due within a week": found.due_week,
        "decided": found.worked, "resolved": found.resolved,
        "dismissed": found.dismissed, "true": found.real, "false": found.false,
    }  # fmt: skip
    tables: list[tuple[str, Mapping[Any, Sums]]] = [
        ("All", tiles), ("From credit to returned", found.funnel),
        ("Found in the week of", found.found_in_week),
        ("Resolved in the week of", found.resolved_in_week), ("Due on", found.due_on),
    ]  # fmt: skip
    rows = [
        (title, str(name), both.cases, dollars(both.cents))
        for title, table in tables
        for name, both in table.items()
    ]
    for group in _groups(found):
        title = group["title"]
        rows += [(title, name, count, dollars(cents)) for name, _, count, cents in group["rows"]]
    return table_file(form, FIGURES, rows, f"{request.provider.slug}-figures", money=(3,))


def _figures(provider: "Provider", on: date) -> tuple[Figures, datetime]:
    """The figures and when they were taken: they read every case, and are kept for a while."""
    return kept(
        f"figures/{provider.pk}/{on}", settings.FIGURES_SECONDS,
        lambda: (figures(provider, on=on), timezone.now()),
    )  # fmt: skip


def _group(
    title: str, filter_name: str, sums: dict[str, Sums], words: dict[str, str],
    *, as_they_come: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """A table and its picture, the largest sum first unless the order says something."""
    rows = [(in_words(words, value), value, *both) for value, both in sums.items()]
    if not as_they_come:
        rows.sort(key=lambda row: (-row[3], row[1]))
    picture = bars(title, [Bar(told, cents) for told, _, _, cents in rows[:8]])
    return {"title": title, "filter": filter_name, "rows": rows, "picture": picture}


def _weeks(found: Figures, on: date) -> list[list[dict[str, object]]]:
    """The days of the calendar, week by week."""
    days: list[dict[str, object]] = [
        {"day": day, "count": both.cases, "cents": both.cents, "is_past": day < on,
         "is_soon": 0 <= (day - on).days < SOON_DAYS}
        for day, both in found.due_on.items()
    ]  # fmt: skip
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def _trend(found: Figures) -> dict[str, object]:
    """Found and resolved, week by week."""
    rows = [
        (week, new, found.resolved_in_week[week]) for week, new in found.found_in_week.items()
    ]  # fmt: skip
    pairs = [Pair(f"{week:%m-%d}", new.cents, done.cents) for week, new, done in rows]
    return {"rows": rows, "picture": columns("Found and resolved by week", pairs)}


DEBITS = ("account", "balance", "credit", "still owed")


@require_GET
@provider_page("dashboard.view")
def debits_found(request: ProviderRequest, form: str) -> HttpResponse:
    """What is still owed on accounts that hold a credit too: for follow-up, not worked here."""
    last = last_done(request.provider)
    if last is None or form not in {"csv", "xlsx"}:
        raise Http404
    found = debits(findings(request.provider, last.number))
    rows = [[account, *amounts] for account, *amounts in found]
    name = f"{request.provider.slug}-debits"
    if form == "csv":
        return csv_rows(DEBITS, rows, name)
    return excel_file(DEBITS, rows, name, money=(1, 2, 3))
