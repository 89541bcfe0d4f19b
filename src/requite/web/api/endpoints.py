"""The endpoints: every one names its permission, and acts for the bearer of the token alone."""

from typing import IO, Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, NinjaAPI, Path, Query, Status
from ninja.errors import HttpError, ValidationError
from ninja.files import UploadedFile

from requite.domain.case import PERMISSION, Action
from requite.domain.errors import RequiteError
from requite.office.audit.services import note_export
from requite.office.cases.assignment import assign_case
from requite.office.cases.attachments import attach
from requite.office.cases.corrections import mark_sent
from requite.office.cases.holding import Seen
from requite.office.cases.queries import Filters, case_of, corrections, queue_cases
from requite.office.cases.services import add_note, move_case, note_reading
from requite.office.cases.snooze import snooze_case
from requite.office.people.permission import PERMISSIONS
from requite.office.people.queries import members_with
from requite.web.api.bearer import PROBLEMS, Token, bearer_of, known_only, number_in
from requite.web.api.imports import router
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
    SentIn,
    SentOut,
    SnoozeIn,
    WholeCaseOut,
)
from requite.web.reading import MOST_NUMBER, plain

api = NinjaAPI(
    title="Requite", version="1", auth=Token(), docs_url=None, urls_namespace="api",
    openapi_url="openapi.json", docs_decorator=known_only,
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


@api.get("{provider}/cases", response={200: PageOut, **PROBLEMS})
def cases(request: HttpRequest, provider: Path[str], asked: Query[ListIn]) -> dict[str, Any]:
    """The cases of a queue in the order of work; at most 500 at once."""
    del provider
    token = bearer_of(request, "cases.view")
    filters = Filters(queue=asked.queue, search=plain(asked.search))
    found = queue_cases(token.provider, filters, user=token.user, on=timezone.localdate())
    some = found.whole()[asked.offset : asked.offset + asked.limit]
    count, cents = found.sums()
    name = f"interface: {asked.queue} {asked.offset}-{asked.offset + len(some)}"
    accounts = [case.account_id for case in some]
    note_export(token.provider, name, accounts, actor=token.user, at=timezone.now())
    return {"count": count, "amount_cents": cents, "cases": some}


@api.get("{provider}/cases/{number}", response={200: WholeCaseOut, **PROBLEMS})
def case(request: HttpRequest, provider: Path[str], number: Path[int]) -> Any:  # noqa: ANN401
    """One case with its findings; that it was read is noted."""
    del provider
    token = bearer_of(request, "cases.view")
    found = case_of(token.provider, number) if 0 < number <= MOST_NUMBER else None
    if found is None:
        raise HttpError(404, "There is no such case.")
    note_reading(found, actor=token.user, at=timezone.now())
    return found


@api.post("{provider}/cases/{number}/move", response={200: CaseOut, **PROBLEMS})
def move(request: HttpRequest, provider: Path[str], number: Path[int], step: MoveIn) -> Any:  # noqa: ANN401
    """Take one step in the life of a case."""
    del provider
    token = bearer_of(request, PERMISSION[Action(step.action)], writes=True)
    seen = Seen(token.provider, number_in(number), step.version)
    reason = plain(step.reason)
    return move_case(seen, Action(step.action), reason, actor=token.user, at=timezone.now())


@api.post("{provider}/cases/{number}/notes", response={201: None, **PROBLEMS})
def note(
    request: HttpRequest, provider: Path[str], number: Path[int], words: NoteIn
) -> Status[None]:
    """Write on a case."""
    del provider
    token = bearer_of(request, "cases.work", writes=True)
    text, at = plain(words.text), timezone.now()
    add_note(token.provider, number_in(number), text, actor=token.user, at=at)
    return Status(201, None)


@api.post("{provider}/cases/{number}/attachments", response={201: None, **PROBLEMS})
def attachment(
    request: HttpRequest, provider: Path[str], number: Path[int], file: File[UploadedFile]
) -> Status[None]:
    """Keep a document with a case: PDF, PNG, JPEG, TIFF or plain text of at most 20 MB."""
    del provider
    token = bearer_of(request, "cases.work", writes=True)
    found = case_of(token.provider, number_in(number))
    if found is None:
        raise HttpError(404, "There is no such case.")
    attach(found, file.name or "", cast("IO[bytes]", file), actor=token.user, at=timezone.now())
    return Status(201, None)


@api.post("{provider}/cases/{number}/assign", response={200: CaseOut, **PROBLEMS})
def assign(request: HttpRequest, provider: Path[str], number: Path[int], given: AssignIn) -> Any:  # noqa: ANN401
    """Give a case to somebody who works for the provider, or to nobody."""
    del provider
    token = bearer_of(request, "cases.work", writes=True)
    workers = members_with(token.provider, frozenset(PERMISSIONS["cases.work"]))
    to = workers.filter(username=plain(given.to)).first() if given.to else None
    if given.to and to is None:
        raise HttpError(422, "Nobody of that name works cases for this provider.")
    seen = Seen(token.provider, number_in(number), given.version)
    return assign_case(seen, to, actor=token.user, at=timezone.now())


@api.post("{provider}/cases/{number}/snooze", response={200: CaseOut, **PROBLEMS})
def snooze(request: HttpRequest, provider: Path[str], number: Path[int], given: SnoozeIn) -> Any:  # noqa: ANN401
    """Put a case aside until a day."""
    del provider
    token = bearer_of(request, "cases.work", writes=True)
    seen, reason = Seen(token.provider, number_in(number), given.version), plain(given.reason)
    return snooze_case(seen, given.until, reason, actor=token.user, at=timezone.now())


@api.post("{provider}/cases/{number}/answer", response={200: CaseOut, **PROBLEMS})
def answer(request: HttpRequest, provider: Path[str], number: Path[int], given: AnswerIn) -> Any:  # noqa: ANN401
    """Answer what the provider was asked."""
    del provider
    token = bearer_of(request, "cases.answer", writes=True)
    seen = Seen(token.provider, number_in(number), given.version)
    return move_case(seen, Action.ANSWER, plain(given.text), actor=token.user, at=timezone.now())


@api.get("{provider}/corrections", response={200: list[CorrectionOut], **PROBLEMS})
def corrections_of(request: HttpRequest, provider: Path[str], asked: Query[CorrectionsIn]) -> Any:  # noqa: ANN401
    """The entries of one status to make in the source system; at most 500 at once."""
    del provider
    token = bearer_of(request, "corrections.view")
    some = list(corrections(token.provider, asked.status)[asked.offset :][: asked.limit])
    name = f"interface: corrections {asked.status} {asked.offset}-{asked.offset + len(some)}"
    accounts = [row.case.account_id for row in some]
    note_export(token.provider, name, accounts, actor=token.user, at=timezone.now())
    return some


@api.post("{provider}/corrections/sent", response={200: SentOut, **PROBLEMS})
def sent(request: HttpRequest, provider: Path[str], given: SentIn) -> dict[str, int]:
    """Note that entries were handed to the source system; the next feed proves them."""
    del provider
    token = bearer_of(request, "corrections.send", writes=True)
    ids = [number for number in given.ids if 0 < number <= MOST_NUMBER]
    return {"count": mark_sent(token.provider, ids, actor=token.user, at=timezone.now())}


api.add_router("", router)
