"""Pages for what nobody asked for: a session that ended, a database away, a full disk.

They are made without the database, and show what was typed so that nothing of it is lost.
"""

import sys
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from requite.engine import full_disk

TYPED: Final = ("reason", "text", "answer", "until", "name")  # fields that hold people's words
FORM: Final = "application/x-www-form-urlencoded"
RINGS: Final = {"40P01", "40001"}  # PostgreSQL ended one of several that waited for each other
ENDED, TOGETHER, AWAY, NO_SPACE, BROKEN = 401, 409, 503, 507, 500


def typed_in(request: HttpRequest) -> str:
    """What somebody typed into the form that was sent; nothing of uploads."""
    if request.method != "POST" or request.content_type != FORM:
        return ""
    return "\n".join(filter(None, (request.POST.get(name, "").strip() for name in TYPED)))


def came_from(request: HttpRequest) -> str:
    """The page of ours on which the form stood; the first page where that is not known."""
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(told)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def session_ended(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in: to the sign-in, or, where a form was sent, first what was typed."""
    partial = bool(request.headers.get("HX-Request"))
    if request.method in {"GET", "HEAD"}:
        back = came_from(request) if partial else request.get_full_path()
        answer = HttpResponse(status=204 if partial else 302)
        answer["HX-Redirect" if partial else "Location"] = _sign_in(back)
        return answer
    shown = {"typed": typed_in(request), "login": _sign_in(came_from(request))}
    name = "errors/_ended.html" if partial else "errors/ended.html"
    return HttpResponse(render_to_string(name, shown), status=ENDED)


def _sign_in(back: str) -> str:
    """The address of signing in that leads back."""
    return f"{reverse('account_login')}?{urlencode({'next': back}, safe='/')}"


def fault(request: HttpRequest) -> HttpResponse:
    """The page for the error that is being handled: the database's, the disk's, or ours."""
    error = sys.exception()
    status, template = BROKEN, "errors/broken.html"
    if is_full(error):
        status, template = NO_SPACE, "errors/full.html"
    elif is_ring(error):
        status, template = TOGETHER, "errors/together.html"
    elif isinstance(error, OperationalError | InterfaceError):
        status, template = AWAY, "errors/away.html"
    answer = HttpResponse(
        render_to_string(template, {"typed": typed_in(request)}), status=status
    )  # fmt: skip
    if template == "errors/away.html":
        answer["Retry-After"] = "30"
    return answer


def is_full(error: BaseException | None) -> bool:
    """Whether an error says that a disk is full, here or at the database."""
    return isinstance(error, OSError | OperationalError) and full_disk.is_full(error)


def is_ring(error: BaseException | None) -> bool:
    """Whether the database ended one of several that waited for each other; the others went on."""
    return isinstance(error, OperationalError) and (
        getattr(error.__cause__, "sqlstate", None) in RINGS
    )
