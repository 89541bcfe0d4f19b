"""That somebody read patients' data leaves an event: whose accounts, never a name or a search."""

import json
from io import BytesIO

import pytest
from django.test import Client

from office_builders import NOW, a_false_credit, a_finding, a_member, a_provider, determined
from requite.domain.case import Action
from requite.office.audit.models import Event
from requite.office.cases.attachments import attach
from requite.office.cases.holding import Seen
from requite.office.cases.models import Attachment, Case
from requite.office.cases.services import add_note, move_case
from requite.office.people.models import Provider
from requite.office.people.role import Role
from requite.office.people.tokens import NewToken, make_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder() -> Provider:
    made = a_provider()
    determined(made, a_finding("A1"), a_finding("A2"), a_false_credit("F1"))
    return made


def signed_in(provider: Provider, role: Role = Role.SPECIALIST, name: str = "") -> Client:
    client = Client()
    client.force_login(a_member(provider, role, name))
    return client


def events(name: str) -> list[tuple[str, list[str] | None]]:
    found = Event.objects.filter(name=name).order_by("number")
    return [(event.subject, event.facts.get("accounts")) for event in found]


@pytest.mark.parametrize(
    ("page", "role", "read"),
    [
        ("cases/?queue=work", Role.SPECIALIST, ("queue work", ["A1", "A2", "F1"])),
        ("cases/?queue=work&party=payer", Role.AUDITOR, ("queue work", ["A1", "A2"])),
        ("cases/?search=quist", Role.SPECIALIST, ("search", ["A1", "A2", "F1"])),
        ("cases/?search=A2", Role.SPECIALIST, ("search", ["A2"])),
        ("cases/approvals", Role.SUPERVISOR, ("approvals", [])),
        ("corrections/?status=ready", Role.SPECIALIST, ("corrections ready", ["F1"])),
        ("audit/?subject=mira", Role.AUDITOR, ("audit", [])),
        ("people/me", Role.SPECIALIST, ("mentions", ["A1"])),
    ],
)
def test_a_list_that_was_read_is_told_with_its_accounts(
    page: str, role: Role, read: tuple[str, list[str]], alder: Provider
) -> None:
    client, mira = signed_in(alder, role, "reader"), a_member(alder, name="mira")
    wrong = Case.objects.get(account_id="F1")
    if "search" not in page and "queue" not in page:
        move_case(Seen(alder, wrong.number, 1), Action.CORRECT, actor=mira, at=NOW)
        first = Case.objects.get(account_id="A1")
        add_note(alder, first.number, "@reader look", actor=mira, at=NOW)
    assert client.get(f"/alder/{page}").status_code == 200
    assert events("list.read") == [read]
    told = json.dumps([[e.subject, e.facts] for e in Event.objects.filter(name="list.read")])
    assert "quist" not in told.lower()


def test_an_empty_list_tells_of_nobody(alder: Provider) -> None:
    assert signed_in(alder).get("/alder/cases/?search=nobody").status_code == 200
    assert events("list.read") == []


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_evidence_that_was_read_is_told_however_it_was_asked_for(
    headers: dict[str, str], alder: Provider
) -> None:
    case = Case.objects.get(account_id="A1")
    client = signed_in(alder)
    client.get(f"/alder/cases/{case.number}/evidence", headers=headers)
    assert Event.objects.filter(name="evidence.read", subject=case.label).count() == 1
    page = client.get(f"/alder/cases/{case.number}/").content.decode()
    assert "read the evidence" not in page  # readings stand in the trail, not on the case


@pytest.mark.parametrize(
    ("path", "accounts"),
    [
        ("cases/export.csv?party=payer", ["A1", "A2"]),
        ("cases/export.xlsx?queue=posting", ["F1"]),
        ("cases/1/tables.csv", ["A1"]),
        ("corrections/export.csv", ["F1"]),
    ],
)
def test_a_file_that_was_taken_along_is_told_with_its_accounts(
    path: str, accounts: list[str], alder: Provider
) -> None:
    client, mira = signed_in(alder), a_member(alder, name="mira")
    wrong = Case.objects.get(account_id="F1")
    move_case(Seen(alder, wrong.number, 1), Action.CORRECT, actor=mira, at=NOW)
    assert client.get(f"/alder/{path}").status_code == 200
    ((_, told),) = events("list.taken")
    assert told == accounts


@pytest.mark.parametrize(
    ("path", "name", "read"),
    [
        ("cases?search=quist", "list.taken", ("interface: work 0-3", ["A1", "A2", "F1"])),
        ("corrections", "list.taken", ("interface: corrections ready 0-0", [])),
        ("cases/1", "case.read", ("RQ-000001", None)),
    ],
)
def test_what_a_program_read_is_told(
    path: str, name: str, read: tuple[str, list[str] | None], alder: Provider
) -> None:
    _, text = make_token(a_member(alder), alder, NewToken("x"), at=NOW)
    answer = Client().get(f"/api/alder/{path}", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 200
    assert events(name) == [read]


def test_a_document_that_was_opened_is_told(alder: Provider) -> None:
    case, mira = Case.objects.get(account_id="A1"), a_member(alder, name="mira")
    attach(case, "letter.txt", BytesIO(b"Dear Sir"), actor=mira, at=NOW)
    document = Attachment.objects.get()
    client = signed_in(alder, Role.AUDITOR)
    assert client.get(f"/alder/cases/{case.number}/attachments/{document.pk}").status_code == 200
    event = Event.objects.get(name="attachment.read")
    assert (event.subject, event.facts["pk"]) == (case.label, document.pk)
