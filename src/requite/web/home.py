"""The first page, the health of the office, and the pages that say no."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from requite.office.people.permission import allows
from requite.office.people.queries import providers_of, waiting_roles
from requite.web.access import ProviderRequest, provider_page
from requite.web.faults import fault

THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The provider's queue, or a choice of providers."""
    mine = list(providers_of(request.user))  # type: ignore[arg-type]
    waiting = list(waiting_roles(request.user))  # type: ignore[arg-type]
    if len(mine) == 1 and not waiting:
        return redirect(_first_page(mine[0].role), provider=mine[0].provider.slug)
    linked = [
        (item, reverse(_first_page(item.role), kwargs={"provider": item.provider.slug}))
        for item in mine
    ]
    adds = next((item.provider for item in mine if allows(item.role, "providers.add")), None)
    return render(request, "home.html", {"linked": linked, "waiting": waiting, "adds": adds})


@require_GET
@provider_page("provider.open")
def first_page(request: ProviderRequest) -> HttpResponse:
    """Where the reader's role begins its day."""
    return redirect(_first_page(request.role), provider=request.provider.slug)


def _first_page(role: str) -> str:
    """The page that a role begins its day with."""
    return "cases:queue" if allows(role, "cases.view") else "intake:list"


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether the office answers and its database does."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep whether pages are light or dark."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """A page of the sign-in that this office does not offer."""
    raise Http404


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The role may not."""
    del exception
    return render(request, "errors/not_allowed.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page for this user; programs are told as their interface tells it."""
    del exception
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": "There is no such address here."}, status=404)
    return render(request, "errors/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours, of the database, or of the disk."""
    return fault(request)
