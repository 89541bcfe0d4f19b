"""The audit trail, to read."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from requite.office.audit.queries import events_of
from requite.web.access import ProviderRequest, provider_page

PAGE = 100


@require_GET
@provider_page("audit.view")
def trail(request: ProviderRequest) -> HttpResponse:
    """The events of a provider, or of one thing, the latest first."""
    subject = request.GET.get("subject", "").strip()
    page = Paginator(events_of(request.provider, subject), PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/list.html", {"page": page, "subject": subject})
