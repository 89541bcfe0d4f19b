"""Who may open which page: every page of a provider is declared here, none is open by itself."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from requite.office.audit.services import note_export
from requite.office.people.permission import PERMISSIONS, allows
from requite.office.people.queries import membership
from requite.web.faults import session_ended

if TYPE_CHECKING:
    from requite.office.people.models import Provider, User


class ProviderRequest(HttpRequest):
    """A request of somebody who works for the provider in its address."""

    user: "User"
    provider: "Provider"
    role: str


View = Callable[..., HttpResponse]


def provider_page(permission: str) -> Callable[[View], View]:
    """Open a page to members of the provider whose role has the permission.

    A stranger is told that there is no such page; a member whose role may not, that it may not.
    What a page gives to take along is noted.
    """
    if permission not in PERMISSIONS:
        raise ValueError(f"No role has the permission {permission!r}.")

    def declared(view: View) -> View:
        @wraps(view)
        def page(request: Any, provider: str, **named: Any) -> HttpResponse:  # noqa: ANN401
            if not request.user.is_authenticated:
                return session_ended(request)
            found = membership(request.user, provider)
            if found is None:
                raise Http404
            if not allows(found.role, permission):
                raise PermissionDenied
            request.provider, request.role = found.provider, found.role
            answer = view(request, **named)
            taken_along = getattr(answer, "taken_along", "")
            if taken_along:
                note_export(
                    found.provider, taken_along, getattr(answer, "accounts", ()),
                    actor=request.user, at=timezone.now(),
                )  # fmt: skip
            return answer

        page.permission = permission  # type: ignore[attr-defined]
        return page

    return declared
