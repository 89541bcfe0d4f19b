"""Answers on their way out: at their reader's pace, and broken off where nobody reads."""

import asyncio
from collections.abc import Iterable
from contextlib import closing
from typing import Any

import pytest

from requite.web import arriving, leaving
from requite.web.arriving import Places
from requite.web.leaving import FIRST_BYTES, PIECE, Leaving

pytestmark = pytest.mark.one_database

START = {"type": "http.response.start", "status": 200, "headers": []}


class Reader:
    """A server's `send`, of a reader who reads so many messages and then no more."""

    def __init__(self, reads: int = 10**9, error: Exception | None = None) -> None:
        self.reads, self.error = reads, error
        self.told: list[dict[str, Any]] = []

    async def send(self, message: Any) -> None:
        if len(self.told) >= self.reads:
            if self.error:
                raise self.error
            await asyncio.sleep(3600)
        self.told.append(dict(message))

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.told)

    @property
    def has_end(self) -> bool:
        return bool(self.told) and not self.told[-1].get("more_body", False) and len(self.told) > 1


def answered(reader: Reader, pieces: Iterable[bytes], places: Places | None = None) -> Leaving:
    """What became of an answer in these pieces."""
    at = places or Places(4, 4)

    async def answer() -> Leaving:
        out = Leaving(reader.send, lambda: at.place("house"))
        with closing(out):
            kept = list(out.kept(pieces))
            await out.send(START)
            for piece in kept:
                await out.send({"type": "http.response.body", "body": piece, "more_body": True})
            await out.send({"type": "http.response.body", "body": b""})
        return out

    return asyncio.run(answer())


def test_a_page_is_one_message() -> None:
    reader = Reader()
    answered(reader, [b"page", b" of two"])
    assert reader.told[1:] == [{"type": "http.response.body", "body": b"page of two"}]


@pytest.mark.parametrize("size", [0, PIECE, PIECE + 1, FIRST_BYTES, FIRST_BYTES + 1, 5_000_003])
@pytest.mark.parametrize("at_once", [4096, 10_000_000])
def test_an_answer_of_any_size_comes_whole_in_pieces(size: int, at_once: int) -> None:
    sent = (bytes(range(251)) * (size // 251 + 1))[:size]
    reader = Reader()
    out = answered(reader, (sent[at : at + at_once] for at in range(0, size, at_once)))
    assert reader.body == sent
    assert (reader.has_end, out.is_broken) == (True, False)
    assert max(len(message.get("body", b"")) for message in reader.told) <= PIECE


def test_no_more_of_an_answer_than_its_first_part_lies_in_memory() -> None:
    out = Leaving(Reader().send, lambda: Places(1, 1).place(""))
    with closing(out):
        kept = list(out.kept([b"x" * 100_000] * 50))
        assert sum(map(len, kept)) <= FIRST_BYTES
        assert out._rest is not None
        assert out._rest.tell() == 5_000_000 - sum(map(len, kept))


@pytest.mark.parametrize("size", [500_000, 5_000_000])
def test_who_does_not_read_is_left_and_never_told_that_it_was_all(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "PAUSE_SECONDS", 0.05)
    reader = Reader(reads=4)
    out = answered(reader, [b"x" * size])
    assert (out.is_broken, reader.has_end, len(reader.told)) == (True, False, 4)


def test_a_server_that_fails_at_sending_stops_nothing() -> None:
    reader = Reader(reads=3, error=RuntimeError("transport closed"))
    out = answered(reader, [b"x" * 500_000])
    assert (out.is_broken, reader.has_end) == (True, False)


def test_a_house_that_reads_many_long_answers_loses_the_oldest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leaving, "PAUSE_SECONDS", 0.3)
    places, readers = Places(2, 10), [Reader(reads=30) for _ in range(3)]

    async def together() -> list[Leaving]:
        outs = [Leaving(reader.send, lambda: places.place("house")) for reader in readers]
        for out in outs:
            assert sum(map(len, out.kept([b"x" * 3_000_000]))) == 0
        await asyncio.gather(*(whole(out) for out in outs))
        return outs

    async def whole(out: Leaving) -> None:
        await out.send(START)
        await out.send({"type": "http.response.body", "body": b""})
        out.close()

    outs = asyncio.run(together())
    assert [out.is_broken for out in outs] == [True] * 3
    assert len(readers[0].told) < len(readers[1].told) == len(readers[2].told) == 30


def test_a_sentence_is_told_once_and_closes_the_connection() -> None:
    reader = Reader()
    out = Leaving(reader.send, lambda: Places(1, 1).place(""))
    asyncio.run(out.tell(503, "Wait.", retry_after="30"))
    headers = dict(reader.told[0]["headers"])
    assert (headers[b"connection"], headers[b"retry-after"]) == (b"close", b"30")
    assert (reader.told[0]["status"], reader.body, reader.has_end) == (503, b"Wait.", True)
    assert arriving.PAUSE_SECONDS == leaving.PAUSE_SECONDS
