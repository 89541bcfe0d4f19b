"""A provider is taken up, and the way to its first extract is open."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from requite.domain.errors import RequiteError
from requite.office.people.providers import add_provider_beside
from requite.web.access import ProviderRequest, provider_page
from requite.web.people.forms import ProviderForm


@require_http_methods(["GET", "POST"])
@provider_page("providers.add")
def add_provider(request: ProviderRequest) -> HttpResponse:
    """The form of a new provider; what it says makes one."""
    if request.method == "GET":
        return _page(request, ProviderForm())
    form = ProviderForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        made = add_provider_beside(
            request.provider, form.provider(), actor=request.user, at=timezone.now()
        )
    except RequiteError as refused:
        form.add_error("slug", str(refused))
        return _page(request, form, 409)
    messages.success(request, f"{made.name} is a provider now. Bring its first extract.")
    return redirect("intake:extract", provider=made.slug)


def _page(request: ProviderRequest, form: ProviderForm, status: int = 200) -> HttpResponse:
    return render(request, "people/provider.html", {"form": form}, status=status)
