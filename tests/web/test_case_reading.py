"""The place in the list, the reasons on a case, its law and its timeline: what a reader sees."""

import pytest
from django.test import Client

from office_builders import NOW, a_case, a_finding, a_member, a_provider, determined
from requite.domain.case import Action
from requite.office.cases.holding import Seen
from requite.office.cases.models import Case
from requite.office.cases.services import move_case
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder() -> Provider:
    return a_provider()


def signed_in(provider: Provider, role: Role = Role.SPECIALIST, name: str = "") -> Client:
    client = Client()
    client.force_login(a_member(provider, role, name))
    return client


def path(case: Case) -> str:
    return f"/{case.provider.slug}/cases/{case.number}/"


def test_a_decision_keeps_the_place_in_the_list(alder: Provider) -> None:
    determined(alder, *(a_finding(f"A{number:03}", 9000 - number) for number in range(120)))
    client = signed_in(alder)
    page = client.get("/alder/cases/?page=2").content.decode()
    assert "page=2" in page
    case = Case.objects.get(account_id="A060")
    form = {"action": "wait_for_payer", "version": case.version}
    address = f"/alder/cases/{case.number}/move?queue=work&page=2"
    after = Case.objects.get(account_id="A061")
    for headers, where in (({}, "Location"), ({"HX-Request": "true"}, "HX-Redirect")):
        answer = client.post(address, form, headers=headers)
        assert "page=2" in answer.headers[where]
        assert f"case={after.number}" in answer.headers[where]
        case, after = after, Case.objects.get(account_id="A062")
        form["version"] = case.version
        address = f"/alder/cases/{case.number}/move?queue=work&page=2"


def test_a_note_stays_on_its_case_and_in_its_queue(alder: Provider) -> None:
    case = a_case(alder)
    client = signed_in(alder)
    address = f"/alder/cases/{case.number}/note?queue=open"
    answer = client.post(address, {"text": "Called."})
    assert answer.headers["Location"].endswith(f"queue=open&case={case.number}")
    within = client.post(address, {"text": "Called."}, headers={"HX-Request": "true"})
    assert within.status_code == 200
    assert "move?queue=open" in within.content.decode()


def test_only_what_one_may_decide_waits_for_one_and_the_rest_says_why(alder: Provider) -> None:
    sam = a_member(alder, Role.SUPERVISOR, "sam")
    mira = a_member(alder, name="mira")
    determined(alder, *(a_finding(f"A{n}", cents) for n, cents in enumerate((7000, 600_000, 8000))))
    for case, proposer in zip(
        Case.objects.order_by("amount_cents"), (mira, sam, mira), strict=True
    ):
        seen = Seen(alder, case.number, case.version)
        move_case(seen, Action.PROPOSE_REFUND, actor=proposer, at=NOW)
    client = Client()
    client.force_login(sam)
    whole = client.get("/alder/cases/?queue=approval").content.decode()
    assert "You proposed it: somebody else decides" in whole
    assert "Above the $5,000.00 that your role may approve" in whole
    mine = client.get("/alder/cases/?queue=approval&mine=1").content.decode()
    assert "1 case, $70.00" in mine
    client = signed_in(alder, Role.AUDITOR)
    assert "0 cases" in client.get("/alder/cases/?queue=approval&mine=1").content.decode()


def test_a_step_that_one_may_not_take_is_no_form(alder: Provider) -> None:
    sam = a_member(alder, Role.SUPERVISOR, "sam")
    case = a_case(alder)
    move_case(Seen(alder, 1, case.version), Action.PROPOSE_REFUND, actor=sam, at=NOW)
    client = Client()
    client.force_login(sam)
    page = client.get("/alder/cases/1/").content.decode()
    assert 'value="reject"' not in page
    assert "Send back: you proposed it: somebody else decides." in page


def test_each_finding_of_several_says_why_where_it_can_be_read(alder: Provider) -> None:
    determined(alder, a_finding(), a_finding(cents=100, line_no=2, explanation="A second reason."))
    page = signed_in(alder).get("/alder/cases/1/").content.decode()
    assert "Of 2 findings the largest:" in page
    assert '<span class="quiet">A second reason.</span>' in page


def test_a_clock_names_its_law_and_when_it_was_read(alder: Provider) -> None:
    a_case(alder, a_finding(rule_id="msp.provider.60day"))
    page = signed_in(alder).get("/alder/cases/1/").content.decode()
    assert "42 CFR" in page
    assert "(read 2026-" in page or "(read 2025-" in page


def test_the_timeline_tells_what_changed_and_no_readings(alder: Provider) -> None:
    case = a_case(alder)
    determined(alder, a_finding(cents=6500))
    client = signed_in(alder, name="mira")
    for _ in range(3):
        client.get(path(case))
    page = client.get(path(case)).content.decode()
    assert "amount $70.00 → $65.00" in page
    assert "read the case" not in page
