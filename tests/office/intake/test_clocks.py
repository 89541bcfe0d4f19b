"""Clocks that step, or disagree, and imports that cannot be ended: nobody else waits for them."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError

from office_builders import DAY, NOW, a_member, a_provider
from requite.office.audit.models import Event
from requite.office.audit.queries import tampering
from requite.office.cases.arrival import take_in
from requite.office.intake import living
from requite.office.intake.models import Import
from requite.office.intake.observation import LEASE, Observation
from requite.office.intake.queries import parked_imports
from requite.office.intake.services import (
    MOST_ATTEMPTS,
    Ask,
    ask_import,
    cancel_import,
    renew,
    take_import,
)
from requite.office.intake.status import Status
from requite.office.intake.worker import run_next
from requite.office.people.models import Provider

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).resolve().parents[2] / "golden"
STORY, QUIET = GOLDEN / "duplicate-payment-two-traces", GOLDEN / "quiet-ordinary-accounts"
A_YEAR = timedelta(days=365)
LEASE_SECONDS = LEASE.total_seconds()


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Iterator[None]) -> None:
    settings.DATA_DIR = tmp_path / "data"  # type: ignore[attr-defined]


def asked(provider: Provider, at: datetime = NOW, story: Path = STORY, as_of: date = DAY) -> Import:
    return ask_import(provider, Ask(story / "feed", as_of), actor=None, at=at)


def now_of(made: Import) -> Import:
    made.refresh_from_db()
    return made


class Ticks:
    """A steady clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize("step", [-A_YEAR, -timedelta(seconds=1), A_YEAR], ids=str)
def test_an_import_is_done_whatever_the_clock_does_after_it_is_asked(step: timedelta) -> None:
    made = asked(a_provider())
    assert run_next("w1", take_in, lambda: NOW + step)
    assert (now_of(made).status, made.ended_at) == (Status.DONE, NOW + step)
    assert list(tampering()) == []


@pytest.mark.parametrize("step", [-A_YEAR, A_YEAR], ids=str)
def test_an_import_is_refused_or_cancelled_whatever_the_clock_does(
    step: timedelta, tmp_path: Path
) -> None:
    alder = a_provider()
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "accounts.csv").write_text("no\n")
    bad = ask_import(alder, Ask(tmp_path / "feed", DAY), actor=None, at=NOW)
    assert run_next("w1", take_in, lambda: NOW + step)
    assert now_of(bad).status == Status.REFUSED
    second = asked(alder)
    cancel_import(alder, second.number, actor=a_member(alder), at=NOW + step)
    assert now_of(second).status == Status.CANCELLED


def test_a_clock_that_was_set_back_does_not_refuse_the_day_of_the_last_import() -> None:
    alder = a_provider()
    asked(alder)
    run_next("w1", take_in, lambda: NOW)
    made = asked(alder, at=NOW - timedelta(days=3), story=QUIET)
    assert run_next("w1", take_in, lambda: NOW - timedelta(days=3))
    assert now_of(made).status == Status.DONE


@pytest.mark.parametrize("step", [-A_YEAR, A_YEAR], ids=str)
def test_an_import_is_not_taken_from_a_worker_whose_clock_differs(step: timedelta) -> None:
    asked(a_provider())
    held, ticks = take_import("w1", at=NOW), Ticks()
    assert held is not None
    seen = Observation(ticks=ticks)
    for _ in range(10):
        assert take_import("w2", at=NOW + step, seen=seen) is None
        ticks.seconds += LEASE_SECONDS - 1
        renew(held, "at work")


def test_an_import_in_which_nothing_moves_is_taken_over_by_the_observers_own_clock() -> None:
    made, ticks = asked(a_provider()), Ticks()
    take_import("w1", at=NOW + A_YEAR)
    seen = Observation(ticks=ticks)
    assert take_import("w2", at=NOW - A_YEAR, seen=seen) is None
    assert seen.is_waiting
    ticks.seconds = LEASE_SECONDS
    assert take_import("w2", at=NOW - A_YEAR, seen=seen) is not None
    assert (now_of(made).worker, made.attempts) == ("w2", 2)


def test_an_import_whose_workers_process_is_gone_is_taken_over_at_once() -> None:
    made = asked(a_provider())
    take_import("w1", at=NOW)
    assert take_import("w2", at=NOW, seen=Observation(lives=lambda name: name != "w1")) is not None
    assert now_of(made).worker == "w2"


def test_an_import_of_one_provider_waits_for_no_other_however_many_run() -> None:
    for number in range(25):
        asked(a_provider(f"p{number}"))
        assert take_import("w0", at=NOW) is not None
    last = asked(a_provider("last"), at=NOW + A_YEAR)
    assert take_import("w1", at=NOW) == last


def fail_ending(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """What ends an import is refused by the database."""

    def refuse(*_: object, **__: object) -> None:
        raise IntegrityError("CHECK constraint failed")

    for name in names:
        monkeypatch.setattr(name, refuse)


END, PARK = "requite.office.intake.worker.end_import", "requite.office.intake.services._park"


def test_an_import_that_cannot_be_ended_is_parked_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    bad, good = asked(alder), asked(birch)
    Import.objects.filter(pk=bad.pk).update(attempts=MOST_ATTEMPTS - 1, status=Status.RUNNING,
                                            worker="w0")  # fmt: skip
    seen = Observation(lives=lambda _: False)
    fail_ending(monkeypatch, END)
    assert run_next("w1", take_in, lambda: NOW, seen)
    monkeypatch.undo()
    assert run_next("w1", take_in, lambda: NOW, seen)
    assert (now_of(bad).status, now_of(good).status) == (Status.PARKED, Status.DONE)
    assert "could be neither finished nor recorded as failed" in bad.problem
    assert Event.objects.get(name="import.parked").chain.provider == alder
    assert parked_imports() == parked_imports(alder) == [bad]
    asked(alder)
    assert run_next("w1", take_in, lambda: NOW, seen)
    assert parked_imports() == []  # a later import made up for it


def test_an_import_that_cannot_even_be_parked_is_left_alone_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, good = asked(a_provider("alder")), asked(a_provider("birch"))
    Import.objects.filter(pk=bad.pk).update(attempts=MOST_ATTEMPTS, status=Status.RUNNING,
                                            worker="w0")  # fmt: skip
    seen = Observation(lives=lambda _: False)
    fail_ending(monkeypatch, "requite.office.intake.services.end_import", PARK)
    assert take_import("w1", at=NOW, seen=seen) == good
    assert take_import("w1", at=NOW, seen=Observation()) is None
    assert now_of(bad).status == Status.RUNNING


def test_a_fault_is_put_back_to_rest_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made, ticks = asked(a_provider()), Ticks()

    def stumble(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("requite.office.intake.worker.import_feed", stumble)
    seen = Observation(ticks=ticks)
    assert run_next("w1", take_in, lambda: NOW, seen)
    assert now_of(made).status == Status.WAITING
    assert not run_next("w1", take_in, lambda: NOW, seen)
    monkeypatch.undo()
    ticks.seconds = LEASE_SECONDS
    assert run_next("w1", take_in, lambda: NOW, seen)
    assert now_of(made).status == Status.DONE


def test_a_worker_is_seen_to_live_as_long_as_its_process_does(tmp_path: Path) -> None:
    with living.signed_on(tmp_path) as signed:
        assert living.workers(tmp_path) == {signed.name: True}
        before = living.last_beat(tmp_path, signed.name)
        signed.beat()
        assert living.last_beat(tmp_path, signed.name) != before
    assert living.lives(tmp_path, signed.name) is False
    assert living.lives(tmp_path, "host-1-other0machine-abcd") is None
    assert living.workers(tmp_path) == {}


def test_a_worker_that_was_killed_is_seen_to_be_gone_and_its_sign_is_cleared(
    tmp_path: Path,
) -> None:
    script = (
        "import os, sys, pathlib, signal\n"
        "from requite.office.intake.living import signed_on\n"
        "with signed_on(pathlib.Path(sys.argv[1])) as signed:\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert list(living.workers(tmp_path).values()) == [False]
    with living.signed_on(tmp_path) as signed:
        assert living.workers(tmp_path) == {signed.name: True}


def test_what_workers_of_other_machines_left_goes_after_a_week(tmp_path: Path) -> None:
    names = ("host-1-other0machine-aaaa", "host-2-other0machine-bbbb")
    for name in names:
        (tmp_path / living.FOLDER).mkdir(exist_ok=True)
        (tmp_path / living.FOLDER / name).touch()
    os.utime(tmp_path / living.FOLDER / names[0], (0, 0))
    with living.signed_on(tmp_path) as signed:
        assert living.workers(tmp_path) == {names[1]: None, signed.name: True}


def test_where_files_cannot_be_locked_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    with living.signed_on(tmp_path) as signed:
        monkeypatch.setattr(fcntl, "flock", none)
        assert living.lives(tmp_path, signed.name) is None
