"""The audit trail: only added to, chained, and whoever changes it is found out."""

import pytest
from django.db import DatabaseError, connection, transaction

from office_builders import NOW, a_case, a_provider
from requite.office.audit.models import Chain, Event
from requite.office.audit.queries import _first_break, events_of, tampering
from requite.office.audit.services import record

pytestmark = pytest.mark.django_db

REMOVE = {
    "sqlite": (
        "DROP TRIGGER audit_event_is_not_changed",
        "DROP TRIGGER audit_event_is_not_deleted",
    ),
    "postgresql": ("DROP TRIGGER audit_event_is_not_changed ON audit_event",),
}


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET subject = 'x'", "DELETE FROM audit_event"],
)
def test_the_database_refuses_to_change_or_take_away_an_event(statement: str) -> None:
    a_provider()
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        run(statement)
    assert Event.objects.count() == 1


def test_events_of_a_provider_follow_one_another() -> None:
    alder = a_provider()
    a_case(alder)
    events = list(events_of(alder).order_by("number"))
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert [event.previous_hash for event in events[1:]] == [event.hash for event in events[:-1]]
    assert list(tampering()) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE audit_event SET subject = 'other' WHERE number = 2", "content was changed"),
        ("DELETE FROM audit_event WHERE number = 2", "the event is missing"),
        ("DELETE FROM audit_event WHERE number = 3", "missing at the end"),
        ("UPDATE audit_event SET previous_hash = 'x' WHERE number = 2", "does not follow"),
    ],
)
def test_tampering_is_found_and_its_row_named(change: str, problem: str) -> None:
    alder = a_provider()
    for number in (2, 3):
        with transaction.atomic():
            record("test.done", str(number), provider=alder, actor=None, at=NOW)
    run(*REMOVE[connection.vendor], change)
    (found,) = tampering()
    assert found.chain == "alder"
    assert problem in found.problem


def test_an_event_that_hides_its_change_by_a_new_hash_breaks_the_next() -> None:
    alder = a_provider()
    for number in (2, 3):
        with transaction.atomic():
            record("test.done", str(number), provider=alder, actor=None, at=NOW)
    run(*REMOVE[connection.vendor])
    from requite.office.audit.services import hash_of

    event = Event.objects.get(number=2)
    event.subject = "other"
    Event.objects.filter(pk=event.pk).update(subject="other", hash=hash_of(event))
    (found,) = tampering()
    assert (found.number, "does not follow" in found.problem) == (3, True)


def test_an_event_belongs_to_the_transaction_of_its_write() -> None:
    alder = a_provider()
    before = Chain.objects.get(provider=alder).length

    @transaction.atomic
    def fail_after_recording() -> None:
        record("test.done", "1", provider=alder, actor=None, at=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_recording()
    assert Chain.objects.get(provider=alder).length == before


def test_what_comes_onto_a_chain_while_it_is_checked_is_no_tampering() -> None:
    alder = a_provider()
    chains = list(Chain.objects.order_by("pk"))
    with transaction.atomic():
        record("case.read", "RQ-000001", provider=alder, actor=None, at=NOW)
    assert [_first_break(chain) for chain in chains] == [None] * len(chains)
