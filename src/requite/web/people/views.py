"""Who works for a provider, and as what."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requite.domain.errors import RequiteError
from requite.office.people.queries import members
from requite.office.people.role import CHOICES, Role
from requite.office.people.services import (
    add_member,
    confirm_role,
    end_membership,
    give_role,
    one_time_password,
)
from requite.web.access import ProviderRequest, provider_page
from requite.web.exporting import table_file
from requite.web.people.forms import AddForm

if TYPE_CHECKING:
    from requite.office.people.models import Membership


@require_GET
@provider_page("people.view")
def people(request: ProviderRequest) -> HttpResponse:
    """The members of a provider."""
    return _list(request, AddForm())


def _list(request: ProviderRequest, form: AddForm, status: int = 200) -> HttpResponse:
    shown = {"members": members(request.provider), "form": form, "roles": CHOICES}
    return render(request, "people/list.html", shown, status=status)


HEAD = ("user", "role", "holds", "e-mail", "active", "last signed in (UTC)")


@require_GET
@provider_page("people.view")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """The members as a file, for the review of who may do what."""
    rows = (
        (item.user.username, item.get_role_display(),
         "yes" if item.confirmed_at else "to be confirmed", item.user.email,
         "yes" if item.user.is_active else "no",
         f"{item.user.last_login:%Y-%m-%d %H:%M}" if item.user.last_login else "never")
        for item in members(request.provider)
    )  # fmt: skip
    return table_file(form, HEAD, rows, f"{request.provider.slug}-people")


@require_POST
@provider_page("people.manage")
def add(request: ProviderRequest) -> HttpResponse:
    """Add somebody, with a password for the first sign-in that is shown once."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return _list(request, form, 422)
    password = one_time_password()
    try:
        user = add_member(
            request.provider, form.member(password), actor=request.user, at=timezone.now()
        )
    except RequiteError as refused:
        form.add_error("username", str(refused))
        return _list(request, form, 409)
    told = f"{user.username} may sign in with the password {password}. It is shown this once."
    messages.success(request, told)
    return redirect("people:list", provider=request.provider.slug)


def _member(request: ProviderRequest, member: int) -> "Membership":
    found = members(request.provider).filter(pk=member).first()
    if found is None:
        raise Http404
    return found


@require_POST
@provider_page("people.manage")
def change_role(request: ProviderRequest, member: int) -> HttpResponse:
    """Make a member something else."""
    found, asked = _member(request, member), request.POST.get("role", "")
    if asked not in list(Role):
        return HttpResponse("No such role.", status=422)
    give_role(found.user, request.provider, Role(asked), actor=request.user, at=timezone.now())
    return redirect("people:list", provider=request.provider.slug)


@require_POST
@provider_page("people.manage")
def end(request: ProviderRequest, member: int) -> HttpResponse:
    """Take a member's access away."""
    found = _member(request, member)
    end_membership(found.user, request.provider, actor=request.user, at=timezone.now())
    return redirect("people:list", provider=request.provider.slug)


@require_POST
@provider_page("people.confirm")
def confirm(request: ProviderRequest, member: int) -> HttpResponse:
    """Let a role hold that somebody else gave."""
    found = _member(request, member)
    confirm_role(found.user, request.provider, actor=request.user, at=timezone.now())
    return redirect("people:list", provider=request.provider.slug)
