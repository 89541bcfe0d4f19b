"""The office as an ASGI application: the network on one side, the WSGI application on the other.

A request reaches a thread only once its body is whole, and its answer leaves the thread before
it is read: whoever sends or reads slowly holds a connection, and nothing that others need. How
long a body may be depends on who sends it: of one that is longer than a visitor's, the application
is asked first how much it takes, and of whom.
"""

import sys
from collections.abc import Iterator, MutableMapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from string import printable
from typing import IO, Any, Final
from urllib.parse import quote

import structlog
from a2wsgi import WSGIMiddleware

from requite.web.arriving import (
    Arriving,
    GoneAway,
    Message,
    NoTurn,
    Places,
    Receive,
    TooSlow,
    Turns,
)
from requite.web.bodies import ASKED, VISITOR_BYTES, Allowed
from requite.web.faults import BROKEN, NO_SPACE, is_full
from requite.web.leaving import Leaving, Send
from requite.web.listening import end_unread_connections
from requite.web.people.address import address_seen, neighbourhood
from requite.web.wsgi import application as pages

Scope = MutableMapping[str, Any]

THREADS: Final = 8
CUT_OFF, TOO_LATE, BUSY = 400, 408, 503
OURS: Final = "requite"  # under which the parts of a request lie in its scope
LENGTH, CHUNKED, FORWARDED = b"content-length", b"transfer-encoding", b"x-forwarded-for"
HIDDEN: Final = b"_"  # in the name of a header: WSGI takes it for a hyphen, proxies do not

visitors = Places(of_each=64, of_all=1024)  # bodies no longer than a visitor's, unfinished
readers = Places(of_each=16, of_all=64)  # long answers, unread
users = Turns(of_each=4)  # longer bodies, unfinished
log = structlog.get_logger()


@dataclass(slots=True)
class Parts:
    """What the WSGI application gets beside what the scope says."""

    body: IO[bytes]
    leaving: Leaving
    asked: list[Allowed] | None = None


def _answered(environ: Any, start_response: Any) -> Iterator[bytes]:  # noqa: ANN401
    """The WSGI application's answer to a request whose body is whole."""
    parts: Parts = environ["asgi.scope"][OURS]
    environ |= {"wsgi.input": parts.body, "wsgi.errors": sys.stderr}
    if parts.asked is not None:
        environ[ASKED] = parts.asked
    pieces: Any = pages(environ, start_response)
    try:
        yield from parts.leaving.kept(pieces)
    finally:
        pieces.close()


# Without a limit of its queue: no thread ever waits for a reader.
bridge: Any = WSGIMiddleware(_answered, workers=THREADS, send_queue_size=0)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] != "http":
        return
    end_unread_connections()
    sender = _sender(scope)
    leaving = Leaving(send, lambda: readers.place(sender))
    with closing(leaving), closing(Arriving(receive)) as arriving:
        try:
            await _take_in(scope, arriving, leaving, sender)
        except GoneAway:
            await leaving.tell(CUT_OFF, "This broke off before its end. Send it again.")
        except TooSlow:
            await leaving.tell(TOO_LATE, "This came too slowly. Send it again.")
        except NoTurn:
            words = "Other files are on their way from you. Send this one when they have come."
            await leaving.tell(BUSY, words, retry_after="30")
        except Exception as error:
            log.exception("request.broken")
            if is_full(error):
                await leaving.tell(NO_SPACE, "There is no room for this. Tell the operator.")
            else:
                await leaving.tell(BROKEN, "Something is wrong here. Tell the operator.")


async def _take_in(scope: Scope, arriving: Arriving, leaving: Leaving, sender: str) -> None:
    """Take a body in, as much of it as its sender may send, and then have it answered."""
    told = dict(scope["headers"])
    length = int(told.get(LENGTH, b"0").lstrip(b"0") or b"0")
    if CHUNKED not in told and length == 0:
        arriving.is_whole = True
    elif CHUNKED in told or length <= VISITOR_BYTES:
        async with visitors.place(sender):
            await arriving.take(VISITOR_BYTES)
    if arriving.is_whole:
        await _answer(scope, arriving, leaving)
        return
    asked: list[Allowed] = []

    async def send(message: Message) -> None:
        if not asked:
            await leaving.send(message)

    await bridge({**_readable(scope), OURS: Parts(BytesIO(), leaving, asked)}, _nothing, send)
    if not asked:
        return  # refused, or sent elsewhere: that was the answer
    if arriving.came_bytes > asked[0].most_bytes:
        await _answer(scope, arriving, leaving)
        return
    async with users.turn(asked[0].sender):
        await arriving.take(asked[0].most_bytes)
        await _answer(scope, arriving, leaving)


async def _answer(scope: Scope, arriving: Arriving, leaving: Leaving) -> None:
    """Have a request answered whose body is here; one that goes on is refused by its length."""
    arriving.file.seek(0)
    came = _readable(scope)
    came["headers"] = [pair for pair in came["headers"] if pair[0] not in {LENGTH, CHUNKED}]
    if arriving.came_bytes:
        came["headers"].append((LENGTH, str(arriving.came_bytes).encode()))
    came[OURS] = Parts(arriving.file, leaving)
    await bridge(came, _nothing, leaving.send)


async def _nothing() -> Message:
    """What is asked for by nobody: the body is at hand."""
    raise GoneAway


def _readable(scope: Scope) -> dict[str, Any]:
    """A scope as WSGI can hold it: no header passes for another, no byte is beyond ASCII."""
    query = quote(scope["query_string"], safe=printable)
    headers = [pair for pair in scope["headers"] if HIDDEN not in pair[0]]
    return {**scope, "query_string": query.encode(), "headers": headers}


def _sender(scope: Scope) -> str:
    """Whose unfinished bodies and answers are counted together: those of one house."""
    told = [value.decode("latin-1") for name, value in scope["headers"] if name == FORWARDED]
    peer = str((scope.get("client") or ("",))[0])
    return neighbourhood(address_seen(",".join(told), peer))
