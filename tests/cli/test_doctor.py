"""`requite doctor`: each thing that the office rests on, whole and broken."""

import errno
import io
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from click.testing import CliRunner
from django.conf import settings
from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.db.migrations.recorder import MigrationRecorder

from office_builders import DAY, NOW, a_case, a_member, a_provider
from requite.cli import doctor, office
from requite.cli.main import COMMANDS, main
from requite.cli.private import close_to_others, open_to_others
from requite.domain.errors import RequiteError
from requite.office.cases.arrival import take_in
from requite.office.cases.attachments import attach
from requite.office.intake import folders, living
from requite.office.intake.models import Import
from requite.office.intake.services import Ask, ask_import, take_import
from requite.office.intake.status import Status
from requite.office.intake.worker import run_next
from requite.office.people.models import Provider

pytestmark = pytest.mark.django_db
STORY = Path(__file__).resolve().parents[1] / "golden" / "duplicate-payment-two-traces"


class KeyGone(RequiteError):
    def __init__(self) -> None:
        super().__init__("The key is gone.", remedy="Put it back.")


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Iterator[None]) -> None:
    settings.DATA_DIR = tmp_path / "data"  # type: ignore[attr-defined]


@pytest.fixture(name="alder")
def _alder() -> Provider:
    return a_provider()


def imported(provider: Provider) -> Import:
    made = ask_import(provider, Ask(STORY / "feed", DAY), actor=None, at=NOW)
    assert run_next("w1", take_in, lambda: NOW)
    return made


@pytest.mark.parametrize("harm", ["changed", "cut", "gone", "manifest", "all"])
def test_a_ledger_that_is_not_what_was_imported_is_named(alder: Provider, harm: str) -> None:
    imported(alder)
    assert doctor._ledgers() == ""
    file = min(folders.store(alder).rglob("*.parquet"))
    content = file.read_bytes()
    if harm in {"changed", "cut"}:
        file.write_bytes(bytes([content[0] ^ 1]) + content[1:] if harm == "changed" else b"")
    elif harm == "gone":
        file.unlink()
    elif harm == "manifest":
        for path in folders.store(alder).glob("snapshots/*.json"):
            path.write_text("{}")
    else:
        folders.store(alder).rename(folders.home(alder) / "elsewhere")
    assert doctor._ledgers().startswith("alder: ")


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_document_that_is_not_what_was_attached_is_named(alder: Provider, harm: str) -> None:
    case, mira = a_case(alder), a_member(alder)
    for text in (b"Dear Sir", b"Dear Madam"):
        made = attach(case, "letter.txt", io.BytesIO(text), actor=mira, at=NOW)
    assert doctor._documents() == ""
    path = folders.home(alder) / "attachments" / made.digest[:2] / made.digest
    path.write_bytes(b"Dear Thief") if harm == "changed" else path.unlink()
    assert doctor._documents().startswith(f"1 are gone or changed (alder, {case.label})")


def test_a_key_that_does_not_open_what_is_sealed_is_told(alder: Provider, settings: object) -> None:
    mira = a_member(alder)
    TOTP.activate(mira, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(mira)
    assert doctor._sealed() == ""
    settings.SECRET_KEY = "x" * 60  # type: ignore[attr-defined]
    assert doctor._sealed().startswith("2 second factors are not opened by this key.")


def test_a_changed_audit_trail_is_told(alder: Provider) -> None:
    assert doctor._audit() == ""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_chain SET length = 7 WHERE name = %s", [alder.slug])
    assert "events are missing at the end" in doctor._audit()


def test_an_import_that_is_parked_or_lost_its_worker_is_told(alder: Provider) -> None:
    ask_import(alder, Ask(STORY / "feed", DAY), actor=None, at=NOW)
    assert doctor._imports() == ""
    with living.signed_on(Path(settings.DATA_DIR)) as signed:
        assert take_import(signed.name, at=NOW) is not None
        assert doctor._imports() == ""
    assert doctor._imports().startswith("Import 1 of alder has lost its worker")
    Import.objects.update(status=Status.PARKED)
    assert doctor._imports() == "Import 1 of alder is parked: bring the feed in again."
    imported(alder)
    assert doctor._imports() == ""


def test_a_worker_lives_by_its_process_and_not_by_what_was_written_down(tmp_path: Path) -> None:
    assert doctor._worker().startswith("none lives")
    data = Path(settings.DATA_DIR)
    with living.signed_on(data):
        assert doctor._worker() == ""
    (data / living.FOLDER / f"host-1-{living.machine()}-0123abcd").write_text("9")
    assert doctor._worker().startswith("none lives")


@pytest.mark.parametrize("lives", [True, False], ids=["lives", "gone"])
def test_a_worker_of_another_machine_lives_while_it_goes_on_giving_signs(
    monkeypatch: pytest.MonkeyPatch, *, lives: bool
) -> None:
    sign = Path(settings.DATA_DIR) / living.FOLDER / "host-1-0123456789ab-0123abcd"
    sign.parent.mkdir(parents=True)
    sign.write_text("1")
    monkeypatch.setattr(doctor, "BEAT_SECONDS", 1.2)
    if lives:
        threading.Timer(0.2, sign.write_text, ["2"]).start()
    assert bool(doctor._worker()) is not lives


@pytest.mark.parametrize(
    "why", [KeyGone(), DatabaseError("no such table"), PermissionError(13, "no")]
)
def test_what_cannot_be_looked_at_is_not_in_order(
    why: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> str:
        raise why

    assert doctor._run((("Audit trail", fail), ("Disk", lambda: ""))) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(("Audit trail      The key is gone", "Audit trail      cannot be"))
    assert second == "Disk             in order"


def test_what_others_may_read_is_found_and_closed(tmp_path: Path) -> None:
    data, watched = tmp_path / "data", tmp_path / "data" / "watched"
    for path in (data / "a" / "b", watched / "alder" / "c"):
        path.parent.mkdir(parents=True)
        path.touch()
    (data / "link").symlink_to(tmp_path)
    for path in (data, data / "a", data / "a" / "b", watched, watched / "alder" / "c"):
        path.chmod(0o755)
    found = list(open_to_others(data, tmp_path / "none", leaving=watched))
    assert found == [data, data / "a", data / "a" / "b"]
    close_to_others(found)
    assert [path.stat().st_mode & 0o777 for path in found] == [0o700, 0o700, 0o600]
    assert list(open_to_others(data, leaving=watched)) == []


def test_open_files_are_told_and_the_doctor_closes_them_when_told_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = Path(settings.DATA_DIR)
    data.mkdir()
    data.chmod(0o755)
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(data / "requite.sqlite3"))
    monkeypatch.setattr(doctor, "BEFORE", ())
    monkeypatch.setattr(doctor, "AFTER", ())
    monkeypatch.setattr(doctor, "BESIDE", (("Permissions", doctor._permissions),))
    told = CliRunner().invoke(main, ["doctor"])
    assert (told.exit_code, "1 folders and files are open" in told.output) == (1, True)
    told = CliRunner().invoke(main, ["doctor", "--fix"])
    assert (told.exit_code, told.output) == (0, "Permissions      in order\n")


def test_what_a_command_writes_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        CliRunner().invoke(main, ["rules"])
        (tmp_path / "made").touch()
    finally:
        os.umask(before)
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o600


OPENS = {
    "serve": [], "migrate": [], "worker": ["--once"], "digest": [], "audit": ["verify"],
    "people": ["add-provider", "x", "X"], "backup": ["b"],
    "import": ["feed", "--provider", "alder"], "doctor": [],
}  # fmt: skip


@pytest.mark.enable_socket
@pytest.mark.parametrize("command", OPENS)
def test_a_database_of_a_newer_version_is_told_in_a_sentence(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feed").mkdir()
    MigrationRecorder(connection).record_applied("intake", "9999_later")
    monkeypatch.setattr("requite.cli.serve.is_free", lambda *_: True)
    told = CliRunner().invoke(main, [command, *OPENS[command]])
    assert told.exit_code == 1
    assert isinstance(told.exception, SystemExit)
    assert "made by a newer version of Requite (intake.9999_later is not known to" in told.output


@pytest.mark.enable_socket
@pytest.mark.parametrize("command", sorted(set(OPENS) - {"doctor"}))
def test_a_full_disk_is_told_as_that_and_not_as_a_database_away(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> office.Shape:
        raise OperationalError("database or disk is full")

    monkeypatch.chdir(tmp_path)
    (tmp_path / "feed").mkdir()
    monkeypatch.setattr(office, "shape", full)
    monkeypatch.setattr("requite.cli.serve.is_free", lambda *_: True)
    told = CliRunner().invoke(main, [command, *OPENS[command]])
    assert told.exit_code == 1
    assert told.output.endswith(f"Error: {office.FULL}\n")


def test_a_disk_that_fills_up_in_the_middle_is_told_without_a_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fills(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("requite.office.audit.anchors.anchor_heads", fills)
    told = CliRunner().invoke(main, ["audit", "anchor"])
    assert (told.exit_code, told.output) == (1, f"Error: {office.FULL}\n")


def test_a_database_that_only_tells_of_a_fault_is_beside_a_full_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(settings.DATA_DIR).mkdir(exist_ok=True)
    fault = OperationalError("disk I/O error")
    assert office.no_answer(fault).message == office.AWAY
    monkeypatch.setattr(office, "disk_usage", lambda _: SimpleNamespace(free=0))
    beside = connection.vendor == "sqlite"
    assert office.no_answer(fault).message == (office.FULL if beside else office.AWAY)


def test_what_an_app_of_an_earlier_version_left_makes_a_database_no_newer() -> None:
    MigrationRecorder(connection).record_applied("axes", "0001_initial")
    assert doctor._migrations() == ""


def test_every_command_that_opens_the_office_is_asked() -> None:
    source = Path(doctor.__file__).parent
    opens = re.compile(r"open_(prepared_)?office\(\)|cls=OfficeGroup")
    files = [path.stem for path in source.glob("*.py") if opens.search(path.read_text())]
    named = {"intake": {"import", "worker"}, "serve": {"serve", "migrate"}, "office": set()}
    opening = set().union(*(named.get(stem, {stem}) for stem in files)) & set(COMMANDS)
    # The demo opens as `serve` does; a restore wants an empty database.
    assert opening - {"demo", "restore"} == set(OPENS)


def test_what_rests_on_tables_is_not_looked_at_before_they_are_there() -> None:
    MigrationRecorder(connection).record_applied("intake", "9999_later")
    told = CliRunner().invoke(main, ["doctor"])
    lines = dict(line.split(maxsplit=1) for line in told.output.splitlines())
    assert lines["Ledgers"].startswith("not looked at")
    assert lines["Disk"] == "in order"


def test_a_database_that_cannot_be_migrated_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ProgrammingError('table "people_user" already exists\nDETAIL: of somebody')

    monkeypatch.setattr("django.core.management.call_command", fail)
    told = CliRunner().invoke(main, ["migrate"])
    assert (told.exit_code, isinstance(told.exception, SystemExit)) == (1, True)
    assert '(table "people_user" already exists)' in told.output
    assert "DETAIL" not in told.output
