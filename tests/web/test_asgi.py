"""What reaches the pages of a request: whole bodies, true headers, nothing of who is too slow."""

import asyncio
import errno
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from requite.web import arriving, asgi
from requite.web.bodies import ASKED, VISITOR_BYTES, Allowed

pytestmark = pytest.mark.one_database

SMALL = b"login=mira&password=x"


@dataclass
class Pages:
    """A WSGI application that keeps what it is asked, and says how much may be sent."""

    most_bytes: int = 1_000_000
    error: Exception | None = None
    seen: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.seen.append(environ)
        if self.error:
            raise self.error
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > self.most_bytes:
            start_response("413 Payload Too Large", [])
            return Answer([b"too large"])
        start_response("200 OK", [("Content-Type", "text/plain")])
        if ASKED in environ:
            environ[ASKED].append(Allowed("7", self.most_bytes))
            return Answer([])
        return Answer([environ["wsgi.input"].read()])


class Answer(list[bytes]):
    def close(self) -> None:
        """As every answer of Django's has."""


@pytest.fixture(name="pages")
def _pages(monkeypatch: pytest.MonkeyPatch) -> Pages:
    pages = Pages()
    monkeypatch.setattr(asgi, "pages", pages)
    monkeypatch.setattr(asgi, "end_unread_connections", lambda: 0)  # no sockets in these tests
    return pages


@dataclass
class Told:
    """What a visitor is answered."""

    status: int = 0
    body: bytes = b""
    headers: dict[bytes, bytes] = field(default_factory=dict)
    taken: int = 0  # messages of the body


def ask(
    pieces: Iterable[bytes] = (), *headers: tuple[bytes, bytes], ends: bool = True,
    gone: bool = False, query: bytes = b"",
) -> Told:  # fmt: skip
    """Ask as a server would: with these pieces of a body, and then its end, a break or nothing."""
    left, told = list(pieces), Told()
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": "/x", "scheme": "http",
        "query_string": query, "headers": list(headers), "client": ("203.0.113.9", 4711),
        "server": ("testserver", 80),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        told.taken += 1
        if left:
            return {"type": "http.request", "body": left.pop(0), "more_body": True}
        if gone:
            return {"type": "http.disconnect"}
        if not ends:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        told.status = message.get("status", told.status)
        told.headers |= dict(message.get("headers", ()))
        told.body += message.get("body", b"")

    asyncio.run(asgi.application(scope, receive, send))
    return told


def of_length(length: int) -> tuple[bytes, bytes]:
    return b"content-length", str(length).encode()


CHUNKED = (b"transfer-encoding", b"chunked")


@pytest.mark.parametrize("how", [of_length(len(SMALL)), CHUNKED], ids=["declared", "chunked"])
def test_a_form_arrives_whole_with_its_length(pages: Pages, how: tuple[bytes, bytes]) -> None:
    told = ask([SMALL[:5], SMALL[5:]], how)
    assert (told.status, told.body) == (200, SMALL)
    (environ,) = pages.seen
    assert environ["CONTENT_LENGTH"] == str(len(SMALL))
    assert "HTTP_TRANSFER_ENCODING" not in environ
    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]) == ("203.0.113.9", "http")


def test_a_request_without_a_body_is_not_waited_for(pages: Pages) -> None:
    for headers in ([], [of_length(0)]):
        told = ask((), *headers, ends=False)
        assert (told.status, told.taken) == (200, 0)
    assert "CONTENT_LENGTH" not in pages.seen[0]


@pytest.mark.parametrize("how", [of_length(300_000), CHUNKED], ids=["declared", "chunked"])
def test_a_long_body_is_asked_for_first_and_then_arrives_whole(
    pages: Pages, how: tuple[bytes, bytes]
) -> None:
    sent = [bytes([number]) * 30_000 for number in range(10)]
    told = ask(sent, how)
    assert (told.status, told.body) == (200, b"".join(sent))
    asked, answered = pages.seen
    assert (asked[ASKED], ASKED in answered) == ([Allowed("7", 1_000_000)], False)
    assert answered["CONTENT_LENGTH"] == "300000"


def test_what_is_declared_too_long_is_refused_before_a_byte_is_taken(pages: Pages) -> None:
    told = ask([b"x" * 30_000] * 100, of_length(3_000_000))
    assert (told.status, told.body, told.taken, len(pages.seen)) == (413, b"too large", 0, 1)


def test_what_goes_on_without_end_is_refused_at_its_limit(pages: Pages) -> None:
    told = ask([b"x" * 30_000] * 100, CHUNKED)
    assert (told.status, told.body, told.taken) == (413, b"too large", 1_000_000 // 30_000 + 1)
    pages.most_bytes = VISITOR_BYTES
    told = ask([b"x" * 30_000] * 100, CHUNKED)
    assert (told.status, told.taken) == (413, 3)


@pytest.mark.parametrize("how", [of_length(50_000), of_length(300_000), CHUNKED])
def test_a_body_that_breaks_off_reaches_no_page(pages: Pages, how: tuple[bytes, bytes]) -> None:
    told = ask([b"x" * 10_000], how, gone=True)
    assert told.status == 400
    assert all(ASKED in environ for environ in pages.seen)


@pytest.mark.parametrize("how", [of_length(50_000), of_length(300_000), CHUNKED])
def test_a_body_that_stops_is_told_so_and_reaches_no_page(
    pages: Pages, how: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "PAUSE_SECONDS", 0.05)
    told = ask([b"x" * 10_000], how, ends=False)
    assert (told.status, told.headers[b"connection"]) == (408, b"close")
    assert all(ASKED in environ for environ in pages.seen)


def test_who_has_too_much_under_way_is_told_to_wait(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(asgi, "users", arriving.Turns(of_each=0))
    told = ask([b"x" * 30_000] * 10, of_length(300_000))
    assert (told.status, told.headers[b"retry-after"], len(pages.seen)) == (503, b"30", 1)


def test_no_header_passes_for_another(pages: Pages) -> None:
    ask(
        (), (b"x_forwarded_for", b"198.51.100.1"), (b"x-forwarded-for", b"198.51.100.2"),
        (b"content_length", b"7"), (b"cookie", b"a=1"),
    )  # fmt: skip
    (environ,) = pages.seen
    assert environ["HTTP_X_FORWARDED_FOR"] == "198.51.100.2"
    assert ("CONTENT_LENGTH" in environ, environ["HTTP_COOKIE"]) == (False, "a=1")


def test_no_visitor_can_ask_what_the_server_asks(pages: Pages) -> None:
    ask((), (b"requite.asked", b"x"), (b"requite-asked", b"x"))
    assert ASKED not in pages.seen[0]


def test_a_query_of_any_bytes_is_read(pages: Pages) -> None:
    ask(query=b"next=/\xc3\xa9\xff&a=%20+")
    assert pages.seen[0]["QUERY_STRING"] == "next=/%C3%A9%FF&a=%20+"


def test_who_is_counted_is_who_the_trusted_proxy_saw(settings: Any) -> None:
    scope = {
        "client": ("203.0.113.9", 1),
        "headers": [(b"x-forwarded-for", b"evil"), (b"x-forwarded-for", b"2001:db8::1")],
    }
    assert asgi._sender(scope) == "203.0.113.9"
    settings.TRUSTED_PROXIES = 1
    assert asgi._sender(scope) == "2001:db8::/64"


@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError("x"), 500), (OSError(errno.ENOSPC, "full"), 507)],
)
def test_what_fails_is_told_without_its_words(pages: Pages, error: Exception, status: int) -> None:
    pages.error = error
    told = ask([SMALL], of_length(len(SMALL)))
    assert (told.status, b"operator" in told.body) == (status, True)
