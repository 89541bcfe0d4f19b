"""The endpoints: every one names its permission, and acts for the bearer of the token alone."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Path, Query, Status
from ninja.errors import HttpError
from ninja.security import HttpBearer

from requite.domain.case import PERMISSION, Action
from requite.domain.errors import RequiteError
from requite.office.cases.holding import Seen
from requite.office.cases.queries import Filters, case_of, queue_cases
from requite.office.cases.services import add_note, move_case, note_reading
from requite.office.people.permission import allows
from requite.office.people.queries import membership
from requite.office.people.tokens import bearer
from requite.web.api.shapes import (
    CaseOut,
    ListIn,
    MoveIn,
    NoteIn,
    PageOut,
    ProblemOut,
    WholeCaseOut,
)

if TYPE_CHECKING:
    from requite.office.people.models import ApiToken

MOST_NUMBER = 2_000_000_000
PROBLEMS: dict[int, Any] = dict.fromkeys((401, 403, 404, 409, 422), ProblemOut)


class Token(HttpBearer):
    """A token of the provider in the address; for another provider it is as good as none."""

    def authenticate(self, request: HttpRequest, token: str) -> "ApiToken | None":
        """The token, if it holds for this address."""
        found = bearer(token) if len(token) < 200 else None
        match = request.resolver_match
        if found is None or match is None or match.kwargs.get("provider") != found.provider.slug:
            return None
        return found


api = NinjaAPI(
    title="Requite", version="1", auth=Token(), docs_url=None, urls_namespace="api",
    openapi_url="openapi.json",
)  # fmt: skip


@api.exception_handler(RequiteError)
def refused(request: HttpRequest, error: RequiteError) -> HttpResponse:
    """What the office refuses, with its remedy."""
    return api.create_response(request, {"detail": str(error)}, status=409)


def _bearer(request: HttpRequest, permission: str, *, writes: bool = False) -> "ApiToken":
    """The token, if its user's role has the permission and the token may do it."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    mine = membership(token.user, token.provider.slug)
    if mine is None or not allows(mine.role, permission):
        raise HttpError(403, "The role of this token's user may not do that.")
    if writes and not token.may_write:
        raise HttpError(403, "This token may only read.")
    return token


@api.get("{provider}/cases", response={200: PageOut, **PROBLEMS})
def cases(request: HttpRequest, provider: Path[str], asked: Query[ListIn]) -> dict[str, Any]:
    """The cases of a queue in the order of work; at most 500 at once."""
    del provider
    token = _bearer(request, "cases.view")
    filters = Filters(queue=asked.queue, search=asked.search.replace("\0", ""))
    found = queue_cases(token.provider, filters, user=token.user, on=timezone.localdate())
    some = found[asked.offset : asked.offset + asked.limit]
    count, cents = found.sums()
    return {"count": count, "amount_cents": cents, "cases": some}


@api.get("{provider}/cases/{number}", response={200: WholeCaseOut, **PROBLEMS})
def case(request: HttpRequest, provider: Path[str], number: Path[int]) -> Any:  # noqa: ANN401
    """One case with its findings; that it was read is noted."""
    del provider
    token = _bearer(request, "cases.view")
    found = case_of(token.provider, number) if 0 < number <= MOST_NUMBER else None
    if found is None:
        raise HttpError(404, "There is no such case.")
    note_reading(found, actor=token.user, at=timezone.now())
    return found


@api.post("{provider}/cases/{number}/move", response={200: CaseOut, **PROBLEMS})
def move(request: HttpRequest, provider: Path[str], number: Path[int], step: MoveIn) -> Any:  # noqa: ANN401
    """Take one step in the life of a case."""
    del provider
    token = _bearer(request, PERMISSION[Action(step.action)], writes=True)
    seen = Seen(token.provider, _number(number), step.version)
    return move_case(seen, Action(step.action), step.reason, actor=token.user, at=timezone.now())


@api.post("{provider}/cases/{number}/notes", response={201: None, **PROBLEMS})
def note(
    request: HttpRequest, provider: Path[str], number: Path[int], words: NoteIn
) -> Status[None]:
    """Write on a case."""
    del provider
    token = _bearer(request, "cases.work", writes=True)
    text = words.text.replace("\0", "")
    add_note(token.provider, _number(number), text, actor=token.user, at=timezone.now())
    return Status(201, None)


def _number(number: int) -> int:
    if not 0 < number <= MOST_NUMBER:
        raise HttpError(404, "There is no such case.")
    return number
