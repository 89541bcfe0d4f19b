"""Every table goes to CSV and Excel, with stable ids, and nothing in it runs."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from office_builders import NOW, a_case, a_finding, a_member, a_provider, determined
from requite.office.audit.models import Event
from requite.office.cases.approval import Caps, turn_on
from requite.office.cases.assignment import add_rule
from requite.office.cases.saved_view import View, save_view
from requite.office.intake.models import Import
from requite.office.people.models import Provider
from requite.office.people.role import Role
from requite.office.people.tokens import NewToken, make_token

pytestmark = pytest.mark.django_db
FILES = (
    "cases", "corrections", "imports", "people", "audit", "dashboard", "cases/views",
    "cases/approvals", "cases/assignment", "people/me/tokens",
)  # fmt: skip


@pytest.fixture
def alder() -> Provider:
    return a_provider()


def signed_in(provider: Provider, role: Role = Role.AUDITOR) -> Client:
    client = Client()
    client.force_login(a_member(provider, role))
    return client


def reader(name: str) -> Role:
    """Who may see that list: an auditor, but for the rules of assignment."""
    return Role.SUPERVISOR if name == "cases/assignment" else Role.AUDITOR


def rows(client: Client, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode())))


@pytest.mark.parametrize("name", FILES)
def test_each_table_is_a_file_in_both_forms_and_no_other(alder: Provider, name: str) -> None:
    a_case(alder)
    client = signed_in(alder, reader(name))
    assert len(rows(client, f"/alder/{name}/export.csv")) >= 1
    assert client.get(f"/alder/{name}/export.xlsx").content[:2] == b"PK"
    assert client.get(f"/alder/{name}/export.pdf").status_code == 404


def test_the_trail_goes_along_with_its_whole_hashes(alder: Provider) -> None:
    case = a_case(alder)
    head, *told = rows(signed_in(alder), f"/alder/audit/export.csv?subject={case.label}")
    assert head[0] == "number"
    event = Event.objects.get(name="case.opened")
    assert [row[-1] for row in told] == [event.hash]


def test_the_history_of_imports_names_who_and_what(alder: Provider) -> None:
    Import.objects.create(
        provider=alder, number=1, source="/x/=feed", digest="d", as_of=date(2026, 11, 1),
        asked_at=NOW, status="failed", problem="-it failed",
    )  # fmt: skip
    _, row = rows(signed_in(alder), "/alder/imports/export.csv")
    assert (row[0], row[2], row[11], row[12]) == ("1", "Requite", "'=feed", "'-it failed")


def test_a_text_of_an_excel_file_is_marked_as_text(alder: Provider) -> None:
    Import.objects.create(
        provider=alder, number=1, source="/x/=feed", digest="d", as_of=date(2026, 11, 1),
        asked_at=NOW, status="failed", problem="it failed",
    )  # fmt: skip
    content = signed_in(alder).get("/alder/imports/export.xlsx").content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts, sheet = book.read("xl/sharedStrings.xml"), book.read("xl/worksheets/sheet1.xml")
        formats = re.findall(rb"<xf [^>]*>", book.read("xl/styles.xml").split(b"<cellXfs")[1])
    place = texts.decode().split("<si>")[1:].index("<t>=feed</t></si>")
    cell = re.search(rb'<c [^>]*s="(\d+)" t="s"><v>%d</v>' % place, sheet)
    assert cell is not None
    assert b'quotePrefix="1"' in formats[int(cell[1])]
    assert b"<f>" not in sheet


def test_every_account_that_was_held_out_goes_along(alder: Provider) -> None:
    held = [
        {"account_id": f"A{n}", "reason": "=does not add up", "reported_balance_cents": 100,
         "computed_balance_cents": -250} for n in range(300)
    ]  # fmt: skip
    Import.objects.create(
        provider=alder, number=1, source="/x/feed", digest="d", as_of=date(2026, 11, 1),
        asked_at=NOW, status="done", report={"held_out": held}, outcome={"opened": 0},
    )  # fmt: skip
    client = signed_in(alder)
    page = client.get("/alder/imports/1/").content.decode()
    assert "300 accounts; all of it" in page
    assert "the first 200 here" in page
    told = rows(client, "/alder/imports/1/held-out.csv")
    assert len(told) == 301
    assert told[1] == ["A0", "'=does not add up", "1.00", "-2.50", "", "", "", ""]


def test_the_figures_of_the_dashboard_add_up_in_the_file(alder: Provider) -> None:
    determined(alder, a_finding("A1", 900), a_finding("A2", 850))
    told = rows(signed_in(alder), "/alder/dashboard/export.csv")
    assert ["All", "open", "2", "17.50"] in told
    assert ["By party", "the payer", "2", "17.50"] in told


def test_the_people_go_along_for_a_review(alder: Provider) -> None:
    told_at = "/alder/people/export.csv"
    told = rows(signed_in(alder), told_at)
    assert told[1][1:4] == ["Auditor", "yes", ""]
    a_member(alder, name="new")
    assert ["new", "Specialist", "yes", "", "yes", "never"] in rows(signed_in(alder), told_at)


@pytest.mark.parametrize("name", FILES)
def test_what_is_taken_along_is_noted(alder: Provider, name: str) -> None:
    a_case(alder)
    client = signed_in(alder, reader(name))
    assert client.get(f"/alder/{name}/export.csv").status_code == 200
    event = Event.objects.get(name="list.taken")
    assert event.subject.endswith(".csv")
    assert event.chain.provider == alder
    assert event.actor_name.startswith(reader(name))


def test_a_file_that_is_not_given_is_not_noted(alder: Provider) -> None:
    assert signed_in(alder).get("/alder/cases/export.pdf").status_code == 404
    assert not Event.objects.filter(name="list.taken").exists()


def test_rules_limits_views_and_tokens_say_what_holds(alder: Provider) -> None:
    sam, client = a_member(alder, Role.SUPERVISOR, "sam"), Client()
    client.force_login(sam)
    a_case(alder)
    turn_on(alder, "dual_primary", Caps(5_000, 50_000, 500_000), actor=sam, at=NOW)
    mira = a_member(alder, name="mira")
    add_rule(alder, {"party": "payer", "at_least_cents": 900}, mira, actor=sam, at=NOW)
    save_view(alder, View("=mine", "party=payer", is_shared=False), actor=sam, at=NOW)
    made, _ = make_token(sam, alder, NewToken("reports"), at=timezone.now())
    assert rows(client, "/alder/cases/approvals/export.csv")[1:] == [
        ["limit", "Supervisor", "5000.00", "", "", "", "", "", ""],
        ["rule", "Two payers both paid as primary", "50.00", "500.00", "0.00", "5000.00", "0.00",
         "sam", "2026-11-26"],
    ]  # fmt: skip
    rule = ["1", "the payer", "any", "9.00", "mira"]
    assert rows(client, "/alder/cases/assignment/export.csv")[1] == rule
    view = ["'=mine", "1", "mine", "no", "party=payer"]
    assert rows(client, "/alder/cases/views/export.csv")[1] == view
    (token,) = rows(client, "/alder/people/me/tokens/export.csv")[1:]
    made_on, ends_on = f"{made.made_at:%Y-%m-%d}", f"{made.ends_on}"
    assert token == ["reports", made_on, "never", ends_on, "read"]
