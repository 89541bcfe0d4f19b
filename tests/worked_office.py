"""An office in which something of everything happened, and the raw SQL that tampers with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

from django.db import connection

from office_builders import (
    DAY,
    NOW,
    a_case,
    a_false_credit,
    a_finding,
    a_member,
    a_provider,
    determined,
)
from requite.domain.case import Action
from requite.office.audit.anchors import anchor_heads
from requite.office.cases.approval import Caps, set_limit, turn_on
from requite.office.cases.assignment import assign_case
from requite.office.cases.attachments import attach
from requite.office.cases.holding import Seen
from requite.office.cases.models import Case
from requite.office.cases.services import add_note, move_case, open_case
from requite.office.cases.snooze import snooze_case
from requite.office.people.models import Provider, User
from requite.office.people.role import Role
from requite.office.people.tokens import NewToken, make_token, revoke_token

RULED = "duplicate_payment"


def step(case: Case, action: Action, actor: User, reason: str = "so it is") -> Case:
    now = Case.objects.get(pk=case.pk)
    seen = Seen(now.provider, now.number, now.version)
    return move_case(seen, action, reason, actor=actor, at=NOW)


def a_worked_office(slug: str = "alder", *, anchored: bool = True) -> Provider:
    """Eight cases, paid, approved by a person and by a rule, asked about, put aside, gone."""
    alder = a_provider(slug)
    mira, sam, cora = (
        a_member(alder, role, f"{name}-{slug}")
        for role, name in (
            (Role.SPECIALIST, "mira"), (Role.SUPERVISOR, "sam"), (Role.CONTROLLER, "cora"),
        )
    )  # fmt: skip
    rows = [a_finding(f"A{n}", 7000 + n) for n in range(7)]
    determined(alder, *rows, a_false_credit("F1"))
    cases = list(Case.objects.filter(provider=alder).order_by("account_id"))
    for case in cases[:2]:  # the first is paid, the second approved
        step(case, Action.PROPOSE_REFUND, mira)
        step(case, Action.APPROVE, cora)
    step(cases[0], Action.PAY, cora)
    set_limit(alder, Role.SUPERVISOR, 250_000, actor=cora, at=NOW)
    turn_on(alder, RULED, Caps(10_000, 20_000, 90_000), actor=sam, at=NOW)
    step(cases[2], Action.PROPOSE_REFUND, mira)  # goes through by the rule
    step(cases[3], Action.ASK_PROVIDER, mira, "Which plan was first?")
    snooze_case(Seen(alder, cases[4].number, 1), DAY + timedelta(days=3), "calls back",
                actor=mira, at=NOW)  # fmt: skip
    assign_case(Seen(alder, cases[5].number, 1), mira, actor=sam, at=NOW)
    step(cases[7], Action.CORRECT, mira)
    add_note(alder, cases[0].number, "Check was mailed.", actor=mira, at=NOW)
    attach(cases[0], "letter.txt", BytesIO(b"Dear Sir"), actor=mira, at=NOW)
    determined(
        alder, *rows[:6], on=DAY + timedelta(days=1), at=NOW + timedelta(days=1),
        held=frozenset({"F1"}),
    )  # fmt: skip
    open_case(cases[1], actor=sam, at=NOW)
    _, made = (make_token(mira, alder, NewToken(name), at=NOW) for name in ("kept", "ended"))
    revoke_token(mira, alder, made[0].pk, at=NOW)
    if anchored:
        anchor_heads(at=NOW)
    a_case(alder, a_finding("LATE", 1200))  # after the anchor
    add_note(alder, cases[5].number, "Somebody called.", actor=mira, at=NOW)
    return alder


@contextmanager
def without_triggers() -> Iterator[None]:
    """What an owner of the database can do: the trail's triggers are taken off, and put back."""
    from requite.office.audit.triggers import POSTGRESQL, SQLITE, TABLES

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER {name}")
            yield
            for definition in SQLITE.values():
                cursor.execute(definition)
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for name, definition in POSTGRESQL.items():
            table = definition.split(" ON ")[1].split()[0]
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def as_owner(*statements: str) -> None:
    """Run SQL as who owns the database."""
    with without_triggers(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def one(query: str) -> int:
    """The number that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])
