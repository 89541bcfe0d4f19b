"""The audit key: made once, for its owner alone, never made anew; old chains are sealed by it."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import transaction
from django.test import Client

from office_builders import NOW, a_case, a_member, a_provider
from requite.cli.main import main
from requite.office.audit.hashes import hash_before_seal
from requite.office.audit.keys import (
    KeyExists,
    KeyMissing,
    KeyUnreadable,
    audit_key,
    make_audit_key,
)
from requite.office.audit.models import Chain, Event
from requite.office.audit.queries import tampering
from requite.office.audit.sealing import seal_old_chains
from requite.office.audit.services import record
from requite.office.people.models import Provider
from worked_office import a_worked_office, as_owner, without_triggers

pytestmark = pytest.mark.django_db
LATER_FACTS = ("stands", "note", "words", "document", "counted_on")


@pytest.fixture(autouse=True)
def key(tmp_path: Path, settings: Any) -> Path:
    settings.AUDIT_KEY_FILE = tmp_path / "audit.key"
    return tmp_path / "audit.key"


def found() -> list[str]:
    return [str(each) for each in tampering()]


def test_the_key_is_made_once_and_for_its_owner_alone(key: Path) -> None:
    a_provider()
    held = key.read_text("ascii")
    assert key.stat().st_mode & 0o777 == 0o600
    assert not make_audit_key(key)
    assert key.read_text("ascii") == held
    assert found() == []
    assert [path.name for path in key.parent.iterdir()] == ["audit.key"]


def test_a_key_that_is_gone_is_said_and_not_made_anew(settings: Any, tmp_path: Path) -> None:
    alder = a_provider()
    settings.AUDIT_KEY_FILE = tmp_path / "gone.key"
    with pytest.raises(KeyMissing, match=r"audit key gone\.key is missing"), transaction.atomic():
        record("case.read", "RQ-000001", provider=alder, actor=None, at=NOW)
    with pytest.raises(KeyMissing, match="audit_key_file"):
        found()
    assert not (tmp_path / "gone.key").exists()


def test_a_page_and_a_command_say_that_the_key_is_gone(settings: Any, tmp_path: Path) -> None:
    alder = a_provider()
    a_case(alder)
    client = Client()
    client.force_login(a_member(alder))
    settings.AUDIT_KEY_FILE = tmp_path / "gone.key"
    answer = client.get("/alder/cases/?queue=work")
    assert answer.status_code == 409
    assert "The audit key gone.key is missing" in answer.content.decode()
    assert "Quist" not in answer.content.decode()  # what cannot be noted is not shown
    told = CliRunner().invoke(main, ["audit", "verify"])
    assert told.exit_code == 1
    assert "The audit key gone.key is missing" in told.output


@pytest.mark.parametrize("content", ["", "short", "z" * 64, "ab" * 31, "é"])
def test_a_file_that_holds_no_key_is_refused(content: str, key: Path) -> None:
    key.write_text(content, "utf-8")
    with pytest.raises(KeyUnreadable, match="holds no audit key"):
        audit_key(key)


def test_another_key_is_found_out(settings: Any, tmp_path: Path) -> None:
    a_provider()
    settings.AUDIT_KEY_FILE = tmp_path / "another.key"
    make_audit_key(tmp_path / "another.key")
    assert "alder, event 1: its content was changed." in found()


def an_old_office(settings: Any, tmp_path: Path) -> Provider:
    """An office as it was before there was a key: its codes are those that anybody can make."""
    alder = a_worked_office(anchored=False)
    events = []
    for chain in Chain.objects.all():
        head = ""
        for event in chain.events.order_by("number"):
            event.facts = {k: v for k, v in event.facts.items() if k not in LATER_FACTS}
            event.previous_hash = head
            event.hash = head = hash_before_seal(event)
            events.append(event)
        chain.head, chain.seal = head, ""
        as_owner(f"UPDATE audit_chain SET head = '{head}', seal = '' WHERE id = {chain.pk}")
    with without_triggers():
        Event.objects.bulk_update(events, ["facts", "previous_hash", "hash"])
    settings.AUDIT_KEY_FILE = tmp_path / "new.key"
    return alder


def test_an_office_from_before_is_sealed_and_holds(settings: Any, tmp_path: Path) -> None:
    an_old_office(settings, tmp_path)
    length = Chain.objects.get(name="alder").length
    seal_rows()
    sealed = Event.objects.get(chain__name="alder", name="audit.sealed")
    assert sealed.number == length + 1
    assert sealed.facts["whole"] is True
    assert Event.objects.filter(name="case.sealed").count() == 9
    assert found() == []


def seal_rows() -> None:
    """The data of the two migrations, inside of the test's own transaction."""
    seal_old_chains(Chain, Event)
    module = importlib.import_module("requite.office.cases.migrations.0005_seal_cases")
    module.forwards(apps, None)


def test_after_the_seal_old_events_are_bound_and_cases_too(settings: Any, tmp_path: Path) -> None:
    an_old_office(settings, tmp_path)
    seal_rows()
    chain = Chain.objects.get(name="alder")
    event = Event.objects.get(chain=chain, number=9)
    event.subject = "other"
    as_owner(
        f"UPDATE audit_event SET subject = 'other', hash = '{hash_before_seal(event)}' "
        f"WHERE id = {event.pk}"
    )
    assert "alder, event 10: it does not follow the event before it." in found()
    as_owner("UPDATE cases_case SET amount_cents = 1 WHERE number = 6")
    assert any("RQ-000006: amount_cents is 1, its last event says" in told for told in found())


def test_an_old_chain_that_was_broken_says_so_in_its_seal(settings: Any, tmp_path: Path) -> None:
    an_old_office(settings, tmp_path)
    as_owner("UPDATE audit_chain SET head = 'x' WHERE name = 'alder'")
    seal_rows()
    assert Event.objects.get(chain__name="alder", name="audit.sealed").facts["whole"] is False
    assert any("does not follow" in told for told in found())


def test_a_key_seals_once(settings: Any, tmp_path: Path) -> None:
    """Whoever writes a chain without the key and lets the upgrade run again gets no seal for it."""
    an_old_office(settings, tmp_path)
    seal_rows()
    assert seal_old_chains(Chain, Event) == 0
    assert found() == []
    chain = Chain.objects.get(name="alder")
    last = Event.objects.get(chain=chain, number=chain.length)
    as_owner(
        f"UPDATE audit_event SET hash = '{hash_before_seal(last)}' WHERE id = {last.pk}",
        f"UPDATE audit_chain SET head = '{hash_before_seal(last)}' WHERE id = {chain.pk}",
    )
    with pytest.raises(KeyExists, match="A key seals once"):
        seal_old_chains(Chain, Event)


def test_a_key_of_an_upgrade_that_failed_is_taken_back(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_old_office(settings, tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("requite.office.audit.sealing.extend", fail)
    with pytest.raises(ZeroDivisionError):
        seal_old_chains(Chain, Event)
    assert not (tmp_path / "new.key").exists()


def test_a_case_that_is_sealed_anew_with_other_content_is_found(
    settings: Any, tmp_path: Path
) -> None:
    an_old_office(settings, tmp_path)
    seal_rows()
    as_owner("UPDATE cases_case SET amount_cents = 1 WHERE number = 6")
    importlib.import_module("requite.office.cases.migrations.0005_seal_cases").forwards(apps, None)
    assert any("RQ-000006 was sealed as its events do not say." in told for told in found())


def test_a_new_office_has_nothing_to_seal(key: Path) -> None:
    assert seal_old_chains(Chain, Event) == 0
    assert not key.exists()
    a_case(a_provider())
    assert key.exists()
