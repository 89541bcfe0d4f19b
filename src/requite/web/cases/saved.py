"""Saved views: filters under a name, with how many cases they hold."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requite.office.cases.queries import queue_cases
from requite.office.cases.saved_view import View, remove_view, save_view, saved_views
from requite.office.people.role import Role
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.filters import filters_of, query_of
from requite.web.exporting import table_file
from requite.web.reading import plain


@require_GET
@provider_page("cases.view")
def views(request: ProviderRequest) -> HttpResponse:
    """The views that a user may open, each with its count."""
    shown = _counted(request)
    partial = request.headers.get("HX-Request")
    template = "cases/_views.html" if partial else "cases/views.html"
    return render(request, template, {"views": shown})


def _counted(request: ProviderRequest) -> list[dict[str, Any]]:
    """The views that a user may open, each with how many cases it holds now."""
    shown = []
    for view in saved_views(request.provider, request.user):
        filters = filters_of(QueryDict(view.query))
        cases = queue_cases(
            request.provider, filters, user=request.user, on=timezone.localdate()
        )  # fmt: skip
        shown.append({"view": view, "count": len(cases), "mine": view.owner_id == request.user.pk})
    return shown


HEAD = ("view", "cases", "whose", "shared", "filters")


@require_GET
@provider_page("cases.view")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """The same as a file."""
    rows = (
        (item["view"].name, item["count"], "mine" if item["mine"] else "of others",
         "yes" if item["view"].is_shared else "no", item["view"].query)
        for item in _counted(request)
    )  # fmt: skip
    return table_file(form, HEAD, rows, f"{request.provider.slug}-views")


@require_POST
@provider_page("cases.view")
def save(request: ProviderRequest) -> HttpResponse:
    """Keep the filters of the address under a name."""
    query = query_of(filters_of(request.GET))
    view = View(plain(request.POST.get("name")), query, _may_share(request))
    save_view(request.provider, view, actor=request.user, at=timezone.now())
    messages.success(request, f"The view {view.name} is saved; it stands under Saved views.")
    queue = reverse("cases:queue", kwargs={"provider": request.provider.slug})
    return redirect(f"{queue}?{query}")


def _may_share(request: ProviderRequest) -> bool:
    """Whether others are to have the view too: who only reads changes nothing for them."""
    return request.POST.get("shared") == "1" and request.role != Role.AUDITOR


@require_POST
@provider_page("cases.view")
def remove(request: ProviderRequest, pk: int) -> HttpResponse:
    """Take one's own view away."""
    remove_view(request.provider, pk, actor=request.user, at=timezone.now())
    return redirect("cases:views", provider=request.provider.slug)
