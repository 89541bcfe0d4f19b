"""Who asks through the interface: the bearer of a token, and what that one may."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer

from requite.office.people.permission import allows
from requite.office.people.queries import membership
from requite.office.people.tokens import bearer, note_first_use
from requite.web.api.shapes import ProblemOut
from requite.web.people.address import address_of
from requite.web.reading import MOST_NUMBER

if TYPE_CHECKING:
    from requite.office.people.models import ApiToken

LONGEST_TOKEN = 200
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422), ProblemOut)


class Token(HttpBearer):
    """A token of the provider in the address; for another provider it is as good as none."""

    def authenticate(self, request: HttpRequest, token: str) -> "ApiToken | None":
        """The token, if it holds for this address."""
        found = _shown(token)
        match = request.resolver_match
        if found is None or match is None or match.kwargs.get("provider") != found.provider.slug:
            return None
        if found.first_used_at is None:
            note_first_use(found, address=address_of(request), at=timezone.now())
        return found


def _shown(text: str) -> "ApiToken | None":
    """The token that holds today, of whatever provider."""
    return bearer(text, on=timezone.localdate()) if len(text) < LONGEST_TOKEN else None


def known_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show how the interface is built to whoever is signed in or has a token, nobody else."""

    def page(request: HttpRequest, **named: Any) -> HttpResponse:  # noqa: ANN401
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        by_token = scheme.lower() == "bearer" and _shown(text) is not None
        if not by_token and not request.user.is_authenticated:
            return JsonResponse({"detail": "Unauthorized"}, status=401)
        return view(request, **named)

    return page


def bearer_of(request: HttpRequest, permission: str, *, writes: bool = False) -> "ApiToken":
    """The token, if its user's role has the permission and the token may do it."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    mine = membership(token.user, token.provider.slug)
    if mine is None or not allows(mine.role, permission):
        raise HttpError(403, "The role of this token's user may not do that.")
    if writes and not token.may_write:
        raise HttpError(403, "This token may only read.")
    return token


def number_in(number: int) -> int:
    """A number that a case or an import may have; else there is none of it."""
    if not 0 < number <= MOST_NUMBER:
        raise HttpError(404, "There is nothing of that number.")
    return number
