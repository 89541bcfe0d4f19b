"""Killed at any point, an import and a bulk action end in the whole result or in none."""

import random
import re
import subprocess
import sys
import threading
import time
import urllib.error
from pathlib import Path

import pytest

from own_office import OwnOffice, Visitor, free_port, kill

pytestmark = [pytest.mark.machine, pytest.mark.enable_socket, pytest.mark.xdist_group("killed")]
STORY = Path(__file__).resolve().parents[1] / "golden" / "four-causes-on-one-account"
TIMES = 10
BEGIN = """
from datetime import date
from pathlib import Path
from django.utils import timezone
from requite.office.intake.services import Ask, ask_import
from requite.office.people.services import add_provider
at = timezone.now()
provider = add_provider({slug!r}, {slug!r}, actor=None, at=at)
ask_import(provider, Ask(Path({feed!r}), date(2026, 6, 1)), actor=None, at=at)
"""
# How far the import is, how many cases there are and were opened.
LOOK = """
from requite.office.audit.models import Event
from requite.office.cases.models import Case
from requite.office.intake.models import Import
item = Import.objects.get(provider__slug={slug!r})
print(item.status, Case.objects.filter(provider__slug={slug!r}).count(),
      Event.objects.filter(chain__name={slug!r}, name="case.opened").count())
"""
# How many were dismissed; who proposed that takes it back, as people do.
RESET = """
from django.utils import timezone
from requite.domain.case import Action
from requite.office.cases.holding import Seen
from requite.office.cases.models import Case
from requite.office.cases.services import move_case
waiting = list(Case.objects.filter(state="waiting_approval"))
print(len(waiting))
for case in waiting:
    seen = Seen(case.provider, case.number, case.version)
    move_case(seen, Action.WITHDRAW, actor=case.decided_by, at=timezone.now())
"""
# Somebody works without a pause: each step is an event, and a change of a case.
WORK = """
import time
from django.utils import timezone
from requite.office.cases.models import Case
from requite.office.cases.services import add_note, open_case
from requite.office.people.queries import provider_of, user_of
alder, mira, until = provider_of("alder"), user_of("mira"), time.monotonic() + 600
number = 0
while time.monotonic() < until:
    number = number % 60 + 1
    add_note(alder, number, "Called the payer.", actor=mira, at=timezone.now())
    open_case(Case.objects.get(number=number), actor=mira, at=timezone.now())
"""


def test_a_worker_killed_at_ten_points_of_an_import_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    office, chance = OwnOffice(tmp_path), random.Random(11)  # noqa: S311 - when to kill
    whole = None
    for turn in range(TIMES):
        slug = f"p{turn}"
        office.ask(BEGIN.format(slug=slug, feed=str(STORY / "feed")))
        worker = office.start("worker")
        time.sleep(chance.uniform(0.3, 2.5))
        kill(worker)
        status, cases, opened = office.ask(LOOK.format(slug=slug)).split()
        if status != "done":
            assert (cases, opened) == ("0", "0")
            office.run("worker", "--once")
            status, cases, opened = office.ask(LOOK.format(slug=slug)).split()
        whole = whole or cases
        assert (status, cases, opened) == ("done", whole, whole)
    assert int(whole or 0) > 1
    assert "unchanged" in office.run("audit", "verify")


def many_cases(office: OwnOffice) -> None:
    """Sixty cases of a provider."""
    office.run("people", "add-provider", "alder", "Alder Creek")
    office.ask(
        "import sys; sys.path.insert(0, 'tests')\n"
        "from office_builders import a_finding, determined\n"
        "from requite.office.people.queries import provider_of\n"
        "determined(provider_of('alder'), *(a_finding(f'A{n}') for n in range(60)))"
    )


def test_a_server_killed_at_ten_points_of_a_bulk_action_did_all_of_it_or_nothing(
    tmp_path: Path,
) -> None:
    office, chance = OwnOffice(tmp_path), random.Random(12)  # noqa: S311 - when to kill
    many_cases(office)
    password = office.add_specialist("mira")
    outcomes = set()
    for _ in range(TIMES):
        port = free_port()
        server, visitor = (
            office.start("serve", "--port", str(port)),
            Visitor(f"http://127.0.0.1:{port}"),
        )
        visitor.wait()
        visitor.sign_in("mira", password)
        page = visitor.get("/alder/cases/?queue=work")
        versions = re.findall(r'name="(version-\d+)" value="(\d+)"', page)
        numbers = [("number", name.removeprefix("version-")) for name, _ in versions]
        form = [("action", "dismiss"), ("reason", "agreed"), *numbers, *versions]
        threading.Thread(target=send_quietly, args=(visitor, page, form), daemon=True).start()
        time.sleep(chance.uniform(0.01, 0.5))
        kill(server)
        done = int(office.ask(RESET))
        assert done in {0, len(numbers)}
        outcomes.add(done > 0)
    assert outcomes
    assert "unchanged" in office.run("audit", "verify")


def test_a_trail_that_is_verified_while_people_work_is_whole(tmp_path: Path) -> None:
    office = OwnOffice(tmp_path)
    many_cases(office)
    office.add_specialist("mira")
    script = f"import django; django.setup()\n{WORK}"
    at_work = subprocess.Popen(
        [sys.executable, "-c", script], env=office.environ, start_new_session=True
    )
    try:
        counts = []
        for _ in range(3):
            office.run("audit", "anchor")
            told = office.run("audit", "verify")
            counts.append(int(told.split()[0].replace(",", "")))
    finally:
        assert at_work.poll() is None
        kill(at_work)
    assert counts[0] < counts[1] < counts[2]
    assert "unchanged" in office.run("audit", "verify")


def send_quietly(visitor: Visitor, page: str, form: list[tuple[str, str]]) -> None:
    """Send a form to a server that may be gone before it answers."""
    try:
        visitor.send("/alder/cases/bulk?queue=work", page, form)
    except (urllib.error.URLError, ConnectionError, OSError):
        return
