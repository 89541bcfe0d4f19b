"""What goes into a backup, and which backups are put back."""

import fcntl
import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection

from requite.cli import backup, restore
from requite.cli.backup_manifest import (
    DATABASES,
    BadBackup,
    Copied,
    Manifest,
    copy,
    fingerprint,
    verify,
)
from requite.cli.database_copy import is_empty
from requite.cli.main import main


def a_backup(folder: Path, key: str = "k" * 60) -> Manifest:
    """A backup of one ledger and one key, with a database that is none."""
    source = folder.parent / "source"
    source.write_bytes(b"rows")
    ledger = copy(source, folder, "files/providers/alder/store/files/charges.parquet")
    source.write_bytes(key.encode())
    kept = copy(source, folder.with_name("b.keys"), "secret_key")
    source.write_bytes(b"no database")
    database = copy(source, folder, DATABASES[connection.vendor])
    made = Manifest(
        "2026-11-30T09:00:00+00:00", connection.vendor, ("intake.0001_initial",),
        fingerprint(key), (ledger, database), (kept,),
    )  # fmt: skip
    made.write(folder)
    return made


@pytest.fixture(name="made")
def _made(tmp_path: Path) -> Path:
    folder = tmp_path / "b"
    a_backup(folder)
    return folder


def test_a_backup_that_is_whole_is_read_and_verified(made: Path) -> None:
    read = Manifest.read(made)
    verify(made, read.files)
    restore._verify_keys(read, made.with_name("b.keys"))
    restore._refuse_newer(read)


def without_manifest(made: Path) -> None:
    (made / "manifest.json").unlink()


def a_link_without_end(made: Path) -> None:
    (made / "manifest.json").unlink()
    (made / "manifest.json").symlink_to("/dev/zero")


def nested_without_end(made: Path) -> None:
    (made / "manifest.json").write_text("[" * 200_000)


def changed(**values: object) -> Callable[[Path], None]:
    def change(made: Path) -> None:
        path = made / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | values))

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (without_manifest, "is not opened: it is not there"),
        (a_link_without_end, "is not opened: it is a link"),
        (nested_without_end, "holds no manifest.json"),
        (changed(files=[{"path": "x"}]), "holds no manifest.json"),
        (changed(made_at="Monday"), "holds no manifest.json"),
        (changed(database="oracle"), "was changed"),
        (changed(format=2, version="9.1"), r"made by Requite 9\.1, which is newer"),
        (changed(files=[{"path": "../x", "size": 1, "sha256": ""}]), "was changed"),
        (changed(keys=[{"path": "/etc/x", "size": 1, "sha256": ""}]), "was changed"),
        (changed(files=[{"path": 5, "size": 1, "sha256": ""}]), "was changed"),
        (changed(files=[]), f"names no {DATABASES[connection.vendor]}"),
    ],
)
def test_a_manifest_that_cannot_be_followed_is_refused(
    made: Path, change: Callable[[Path], None], problem: str
) -> None:
    change(made)
    with pytest.raises(BadBackup, match=problem):
        Manifest.read(made)


def test_a_backup_with_tables_of_a_later_version_is_refused(made: Path) -> None:
    changed(migrations=["intake.0001_initial", "intake.9999_later"], version="9.1")(made)
    with pytest.raises(BadBackup, match=r"Requite 9\.1, which is newer than this one"):
        restore._refuse_newer(Manifest.read(made))


def test_a_backup_with_tables_of_an_app_that_is_no_more_is_taken(made: Path) -> None:
    changed(migrations=["intake.0001_initial", "axes.0001_initial"])(made)
    restore._refuse_newer(Manifest.read(made))


@pytest.mark.parametrize("harm", ["bit", "length", "gone", "link", "link above"])
def test_a_file_that_is_not_what_was_copied_is_named(made: Path, harm: str) -> None:
    ledger = next((made / "files").rglob("*.parquet"))
    if harm in {"gone", "link"}:
        ledger.unlink()
    if harm == "link":
        ledger.symlink_to("/etc/hostname")
    if harm == "link above":
        moved = ledger.parent.rename(made / "moved")
        ledger.parent.symlink_to(moved)
    if harm in {"bit", "length"}:
        ledger.write_bytes(b"rowz" if harm == "bit" else b"row")
    with pytest.raises(BadBackup, match=r"charges\.parquet (is missing|in \S+ is not what was)"):
        verify(made, Manifest.read(made).files)


def test_keys_that_are_missing_or_others_are_refused(made: Path, tmp_path: Path) -> None:
    read = Manifest.read(made)
    with pytest.raises(BadBackup, match="its keys are not in"):
        restore._verify_keys(read, tmp_path / "nowhere")
    (tmp_path / "b.keys" / "secret_key").write_text("j" * 60)
    with pytest.raises(BadBackup, match=r"secret_key in \S+ is not what.*--keys"):
        restore._verify_keys(read, tmp_path / "b.keys")


def test_an_office_that_was_put_back_says_when_it_was_and_what_it_lacks(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("open_office", "_refuse_full", "_refuse_unreadable", "_put_back"):
        monkeypatch.setattr(f"requite.cli.restore.{name}", lambda *_: None)
    whole = CliRunner().invoke(main, ["restore", str(made)])
    keyless = CliRunner().invoke(main, ["restore", str(made), "--without-keys"])
    assert (whole.exit_code, keyless.exit_code) == (0, 0), whole.output + keyless.output
    assert "the office as of 2026-11-30 09:00 UTC" in whole.stderr
    assert "audit.key" not in whole.stderr
    assert "Without audit.key it records nothing" in keyless.stderr


def test_a_backup_that_cannot_be_written_names_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("requite.cli.backup.open_prepared_office", lambda: None)
    (tmp_path / "file").touch()
    refused = CliRunner().invoke(main, ["backup", str(tmp_path / "file" / "b")])
    assert refused.exit_code == 1
    assert f"into {tmp_path / 'file' / 'b'} failed: Not a directory" in refused.stderr
    assert "name another folder" in refused.stderr


def test_a_key_that_is_set_by_hand_has_to_be_that_of_the_backup(tmp_path: Path) -> None:
    bare = Manifest("", "sqlite", (), fingerprint("another"), ())
    with pytest.raises(BadBackup, match="another one"):
        restore._verify_keys(bare, tmp_path)
    restore._verify_keys(Manifest("", "sqlite", (), fingerprint(settings.SECRET_KEY), ()), tmp_path)


@pytest.mark.django_db
def test_an_office_that_holds_anything_is_never_replaced(made: Path, tmp_path: Path) -> None:
    assert not is_empty()
    with pytest.raises(click.ClickException, match="The database is not empty"):
        restore._refuse_full(Manifest.read(made), tmp_path)
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    listed = [{"path": DATABASES[other], "size": 1, "sha256": ""}]
    changed(database=other, files=listed)(made)
    with pytest.raises(BadBackup, match=f"it is of {other}"):
        restore._refuse_full(Manifest.read(made), tmp_path)


def test_a_data_folder_that_holds_an_office_is_never_written_into(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("requite.cli.database_copy.is_empty", lambda: True)
    (tmp_path / "data" / "providers").mkdir(parents=True)
    with pytest.raises(click.ClickException, match="holds an office"):
        restore._refuse_full(Manifest.read(made), tmp_path / "data")
    (tmp_path / "data" / "restoring").touch()  # of a restore that broke off: it is done again
    restore._refuse_full(Manifest.read(made), tmp_path / "data")


def test_a_backup_goes_neither_over_another_nor_into_what_it_copies(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    backup._refuse_place(tmp_path / "old", tmp_path / "data")
    (tmp_path / "old" / "manifest.json").touch()
    with pytest.raises(click.ClickException, match="is there already"):
        backup._refuse_place(tmp_path / "old", tmp_path / "data")
    with pytest.raises(click.ClickException, match="lies in the data folder"):
        backup._refuse_place(tmp_path / "data" / "b", tmp_path / "data")


def test_a_backup_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def break_off() -> None:
        with backup._built(tmp_path / "b") as part:
            (part / "half").touch()
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        break_off()
    assert list(tmp_path.iterdir()) == []


def test_what_is_made_anew_or_is_a_key_is_not_among_the_files(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in (
        "anchors",
        "store/current",
        "store/lock",
        "store/incoming-x/a",
        "a.new",
        "uploads/extract-7/patients.csv",
        "static/app.css",
        "secret_key",
        "audit.key",
    ):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).touch()  # fmt: skip
    leaving = (*backup.KEYS, *backup.PASSING)
    found = [file.path for file in backup._copied(data, tmp_path / "b", leaving)]
    assert found == ["files/anchors", "files/store/current"]


def test_what_is_added_to_under_a_lock_is_held_still_while_the_database_is_copied(
    tmp_path: Path,
) -> None:
    anchors, database = tmp_path / "anchors.jsonl", tmp_path / "requite.sqlite3"
    for path in (anchors, database):
        path.touch()

    def add_to(path: Path) -> None:
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    with backup._held_still(tmp_path, ("requite.sqlite3*",)):
        with pytest.raises(BlockingIOError):
            add_to(anchors)
        add_to(database)
    add_to(anchors)


def test_an_upload_that_its_import_removes_meanwhile_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    for name in ("alder/uploads/feed-1/charges.csv", "alder/attachments/ab/abcd"):
        (data / name).parent.mkdir(parents=True)
        (data / name).touch()

    def gone(source: Path, root: Path, path: str) -> Copied:
        if source.is_relative_to(data / "alder" / gone_folder):
            raise FileNotFoundError(2, "gone", str(source))
        return copy(source, root, path)

    monkeypatch.setattr(backup, "copy", gone)
    gone_folder = "uploads"
    found = [file.path for file in backup._copied(data, tmp_path / "b", ())]
    assert found == ["files/alder/attachments/ab/abcd"]
    gone_folder = "attachments"  # which the database speaks of
    with pytest.raises(FileNotFoundError):
        list(backup._copied(data, tmp_path / "b", ()))
