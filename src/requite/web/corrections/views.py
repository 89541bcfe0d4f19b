"""The entries to make in the source system: review, take along as a file, mark as sent."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requite.domain.words import DISPOSITIONS
from requite.office.audit.services import listed, note_lists
from requite.office.cases.corrections import mark_sent
from requite.office.cases.queries import PAGE, correction_counts, corrections
from requite.office.cases.status import CorrectionStatus
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.export import csv_rows, dollars, excel_file, with_accounts
from requite.web.corrections.entries import Entry, entries
from requite.web.reading import number_of

HEAD = ("id", "case", "account", "line", "entry", "amount", "refers to", "postings", "why")
AMOUNT = HEAD.index("amount")


def _status(request: ProviderRequest) -> str:
    asked = request.GET.get("status", "")
    return asked if asked in CorrectionStatus.values else str(CorrectionStatus.READY)


@require_GET
@provider_page("corrections.view")
def corrections_page(request: ProviderRequest) -> HttpResponse:
    """The corrections of one status."""
    status, counts = _status(request), correction_counts(request.provider)
    page = Paginator(corrections(request.provider, status), PAGE).get_page(request.GET.get("page"))
    tabs = [(value, words, counts.get(value, (0, 0))) for value, words in CorrectionStatus.choices]
    read = listed(f"corrections {status}", (row.case.account_id for row in page.object_list))
    note_lists(request.provider, [read], actor=request.user, at=timezone.now())
    shown = {
        "page": page, "status": status, "tabs": tabs,
        "entries": entries(request.provider, list(page.object_list)),
    }  # fmt: skip
    return render(request, "corrections/list.html", shown)


@require_GET
@provider_page("corrections.view")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """The corrections of one status as CSV or Excel."""
    status = _status(request)
    told = entries(request.provider, list(corrections(request.provider, status)))
    rows, name = _rows(told), f"corrections-{status}"
    if form == "csv":
        answer = csv_rows(HEAD, rows, name)
    elif form == "xlsx":
        answer = excel_file(HEAD, rows, name, money=(AMOUNT,))
    else:
        raise Http404
    return with_accounts(answer, (entry.row.case.account_id for entry in told))


def _rows(chosen: Iterable[Entry]) -> Iterable[list[str]]:
    for entry in chosen:
        row = entry.row
        yield [
            str(row.pk),
            row.case.label,
            row.case.account_id,
            "" if row.line_no is None else str(row.line_no),
            DISPOSITIONS[row.entry],
            dollars(row.amount_cents),
            row.refers_to,
            "; ".join(entry.told),
            row.reason,
        ]


@require_POST
@provider_page("corrections.send")
def sent(request: ProviderRequest) -> HttpResponse:
    """Note that the chosen entries were handed over."""
    ids = [number_of(text) for text in request.POST.getlist("id")]
    count = mark_sent(request.provider, ids, actor=request.user, at=timezone.now())
    messages.success(request, f"{count} corrections marked as sent; the next feed proves them.")
    return redirect("corrections:list", provider=request.provider.slug)
