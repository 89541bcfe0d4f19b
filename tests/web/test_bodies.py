"""What a request may send: a visitor little, somebody who is signed in what her page needs."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import get_resolver, reverse

from office_builders import NOW, a_case, a_member, a_provider
from requite.office.cases.attachments import MOST_BYTES
from requite.office.cases.models import Attachment
from requite.office.people.models import Provider
from requite.office.people.role import Role
from requite.office.people.tokens import NewToken, make_token
from requite.web.bodies import (
    AROUND_BYTES,
    ASKED,
    FORM_BYTES,
    NEEDS,
    VISITOR_BYTES,
    Allowed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"


class Endless:
    """A body without end, that tells how much of it was read."""

    def __init__(self, first: bytes = b"") -> None:
        self.read_bytes, self.first = 0, first

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= 1 << 20, "nobody asks for all of it"
        piece = self.first[:size].ljust(size, b"x")
        self.first = self.first[size:]
        self.read_bytes += size
        return piece

    readline = read


class Pieces(io.BytesIO):
    """A body that comes in small pieces, as from a network."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size, 7) if size and size > 0 else size)


@pytest.fixture(name="alder")
def _alder(tmp_path: Path, settings: Any) -> Provider:
    settings.DATA_DIR = tmp_path
    return a_provider()


def ask(path: str, body: Any, kind: str = FORM, **more: Any) -> tuple[int, str]:
    """What the office answers, as a server would ask it."""
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": body, "wsgi.input_terminated": True, "CONTENT_TYPE": kind,
        "REMOTE_ADDR": "127.0.0.1", **more,
    }  # fmt: skip
    told: list[str] = []
    handler = WSGIHandler()
    handler._middleware_chain = _open(handler)
    request_started.disconnect(close_old_connections)  # as Django's own client of tests does
    try:
        answer = handler(environ, lambda status, _headers: told.append(status))
    finally:
        request_started.connect(close_old_connections)
    return int(told[0][:3]), b"".join(answer).decode()


def _open(handler: WSGIHandler) -> Any:
    """The chain of pages, with the check of forged forms as a browser passes it."""
    chain = handler._middleware_chain

    def page(request: Any) -> Any:
        request._dont_enforce_csrf_checks = True
        return chain(request)

    return page


CHUNKED = {"HTTP_TRANSFER_ENCODING": "chunked"}
DECLARED = {"CONTENT_LENGTH": "5000000000"}


def signed_in(provider: Provider, role: Role = Role.SPECIALIST) -> dict[str, str]:
    client = Client()
    client.force_login(a_member(provider, role))
    return {"HTTP_COOKIE": f"sessionid={client.cookies['sessionid'].value}"}


def bearer(
    provider: Provider, role: Role = Role.SUPERVISOR, *, writes: bool = True
) -> dict[str, str]:
    _, text = make_token(a_member(provider, role), provider, NewToken("t", writes), at=NOW)
    return {"HTTP_AUTHORIZATION": f"Bearer {text}"}


@pytest.mark.parametrize("how", [DECLARED, CHUNKED, {}], ids=["declared", "chunked", "untold"])
@pytest.mark.parametrize("kind", [FORM, PARTS, "application/json"])
@pytest.mark.parametrize(
    "path",
    ["/account/login/", "/alder/imports/upload", "/api/alder/imports", "/nowhere/", "/theme"],
)
@pytest.mark.usefixtures("alder")
def test_a_visitor_s_body_ends_at_its_limit(path: str, kind: str, how: dict[str, str]) -> None:
    body = Endless()
    status, told = ask(path, body, kind, **how)
    assert status == 413
    assert body.read_bytes <= VISITOR_BYTES + 1
    assert f"{VISITOR_BYTES:,} bytes" in told
    if path.startswith("/api/"):
        assert "Sign in" in json.loads(told)["detail"]


@pytest.mark.parametrize("how", [DECLARED, CHUNKED], ids=["declared", "chunked"])
@pytest.mark.parametrize(
    "path",
    ["/alder/cases/1/note", "/alder/cases/bulk", "/alder/people/add", "/theme", "/alder/nowhere/"],
)
def test_who_is_signed_in_sends_what_a_form_needs(
    alder: Provider, path: str, how: dict[str, str]
) -> None:
    body = Endless()
    status, told = ask(path, body, FORM, **how, **signed_in(alder))
    assert (status, f"{FORM_BYTES:,} bytes" in told) == (413, True)
    assert "not signed in" not in told
    assert body.read_bytes <= FORM_BYTES + 1


HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n'


def test_a_document_streams_up_to_what_is_taken_and_no_further(alder: Provider) -> None:
    case, body = a_case(alder), Endless(HEAD)
    path = f"/alder/cases/{case.number}/attach"
    status, told = ask(path, body, PARTS, **CHUNKED, **signed_in(alder))
    assert (status, "too large" in told) == (413, True)
    assert MOST_BYTES < body.read_bytes <= MOST_BYTES + AROUND_BYTES + 1
    assert not Attachment.objects.exists()


def test_an_upload_is_as_large_as_is_configured(alder: Provider, settings: Any) -> None:
    settings.MOST_UPLOAD_BYTES = 3_000_000
    for path, who in (
        ("/alder/imports/upload", signed_in(alder, Role.SUPERVISOR)),
        ("/alder/imports/mapping/try", signed_in(alder, Role.SUPERVISOR)),
        ("/api/alder/imports", bearer(alder)),
    ):
        body = Endless(HEAD)
        assert ask(path, body, PARTS, **CHUNKED, **who)[0] == 413
        assert 3_000_000 < body.read_bytes <= 3_000_001 + FORM_BYTES
        untouched = Endless()
        assert ask(path, untouched, PARTS, CONTENT_LENGTH="3600000", **who)[0] == 413
        assert untouched.read_bytes == 0


def test_who_may_not_import_sends_no_upload(alder: Provider) -> None:
    for path, who in (
        ("/alder/imports/upload", signed_in(alder, Role.AUDITOR)),
        ("/birch/imports/upload", signed_in(alder, Role.SUPERVISOR)),
        ("/api/alder/imports", bearer(alder, Role.AUDITOR)),
        ("/api/alder/imports", bearer(alder, writes=False)),
    ):
        body = Endless(HEAD)
        assert ask(path, body, PARTS, **CHUNKED, **who)[0] == 413
        assert body.read_bytes <= FORM_BYTES + 1


@pytest.mark.parametrize("text", ["requite_nobody", "x" * 500, ""])
def test_a_token_that_is_none_is_a_visitor_s(alder: Provider, text: str) -> None:
    body = Endless()
    status, _ = ask(
        "/api/alder/imports", body, PARTS, HTTP_AUTHORIZATION=f"Bearer {text}", **CHUNKED
    )
    assert (status, body.read_bytes <= VISITOR_BYTES + 1, alder.slug) == (413, True, "alder")


def test_a_body_of_no_declared_length_is_read_whole_within_its_limit(alder: Provider) -> None:
    case, who = a_case(alder), bearer(alder)
    for text in ("short", "long " * 800):
        words = Pieces(json.dumps({"text": text}).encode())
        path = f"/api/alder/cases/{case.number}/notes"
        status, told = ask(path, words, "application/json", **CHUNKED, **who)
        assert status == 201, told
    letter = Pieces(HEAD + b"%PDF-1.7 letter" + b"\r\n--b--\r\n")
    path = f"/api/alder/cases/{case.number}/attachments"
    assert ask(path, letter, PARTS, **CHUNKED, **who)[0] == 201
    assert Attachment.objects.get().size == 15


def test_a_server_that_asks_is_told_how_much_whose_and_nothing_is_read(alder: Provider) -> None:
    case = a_case(alder)
    attach = f"/alder/cases/{case.number}/attach"
    for path, who, how, most in (
        (attach, signed_in(alder), {"CONTENT_LENGTH": "300000"}, MOST_BYTES + AROUND_BYTES),
        ("/theme", signed_in(alder), CHUNKED, FORM_BYTES),
        ("/alder/nowhere/", signed_in(alder), CHUNKED, FORM_BYTES),
        (f"/api{attach}ments", bearer(alder), CHUNKED, MOST_BYTES + AROUND_BYTES),
        ("/theme", {}, CHUNKED, VISITOR_BYTES),
    ):
        body, asked = Endless(), []
        status, told = ask(path, body, PARTS, **how, **who, **{ASKED: asked})
        assert (status, told, body.read_bytes) == (200, "", 0), path
        (allowed,) = asked
        assert (allowed.most_bytes, bool(allowed.sender)) == (most, bool(who)), path
    refused: list[Allowed] = []
    assert ask(attach, Endless(), PARTS, **DECLARED, **{ASKED: refused})[0] == 413
    assert not refused


def test_the_partial_answer_fits_into_the_page(alder: Provider) -> None:
    who = signed_in(alder)
    status, told = ask("/alder/cases/1/note", Endless(), HTTP_HX_REQUEST="true", **DECLARED, **who)
    assert (status, told.startswith('<p role="alert">What was sent is too large')) == (413, True)


def names(patterns: Any, space: str = "") -> Iterator[str]:
    for each in patterns:
        if hasattr(each, "url_patterns"):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from names(each.url_patterns, inner)
        elif each.name:
            yield f"{space}{each.name}"


def test_every_address_that_takes_files_is_one_of_the_office() -> None:
    assert set(NEEDS) <= set(names(get_resolver().url_patterns))
    assert reverse("intake:upload", kwargs={"provider": "alder"}) == "/alder/imports/upload"
