"""Bodies on their way in: taken off the network while no thread waits for them.

What comes in is kept until all of it is there, a form in memory and a file on disk, and only then
does a page begin. Who sends slowly waits alone.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import WeakValueDictionary

from requite.web.bodies import FORM_BYTES

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

PAUSE_SECONDS = 20.0  # without a single byte, in either direction
BEGIN_SECONDS, BYTES_A_SECOND = 20.0, 8 << 10  # all of it within: 20 seconds, and one for 8 KiB
AT_ONCE_BYTES = 1 << 20  # written to disk together


class TooSlow(Exception):
    """A body took longer than it may."""


class GoneAway(Exception):
    """Whoever sent a body left before its end."""


class NoTurn(Exception):
    """A sender has as many long bodies under way as one may."""


class Arriving:
    """One body: how much of it came, whether that is all, and where it lies."""

    def __init__(self, receive: Receive) -> None:
        self.receive, self.is_whole, self.came_bytes = receive, False, 0
        self.file = SpooledTemporaryFile(max_size=FORM_BYTES + 1)  # noqa: SIM115 - see close()
        self._pieces = bytearray()

    async def take(self, most_bytes: int) -> None:
        """Take it in until it is whole, or has gone beyond so many bytes by a piece at most.

        Raises
        ------
        TooSlow
            Nothing came for a while, or all of it takes too long for what came.
        GoneAway
            It broke off: what came is not all of it.
        """
        clock = asyncio.get_running_loop().time
        begun, before = clock(), self.came_bytes
        while not self.is_whole and self.came_bytes <= most_bytes:
            earned = (self.came_bytes - before) / BYTES_A_SECOND
            left = begun + BEGIN_SECONDS + earned - clock()
            try:
                async with asyncio.timeout(min(left, PAUSE_SECONDS)):
                    message = await self.receive()
            except TimeoutError:
                raise TooSlow from None
            if message["type"] != "http.request":
                raise GoneAway
            self._pieces += message.get("body", b"")
            self.came_bytes += len(message.get("body", b""))
            self.is_whole = not message.get("more_body", False)
            if len(self._pieces) >= AT_ONCE_BYTES:
                await self._write()
        await self._write()

    async def _write(self) -> None:
        """Write down what came; what goes to the disk does not hold up the others."""
        pieces, self._pieces = bytes(self._pieces), bytearray()
        if self.came_bytes <= FORM_BYTES:
            self.file.write(pieces)
        elif pieces:
            await asyncio.to_thread(self.file.write, pieces)

    def close(self) -> None:
        """Let go of it, whatever came."""
        self.file.close()


class Places:
    """Where unfinished things stand: so many of each sender, so many of all.

    Who comes when all places are taken gets the one of whoever has been there longest: what comes
    at a good pace is never there for long.
    """

    def __init__(self, of_each: int, of_all: int) -> None:
        self.of_each, self.of_all = of_each, of_all
        self._taken: dict[asyncio.Timeout, str] = {}  # the oldest first

    @asynccontextmanager
    async def place(self, sender: str) -> AsyncIterator[None]:
        """Stand there for as long as it takes.

        Raises
        ------
        TooSlow
            Others came, and this one had been there longest.
        """
        try:
            async with asyncio.timeout(None) as limit:
                self._make_room(sender)
                self._taken[limit] = sender
                try:
                    yield
                finally:
                    self._taken.pop(limit, None)
        except TimeoutError:
            raise TooSlow from None

    def _make_room(self, sender: str) -> None:
        of_sender = [limit for limit, who in self._taken.items() if who == sender]
        if len(of_sender) >= self.of_each:
            self._put_out(of_sender[0])
        elif len(self._taken) >= self.of_all:
            self._put_out(next(iter(self._taken)))

    def _put_out(self, limit: asyncio.Timeout) -> None:
        del self._taken[limit]
        limit.reschedule(asyncio.get_running_loop().time())


class Turns:
    """How many long bodies one user may have under way; further ones wait, and not for ever."""

    def __init__(self, of_each: int) -> None:
        self.of_each = of_each
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, user: str) -> AsyncIterator[None]:
        """Have a turn for as long as it takes.

        Raises
        ------
        NoTurn
            None came free in time.
        """
        turns = self._turns.setdefault(user, asyncio.Semaphore(self.of_each))
        try:
            async with asyncio.timeout(PAUSE_SECONDS):
                await turns.acquire()
        except TimeoutError:
            raise NoTurn from None
        try:
            yield
        finally:
            turns.release()
