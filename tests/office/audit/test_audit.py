"""The audit trail: only added to, bound by a key, and whoever changes it is found out."""

import pytest
from django.db import DatabaseError, connection, transaction

from office_builders import NOW, a_case, a_provider
from requite.office.audit.models import Chain, Event
from requite.office.audit.proof import first_break
from requite.office.audit.queries import events_of, tampering
from requite.office.audit.services import key_for_writing, record

pytestmark = pytest.mark.django_db


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET subject = 'x'",
        "DELETE FROM audit_event",
        "UPDATE audit_chain SET length = 0",
        "UPDATE audit_chain SET name = 'x'",
        "DELETE FROM audit_chain",
    ],
)
def test_the_database_refuses_to_change_or_take_away_what_the_trail_holds(statement: str) -> None:
    a_provider()
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        run(statement)
    assert Event.objects.count() == Chain.objects.get().length == 1


def test_events_of_a_provider_follow_one_another() -> None:
    alder = a_provider()
    a_case(alder)
    events = list(events_of(alder).order_by("number"))
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert [event.previous_hash for event in events[1:]] == [event.hash for event in events[:-1]]
    assert list(tampering()) == []


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
    alder, key = a_provider(), key_for_writing()
    chains = list(Chain.objects.order_by("pk"))
    with transaction.atomic():
        record("case.read", "RQ-000001", provider=alder, actor=None, at=NOW)
    seen: list[Event] = []
    assert [first_break(chain, key, take=seen.append) for chain in chains] == [None] * len(chains)
    assert len(seen) == 1
