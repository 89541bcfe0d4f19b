"""Whoever owns the database and changes it by raw SQL is found out, and what changed is named."""

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from office_builders import NOW, a_provider
from requite.office.audit.anchors import anchor_heads
from requite.office.audit.hashes import hash_before_seal, hash_of, seal_of
from requite.office.audit.models import Chain, Event
from requite.office.audit.queries import tampering, trigger_problems
from requite.office.audit.services import key_for_writing, record
from requite.office.people.models import Provider
from tamperings import ALDER, DONE_TO, OF_CHANCE
from worked_office import a_worked_office, as_owner, one

pytestmark = pytest.mark.django_db
SEEDS = range(20)


@pytest.fixture
def alder() -> Provider:
    return a_worked_office()


def found() -> str:
    return "\n".join(str(each) for each in tampering())


def end_at(number: int) -> str:
    """Let the chain end at an event, as if it had never gone on."""
    head = f"(SELECT hash FROM audit_event WHERE number = {number} AND chain_id = {ALDER})"
    return f"UPDATE audit_chain SET length = {number}, head = {head} WHERE name = 'alder'"


def test_an_office_in_which_everything_happened_holds(alder: Provider) -> None:
    assert found() == ""
    assert Event.objects.filter(chain__provider=alder).count() > 25


def told_after(statements: Iterable[object]) -> str:
    """What is found once an owner has run some SQL; then it is as it was before."""
    before = transaction.savepoint()
    as_owner(*(str(each) for each in statements))
    told = found()
    transaction.savepoint_rollback(before)
    return told


def test_what_was_changed_is_found_and_named(alder: Provider) -> None:
    missed = {
        what: said
        for what, (statements, told) in DONE_TO.items()
        if told not in (said := told_after(statements))
    }
    assert missed == {}
    assert found() == ""


def test_a_cut_tail_is_found_by_its_seal_and_by_the_anchor(alder: Provider) -> None:
    as_owner(f"DELETE FROM audit_event WHERE number > 20 AND chain_id = {ALDER}", end_at(20))
    told = found()
    assert "alder: its end was changed: it is not the one that the office left." in told
    assert "anchor 1 holds it, and it is gone." in told
    assert "RQ-000001" in told or "RQ-000002" in told  # what the cut events had told of


def test_a_cut_tail_is_not_covered_by_what_the_office_adds_to_it(alder: Provider) -> None:
    length = Chain.objects.get(provider=alder).length
    as_owner(f"DELETE FROM audit_event WHERE number = {length} AND chain_id = {ALDER}",
             end_at(length - 1))  # fmt: skip
    with transaction.atomic():
        record("case.read", "RQ-000001", provider=alder, actor=None, at=NOW)
    assert "alder: its end was changed" in found()


def test_an_earlier_end_that_was_put_back_with_its_seal_is_found_by_the_anchor(
    alder: Provider,
) -> None:
    early = Chain.objects.get(provider=alder)
    with transaction.atomic():
        record("case.read", "RQ-000001", provider=alder, actor=None, at=NOW)
    assert found() == ""
    anchor_heads(at=NOW)
    as_owner(
        f"DELETE FROM audit_event WHERE number > {early.length} AND chain_id = {ALDER}",
        end_at(early.length), f"UPDATE audit_chain SET seal = '{early.seal}' WHERE name = 'alder'",
    )  # fmt: skip
    assert found() == f"alder, event {early.length + 1}: anchor 2 holds it, and it is gone."


def test_an_emptied_chain_is_found(alder: Provider) -> None:
    as_owner(f"DELETE FROM audit_event WHERE chain_id = {ALDER}",
             "UPDATE audit_chain SET length = 0, head = '' WHERE name = 'alder'")  # fmt: skip
    assert "alder: it was emptied." in found()


def remove_chain() -> None:
    as_owner(f"DELETE FROM audit_event WHERE chain_id = {ALDER}",
             "DELETE FROM audit_chain WHERE name = 'alder'")  # fmt: skip


def test_a_chain_that_is_gone_is_found(alder: Provider) -> None:
    remove_chain()
    assert "alder: its chain is gone." in found()


def test_a_chain_that_was_begun_anew_is_found(alder: Provider) -> None:
    remove_chain()
    with transaction.atomic():
        record("case.read", "RQ-000001", provider=alder, actor=None, at=NOW)
    assert "alder, event 1: it does not begin with the provider" in found()


def hash_anew(make: Callable[[Any], str]) -> None:
    """Change one event, and make every code behind it anew."""
    head, statements = "", []
    for event in Event.objects.filter(chain__name="alder").order_by("number"):
        event.subject = "other" if event.number == 9 else event.subject
        event.previous_hash = head
        head = make(event)
        statements.append(
            f"UPDATE audit_event SET subject = '{event.subject}', hash = '{head}', "
            f"previous_hash = '{event.previous_hash}' WHERE id = {event.pk}"
        )
    statements.append(f"UPDATE audit_chain SET head = '{head}' WHERE name = 'alder'")
    as_owner(*statements)


def test_a_chain_hashed_anew_without_the_key_is_found(alder: Provider) -> None:
    hash_anew(hash_before_seal)
    assert "alder, event 1: its content was changed." in found()


def test_a_chain_hashed_anew_with_the_key_is_found_by_the_anchor(alder: Provider) -> None:
    key = key_for_writing()
    hash_anew(lambda event: hash_of(event, key))
    chain = Chain.objects.get(provider=alder)
    as_owner(f"UPDATE audit_chain SET seal = '{seal_of(chain, key)}' WHERE name = 'alder'")
    assert "it is not the one that anchor 1 holds." in found()


def test_chains_that_changed_their_names_are_found(alder: Provider) -> None:
    a_provider("birch")
    as_owner(
        "UPDATE audit_chain SET name = 'x' WHERE name = 'alder'",
        "UPDATE audit_chain SET name = 'alder' WHERE name = 'birch'",
        "UPDATE audit_chain SET name = 'birch' WHERE name = 'x'",
    )
    assert "birch: its end was changed" in found()
    assert "alder: its end was changed" in found()


@pytest.mark.parametrize("place", range(5))
def test_a_trigger_that_is_missing_or_changed_is_found(place: int) -> None:
    from requite.office.audit.triggers import POSTGRESQL, SQLITE

    names = list(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
    name = names[place % len(names)]
    table = f"audit_{name.split('_')[1]}"
    at = "" if connection.vendor == "sqlite" else f" ON {table}"
    assert trigger_problems() == []
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{at}")
        assert trigger_problems() == [f"The trigger {name} is missing."]
        if connection.vendor == "sqlite":
            cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT 1; END")
        else:
            cursor.execute(f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW "
                           "EXECUTE FUNCTION audit_events_are_only_added()")  # fmt: skip
    assert trigger_problems() == [f"The trigger {name} was changed."]
    assert f"database: The trigger {name} was changed." in found()


@pytest.mark.parametrize("table", ["audit_event", "cases_paidrefund", "people_membership"])
def test_a_trigger_that_swallows_what_is_written_is_found(table: str) -> None:
    """That of a payment too: what the office believes to have written is what its events say."""
    sqlite = f"CREATE TRIGGER quiet BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END"
    function = ("CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NULL; END $$")  # fmt: skip
    postgresql = (f"CREATE TRIGGER quiet BEFORE INSERT ON {table} FOR EACH ROW "
                  "EXECUTE FUNCTION quiet()")  # fmt: skip
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(sqlite)
        else:
            cursor.execute(function)
            cursor.execute(postgresql)
    assert trigger_problems() == ["The trigger quiet is not of the office."]


TOOTHLESS = (
    "audit_events_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
)
POSTGRESQL_ONLY = {
    "off": ("ALTER TABLE audit_event DISABLE TRIGGER audit_event_is_not_changed",
            "The trigger audit_event_is_not_changed was changed."),
    "at times": ("ALTER TABLE audit_event ENABLE TRIGGER audit_event_is_not_changed",
                 "The trigger audit_event_is_not_changed was changed."),
    "toothless": (f"CREATE OR REPLACE FUNCTION {TOOTHLESS}",
                  "The function audit_events_are_only_added was changed."),
    "a rule": ("CREATE RULE quiet AS ON INSERT TO audit_event DO INSTEAD NOTHING",
               "The rule quiet is not of the office."),
    "a rule elsewhere": ("CREATE RULE quiet AS ON INSERT TO cases_paidrefund DO INSTEAD NOTHING",
                         "The rule quiet is not of the office."),
    "a policy elsewhere": ("ALTER TABLE cases_paidrefund ENABLE ROW LEVEL SECURITY",
                           "Rows of cases_paidrefund are hidden by a policy."),
    "a policy": ("ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY",
                 "Rows of audit_event are hidden by a policy."),
}  # fmt: skip


@pytest.mark.parametrize("what", POSTGRESQL_ONLY)
def test_what_postgresql_has_besides_triggers_is_found(what: str) -> None:
    if connection.vendor != "postgresql":
        assert trigger_problems() == []  # SQLite has no such thing
        return
    statement, told = POSTGRESQL_ONLY[what]
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert trigger_problems() == [told]


def test_an_anchor_that_was_changed_is_found(alder: Provider, settings: Any) -> None:
    path = Path(settings.ANCHORS_FILE)
    path.write_text(path.read_text("ascii").replace('"number": 1,', '"number": 2,'), "ascii")
    assert "anchors: anchor 1 was changed, or signed by another." in found()


def test_anchors_that_were_cut_off_are_found(alder: Provider, settings: Any) -> None:
    anchor_heads(at=NOW)
    path = Path(settings.ANCHORS_FILE)
    path.write_text(path.read_text("ascii").splitlines(keepends=True)[0], "ascii")
    assert found() == "anchors: anchor 2 is missing, or is not the one that was made."
    path.unlink()
    assert found() == "anchors: anchor 1 is missing, or is not the one that was made."


@pytest.mark.parametrize("cut", ["the line", "a part of it"])
def test_an_anchor_that_was_cut_off_is_not_covered_by_the_next(
    cut: str, alder: Provider, settings: Any
) -> None:
    anchor_heads(at=NOW)
    path = Path(settings.ANCHORS_FILE)
    first, second = path.read_text("ascii").splitlines(keepends=True)
    path.write_text(first + ("" if cut == "the line" else second[:-90]), "ascii")
    assert anchor_heads(at=NOW + timedelta(days=1)).number == 2
    assert found() == "anchors: anchor 2 is missing, or is not the one that was made."


def test_an_anchor_that_was_taken_out_between_two_is_found(alder: Provider, settings: Any) -> None:
    anchor_heads(at=NOW)
    anchor_heads(at=NOW)
    path = Path(settings.ANCHORS_FILE)
    first, _, third = path.read_text("ascii").splitlines(keepends=True)
    path.write_text(first + third, "ascii")
    assert "anchors: anchor 2 does not follow the one before it." in found()


def a_change_of_chance(seed: int) -> tuple[str, str]:
    """A change of some row, as SQL, and what a reader is to be told of."""
    chance = random.Random(seed)
    table = chance.choice([*OF_CHANCE, "audit_event", "cases_case"])
    change = chance.choice(OF_CHANCE[table]).format(chance.randrange(10, 28))
    rows = one(f"SELECT count(*) FROM {table}")
    row = one(f"SELECT id FROM {table} ORDER BY id LIMIT 1 OFFSET {chance.randrange(rows)}")
    return f"UPDATE {table} SET {change} WHERE id = {row}", name_of(table, row)


def test_changes_of_chance_are_found_and_named(alder: Provider) -> None:
    missed = {}
    for seed in SEEDS:
        change, named = a_change_of_chance(seed)
        if named not in (said := told_after([change])):
            missed[seed] = f"{change}: {said}"
    assert missed == {}


def name_of(table: str, row: int) -> str:
    """What a reader is to be told of, by how it is told."""
    if table == "audit_event":
        event = Event.objects.select_related("chain").get(pk=row)
        return f"{event.chain}, event {event.number}: "
    if table == "audit_chain":
        return f"{Chain.objects.get(pk=row)}"
    case = row if table == "cases_case" else one(f"SELECT case_id FROM {table} WHERE id = {row}")
    return f"RQ-{one(f'SELECT number FROM cases_case WHERE id = {case}'):06}"
