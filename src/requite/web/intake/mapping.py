"""The mapping of a provider's extract: look at it, try it out on an extract, save it."""

from typing import IO, Any, cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requite.domain.errors import RequiteError
from requite.office.intake.mapping import (
    LONGEST,
    OWN,
    choices,
    guess_mapping,
    mapping_text,
    save_mapping,
    try_mapping,
)
from requite.web.access import ProviderRequest, provider_page

REFUSED = 409


@require_GET
@provider_page("intake.import")
def mapping(request: ProviderRequest) -> HttpResponse:
    """The provider's own mapping, or a preset to begin with."""
    text = mapping_text(request.provider, request.GET.get("from", OWN))
    return _page(request, {"text": text})


def _page(request: ProviderRequest, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    presets = [choice for choice in choices(request.provider) if choice[0] not in {"", OWN}]
    return render(request, "intake/mapping.html", {"presets": presets, **shown}, status=status)


@require_POST
@provider_page("intake.import")
def try_out(request: ProviderRequest) -> HttpResponse:
    """What the mapping makes of an extract; or, where asked to, keep the mapping."""
    text, file = request.POST.get("text", "")[:LONGEST], request.FILES.get("extract")
    try:
        if request.POST.get("do") == "save":
            save_mapping(request.provider, text, actor=request.user, at=timezone.now())
            return redirect("intake:mapping", provider=request.provider.slug)
        if file is None:
            return _page(
                request, {"text": text, "problem": "Choose an extract as a ZIP file."}, 422
            )
        if request.POST.get("do") == "guess":
            return _page(
                request, {"text": guess_mapping(request.provider, cast("IO[bytes]", file))}
            )
        made = try_mapping(request.provider, text, cast("IO[bytes]", file))
    except RequiteError as refused:
        return _page(request, {"text": text, "problem": refused}, REFUSED)
    return _page(request, {"text": text, "made": made, "tables": _tables(made.first, made.rows)})


def _tables(first: dict[str, list[dict[str, str]]], rows: dict[str, int]) -> list[dict[str, Any]]:
    """The first rows of each table, head and values apart."""
    return [
        {"name": name, "rows": rows[name], "head": list(some[0]) if some else [],
         "values": [list(row.values()) for row in some]}
        for name, some in first.items()
    ]  # fmt: skip
