"""Bodies on their way in: whole or not at all, at a pace, and no more than places for them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from requite.web import arriving
from requite.web.arriving import Arriving, GoneAway, NoTurn, Places, TooSlow, Turns
from requite.web.bodies import FORM_BYTES


def coming(*pieces: bytes, each_seconds: float = 0.0, cut: bool = False) -> Any:
    """A server's `receive`: these pieces, and then the end, a break, or nothing for ever."""
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        if not left:
            if cut:
                return {"type": "http.disconnect"}
            await asyncio.sleep(3600)
        await asyncio.sleep(each_seconds)
        piece = left.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(left) or piece == b"."}

    return receive


Take = Callable[..., Arriving]


@pytest.fixture(name="taken")
def _taken() -> Iterator[Take]:
    """Take in bodies that come in pieces, up to each of the given limits."""
    with ExitStack() as bodies:

        def take(limits: int | tuple[int, ...], *pieces: bytes, **how: Any) -> Arriving:
            body = bodies.enter_context(closing(Arriving(coming(*pieces, **how))))

            async def in_steps() -> None:
                for most_bytes in limits if isinstance(limits, tuple) else (limits,):
                    await body.take(most_bytes)

            asyncio.run(in_steps())
            body.file.seek(0)
            return body

        yield take


def test_a_body_is_whole_in_the_order_in_which_it_came(taken: Take) -> None:
    body = taken(100, b"one\n", b"", b"two\nthr", b"ee")
    assert (body.is_whole, body.came_bytes) == (True, 13)
    assert list(body.file) == [b"one\n", b"two\n", b"three"]


@pytest.mark.parametrize("size", [FORM_BYTES, FORM_BYTES + 1, 5_000_000])
def test_a_file_is_as_whole_as_a_form(taken: Take, size: int) -> None:
    sent = bytes(range(251)) * (size // 251 + 1)
    pieces = [sent[at : at + 60_000] for at in range(0, size, 60_000)]
    body = taken(10_000_000, *pieces)
    assert body.is_whole
    assert body.file.read() == b"".join(pieces)


def test_what_goes_on_is_taken_no_further_than_the_piece_that_shows_it(taken: Take) -> None:
    body = taken(10, b"12345", b"67890", b"1", b"never", b"taken")
    assert (body.is_whole, body.came_bytes, body.file.read()) == (False, 11, b"12345678901")


def test_it_goes_on_where_it_was_left(taken: Take) -> None:
    assert not taken(4, b"12345", b"67890", b"end").is_whole
    body = taken((4, 100), b"12345", b"67890", b"end")
    assert (body.is_whole, body.file.read()) == (True, b"1234567890end")


def test_a_body_that_breaks_off_is_no_shorter_body(taken: Take) -> None:
    with pytest.raises(GoneAway):
        taken(100, b"a=1&b", b".", cut=True)


def test_a_body_that_stops_coming_is_given_up(taken: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "PAUSE_SECONDS", 0.05)
    with pytest.raises(TooSlow):
        taken(100, b"a=1&b", b".")


def test_a_body_that_trickles_is_given_up_though_it_never_stops(
    taken: Take,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arriving, "BEGIN_SECONDS", 0.1)
    with pytest.raises(TooSlow):
        taken(1000, *[b"."] * 100, each_seconds=0.01)


def test_what_came_earns_time_for_more(taken: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "BEGIN_SECONDS", 0.1)
    monkeypatch.setattr(arriving, "BYTES_A_SECOND", 1_000)
    assert taken(10_000, *[b"x" * 100] * 30, each_seconds=0.01).is_whole


def at_once(*tasks: Callable[[], Awaitable[str]]) -> list[str]:
    async def together() -> list[str]:
        async with asyncio.timeout(10):
            return await asyncio.gather(*(task() for task in tasks))

    return asyncio.run(together())


def standing(places: Places, sender: str, *, seconds: float) -> Callable[[], Awaitable[str]]:
    async def stand() -> str:
        try:
            async with places.place(sender):
                await asyncio.sleep(seconds)
        except TooSlow:
            return f"{sender} put out"
        return f"{sender} done"

    return stand


def test_who_comes_to_full_places_gets_that_of_who_was_there_longest() -> None:
    places = Places(of_each=2, of_all=3)
    slow = [standing(places, who, seconds=0.3) for who in ("a", "a", "b")]
    quick = standing(places, "a", seconds=0.0)
    assert at_once(*slow, quick) == ["a put out", "a done", "b done", "a done"]
    assert at_once(*slow, standing(places, "c", seconds=0.0))[0] == "a put out"
    assert at_once(*slow) == ["a done", "a done", "b done"]
    assert not places._taken


def test_a_full_house_costs_nobody_else_a_place() -> None:
    places = Places(of_each=2, of_all=10)
    other = standing(places, "b", seconds=0.3)
    crowd = [standing(places, "a", seconds=0.3) for _ in range(8)]
    told = at_once(other, *crowd)
    assert told == ["b done", *["a put out"] * 6, "a done", "a done"]


def test_one_user_s_long_bodies_wait_for_each_other_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arriving, "PAUSE_SECONDS", 0.1)
    turns, most = Turns(of_each=2), [0]

    def sending(user: str, seconds: float) -> Callable[[], Awaitable[str]]:
        async def send() -> str:
            try:
                async with turns.turn(user):
                    most[0] = max(most[0], 2 - turns._turns["7"]._value)
                    await asyncio.sleep(seconds)
            except NoTurn:
                return "no turn"
            return "done"

        return send

    long = [sending("7", 0.5)] * 2
    assert at_once(*long, sending("7", 0.0), sending("8", 0.0)) == [
        "done", "done", "no turn", "done",
    ]  # fmt: skip
    assert at_once(*[sending("7", 0.01)] * 6) == ["done"] * 6
    assert most == [2]
    assert not turns._turns, "nothing is kept of users who have gone"
