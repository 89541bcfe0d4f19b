"""A worker that is told to end does so by itself, and leaves its import to another."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from own_office import OwnOffice, kill
from requite.office.intake.observation import LEASE

pytestmark = [pytest.mark.machine, pytest.mark.xdist_group("killed")]
PATIENCE_SECONDS = 60
ASK = """
from datetime import date
from pathlib import Path
from django.utils import timezone
from requite.office.intake.services import Ask, ask_import
from requite.office.people.services import add_provider
at = timezone.now()
provider = add_provider("alder", "Alder Creek", actor=None, at=at)
ask_import(provider, Ask(Path({feed!r}), date(2026, 11, 1)), actor=None, at=at)
"""
LOOK = """
from requite.office.audit.models import Event
from requite.office.intake.models import Import
item = Import.objects.get()
released = Event.objects.filter(name="import.released").count()
print(item.status, item.worker or "nobody", item.attempts, released)
"""


def started(office: OwnOffice, is_there: Callable[[], object]) -> subprocess.Popen[bytes]:
    """A worker that has come so far."""
    worker, until = office.start("worker"), time.monotonic() + PATIENCE_SECONDS
    while not is_there():
        if worker.poll() is not None or time.monotonic() > until:
            kill(worker)
            pytest.fail("the worker did not come so far")
        time.sleep(0.02)
    return worker


def test_a_worker_that_is_told_to_end_puts_its_import_back(tmp_path: Path) -> None:
    office = OwnOffice(tmp_path)
    data = Path(office.environ["REQUITE_DATA_DIR"])
    signs = data / "workers"
    idle = started(office, lambda: list(signs.glob("[!.]*")))
    idle.send_signal(signal.SIGTERM)
    assert idle.wait(PATIENCE_SECONDS) == 0
    assert list(signs.iterdir()) == []

    office.run("sample", "--accounts", "500", "--out", str(tmp_path / "sample"))
    office.ask(ASK.format(feed=str(tmp_path / "sample" / "feed")))
    at_work = started(office, (data / "providers" / "alder" / "store").exists)
    at_work.send_signal(signal.SIGTERM)
    assert at_work.wait(PATIENCE_SECONDS) == 0
    assert office.ask(LOOK) == "waiting nobody 0 1"
    begun = time.monotonic()
    office.run("worker", "--once")
    assert office.ask(LOOK).startswith("done ")
    assert time.monotonic() - begun < LEASE.total_seconds(), "it was to wait for nobody"
