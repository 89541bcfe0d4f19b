"""Documents of a case: attach one, take one along."""

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from requite.office.cases.attachments import attach, read_attachment
from requite.office.cases.queries import case_of
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.actions import answer_with

if TYPE_CHECKING:
    from typing import IO


@require_POST
@provider_page("cases.work")
def attach_file(request: ProviderRequest, number: int) -> HttpResponse:
    """Keep a document with a case."""
    found, file = case_of(request.provider, number), request.FILES.get("file")
    if found is None:
        raise Http404
    if file is None:
        return HttpResponse("Choose a file.", status=422)
    content = cast("IO[bytes]", file)
    return answer_with(
        request, number,
        lambda: attach(found, file.name or "", content, actor=request.user, at=timezone.now()),
        "attached", stays=True,
    )  # fmt: skip


@require_GET
@provider_page("cases.view")
def attachment(request: ProviderRequest, number: int, pk: int) -> HttpResponse:
    """A document to keep; it is never shown as a page of ours."""
    found = read_attachment(
        request.provider, number, pk, actor=request.user, at=timezone.now()
    )  # fmt: skip
    if found is None:
        raise Http404
    document, content = found
    response = HttpResponse(content, content_type=document.kind)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=document.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
