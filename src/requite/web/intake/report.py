"""A credit balance report in the browser: uploaded, read, put into the order of work."""

from collections.abc import Mapping
from datetime import date
from typing import IO, cast
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requite.domain.errors import RequiteError
from requite.engine.report.credits import SIGNS, Report, Said, read_report
from requite.engine.report.layout import NAMES
from requite.engine.report.write import HEAD, MONEY, rows_of, summary_of
from requite.office.audit.services import listed, note_lists
from requite.office.intake.kept import drop_report, keep_report, kept_report
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.export import with_accounts
from requite.web.exporting import table_file
from requite.web.intake.turns import in_turn

MOST_SHOWN, LONGEST = 500, 200
WORDS = {
    "account": "Account", "patient": "Patient", "payer": "Payer", "payer_class": "Payer class",
    "balance": "Balance", "insurance_balance": "Balance with insurance",
    "patient_balance": "Balance with the patient", "last_payment_on": "Day of the last payment",
    "last_payment": "Amount of the last payment", "service_on": "Day of service",
}  # fmt: skip
REFUSED = 409
PARTS = tuple(part for part in NAMES if part != "record")


@require_GET
@provider_page("intake.import")
@in_turn
def report(request: ProviderRequest) -> HttpResponse:
    """The form, with the worklist of the report that is kept."""
    return _page(request, request.GET)


@require_POST
@provider_page("intake.import")
@in_turn
def read(request: ProviderRequest) -> HttpResponse:
    """Take a report in, read it as the form says, or remove it."""
    if request.POST.get("do") == "drop":
        drop_report(request.provider, request.user)
        return _page(request, {})
    file = request.FILES.get("report")
    if file is not None:
        content = cast("IO[bytes]", file)
        try:
            keep_report(request.provider, request.user, file.name or "", content, at=timezone.now())
        except RequiteError as refused:
            return _page(request, {}, refused)
        return _page(request, {"as_of": request.POST.get("as_of", "")})  # guessed anew
    return _page(request, request.POST)


@require_GET
@provider_page("intake.import")
@in_turn
def worklist(request: ProviderRequest, form: str) -> HttpResponse:
    """The worklist as a file."""
    path = kept_report(request.provider, request.user)
    if path is None:
        raise Http404
    found = read_report(path, as_of=_day(request.GET), said=_said(request.GET))
    answer = table_file(form, HEAD, rows_of(found), "report-worklist", money=MONEY)
    return with_accounts(answer, (credit.account for credit in found.credits))


def _page(
    request: ProviderRequest, form: Mapping[str, str], problem: RequiteError | None = None
) -> HttpResponse:
    path = kept_report(request.provider, request.user)
    found = None
    if path is not None and problem is None:
        try:
            found = read_report(path, as_of=_day(form), said=_said(form))
        except RequiteError as refused:
            problem = refused
    credits_shown = found.credits[:MOST_SHOWN] if found else []
    shown = {
        "file": path.name if path else "", "found": found, "problem": problem,
        "as_of": _day(form), "sheet": form.get("sheet", ""), "signs": SIGNS,
        "header_row": form.get("header_row", ""), "said_credits": form.get("credits", SIGNS[0]),
        "choices": _choices(form, found), "told": summary_of(found) if found else [],
        "credits": credits_shown, "most": MOST_SHOWN,
        "query": urlencode({key: value for key, value in form.items() if key in KEPT}),
    }  # fmt: skip
    if credits_shown:  # a file of the user's own, but patients' data all the same
        read = listed("credit balance report", [credit.account for credit in credits_shown])
        note_lists(request.provider, [read], actor=request.user, at=timezone.now())
    return render(request, "intake/report.html", shown, status=REFUSED if problem else 200)


KEPT = ("as_of", "sheet", "header_row", "credits", *(f"column-{part}" for part in PARTS))


def _choices(form: Mapping[str, str], found: Report | None) -> list[dict[str, object]]:
    """Each part with the column that plays it, by its number, and whether that was guessed."""
    names = found.layout.names if found else ()
    told = found.layout.told() if found else {}
    return [
        {
            "part": part,
            "words": WORDS[part],
            "name": told.get(part, ""),
            "place": found.layout.parts[part] + 1 if found and part in found.layout.parts else "",
            "said": form.get(f"column-{part}", ""),
            "columns": list(enumerate(names, start=1)),
        }
        for part in PARTS
    ]


def _said(form: Mapping[str, str]) -> Said:
    columns = {
        part: name[:LONGEST] for part in PARTS if (name := form.get(f"column-{part}", "").strip())
    }
    row = form.get("header_row", "")
    asked = form.get("credits", SIGNS[0])
    return Said(
        columns,
        form.get("sheet", "")[:LONGEST],
        int(row) if row.isascii() and row.isdigit() and len(row) < len("1000000") else 0,
        asked if asked in SIGNS else SIGNS[0],
    )


def _day(form: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(form.get("as_of", ""))
    except ValueError:
        return timezone.localdate()
