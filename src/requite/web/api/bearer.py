"""Who asks through the interface: the bearer of a token, and what that one may."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from requite.office.people.permission import allows
from requite.office.people.queries import membership
from requite.office.people.tokens import bearer
from requite.web.api.shapes import ProblemOut
from requite.web.reading import MOST_NUMBER

if TYPE_CHECKING:
    from requite.office.people.models import ApiToken

PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422), ProblemOut)


class Token(HttpBearer):
    """A token of the provider in the address; for another provider it is as good as none."""

    def authenticate(self, request: HttpRequest, token: str) -> "ApiToken | None":
        """The token, if it holds for this address."""
        found = bearer(token) if len(token) < 200 else None
        match = request.resolver_match
        if found is None or match is None or match.kwargs.get("provider") != found.provider.slug:
            return None
        return found


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
