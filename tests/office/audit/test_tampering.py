"""Whoever owns the database and changes it by raw SQL is found out, and what was changed is named."""

import random
from collections.abc import Callable
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
from worked_office import a_worked_office, as_owner, one

pytestmark = pytest.mark.django_db
ALDER = "(SELECT id FROM audit_chain WHERE name = 'alder')"
FIRST = "(SELECT id FROM cases_case WHERE number = 1)"
SOMEBODY = "(SELECT id FROM people_user WHERE username = 'sam-alder')"


@pytest.fixture
def alder() -> Provider:
    return a_worked_office()


def found() -> str:
    return "\n".join(str(each) for each in tampering())


def end_at(number: int) -> str:
    """Let the chain end at an event, as if it had never gone on."""
    head = f"(SELECT hash FROM audit_event WHERE number = {number} AND chain_id = {ALDER})"
    return f"UPDATE audit_chain SET length = {number}, head = {head} WHERE name = 'alder'"


def copy_of(table: str, columns: str, values: str, where: str = "1 = 1") -> str:
    first = f"(SELECT min(id) FROM {table} WHERE {where})"
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id = {first}"


NOTE = ("cases_note", "case_id, by_id, at, text", f"case_id, {SOMEBODY}, at, text")
PAID = (
    "cases_paidrefund", "case_id, cents, digest, by_id, at, settled_by",
    f"(SELECT id FROM cases_case WHERE number = 2), cents, digest, {SOMEBODY}, at, ''",
)  # fmt: skip
USER = (
    "people_user", "username, password, is_superuser, is_staff, is_active, first_name, last_name, "
    "email, date_joined, wants_digest, must_change_password",
    "'mallory', password, is_superuser, is_staff, is_active, first_name, last_name, email, "
    "date_joined, wants_digest, must_change_password",
)  # fmt: skip
ROLE = ("people_membership", "user_id, provider_id, role, confirmed_at",
        f"{SOMEBODY}, provider_id, 'controller', confirmed_at")  # fmt: skip
CASE = "UPDATE cases_case SET {} WHERE number = {}".format
EVENT = "UPDATE audit_event SET {} WHERE number = 9 AND chain_id = {}".format
DONE_TO = {
    "content": (EVENT("subject = 'other'", ALDER), "alder, event 9: its content was changed."),
    "who": (EVENT(f"actor_id = {SOMEBODY}", ALDER), "alder, event 9: its content was changed."),
    "its code": (EVENT("hash = previous_hash", ALDER), "alder, event 9: its content was changed."),
    "the code before": (EVENT("previous_hash = 'x'", ALDER), "alder, event 9: it does not follow"),
    "taken out": (f"DELETE FROM audit_event WHERE number = 9 AND chain_id = {ALDER}",
                  "alder, event 9: the event is missing."),
    "moved": (EVENT("number = 900", ALDER), "alder, event 9: the event is missing."),
    "beyond the end": (EVENT("number = 900", ALDER), "event 900: it lies beyond the end"),
    "state": (CASE("state = 'to_pay'", 4), "RQ-000004: state is to_pay, its last event says"),
    "amount": (CASE("amount_cents = amount_cents + 1", 3), "RQ-000003: amount_cents is 7003"),
    "refund": (CASE("refund_cents = 900000", 2), "RQ-000002: refund_cents is 900000"),
    "payee": (CASE("party_id = 'MINE'", 2), "RQ-000002: party_id is MINE, its last event says LARK"),
    "payee's name": (CASE("party_name = 'Mallory'", 2), "RQ-000002: party_name is"),
    "account": (CASE("account_id = 'B7'", 2), "RQ-000002: account_id is B7"),
    "proposer": (CASE(f"decided_by_id = {SOMEBODY}", 2), "RQ-000002: decided_by_id is"),
    "approver": (CASE(f"approved_by_id = {SOMEBODY}", 2), "RQ-000002: approved_by_id is"),
    "when approved": (CASE("approved_at = decided_at, decided_at = NULL", 2), "decided_at is nothing"),
    "decision": (CASE("decision = 'dismiss'", 2), "RQ-000002: decision is dismiss"),
    "doubt": (CASE("changed_since_decided = NOT changed_since_decided", 2), "changed_since_decided"),
    "clock": (CASE("due_on = '2030-01-01', due_key = '2030-01-01'", 2), "RQ-000002: due is 2030-01-01"),
    "place": (CASE("due_key = '9999-12-31'", 2), "in order by 9999-12-31, its last event says 2027"),
    "put aside": (CASE("snoozed_until = '2031-01-01'", 5), "RQ-000005: snoozed_until is 2031-01-01"),
    "case of no event": (CASE("number = 77", 6), "RQ-000077 is in no event."),
    "case that is gone": (CASE("number = 77", 6), "RQ-000006 is gone."),
    "finding": (f"UPDATE cases_casefinding SET amount_cents = 1 WHERE case_id = {FIRST}",
                "RQ-000001: its findings are not those"),
    "no finding": (f"DELETE FROM cases_casefinding WHERE case_id = {FIRST}",
                   "RQ-000001: its findings are not those"),
    "paid more": ("UPDATE cases_paidrefund SET cents = 1", "RQ-000001: paid is [[1, "),
    "paid for others": ("UPDATE cases_paidrefund SET digest = 'x'", "RQ-000001: paid is"),
    "came back": ("UPDATE cases_paidrefund SET came_back_at = at", "RQ-000001: paid is"),
    "never paid": ("DELETE FROM cases_paidrefund", "RQ-000001: paid is nothing"),
    "paid unseen": (copy_of(*PAID), "RQ-000002: paid is [["),
    "note": (f"UPDATE cases_note SET text = 'x' WHERE case_id = {FIRST}",
             "RQ-000001: the note was changed."),
    "note of no event": (copy_of(*NOTE), "RQ-000001: the note is in no event."),
    "note gone": (f"DELETE FROM cases_note WHERE case_id = {FIRST}", "RQ-000001: the note is gone."),
    "document": ("UPDATE cases_attachment SET digest = 'x'", "RQ-000001: the document was changed."),
    "document gone": ("DELETE FROM cases_attachment", "RQ-000001: the document is gone."),
    "question": ("UPDATE cases_question SET text = 'x'", "RQ-000004: the question was changed."),
    "limit": ("UPDATE cases_approvallimit SET most_cents = 99000000", "the limit of approval of super"),
    "rule": ("UPDATE cases_automaticapproval SET month_cents = 99000000", "the rule of approval of dup"),
    "rule of another": (f"UPDATE cases_automaticapproval SET turned_on_by_id = {SOMEBODY} + 1",
                        "the rule of approval of dup"),
    "use": ("DELETE FROM cases_automaticuse", "RQ-000003: an approval by rule is not counted."),
    "use of less": ("UPDATE cases_automaticuse SET cents = 1", "an approval by rule is in no event"),
    "role": ("UPDATE people_membership SET role = 'controller' WHERE role = 'specialist'",
             "the role of mira-alder does not follow"),
    "role of no event": (f"DELETE FROM people_membership WHERE user_id = {SOMEBODY}; "
                         + copy_of(*ROLE), "the role of sam-alder does not follow"),
    "role gone": (f"DELETE FROM people_membership WHERE user_id = {SOMEBODY}",
                  "the role of sam-alder is gone."),
    "user": (copy_of(*USER), "installation: the user mallory is in no event."),
}  # fmt: skip


def test_an_office_in_which_everything_happened_holds(alder: Provider) -> None:
    assert found() == ""
    assert Event.objects.filter(chain__provider=alder).count() > 25


def told_after(statements: str) -> str:
    """What is found once an owner has run some SQL; then it is as it was before."""
    before = transaction.savepoint()
    as_owner(*statements.split("; "))
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


def test_a_trigger_that_swallows_events_is_found() -> None:
    sqlite = "CREATE TRIGGER quiet BEFORE INSERT ON audit_event BEGIN SELECT RAISE(IGNORE); END"
    function = ("CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NULL; END $$")  # fmt: skip
    postgresql = ("CREATE TRIGGER quiet BEFORE INSERT ON audit_event FOR EACH ROW "
                  "EXECUTE FUNCTION quiet()")  # fmt: skip
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(sqlite)
        else:
            cursor.execute(function)
            cursor.execute(postgresql)
    assert trigger_problems() == ["The trigger quiet is not of the office."]


POSTGRESQL_ONLY = {
    "off": ("ALTER TABLE audit_event DISABLE TRIGGER audit_event_is_not_changed",
            "The trigger audit_event_is_not_changed was changed."),
    "at times": ("ALTER TABLE audit_event ENABLE TRIGGER audit_event_is_not_changed",
                 "The trigger audit_event_is_not_changed was changed."),
    "toothless": ("CREATE OR REPLACE FUNCTION audit_events_are_only_added() RETURNS trigger "
                  "LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
                  "The function audit_events_are_only_added was changed."),
    "a rule": ("CREATE RULE quiet AS ON INSERT TO audit_event DO INSTEAD NOTHING",
               "The rule quiet is not of the office."),
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


def test_an_anchor_that_was_taken_out_between_two_is_found(alder: Provider, settings: Any) -> None:
    anchor_heads(at=NOW)
    anchor_heads(at=NOW)
    path = Path(settings.ANCHORS_FILE)
    first, _, third = path.read_text("ascii").splitlines(keepends=True)
    path.write_text(first + third, "ascii")
    assert "anchors: anchor 2 does not follow the one before it." in found()


SEEDS = range(20)
# Table: which rows, and what may be written into which column; `{}` is a number of chance.
OF_CHANCE: dict[str, tuple[str, ...]] = {
    "audit_event": (
        "subject = 'x{}'", "name = 'case.x{}'", "actor_name = 'x{}'", "hash = 'x{}'",
        "previous_hash = 'x{}'", "number = number + 1000 + {}", "facts = '{{\"x\": {}}}'",
        "after = '{{\"x\": {}}}'", "before = '{{\"x\": {}}}'", "at = '2020-01-01 00:00:{}'",
    ),
    "audit_chain": ("length = length + 1 + {}", "head = 'x{}'", "seal = 'x{}'"),
    "cases_case": (
        "version = version + 1 + {}", "account_id = 'x{}'", "party_id = 'x{}'",
        "party_name = 'x{}'", "amount_cents = amount_cents + 1 + {}", "refund_cents = 1000000 + {}",
        "cause = 'x{}'", "rule_id = 'x{}'", "decision = 'x{}'", "digest = 'x{}'",
        "resolution = 'x{}'", "decision_reason = 'x{}'", "snooze_reason = 'x{}'",
        "resolved_at = '2020-01-01 00:00:{}'", "decided_at = '2020-01-01 00:00:{}'",
        "closed_by = 'x{}'", "closed_from = 'x{}'", "number = number + 1000 + {}",
        "is_gone = NOT is_gone", "due_key = '1999-12-{}'", "rank = rank + 7 + {}",
    ),
    "cases_paidrefund": (
        "cents = cents + 1 + {}", "digest = 'x{}'", "at = '2020-01-01 00:00:{}'",
        "settled_at = '2020-01-01 00:00:{}'", "came_back_at = '2020-01-01 00:00:{}'",
    ),
    "cases_casefinding": (
        "amount_cents = amount_cents + 1 + {}", "evidence = 'x{}'", "line_no = 100 + {}",
    ),
    "cases_note": ("text = 'x{}'", "at = '2020-01-01 00:00:{}'"),
    "cases_attachment": ("digest = 'x{}'", "at = '2020-01-01 00:00:{}'"),
    "cases_question": ("text = 'x{}'", "asked_at = '2020-01-01 00:00:{}'"),
    "cases_automaticuse": ("cents = cents + 1 + {}", "cause = 'x{}'"),
}  # fmt: skip


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
        if named not in (said := told_after(change)):
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
