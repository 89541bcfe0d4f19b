"""A watched folder in which somebody laid links: told of, not gone into, not written through."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from brought_files import STORY, Scene, a_scene
from office_builders import DAY, NOW
from requite.office.audit.models import Event
from requite.office.intake.watch import look

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(name="scene")
def _scene(tmp_path: Path, settings: Any) -> Scene:
    settings.DATA_DIR = tmp_path / "data"
    return a_scene(tmp_path)


@pytest.mark.parametrize("which", ["feed", "provider"])
def test_a_watched_feed_that_is_a_link_is_told_of_once_and_left_alone(
    scene: Scene, which: str
) -> None:
    watched, elsewhere = scene.folder / "watched", scene.folder / "birch"
    shutil.copytree(STORY / "feed", elsewhere / "monday")
    (elsewhere / "monday" / "READY").touch()
    if which == "feed":
        (watched / "alder").mkdir(parents=True)
        link, told = watched / "alder" / "monday", watched / "alder" / "monday.REFUSED"
        link.symlink_to(elsewhere / "monday")
    else:
        watched.mkdir()
        link, told = watched / "alder", watched / "alder.REFUSED"
        link.symlink_to(elsewhere)
    for _ in range(2):
        assert look(watched, on=DAY, at=NOW) == []
    assert "is a link" in told.read_text()
    assert (elsewhere / "monday" / "READY").exists()
    assert not list(elsewhere.rglob("*REFUSED"))
    (event,) = Event.objects.filter(name="file.refused")
    assert (event.chain.provider, event.subject) == (scene.provider, "watched folder")
    link.unlink()


def test_what_is_told_of_a_refused_feed_is_never_written_through_a_link(scene: Scene) -> None:
    feed = scene.folder / "watched" / "alder" / "monday"
    shutil.copytree(STORY / "feed", feed)
    (feed / "READY").write_text("yes please")
    (feed / "REFUSED").symlink_to(scene.secret)
    before = scene.secret.read_bytes()
    look(scene.folder / "watched", on=DAY, at=NOW)
    assert scene.secret.read_bytes() == before
    assert "READY says" in (feed / "REFUSED").read_text()


def test_a_sign_that_cannot_be_taken_away_is_told_of_once_until_it_changes(scene: Scene) -> None:
    feed = scene.folder / "watched" / "alder" / "monday"
    shutil.copytree(STORY / "feed", feed)
    (feed / "READY").mkdir()
    refused = Event.objects.filter(name="file.refused")
    for _ in range(3):
        assert look(scene.folder / "watched", on=DAY, at=NOW) == []
    assert refused.count() == 1
    assert "READY is not opened: it is a folder" in (feed / "REFUSED").read_text()
    (feed / "READY").rmdir()
    (feed / "READY").touch()
    (made,) = look(scene.folder / "watched", on=DAY, at=NOW)
    assert made.provider == scene.provider
