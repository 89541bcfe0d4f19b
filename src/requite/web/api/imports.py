"""Imports through the interface: asked for, watched, cancelled, undone."""

from typing import IO, TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Path, Query, Router, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from requite.office.intake.mapping import choices
from requite.office.intake.queries import import_of, imports_of
from requite.office.intake.services import allow_import, ask_undo, cancel_import
from requite.office.intake.status import Kind
from requite.office.intake.turns import NotYet, turn
from requite.office.intake.uploaded import Uploaded, ask_uploaded
from requite.web.api.bearer import PROBLEMS, bearer_of, number_in
from requite.web.api.shapes import ImportIn, ImportOut, ImportsIn

if TYPE_CHECKING:
    from requite.office.intake.models import Import
    from requite.office.people.models import Provider

KINDS = {"whole": Kind.WHOLE, "changes": Kind.CHANGES}
router = Router()


@router.get("{provider}/imports", response={200: list[ImportOut], **PROBLEMS})
def imports(request: HttpRequest, provider: Path[str], asked: Query[ImportsIn]) -> Any:  # noqa: ANN401
    """The history, the latest first; at most 500 at once."""
    del provider
    token = bearer_of(request, "intake.view")
    return list(imports_of(token.provider)[asked.offset :][: asked.limit])


@router.get("{provider}/imports/{number}", response={200: ImportOut, **PROBLEMS})
def one_import(request: HttpRequest, provider: Path[str], number: Path[int]) -> Any:  # noqa: ANN401
    """How far an import is, and what it did."""
    del provider
    return _found(bearer_of(request, "intake.view").provider, number)


@router.post("{provider}/imports", response={201: ImportOut, **PROBLEMS})
def ask(
    request: HttpRequest, provider: Path[str], said: Form[ImportIn], feed: File[UploadedFile]
) -> Status[Any]:
    """Bring a feed in, as one ZIP file, or an extract by a mapping; a worker takes it up."""
    del provider
    token = bearer_of(request, "intake.import", writes=True)
    if said.source not in dict(choices(token.provider)):
        raise HttpError(422, "There is no such mapping here.")
    wanted = Uploaded(
        said.as_of, KINDS[said.kind], said.may_close, said.source, said.may_flag_many,
        said.hold_out_limit / 100,
    )  # fmt: skip
    content = cast("IO[bytes]", feed)
    try:
        with turn(token.user):
            made = ask_uploaded(
                token.provider, content, wanted, actor=token.user, at=timezone.now()
            )
    except NotYet as early:
        raise HttpError(503, str(early)) from early
    return Status(201, made)


@router.post("{provider}/imports/{number}/cancel", response={200: ImportOut, **PROBLEMS})
def cancel(request: HttpRequest, provider: Path[str], number: Path[int]) -> Any:  # noqa: ANN401
    """End an import before it is done."""
    del provider
    token = bearer_of(request, "intake.import", writes=True)
    _found(token.provider, number)
    cancel_import(token.provider, number, actor=token.user, at=timezone.now())
    return _found(token.provider, number)


@router.post("{provider}/imports/{number}/allow", response={200: ImportOut, **PROBLEMS})
def allow(request: HttpRequest, provider: Path[str], number: Path[int]) -> Any:  # noqa: ANN401
    """Allow what an import asks for, so that a worker takes it up again."""
    del provider
    token = bearer_of(request, "intake.import", writes=True)
    _found(token.provider, number)
    return allow_import(token.provider, number, actor=token.user, at=timezone.now())


@router.post("{provider}/imports/{number}/undo", response={201: ImportOut, **PROBLEMS})
def undo(request: HttpRequest, provider: Path[str], number: Path[int]) -> Status[Any]:
    """Go back to the ledger before the last import; the answer is the import that does so."""
    del provider
    token = bearer_of(request, "intake.undo", writes=True)
    _found(token.provider, number)
    made = ask_undo(token.provider, number, actor=token.user, at=timezone.now())
    return Status(201, made)


def _found(provider: "Provider", number: int) -> "Import":
    found = import_of(provider, number_in(number))
    if found is None:
        raise HttpError(404, "There is no such import.")
    return found
