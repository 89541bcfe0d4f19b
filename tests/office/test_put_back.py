"""An office backed up while people work, wiped, and put back."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from own_office import MAIN, OwnOffice, kill, own_database

pytestmark = [pytest.mark.machine, pytest.mark.enable_socket, pytest.mark.xdist_group("killed")]
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
STORY, NEXT = GOLDEN / "four-causes-on-one-account", GOLDEN / "quiet-ordinary-accounts"
DAY = (STORY / "as_of.txt").read_text().strip()
PATIENCE_SECONDS = 90
# A provider with its ledger, a user with a second factor under seal.
FURNISH = f"""
from datetime import date
from pathlib import Path
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from requite.cli.intake import working
from requite.office.intake.services import Ask, ask_import
from requite.office.people.queries import user_of
from requite.office.people.role import Role
from requite.office.people.services import NewMember, add_member, add_provider
at = timezone.now()
alder = add_provider("alder", "Alder Creek", state="TX", actor=None, at=at)
word = "a long enough sentence"
mira = add_member(alder, NewMember("mira", word, Role.SPECIALIST), actor=None, at=at)
TOTP.activate(mira, "JBSWY3DPEHPK3PXP")
ask = Ask(Path({str(STORY / "feed")!r}), date.fromisoformat({DAY!r}))
ask_import(alder, ask, actor=None, at=at)
with working() as worker:
    worker.work_once()
"""
# Somebody who writes a note and attaches a document again and again.
WRITE = """
import io, itertools, pathlib, sys
import django; django.setup()
from django.utils import timezone
from requite.office.cases.attachments import attach
from requite.office.cases.models import Case
from requite.office.cases.services import add_note
from requite.office.people.queries import user_of
mira, case = user_of("mira"), Case.objects.first()
for number in itertools.count(1):
    text = f"Note {number}"
    add_note(case.provider, case.number, text, actor=mira, at=timezone.now())
    attach(case, "n.txt", io.BytesIO(text.encode()), actor=mira, at=timezone.now())
    if number == 5:
        pathlib.Path(sys.argv[1]).touch()
"""
COUNT = """
from requite.office.cases.models import Attachment, Note
print(Note.objects.count(), Attachment.objects.count())
"""


def told(office: OwnOffice, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MAIN, *words], env=office.environ, capture_output=True, text=True, check=False
    )


def test_an_office_backed_up_under_writes_and_wiped_is_whole_again(tmp_path: Path) -> None:
    office = OwnOffice(tmp_path)
    office.environ["REQUITE_HTTPS"] = "true"
    office.ask(FURNISH)
    sign, made = tmp_path / "five", tmp_path / "backups" / "monday"
    writer = subprocess.Popen([sys.executable, "-c", WRITE, str(sign)], env=office.environ)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not sign.exists():
            assert (writer.poll(), time.monotonic() < until) == (None, True)
            time.sleep(0.05)
        office.run("backup", str(made))
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()

    listed = json.loads((made / "manifest.json").read_text())["files"]
    kept = {path.name for path in made.with_name("monday.keys").iterdir()}
    assert "secret_key" in kept
    assert not kept & {Path(each["path"]).name for each in listed}
    shutil.rmtree(office.environ["REQUITE_DATA_DIR"])
    office.environ |= own_database(tmp_path / "again")

    office.run("restore", str(made))
    notes, documents = map(int, office.ask(COUNT).split())
    assert notes >= 5
    assert documents in {notes, notes - 1}
    assert "unchanged" in office.run("audit", "verify")
    worker = office.start("worker")
    try:
        office.run("import", str(NEXT / "feed"), "--provider", "alder", "--as-of", DAY)
        report = told(office, "doctor")
    finally:
        kill(worker)
    assert (report.returncode, report.stderr) == (0, ""), report.stdout
    assert {line.split("  ")[-1].strip() for line in report.stdout.splitlines()} == {"in order"}
