"""Ids of another provider in any parameter: they are as good as none."""

import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from office_builders import NOW, a_case, a_false_credit, a_finding, a_member, a_provider
from requite.domain.case import Action
from requite.office.cases.assignment import add_rule, rules_of
from requite.office.cases.holding import Seen
from requite.office.cases.models import Attachment, Case, Correction, SavedView
from requite.office.cases.saved_view import View, save_view
from requite.office.cases.services import move_case
from requite.office.people.models import ApiToken, Membership, Provider, User
from requite.office.people.role import Role
from requite.office.people.tokens import NewToken, make_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder() -> Provider:
    return a_provider("alder")


@pytest.fixture
def birch() -> Provider:
    return a_provider("birch")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_case_is_never_given_to_somebody_of_another_provider(
    alder: Provider, birch: Provider
) -> None:
    case, stranger = a_case(alder), a_member(birch)
    client = client_of(a_member(alder, Role.SUPERVISOR))
    form = {"version": case.version, "to": stranger.pk}
    client.post(f"/alder/cases/{case.number}/assign", form)
    assert Case.objects.get(pk=case.pk).assigned_to is None
    rule = {"to": stranger.username, "party": "", "cause": "", "at_least": "0"}
    assert client.post("/alder/cases/assignment/add", rule).status_code == 422
    assert not rules_of(alder).exists()


def test_corrections_of_another_provider_are_not_marked(alder: Provider, birch: Provider) -> None:
    case = a_case(birch, a_false_credit())
    seen = Seen(birch, case.number, case.version)
    move_case(seen, Action.CORRECT, actor=a_member(birch), at=NOW)
    foreign = Correction.objects.get()
    client_of(a_member(alder)).post("/alder/corrections/sent", {"id": [str(foreign.pk)]})
    assert Correction.objects.get().status == "ready"


def test_many_cases_are_those_of_the_own_provider(alder: Provider, birch: Provider) -> None:
    a_case(alder)
    for number in range(3):
        a_case(birch, a_finding(f"B{number}"))
    form = {"action": "dismiss", "reason": "agreed", "number": ["2", "3"],
            "version-2": "1", "version-3": "1"}  # fmt: skip
    page = client_of(a_member(alder)).post("/alder/cases/bulk", form, follow=True)
    assert "RQ-000002, RQ-000003: The case is no case of this provider" in page.content.decode()
    assert not Case.objects.filter(provider=birch, number__in=[2, 3], decision="dismiss").exists()


def test_documents_views_rules_tokens_and_members_stay_with_their_provider(
    alder: Provider, birch: Provider, tmp_path: Any, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    case, own = a_case(birch), a_case(alder)
    boss = a_member(birch, Role.SUPERVISOR)
    letter = io.BytesIO(b"%PDF-1.7")
    letter.name = "letter.pdf"
    client_of(boss).post(f"/birch/cases/{case.number}/attach", {"file": letter})
    save_view(birch, View("theirs", "queue=work", is_shared=True), actor=boss, at=NOW)
    add_rule(birch, {"party": "payer"}, boss, actor=boss, at=NOW)
    make_token(boss, birch, NewToken("theirs"), at=timezone.now())
    document, view, token = (
        Attachment.objects.get(),
        SavedView.objects.get(),
        ApiToken.objects.get(),
    )
    member = Membership.objects.get(user=boss)
    sam, ada = a_member(alder, Role.SUPERVISOR), a_member(alder, Role.ADMINISTRATOR)
    client, admin = client_of(sam), client_of(ada)
    path = f"/alder/cases/{own.number}/attachments/{document.pk}"
    assert client.get(path).status_code == 404
    client.post(f"/alder/cases/views/{view.pk}/remove")
    client.post("/alder/cases/assignment/1/remove")
    assert client.post(f"/alder/people/me/tokens/{token.pk}/end").status_code == 404
    assert admin.post(f"/alder/people/{member.pk}/end").status_code == 404
    assert admin.post(f"/alder/people/{member.pk}/role", {"role": "auditor"}).status_code == 404
    assert SavedView.objects.exists()
    assert rules_of(birch).exists()
    assert ApiToken.objects.get().revoked_at is None
    assert Membership.objects.get(user=boss).role == Role.SUPERVISOR


def test_a_view_of_another_provider_is_not_listed(alder: Provider, birch: Provider) -> None:
    boss = a_member(birch, Role.SUPERVISOR)
    save_view(birch, View("theirs", "queue=work", is_shared=True), actor=boss, at=NOW)
    assert "theirs" not in client_of(a_member(alder)).get("/alder/cases/views").content.decode()
