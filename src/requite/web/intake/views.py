"""Imports: their history, a new one, its progress and report, the way back."""

from datetime import date
from pathlib import Path as FilePath
from typing import IO, TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requite.domain.errors import RequiteError
from requite.engine.backing import told
from requite.engine.gate import LIMIT
from requite.office.intake import folders
from requite.office.intake.mapping import FEED, choices
from requite.office.intake.queries import (
    BRING_REMITS,
    asking_imports,
    import_of,
    imports_of,
    is_busy,
    last_done,
    parked_imports,
    problem_rows,
    rests_on,
)
from requite.office.intake.services import allow_import, ask_undo, cancel_import
from requite.office.intake.status import Kind, Status
from requite.office.intake.uploaded import Uploaded, ask_uploaded
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.export import dollars, with_accounts
from requite.web.exporting import table_file
from requite.web.intake.turns import in_turn

if TYPE_CHECKING:
    from requite.office.intake.models import Import

PAGE = 30
KINDS = {"whole": Kind.WHOLE, "changes": Kind.CHANGES}


@require_GET
@provider_page("intake.view")
def imports(request: ProviderRequest) -> HttpResponse:
    """What was brought in, the latest first."""
    return _list(request)


def _list(request: ProviderRequest, problem: RequiteError | None = None) -> HttpResponse:
    page = Paginator(imports_of(request.provider), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page, "busy": is_busy(request.provider), "problem": problem,
        "today": timezone.localdate(), "has_ledger": last_done(request.provider) is not None,
        "sources": choices(request.provider), "parked": parked_imports(request.provider),
        "asking": asking_imports(request.provider), "rests": rests_on(request.provider),
    }  # fmt: skip
    return render(request, "intake/list.html", shown, status=409 if problem else 200)


@require_POST
@provider_page("intake.import")
@in_turn
def upload(request: ProviderRequest) -> HttpResponse:
    """Take a feed as one ZIP file, and queue it."""
    file = request.FILES.get("feed")
    try:
        as_of = date.fromisoformat(request.POST.get("as_of", ""))
    except ValueError:
        as_of = None
    if file is None or as_of is None:
        messages.error(request, "Choose a ZIP file, and the day of the extract.")
        return redirect("intake:list", provider=request.provider.slug)
    said = Uploaded(
        as_of, KINDS.get(request.POST.get("kind", ""), Kind.WHOLE), source=_source(request),
        hold_out_limit=_limit(request),
    )  # fmt: skip
    content = cast("IO[bytes]", file)
    try:
        made = ask_uploaded(
            request.provider, content, said, actor=request.user, at=timezone.now()
        )  # fmt: skip
    except RequiteError as refused:
        return _list(request, refused)
    return redirect("intake:one", provider=request.provider.slug, number=made.number)


def _limit(request: ProviderRequest) -> float:
    """The share of accounts that may be held out; the usual one where nothing else is said."""
    try:
        per_cent = float(request.POST.get("hold_out_limit", ""))
    except ValueError:
        return LIMIT
    return per_cent / 100 if 0 <= per_cent <= 100 else LIMIT


def _source(request: ProviderRequest) -> str:
    """What the upload is said to be; a feed where it says nothing that is known."""
    asked = request.POST.get("source", FEED)
    return asked if asked in dict(choices(request.provider)) else FEED


HEAD = (
    "number", "asked at (UTC)", "by", "brings", "as of", "status", "opened", "changed", "reopened",
    "returned", "closed", "feed", "problem",
)  # fmt: skip
OUTCOMES = ("opened", "changed", "reopened", "returned", "closed")


@require_GET
@provider_page("intake.view")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """The history as a file."""
    rows = (
        (item.number, f"{item.asked_at:%Y-%m-%d %H:%M:%S}",
         item.asked_by.username if item.asked_by else "Requite", item.get_kind_display(),
         item.as_of.isoformat(), item.get_status_display(),
         *((item.outcome or {}).get(name, "") for name in OUTCOMES),
         FilePath(item.source).name, item.problem)
        for item in imports_of(request.provider)
    )  # fmt: skip
    return table_file(form, HEAD, rows, f"{request.provider.slug}-imports")


HELD_OUT = ("account", "why", "reported", "computed", "file", "row", "column", "remedy")


@require_GET
@provider_page("intake.view")
def held_out(request: ProviderRequest, number: int, form: str) -> HttpResponse:
    """Every account that an import held out, and why."""
    held = (_import(request, number).report or {}).get("held_out", ())
    rows = (
        (row["account_id"], row.get("problem", row["reason"]),
         dollars(row["reported_balance_cents"] or 0),
         dollars(row["computed_balance_cents"] or 0),
         *(row.get(name, "") for name in ("file", "row", "column", "remedy")))
        for row in held
    )  # fmt: skip
    name = f"{request.provider.slug}-import-{number}-held-out"
    answer = table_file(form, HELD_OUT, rows, name, money=(2, 3))
    return with_accounts(answer, (row["account_id"] for row in held))


@require_GET
@provider_page("intake.view")
def problems(request: ProviderRequest, number: int, form: str) -> HttpResponse:
    """Every row of an import that had a problem, whatever became of it."""
    _import(request, number)
    listed = problem_rows(request.provider, number)
    if not listed:
        raise Http404
    head, *rows = listed
    name = f"{request.provider.slug}-import-{number}-problems"
    answer = table_file(form, tuple(head), rows, name)
    account = head.index("account_id")
    return with_accounts(answer, {row[account] for row in rows if row[account]})


def _import(request: ProviderRequest, number: int) -> "Import":
    found = import_of(request.provider, number)
    if found is None:
        raise Http404
    return found


@require_GET
@provider_page("intake.view")
def one_import(request: ProviderRequest, number: int) -> HttpResponse:
    """How far an import is, and what it brought."""
    found, last = _import(request, number), last_done(request.provider)
    is_last = last is not None and last.number == number and bool(last.previous_snapshot)
    backing = found.summary.get("backing")
    shown = {
        "item": found, "goes_on": found.status in {Status.WAITING, Status.RUNNING},
        "backing": told(backing, BRING_REMITS) if backing else "",
        "has_problems": folders.problems(request.provider, number).is_file(),
        "may_be_undone": is_last and not is_busy(request.provider),
    }  # fmt: skip
    partial = request.headers.get("HX-Request")
    answer = render(request, "intake/_import.html" if partial else "intake/import.html", shown)
    if partial and not shown["goes_on"]:
        answer["HX-Refresh"] = "true"  # the whole page: its menu counts what the import did
    return answer


@require_POST
@provider_page("intake.undo")
def undo(request: ProviderRequest, number: int) -> HttpResponse:
    """Go back to the ledger before the last import."""
    _import(request, number)
    made = ask_undo(request.provider, number, actor=request.user, at=timezone.now())
    return redirect("intake:one", provider=request.provider.slug, number=made.number)


@require_POST
@provider_page("intake.import")
def allow(request: ProviderRequest, number: int) -> HttpResponse:
    """Allow what an import asks for, and let it go on."""
    _import(request, number)
    try:
        allow_import(request.provider, number, actor=request.user, at=timezone.now())
    except RequiteError as refused:
        messages.error(request, str(refused))
    return redirect("intake:one", provider=request.provider.slug, number=number)


@require_POST
@provider_page("intake.import")
def cancel(request: ProviderRequest, number: int) -> HttpResponse:
    """End an import before it is done."""
    _import(request, number)
    try:
        cancel_import(request.provider, number, actor=request.user, at=timezone.now())
    except RequiteError as refused:
        messages.error(request, str(refused))
    return redirect("intake:one", provider=request.provider.slug, number=number)
