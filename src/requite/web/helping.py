"""The page that explains a page: what it is for, its keys, its words."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from requite.domain.glossary import TERMS
from requite.web.access import ProviderRequest, provider_page
from requite.web.help import HELP


@require_GET
@provider_page("provider.open")
def help_page(request: ProviderRequest, part: str) -> HttpResponse:
    """The help of one page of the office."""
    if part not in HELP:
        raise Http404
    others = [(slug, page.title) for slug, page in HELP.items()]
    shown = {"help": HELP[part], "part": part, "others": others, "terms": TERMS}
    within = request.headers.get("HX-Request")  # a box over the page that one is at
    return render(request, "_help_box.html" if within else "help.html", shown)
