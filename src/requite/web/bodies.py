"""How much a request may send: refused before it is read, or while it streams.

A visitor sends a name and a password, somebody who is signed in what her page needs. What is
declared too large is not read at all; what declares no length is counted as it comes, and ends at
its limit: none of it is kept, in memory or on disk, beyond what its sender may send.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO, IOBase
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from requite.domain.errors import RequiteError
from requite.engine.report.cells import LARGEST_FILE
from requite.office.cases.attachments import MOST_BYTES
from requite.office.people.permission import allows
from requite.office.people.queries import membership
from requite.web.api.bearer import Token

if TYPE_CHECKING:
    from requite.office.people.models import ApiToken, User

TOO_LARGE = 413
PIECE = 64 << 10
VISITOR_BYTES: Final = 64 << 10  # of somebody who is not signed in
FORM_BYTES: Final = 512 << 10  # of somebody who is: 5,000 fields, or a mapping of 100,000 letters
AROUND_BYTES: Final = 64 << 10  # of a form around its file
ASKED: Final = "requite.asked"  # a list under which a server asks how much it may take in


@dataclass(frozen=True, slots=True)
class Allowed:
    """How much a request may send, and which user's it counts as; nobody's of a visitor."""

    sender: str
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Need:
    """What a page takes beyond a form: how much, and from whom."""

    permission: str
    most_bytes: Callable[[], int]


def _upload() -> int:
    return int(settings.MOST_UPLOAD_BYTES) + FORM_BYTES


def _report() -> int:
    return min(_upload(), LARGEST_FILE + FORM_BYTES)


def _document() -> int:
    return MOST_BYTES + AROUND_BYTES


# Every address that takes files; any other takes a form.
NEEDS: Final[Mapping[str, Need]] = {
    "intake:upload": Need("intake.import", _upload),
    "intake:extract": Need("intake.import", _upload),
    "intake:read_report": Need("intake.import", _report),
    "intake:try_mapping": Need("intake.import", _upload),
    "api:imports": Need("intake.import", _upload),
    "cases:attach": Need("cases.work", _document),
    "api:attachment": Need("cases.work", _document),
}


class BodyTooLarge(RequestDataTooBig):
    """A body goes on beyond what its sender may send."""


class TooMuchSent(RequiteError):
    """More was sent than a page takes."""

    def __init__(self, most: int, *, is_visitor: bool) -> None:
        whom = " from somebody who is not signed in" if is_visitor else ""
        super().__init__(
            f"What was sent is too large: at most {most:,} bytes are taken{whom}.",
            remedy="Sign in, and send it again." if is_visitor else "Send less at once.",
        )


class Stream(Protocol):
    """What a server hands a body over as."""

    def read(self, size: int = ..., /) -> bytes:
        """So many bytes, or fewer at the end."""

    def readline(self, size: int = ..., /) -> bytes:
        """A line, or so many bytes of it."""


class Counted(IOBase):
    """A body of no declared length, read up to its limit and not beyond."""

    def __init__(self, stream: Stream, most: int) -> None:
        self.stream, self.left, self.is_over = stream, most, False

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes of it at most, or all that is left: a server hands it over in pieces."""
        if size is not None and size >= 0:
            return self._counted(self.stream.read, size)
        return b"".join(iter(lambda: self._counted(self.stream.read, PIECE), b""))

    def readline(self, size: int | None = -1, /) -> bytes:
        """A line of it."""
        return self._counted(self.stream.readline, -1 if size is None else size)

    def _counted(self, read: Callable[[int], bytes], size: int) -> bytes:
        more = self.left + 1  # one byte more tells that it goes on
        piece = read(more if size < 0 else min(size, more))
        self.left -= len(piece)
        if self.left < 0:
            self.is_over = True
            raise BodyTooLarge
        return piece


def body_limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:  # noqa: ANN401 - a page
    """Refuse a request that sends more than its sender may; after the user is known."""

    def page(request: HttpRequest) -> HttpResponse:
        declared = _declared(request)
        if declared is not None and declared <= VISITOR_BYTES:
            return get_response(request)
        allowed = _allowed(request)
        most = allowed.most_bytes
        if declared is not None and declared > most:
            return _refusal(request, most)
        asked = request.META.get(ASKED)
        if asked is not None:
            asked.append(allowed)
            return HttpResponse()
        try:
            if declared is None:
                return _counting(request, most, get_response)
            return get_response(request)
        finally:
            _let_go(request)

    return page


def _let_go(request: HttpRequest) -> None:
    """Remove the file of an upload that broke off, now and not when its memory is needed."""
    for handler in getattr(request, "_upload_handlers", ()):
        file = getattr(handler, "file", None)
        if file is not None:
            file.close()


def _declared(request: HttpRequest) -> int | None:
    """The length that a request declares; None where it has a body and declares none."""
    told = request.META.get("CONTENT_LENGTH") or ""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return None
    if not told and request.META.get("wsgi.input_terminated") and request.method != "GET":
        return None
    return int(told) if told.isdecimal() else 0  # what is no number is read as none


def _counting(
    request: HttpRequest, most: int, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """The answer to a body that is counted as it is read: a form at once, files as they come."""
    counted = Counted(request.META["wsgi.input"], most)
    stream: Any = counted
    length = most  # at most: a body without one is taken as empty
    if most <= FORM_BYTES:
        try:
            body = counted.read()
        except BodyTooLarge:
            return _refusal(request, most)
        stream, length = BytesIO(body), len(body)
    request._stream = stream  # noqa: SLF001 - there is no other way
    request.META["CONTENT_LENGTH"] = str(length)
    answer = get_response(request)
    return _refusal(request, most) if counted.is_over else answer


def _allowed(request: HttpRequest) -> Allowed:
    """How many bytes the request may send, and whose they are."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        if not request.user.is_authenticated:
            return Allowed("", VISITOR_BYTES)
        return Allowed(str(request.user.pk), FORM_BYTES)
    request.resolver_match = match
    who, writes = _sender(request)
    if who is None:
        return Allowed("", VISITOR_BYTES)
    need = NEEDS.get(match.view_name)
    most = FORM_BYTES
    if need is not None and writes and request.content_type == "multipart/form-data":
        role = membership(who, str(match.kwargs.get("provider", "")))
        if role and allows(role.role, need.permission):
            most = need.most_bytes()
    return Allowed(str(who.pk), most)


def _sender(request: HttpRequest) -> "tuple[User | None, bool]":
    """Who sends, signed in or by the token of a program, and whether that may write."""
    if _is_program(request):
        token: ApiToken | None = Token()(request)
        return (token.user, token.may_write) if token else (None, False)
    return (request.user, True) if request.user.is_authenticated else (None, False)


def _is_program(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _refusal(request: HttpRequest, most: int) -> HttpResponse:
    """The answer to a body that is too large; what it holds is not looked at."""
    error = TooMuchSent(most, is_visitor=most == VISITOR_BYTES)
    if _is_program(request):
        return JsonResponse({"detail": str(error)}, status=TOO_LARGE)
    partial = "_" if request.headers.get("HX-Request") else ""
    told = render_to_string(f"errors/{partial}too_large.html", {"error": error})
    return HttpResponse(told, status=TOO_LARGE)
