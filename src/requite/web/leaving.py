"""Answers on their way out: who reads slowly holds no thread, and not for ever."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager
from tempfile import TemporaryFile
from typing import IO

from requite.web.arriving import PAUSE_SECONDS, Message, TooSlow

Send = Callable[[Message], Awaitable[None]]
PIECE = 64 << 10
FIRST_BYTES = 1 << 20  # of an answer, in memory; what goes beyond lies on disk until it is read


class Leaving:
    """One answer: sent at the pace of its reader, broken off where she does not read."""

    def __init__(
        self, send: Send, place: Callable[[], AbstractAsyncContextManager[None]]
    ) -> None:  # fmt: skip
        self._send, self._place = send, place
        self.has_begun = self.is_broken = False
        self._pieces = bytearray()
        self._rest: IO[bytes] | None = None

    def kept(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The first of an answer; the rest goes to disk at once, so that its thread is free."""
        came_bytes, held = 0, bytearray()
        for piece in pieces:
            came_bytes += len(piece)
            if came_bytes > FIRST_BYTES:
                self._lay_down(piece)
                continue
            held += piece
            if len(held) >= PIECE:  # handing over costs more than a piece of a file does
                yield bytes(held)
                held.clear()
        yield bytes(held)

    def _lay_down(self, piece: bytes) -> None:
        if self._rest is None:
            self._rest = TemporaryFile()  # noqa: SIM115 - see close()
        self._rest.write(piece)

    async def send(self, message: Message) -> None:
        """Send a message of an application; never raises, whatever became of the reader."""
        if self.is_broken:
            return
        if message["type"] == "http.response.start":
            self.has_begun = True
            await self._tell(message)
            return
        self._pieces += message.get("body", b"")
        if message.get("more_body", False):
            await self._pass_on()
        elif self._rest is None:
            await self._pass_on()
            await self._end()
        else:
            await self._send_rest(self._rest)

    async def tell(self, status: int, words: str, **headers: str) -> None:
        """An answer of one sentence, where none has begun; the connection ends with it."""
        body = words.encode()
        told = {
            "content-type": "text/plain; charset=utf-8", "content-length": str(len(body)),
            "cache-control": "no-store", "connection": "close", **headers,
        }  # fmt: skip
        pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items()]
        await self.send({"type": "http.response.start", "status": status, "headers": pairs})
        await self.send({"type": "http.response.body", "body": body})

    def close(self) -> None:
        """Let go of what was not sent."""
        if self._rest is not None:
            self._rest.close()

    async def _pass_on(self) -> None:
        """Send whole pieces; what is less than one waits for the next."""
        while len(self._pieces) > PIECE and not self.is_broken:
            piece = bytes(self._pieces[:PIECE])
            del self._pieces[:PIECE]
            await self._tell({"type": "http.response.body", "body": piece, "more_body": True})

    async def _end(self) -> None:
        await self._tell({"type": "http.response.body", "body": bytes(self._pieces)})

    async def _send_rest(self, rest: IO[bytes]) -> None:
        """Send what lies on disk; a reader has so many places for that."""
        rest.seek(0)
        try:
            async with self._place():
                while not self.is_broken:
                    piece = await asyncio.to_thread(rest.read, PIECE)
                    self._pieces += piece
                    await self._pass_on()
                    if not piece:
                        break
                await self._end()
        except TooSlow:
            self.is_broken = True

    async def _tell(self, message: Message) -> None:
        """Hand a message to the server; it waits until the reader has taken enough before it."""
        if self.is_broken:
            return
        try:
            async with asyncio.timeout(PAUSE_SECONDS):
                await self._send(message)
        except Exception:  # noqa: BLE001 - whatever it was, nobody is there to be told
            self.is_broken = True
