"""The endpoints: every one names its permission, and acts for the bearer of the token alone."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Path, Query, Status
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from requite.domain.case import PERMISSION, Action
from requite.domain.errors import RequiteError
from requite.office.audit.services import note_export
from requite.office.cases.assignment import assign_case
from requite.office.cases.corrections import mark_sent
from requite.office.cases.holding import Seen
from requite.office.cases.queries import Filters, case_of, corrections, queue_cases
from requite.office.cases.services import add_note, move_case, note_reading
from requite.office.cases.snooze import snooze_case
from requite.office.people.permission import PERMISSIONS, allows
from requite.office.people.queries import members_with, membership
from requite.office.people.tokens import bearer
from requite.web.api.shapes import (
    AnswerIn,
    AssignIn,
    CaseOut,
    CorrectionOut,
    CorrectionsIn,
    ListIn,
    MoveIn,
    NoteIn,
    PageOut,
    ProblemOut,
    SentIn,
    SentOut,
    SnoozeIn,
    WholeCaseOut,
)
from requite.web.reading import MOST_NUMBER, plain

if TYPE_CHECKING:
    from requite.office.people.models import ApiToken

PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), ProblemOut)


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


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent does not fit the description: where, and how; never what it was."""
    told = [
        f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors
    ]  # fmt: skip
    return api.create_response(request, {"detail": "; ".join(told)}, status=422)


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
    filters = Filters(queue=asked.queue, search=plain(asked.search))
    found = queue_cases(token.provider, filters, user=token.user, on=timezone.localdate())
    some = found.whole()[asked.offset : asked.offset + asked.limit]
    count, cents = found.sums()
    name = f"interface: {asked.queue} {asked.offset}-{asked.offset + len(some)}"
    note_export(token.provider, name, actor=token.user, at=timezone.now())
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
    reason = plain(step.reason)
    return move_case(seen, Action(step.action), reason, actor=token.user, at=timezone.now())


@api.post("{provider}/cases/{number}/notes", response={201: None, **PROBLEMS})
def note(
    request: HttpRequest, provider: Path[str], number: Path[int], words: NoteIn
) -> Status[None]:
    """Write on a case."""
    del provider
    token = _bearer(request, "cases.work", writes=True)
    text, at = plain(words.text), timezone.now()
    add_note(token.provider, _number(number), text, actor=token.user, at=at)
    return Status(201, None)


@api.post("{provider}/cases/{number}/assign", response={200: CaseOut, **PROBLEMS})
def assign(request: HttpRequest, provider: Path[str], number: Path[int], given: AssignIn) -> Any:  # noqa: ANN401
    """Give a case to somebody who works for the provider, or to nobody."""
    del provider
    token = _bearer(request, "cases.work", writes=True)
    workers = members_with(token.provider, frozenset(PERMISSIONS["cases.work"]))
    to = workers.filter(username=plain(given.to)).first() if given.to else None
    if given.to and to is None:
        raise HttpError(422, "Nobody of that name works cases for this provider.")
    seen = Seen(token.provider, _number(number), given.version)
    return assign_case(seen, to, actor=token.user, at=timezone.now())


@api.post("{provider}/cases/{number}/snooze", response={200: CaseOut, **PROBLEMS})
def snooze(request: HttpRequest, provider: Path[str], number: Path[int], given: SnoozeIn) -> Any:  # noqa: ANN401
    """Put a case aside until a day."""
    del provider
    token = _bearer(request, "cases.work", writes=True)
    seen, reason = Seen(token.provider, _number(number), given.version), plain(given.reason)
    return snooze_case(seen, given.until, reason, actor=token.user, at=timezone.now())


@api.post("{provider}/cases/{number}/answer", response={200: CaseOut, **PROBLEMS})
def answer(request: HttpRequest, provider: Path[str], number: Path[int], given: AnswerIn) -> Any:  # noqa: ANN401
    """Answer what the provider was asked."""
    del provider
    token = _bearer(request, "cases.answer", writes=True)
    seen = Seen(token.provider, _number(number), given.version)
    return move_case(seen, Action.ANSWER, plain(given.text), actor=token.user, at=timezone.now())


@api.get("{provider}/corrections", response={200: list[CorrectionOut], **PROBLEMS})
def corrections_of(request: HttpRequest, provider: Path[str], asked: Query[CorrectionsIn]) -> Any:  # noqa: ANN401
    """The entries of one status to make in the source system; at most 500 at once."""
    del provider
    token = _bearer(request, "corrections.view")
    some = list(corrections(token.provider, asked.status)[asked.offset :][: asked.limit])
    name = f"interface: corrections {asked.status} {asked.offset}-{asked.offset + len(some)}"
    note_export(token.provider, name, actor=token.user, at=timezone.now())
    return some


@api.post("{provider}/corrections/sent", response={200: SentOut, **PROBLEMS})
def sent(request: HttpRequest, provider: Path[str], given: SentIn) -> dict[str, int]:
    """Note that entries were handed to the source system; the next feed proves them."""
    del provider
    token = _bearer(request, "corrections.send", writes=True)
    ids = [number for number in given.ids if 0 < number <= MOST_NUMBER]
    return {"count": mark_sent(token.provider, ids, actor=token.user, at=timezone.now())}


def _number(number: int) -> int:
    if not 0 < number <= MOST_NUMBER:
        raise HttpError(404, "There is no such case.")
    return number
