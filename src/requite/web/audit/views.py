"""The audit trail, to read."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requite.office.audit.queries import events_of
from requite.office.audit.services import listed, note_lists
from requite.web.access import ProviderRequest, provider_page
from requite.web.exporting import table_file
from requite.web.reading import plain
from requite.web.templatetags.office import pairs

PAGE = 100
MOST_EXPORTED = 100_000
HEAD = ("number", "at (UTC)", "who", "what", "of", "before", "after", "facts", "hash")


@require_GET
@provider_page("audit.view")
def trail(request: ProviderRequest) -> HttpResponse:
    """The events of a provider, or of one thing, the latest first."""
    subject = plain(request.GET.get("subject"))
    page = Paginator(events_of(request.provider, subject), PAGE).get_page(request.GET.get("page"))
    answer = render(request, "audit/list.html", {"page": page, "subject": subject})
    note_lists(request.provider, [listed("audit", ())], actor=request.user, at=timezone.now())
    return answer


@require_GET
@provider_page("audit.view")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """The same as a file, with the whole hashes; the latest events where there are very many."""
    subject = plain(request.GET.get("subject"))
    events = events_of(request.provider, subject)[:MOST_EXPORTED]
    rows = (
        (event.number, f"{event.at:%Y-%m-%d %H:%M:%S}", event.actor_name or "Requite", event.name,
         event.subject, pairs(event.before), pairs(event.after), pairs(event.facts), event.hash)
        for event in events.iterator(chunk_size=2000)
    )  # fmt: skip
    return table_file(form, HEAD, rows, f"{request.provider.slug}-audit")
