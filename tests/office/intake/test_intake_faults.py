"""Feeds and days that cannot be, workers that end in the midst of it, folders that are not ours."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from office_builders import DAY, NOW, a_member, a_provider
from requite.engine.importer import import_feed
from requite.engine.store import NoSnapshot, Store, StoreBusy
from requite.office.audit.models import Event
from requite.office.cases.arrival import take_in
from requite.office.cases.models import Case
from requite.office.intake import folders
from requite.office.intake.models import Import
from requite.office.intake.queries import last_done, standing
from requite.office.intake.services import (
    LEASE,
    MOST_ATTEMPTS,
    Ask,
    BadDay,
    ImportBusy,
    NoLedger,
    NothingToCancel,
    SameFeed,
    ask_import,
    ask_undo,
    cancel_import,
    refuse_if_busy,
    take_import,
)
from requite.office.intake.status import Kind, Status
from requite.office.intake.upload import BadUpload, unpack
from requite.office.intake.watch import look
from requite.office.intake.worker import run_next, sweep
from requite.office.people.models import Provider

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).resolve().parents[2] / "golden"
STORY, QUIET = GOLDEN / "duplicate-payment-two-traces", GOLDEN / "quiet-ordinary-accounts"
LATE = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Iterator[None]) -> None:
    settings.DATA_DIR = tmp_path / "data"  # type: ignore[attr-defined]


@pytest.fixture(name="alder")
def _alder() -> Provider:
    return a_provider()


def asked(provider: Provider, feed: Path = STORY / "feed", as_of: date = DAY) -> Import:
    return ask_import(provider, Ask(feed, as_of), actor=None, at=NOW)


def worked() -> bool:
    return run_next("w1", take_in, lambda: NOW)


def ended(made: Import) -> Import:
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    "as_of", [DAY + timedelta(days=1), date(9999, 12, 31), date(1999, 12, 31), date.min]
)
def test_a_feed_of_a_day_that_cannot_be_is_refused(alder: Provider, as_of: date) -> None:
    with pytest.raises(BadDay, match="2000-01-01 to 2026-11-26"):
        asked(alder, as_of=as_of)
    assert not Import.objects.exists()


def test_a_feed_of_a_day_before_the_last_is_refused(alder: Provider) -> None:
    asked(alder)
    worked()
    with pytest.raises(BadDay, match="from 2026-11-26 to 2026-11-26"):
        asked(alder, QUIET / "feed", DAY - timedelta(days=1))


def test_an_old_feed_does_not_pass_as_a_new_one(alder: Provider) -> None:
    asked(alder)
    worked()
    asked(alder, QUIET / "feed")
    worked()
    with pytest.raises(SameFeed, match="import 1"):
        asked(alder)
    ask_undo(alder, 2, actor=a_member(alder), at=NOW)
    worked()
    assert asked(alder, QUIET / "feed").number == 4  # what was undone may be given again


def test_a_feed_that_changes_while_it_waits_is_refused(alder: Provider, tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    shutil.copytree(STORY / "feed", feed)
    made = asked(alder, feed)
    with (feed / "accounts.csv").open("a") as file:
        file.write("\n")
    assert worked()
    assert (ended(made).status, Case.objects.count()) == (Status.REFUSED, 0)
    assert "changed after it was asked for" in made.problem


def test_the_ledger_before_stands_after_an_import_that_is_refused_late(alder: Provider) -> None:
    asked(alder)
    worked()
    first = last_done(alder)
    assert first is not None

    def refuse(*_: object) -> dict[str, int]:
        raise BadUpload("the cases do not bear it")

    made = asked(alder, QUIET / "feed")
    assert run_next("w1", refuse, lambda: NOW)
    assert ended(made).status == Status.REFUSED
    assert Store(folders.store(alder)).current().manifest.snapshot == first.snapshot
    assert standing(alder).manifest.snapshot == first.snapshot


def test_an_import_begins_on_the_ledger_that_stands(alder: Provider) -> None:
    asked(alder)
    worked()
    first = last_done(alder)

    def die(*_: object) -> dict[str, int]:
        raise OperationalError

    asked(alder, QUIET / "feed")
    with pytest.raises(OperationalError):
        run_next("w1", die, lambda: NOW)
    assert first is not None
    assert standing(alder).manifest.snapshot == first.snapshot
    assert run_next("w2", take_in, lambda: LATE)
    assert Import.objects.get(number=2).previous_snapshot == first.snapshot


def test_without_an_import_no_ledger_stands(alder: Provider) -> None:
    with pytest.raises(NoSnapshot):
        standing(alder)


def test_a_ledger_in_use_is_waited_for(alder: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise StoreBusy(Path("ledger"))

    made = asked(alder)
    monkeypatch.setattr("requite.office.intake.worker.import_feed", busy)
    assert worked()
    assert ended(made).status == Status.WAITING
    assert Event.objects.filter(name="import.released").count() == 1
    assert not worked()  # it rests: its attempts are not used up in a moment
    monkeypatch.undo()
    assert run_next("w1", take_in, lambda: LATE)
    assert (ended(made).status, made.attempts) == (Status.DONE, 2)


def test_a_worker_whose_import_was_taken_over_goes_on_living(
    alder: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = asked(alder)

    def lose(*_: object, **__: object) -> None:
        Import.objects.filter(pk=made.pk).update(attempts=2, worker="w2")
        raise BadUpload("refused at a time when another has it")

    monkeypatch.setattr("requite.office.intake.worker.import_feed", lose)
    assert worked()
    assert (ended(made).status, made.worker) == (Status.RUNNING, "w2")


def test_an_import_that_no_worker_survives_is_given_up(alder: Provider) -> None:
    made, at = asked(alder), NOW
    for _ in range(MOST_ATTEMPTS):
        assert take_import("w1", at=at) is not None
        at += LEASE + timedelta(seconds=1)
    assert take_import("w1", at=at) is None
    assert ended(made).status == Status.FAILED
    assert "5 times" in made.problem
    assert asked(alder, QUIET / "feed").number == 2


@pytest.mark.parametrize("runs", [False, True], ids=["waiting", "running"])
def test_an_import_can_be_cancelled(
    alder: Provider, monkeypatch: pytest.MonkeyPatch, *, runs: bool
) -> None:
    boss, made = a_member(alder), asked(alder)

    def cancel(*args: Any, **named: Any) -> Any:
        cancel_import(alder, 1, actor=boss, at=NOW)
        return import_feed(*args, **named)

    if runs:
        monkeypatch.setattr("requite.office.intake.worker.import_feed", cancel)
        assert worked()
    else:
        cancel_import(alder, 1, actor=boss, at=NOW)
        assert not worked()
    assert (ended(made).status, Case.objects.count()) == (Status.CANCELLED, 0)
    assert Event.objects.get(name="import.cancelled").actor == boss
    with pytest.raises(NothingToCancel):
        cancel_import(alder, 1, actor=boss, at=NOW)


def watched(tmp_path: Path, name: str = "monday", words: str = "") -> Path:
    feed = tmp_path / "watched" / "alder" / name
    shutil.copytree(STORY / "feed", feed)
    (feed / "READY").write_text(words)
    return feed


def test_a_watched_feed_waits_while_another_import_is_under_way(
    alder: Provider, tmp_path: Path
) -> None:
    asked(alder, QUIET / "feed")
    feed = watched(tmp_path)
    assert look(tmp_path / "watched", on=DAY, at=NOW) == []
    assert (feed / "READY").exists()
    worked()
    (queued,) = look(tmp_path / "watched", on=DAY, at=NOW)
    assert worked()
    assert ended(queued).status == Status.DONE


def test_a_watched_feed_says_what_it_brings(alder: Provider, tmp_path: Path) -> None:
    asked(alder, QUIET / "feed")
    worked()
    watched(tmp_path, words="changes\n")
    (queued,) = look(tmp_path / "watched", on=DAY, at=NOW)
    assert (queued.provider, queued.kind) == (alder, Kind.CHANGES)


@pytest.mark.usefixtures("alder")
def test_a_watched_feed_that_says_something_else_is_refused(tmp_path: Path) -> None:
    feed = watched(tmp_path, words="yes please")
    assert look(tmp_path / "watched", on=DAY, at=NOW) == []
    assert "`changes`" in (feed / "REFUSED").read_text()
    assert not (feed / "READY").exists()


def test_a_feed_that_cannot_be_read_does_not_keep_others_out(
    alder: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = watched(tmp_path, "a"), watched(tmp_path, "b")
    read = folders.feed_digest

    def digest(feed: Path) -> str:
        if feed.name == "a":
            raise PermissionError(13, "not yours", "secret name")
        return read(feed)

    monkeypatch.setattr(folders, "feed_digest", digest)
    (queued,) = look(tmp_path / "watched", on=DAY, at=NOW)
    assert (queued.provider, Path(queued.source)) == (alder, good.resolve())
    assert (bad / "REFUSED").read_text().startswith("The feed cannot be read.")


def packed(story: Path) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for file in (story / "feed").rglob("*"):
            archive.write(file, file.relative_to(story / "feed"))
    content.seek(0)
    return content


def test_an_upload_is_removed_once_its_import_is_over(
    alder: Provider, django_capture_on_commit_callbacks: Any
) -> None:
    for story, status in ((STORY, Status.DONE), (QUIET, Status.REFUSED)):
        feed = unpack(alder, packed(story), most_bytes=10**7)
        made = asked(alder, feed)
        if status == Status.REFUSED:
            (feed / "accounts.csv").write_text("no\n")
        with django_capture_on_commit_callbacks(execute=True):
            assert worked()
        assert ended(made).status == status
        assert not feed.exists()
    assert folders.uploads(alder).is_dir()


def test_what_lies_elsewhere_is_not_removed(alder: Provider, tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    shutil.copytree(STORY / "feed", feed)
    asked(alder, feed)
    worked()
    assert feed.is_dir()


def test_an_office_that_is_busy_says_so_before_it_unpacks(alder: Provider) -> None:
    refuse_if_busy(alder)
    asked(alder)
    with pytest.raises(ImportBusy):
        refuse_if_busy(alder)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_zip_that_is_damaged_is_refused_in_words(alder: Provider, method: int) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        archive.writestr("charges.csv", b"charge_id,account_id\n" * 500)
    data = bytearray(content.getvalue())
    for place in range(60, 90):
        data[place] ^= 0xFF
    with pytest.raises(BadUpload):
        unpack(alder, io.BytesIO(bytes(data)), most_bytes=10**7)
    assert not list(folders.uploads(alder).iterdir())


def test_a_whole_feed_comes_in_though_the_ledger_before_is_lost(alder: Provider) -> None:
    asked(alder)
    worked()
    shutil.rmtree(folders.store(alder))
    made = asked(alder, QUIET / "feed")
    assert worked()
    assert ended(made).status == Status.DONE


@pytest.mark.parametrize("end", ["cancelled", "given up"])
def test_an_upload_is_removed_however_its_import_ends(
    alder: Provider, end: str, django_capture_on_commit_callbacks: Any
) -> None:
    feed = unpack(alder, packed(STORY), most_bytes=10**7)
    made = asked(alder, feed)
    with django_capture_on_commit_callbacks(execute=True):
        if end == "cancelled":
            cancel_import(alder, made.number, actor=a_member(alder), at=NOW)
        else:
            Import.objects.update(attempts=MOST_ATTEMPTS)
            assert take_import("w1", at=NOW) is None
    assert ended(made).status in {Status.CANCELLED, Status.FAILED}
    assert not feed.exists()


def test_an_upload_that_a_killed_worker_left_is_swept(alder: Provider) -> None:
    waiting = unpack(alder, packed(STORY), most_bytes=10**7)
    left = unpack(alder, packed(STORY), most_bytes=10**7)
    asked(alder, waiting)
    Import.objects.create(
        provider=alder, number=7, source=str(left), digest="d", as_of=DAY, asked_at=NOW,
        status=Status.DONE,
    )  # fmt: skip
    sweep()
    assert (left.exists(), waiting.exists()) == (False, True)


def test_a_worker_whose_feed_was_cancelled_away_goes_on_quietly(
    alder: Provider, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    feed = unpack(alder, packed(STORY), most_bytes=10**7)
    made = asked(alder, feed)

    def cancel(*args: Any, **named: Any) -> Any:
        cancel_import(alder, 1, actor=a_member(alder), at=NOW)
        shutil.rmtree(feed)
        return import_feed(*args, **named)

    monkeypatch.setattr("requite.office.intake.worker.import_feed", cancel)
    assert worked()
    assert ended(made).status == Status.CANCELLED
    assert "import failed" not in caplog.text


def test_changes_need_a_ledger_that_they_are_laid_over(alder: Provider) -> None:
    def refuse(*_: object) -> dict[str, int]:
        raise BadUpload("the cases do not bear it")

    asked(alder)
    assert run_next("w1", refuse, lambda: NOW)  # its ledger is published, and does not stand
    ask = Ask(QUIET / "feed", DAY, Kind.CHANGES)
    with pytest.raises(NoLedger, match="whole ledger first"):
        ask_import(alder, ask, actor=None, at=NOW)


def test_changes_are_not_laid_over_another_ledger_where_theirs_is_lost(alder: Provider) -> None:
    asked(alder)
    worked()
    first = last_done(alder)
    assert first is not None
    shutil.rmtree(folders.store(alder))
    made = ask_import(alder, Ask(QUIET / "feed", DAY, Kind.CHANGES), actor=None, at=NOW)
    assert worked()
    assert (ended(made).status, last_done(alder)) == (Status.REFUSED, first)
