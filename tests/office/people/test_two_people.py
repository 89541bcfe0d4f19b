"""A role that moves money holds once two people have said so; a password is its owner's alone."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office_builders import NOW, PASSWORD, a_case, a_member, a_provider, a_token
from requite.domain.case import Action
from requite.office.audit.models import Event
from requite.office.cases.holding import NotYours, Seen
from requite.office.cases.services import move_case
from requite.office.people.models import Membership, Provider, User
from requite.office.people.queries import members_with, membership, role_at
from requite.office.people.role import Role
from requite.office.people.services import (
    NewMember,
    NothingToConfirm,
    NotYoursToConfirm,
    add_member,
    confirm_role,
    give_role,
    reset_password,
)
from requite.office.people.tokens import bearer

pytestmark = pytest.mark.django_db


@pytest.fixture(name="alder")
def _alder() -> Provider:
    return a_provider()


@pytest.fixture(name="ada")
def _ada(alder: Provider) -> User:
    return a_member(alder, Role.ADMINISTRATOR, "ada")


def given(alder: Provider, ada: User, role: Role, name: str = "new") -> User:
    return add_member(alder, NewMember(name, PASSWORD, role), actor=ada, at=NOW)


BY_TWO = {Role.SUPERVISOR, Role.CONTROLLER, Role.PROVIDER_CONTACT, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", sorted(BY_TWO))
def test_a_role_that_moves_money_waits_for_a_second_person(
    alder: Provider, ada: User, role: Role
) -> None:
    new = given(alder, ada, role)
    assert role_at(new, alder) == ""
    assert membership(new, "alder") is None
    assert new not in members_with(alder, frozenset({role}))
    confirm_role(new, alder, actor=a_member(alder, Role.SUPERVISOR), at=NOW)
    assert role_at(new, alder) == role
    assert Event.objects.get(name="role.confirmed").after == {"role": str(role)}


def test_other_roles_hold_at_once(alder: Provider, ada: User) -> None:
    for role in set(Role) - BY_TWO:
        assert role_at(given(alder, ada, role, f"new-{role}"), alder) == role


def test_one_administrator_cannot_push_a_refund_through_alone(alder: Provider, ada: User) -> None:
    mira, sam = (
        given(alder, ada, Role.SPECIALIST, "mira"),
        given(alder, ada, Role.SUPERVISOR, "sam"),
    )
    case = a_case(alder)
    seen = Seen(alder, case.number, case.version)
    case = move_case(seen, Action.PROPOSE_REFUND, "", actor=mira, at=NOW)
    for actor in (ada, sam, mira):
        with pytest.raises(NotYoursToConfirm):
            confirm_role(sam, alder, actor=actor, at=NOW)
    with pytest.raises(NotYours):
        move_case(
            Seen(alder, case.number, case.version), Action.APPROVE, "", actor=sam, at=NOW
        )  # fmt: skip


def test_nobody_of_another_provider_confirms(alder: Provider, ada: User) -> None:
    new = given(alder, ada, Role.SUPERVISOR)
    stranger = a_member(a_provider("birch"), Role.SUPERVISOR)
    with pytest.raises(NotYoursToConfirm):
        confirm_role(new, alder, actor=stranger, at=NOW)


def test_the_database_refuses_who_gave_the_role(alder: Provider, ada: User) -> None:
    new = given(alder, ada, Role.SUPERVISOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=new).update(confirmed_by=ada, confirmed_at=NOW)


def test_what_holds_is_not_confirmed_again(alder: Provider, ada: User) -> None:
    with pytest.raises(NothingToConfirm):
        confirm_role(ada, alder, actor=None, at=NOW)


def test_a_specialist_who_is_made_supervisor_waits_too(alder: Provider, ada: User) -> None:
    mira = a_member(alder)
    give_role(mira, alder, Role.SUPERVISOR, actor=ada, at=NOW)
    assert role_at(mira, alder) == ""
    confirm_role(mira, alder, actor=None, at=NOW)  # at the command line
    assert role_at(mira, alder) == Role.SUPERVISOR


def test_the_page_lets_a_second_person_confirm(alder: Provider, ada: User) -> None:
    new = given(alder, ada, Role.SUPERVISOR)
    address = reverse("people:confirm", args=["alder", Membership.objects.get(user=new).pk])
    first, second = Client(), Client()
    first.force_login(ada)
    second.force_login(a_member(alder, Role.ADMINISTRATOR))
    assert "by a second person" in first.get("/alder/people/").content.decode()
    assert first.post(address).status_code == 409
    assert "Confirm" in second.get("/alder/people/").content.decode()
    assert second.post(address).status_code == 302
    assert role_at(new, alder) == Role.SUPERVISOR


def test_the_first_page_says_which_role_waits(alder: Provider, ada: User) -> None:
    client = Client()
    client.force_login(given(alder, ada, Role.SUPERVISOR))
    shown = client.get("/").content.decode()
    assert "waits for a second person" in shown
    assert "You do not work for a provider yet" not in shown


def test_the_first_page_leads_each_role_to_a_page_of_its_own(ada: User) -> None:
    birch = a_provider("birch")
    give_role(ada, birch, Role.SUPERVISOR, actor=None, at=NOW)
    client = Client()
    client.force_login(ada)
    shown = client.get("/").content.decode()
    for address in ("/alder/imports/", "/birch/cases/"):
        assert f'href="{address}"' in shown
        assert client.get(address).status_code == 200


def signed_in(username: str, password: str) -> Client:
    client = Client()
    form = {"login": username, "password": password}
    assert client.post(reverse("account_login"), form).status_code == 302
    return client


def test_a_password_that_another_has_set_is_changed_first(alder: Provider) -> None:
    new = add_member(
        alder, NewMember("mira", PASSWORD, Role.SPECIALIST, must_change=True), actor=None, at=NOW
    )  # fmt: skip
    text = a_token(new, alder)
    client, change = signed_in("mira", PASSWORD), reverse("account_change_password")
    for page in ("/alder/cases/", "/", "/alder/people/me", reverse("account_email")):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, change), page
    assert bearer(text, on=timezone.localdate()) is None
    assert "Somebody else has set your password" in client.get(change).content.decode()
    own = "quite another sentence"
    filled = {"oldpassword": PASSWORD, "password1": own, "password2": own}
    assert client.post(change, filled).headers["Location"] == "/"
    assert client.get("/alder/cases/").status_code == 200
    assert Event.objects.filter(name="password.changed", actor=new).count() == 1
    assert bearer(text, on=timezone.localdate()) is not None


def test_a_password_that_was_reset_is_changed_first(alder: Provider) -> None:
    mira = a_member(alder, name="mira")
    client = signed_in("mira", reset_password(mira, actor=None, at=NOW))
    answer = client.get("/alder/cases/")
    assert answer.headers["Location"] == reverse("account_change_password")


def test_who_signs_in_by_single_sign_on_has_no_password_that_others_know(alder: Provider) -> None:
    new = add_member(
        alder, NewMember("mira", PASSWORD, Role.SPECIALIST, must_change=True), actor=None, at=NOW
    )  # fmt: skip
    client = Client()
    client.force_login(new)
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0}]
    session.save()
    for _ in range(2):
        assert client.get("/alder/cases/").status_code == 200
    new.refresh_from_db()
    assert not new.has_usable_password()
    assert not new.must_change_password
    assert Event.objects.filter(name="password.dropped").count() == 1


def test_nor_with_a_second_administrator_of_the_own_making(alder: Provider, ada: User) -> None:
    sam = given(alder, ada, Role.SUPERVISOR, "sam")
    bea = given(alder, ada, Role.ADMINISTRATOR, "bea")
    assert role_at(bea, alder) == ""
    with pytest.raises(NotYoursToConfirm):
        confirm_role(sam, alder, actor=bea, at=NOW)
    assert role_at(sam, alder) == ""


def test_a_password_that_another_has_set_is_not_chosen_once_more(alder: Provider) -> None:
    new = NewMember("mira", PASSWORD, Role.SPECIALIST, must_change=True)
    add_member(alder, new, actor=None, at=NOW)
    client, change = signed_in("mira", PASSWORD), reverse("account_change_password")
    filled = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(change, filled)
    assert "a password of your own" in answer.content.decode()
    assert client.get("/alder/cases/").headers["Location"] == change


def test_no_mail_lets_anybody_set_a_password(alder: Provider) -> None:
    """An administrator chose the address: it may be the administrator's own."""
    a_member(alder, name="mira")
    User.objects.update(email="mira@alder.example")
    Client().post("/account/password/reset/", {"email": "mira@alder.example"})
    assert mail.outbox == []
