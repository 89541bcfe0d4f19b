"""What a step answers, and what the second person is offered."""

import pytest
from django.test import Client

from office_builders import a_case, a_member, a_provider
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
    assert "no action proposed · " in page
    assert "<b>that nothing goes back</b>: settled in writing" in page
    assert 'value="agree"' in page
    assert '<button name="action" value="approve"' not in page
    assert "Take the proposal back <kbd>" not in page
    take(sam, Case.objects.get(), "agree")
    page = sam.get("/alder/cases/?queue=done&ended=dismissed").content.decode()
    assert "Resolved: dismissed: settled in writing" in page
    assert "dismissed: no action needed" in page
