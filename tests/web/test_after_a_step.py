"""What a step answers, and what the second person is offered."""

from datetime import date

import pytest
from django.test import Client

from office_builders import (
    a_case,
    a_false_credit,
    a_finding,
    a_member,
    a_provider,
    determined,
)
from requite.domain.regulations.book import rule_book
from requite.office.cases.models import Case
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder() -> Provider:
    return a_provider()


def signed_in(provider: Provider, role: Role = Role.SPECIALIST) -> Client:
    client = Client()
    client.force_login(a_member(provider, role))
    return client


def take(client: Client, case: Case, action: str, reason: str = "") -> str:
    """Take a step; the page that follows."""
    form = {"action": action, "version": case.version, "reason": reason}
    path = f"/alder/cases/{case.number}/move?queue=work"
    return client.post(path, form, follow=True).content.decode()


def test_a_step_says_what_was_done_and_the_way_back(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder)
    page = take(client, case, "propose_refund")
    assert "RQ-000001: you proposed a refund. It is now: waiting for approval." in page
    assert '<a href="/alder/cases/?queue=work&amp;case=1">Open it again</a>' in page
    assert (
        "Take the proposal back" in client.get("/alder/cases/?queue=work&case=1").content.decode()
    )


def test_to_let_money_rest_says_that_a_second_person_has_to_agree(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder)
    page = client.get("/alder/cases/1/").content.decode()
    assert "a second person has to agree" in page
    page = take(client, case, "dismiss", "settled in writing")
    assert "you found that no action is needed. It is now: waiting for approval." in page


def test_the_second_person_sees_what_is_proposed_and_agrees(alder: Provider) -> None:
    case, sam = a_case(alder), signed_in(alder, Role.SUPERVISOR)
    take(signed_in(alder), case, "dismiss", "settled in writing")
    page = sam.get("/alder/cases/?queue=approval").content.decode()
    assert "no action proposed" in page
    assert "<b>that nothing goes back</b>: “settled in writing”" in page
    assert 'value="agree"' in page
    assert '<button name="action" value="approve"' not in page
    assert "Take the proposal back <kbd>" not in page
    take(sam, Case.objects.get(), "agree")
    page = sam.get("/alder/cases/?queue=done&ended=dismissed").content.decode()
    assert "Resolved: dismissed: settled in writing" in page
    assert "dismissed: no action needed" in page


def test_the_timeline_names_the_rule_and_its_version(alder: Provider) -> None:
    rule = next(rule for rule in rule_book().rules if rule.in_force_from)
    case = a_case(alder, a_finding(rule_id=rule.id))
    page = take(signed_in(alder), case, "wait_for_payer")
    page = signed_in(alder).get("/alder/cases/1/").content.decode()
    assert f"rule {rule.id}, {rule.edition}" in page
    assert f"read {rule.checked_on}" in rule.edition


def test_the_case_says_what_would_change_it_until_it_is_resolved(alder: Provider) -> None:
    case, client = a_case(alder, a_false_credit()), signed_in(alder)
    assert (
        "What would change it: a second check or deposit"
        in client.get("/alder/cases/1/").content.decode()
    )
    take(client, case, "dismiss", "seen with the bank")
    assert "What would change it" not in client.get("/alder/cases/1/").content.decode()


@pytest.mark.parametrize(
    ("role", "page"), [(Role.SPECIALIST, "cases/"), (Role.ADMINISTRATOR, "imports/")]
)
def test_the_address_of_a_provider_opens_where_the_day_begins(
    alder: Provider, role: Role, page: str
) -> None:
    assert signed_in(alder, role).get("/alder/").headers["Location"] == f"/alder/{page}"


def test_after_the_first_look_around_one_is_where_the_day_begins(alder: Provider) -> None:
    assert signed_in(alder).post("/alder/people/me/tour").headers["Location"] == "/alder/"


def test_a_saved_view_is_told_of(alder: Provider) -> None:
    client = signed_in(alder)
    page = client.post("/alder/cases/views/save?party=payer", {"name": "Payers"}, follow=True)
    assert "The view Payers is saved" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.SPECIALIST, "The <b>step in colour</b>"),
        (Role.CONTROLLER, "<kbd>p</kbd> notes that the money went out"),
        (Role.PROVIDER_CONTACT, "<kbd>y</kbd> answers"),
        (Role.AUDITOR, "You <b>read everything</b>"),
    ],
)
def test_the_first_look_around_is_that_of_the_role(alder: Provider, role: Role, said: str) -> None:
    assert said in signed_in(alder, role).get("/alder/cases/").content.decode()


def test_programs_are_told_of_a_wrong_address_as_programs(alder: Provider) -> None:
    answer = signed_in(alder).get("/api/alder/nothing")
    assert (answer.status_code, answer.json()) == (
        404, {"detail": "There is no such address here."}
    )  # fmt: skip


def test_who_takes_a_case_up_has_it_and_stays_on_it(alder: Provider) -> None:
    determined(alder, a_finding("A1", 900), a_finding("A2", 800))
    first, client = Case.objects.order_by("-amount_cents")[0], signed_in(alder)
    form = {"action": "take_up", "version": first.version}
    answer = client.post(f"/alder/cases/{first.number}/move?queue=work", form)
    assert answer.headers["Location"].endswith(f"case={first.number}")
    taken = Case.objects.get(pk=first.pk)
    assert taken.assigned_to is not None
    take(client, taken, "wait_for_payer")
    other = signed_in(alder)
    take(other, Case.objects.get(pk=first.pk), "take_up")
    assert Case.objects.get(pk=first.pk).assigned_to == taken.assigned_to


def test_what_is_done_is_not_late_and_what_waits_does_not_wait_again(alder: Provider) -> None:
    case, client = a_case(alder, a_finding(due_on=date(2020, 1, 1))), signed_in(alder)
    page = take(client, case, "wait_for_payer")
    page = client.get("/alder/cases/1/").content.decode()
    assert 'value="wait_for_payer"' not in page
    assert "days past due" in page
    take(client, Case.objects.get(), "dismiss", "settled in writing")
    take(signed_in(alder, Role.SUPERVISOR), Case.objects.get(), "agree")
    page = client.get("/alder/cases/?queue=done").content.decode()
    assert "past due" not in page.split('<div class="split">')[1]
    assert "<b>Resolved: dismissed: settled in writing</b>" in page


def test_a_wait_whose_evidence_moved_is_decided_anew(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder)
    take(client, case, "wait_for_payer")
    determined(alder, a_finding(cents=9000))
    case = Case.objects.get(pk=case.pk)
    assert case.changed_since_decided
    assert 'value="wait_for_payer"' in client.get("/alder/cases/1/").content.decode()
    take(client, case, "wait_for_payer")
    assert not Case.objects.get(pk=case.pk).changed_since_decided
