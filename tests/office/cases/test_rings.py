"""Two who hold the same things take them in one order: the database need not end either."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from office_builders import (
    NOW,
    a_case,
    a_false_credit,
    a_finding,
    a_member,
    a_provider,
    determined,
)
from own_office import own_database
from requite.domain.case import Action
from requite.office.audit.services import record
from requite.office.cases.approval import Caps, turn_on
from requite.office.cases.assignment import add_rule, hand_out
from requite.office.cases.corrections import mark_sent, withdraw
from requite.office.cases.holding import Seen, locked
from requite.office.cases.models import AutomaticApproval, Case, SavedView
from requite.office.cases.services import move_case
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="SQLite: one at a time")
HEAD_START, MEANWHILE = 0.3, 0.7  # seconds: one takes its first thing, then the other all of its


def both_go_through(
    first: Callable[[], object], then: Callable[[], object], other: Callable[[], object]
) -> None:
    """One transaction does `first`, and `then` after a while; in between comes the other."""
    problems: list[str] = []

    def slow() -> None:
        with transaction.atomic():
            first()
            time.sleep(MEANWHILE)
            then()

    def run(act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as problem:  # noqa: BLE001 - told by the test
            problems.append(f"{type(problem).__name__}: {problem}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in (slow, other)]
    threads[0].start()
    time.sleep(HEAD_START)
    threads[1].start()
    for thread in threads:
        thread.join()
    assert problems == []


@pytest.fixture(name="alder")
def _alder(tmp_path: Path, settings: Any, django_db_blocker: Any) -> Iterator[Provider]:
    """A provider in a database of its own: what two transactions wrote is not taken back."""
    settings.DATA_DIR, settings.AUDIT_KEY_FILE = tmp_path, tmp_path / "audit.key"
    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = urlsplit(own_database(tmp_path)["DATABASE_URL"]).path[1:]
        try:
            call_command("migrate", verbosity=0)
            yield a_provider()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


def told(alder: Provider) -> None:
    record("case.read", "x", provider=alder, actor=None, at=NOW)


def test_cases_that_are_handed_out_and_stepped_on_together(alder: Provider) -> None:
    """The last case of the queue is the first by its row."""
    mira = a_member(alder)
    determined(alder, a_finding("A1", cents=100), a_finding("A2", cents=900))
    both_go_through(
        lambda: locked(alder, 1),
        lambda: locked(alder, 2),
        lambda: hand_out(alder, actor=mira, at=NOW),
    )
    assert set(Case.objects.values_list("assigned_to", flat=True)) == {mira.pk}


def test_entries_that_are_sent_and_taken_back_together(alder: Provider) -> None:
    mira, case = a_member(alder), a_case(alder, a_false_credit())
    case = move_case(Seen(alder, case.number, case.version), Action.CORRECT, actor=mira, at=NOW)
    ids = list(case.corrections.values_list("pk", flat=True))

    def begin() -> None:
        locked(alder, case.number)
        told(alder)

    both_go_through(
        begin, lambda: withdraw(case), lambda: mark_sent(alder, ids, actor=mira, at=NOW)
    )
    assert [row.status for row in case.corrections.all()] == ["withdrawn"]


def test_a_rule_that_is_set_while_it_lets_something_through(alder: Provider) -> None:
    sam, caps = a_member(alder, Role.SUPERVISOR), Caps(100, 200, 300)
    turn_on(alder, "duplicate_payment", caps, actor=sam, at=NOW)
    rules = AutomaticApproval.objects.select_for_update()
    both_go_through(
        lambda: told(alder), lambda: list(rules),
        lambda: turn_on(alder, "duplicate_payment", caps, actor=sam, at=NOW),
    )  # fmt: skip


def test_what_is_asked_of_a_provider_while_something_is_written_for_it(alder: Provider) -> None:
    mira = a_member(alder)
    wanted: dict[str, object] = {"party": "payer", "cause": "", "at_least_cents": 0}
    both_go_through(
        lambda: told(alder),
        lambda: SavedView.objects.create(provider=alder, owner=mira, name="x", query=""),
        lambda: add_rule(alder, wanted, mira, actor=mira, at=NOW),
    )
