"""Providers, users and roles: who may be added, who may not go."""

import pytest
from django.test import Client

from office_builders import NOW, PASSWORD, a_member, a_provider
from requite.office.audit.models import Event
from requite.office.people.models import Membership, User
from requite.office.people.permission import PERMISSIONS, allows
from requite.office.people.queries import membership, providers_of
from requite.office.people.role import Role
from requite.office.people.services import (
    BadName,
    BadProviderName,
    BadUserName,
    LastAdministrator,
    NameTaken,
    NewMember,
    activate_user,
    add_member,
    add_provider,
    deactivate_user,
    end_membership,
    give_role,
    reset_password,
)

pytestmark = pytest.mark.django_db


def test_a_member_may_sign_in_and_is_known_to_the_provider_alone() -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    mira = a_member(alder, Role.SPECIALIST, "mira")
    assert mira.check_password(PASSWORD)
    assert membership(mira, "alder") is not None
    assert membership(mira, "birch") is None
    assert [row.provider for row in providers_of(mira)] == [alder]
    assert birch.memberships.count() == 0


@pytest.mark.parametrize("slug", ["account", "Alder Creek", "", "x" * 41, "../etc"])
def test_a_short_name_that_cannot_stand_in_an_address_is_refused(slug: str) -> None:
    with pytest.raises(BadName):
        add_provider(slug, "Alder Creek", actor=None, at=NOW)


@pytest.mark.parametrize(
    "name", ["", "mir\u0430", "mira ", "mi\nra", "<b>x</b>", "=x", "a/../b", "x" * 61]
)
def test_a_user_name_that_could_be_taken_for_another_s_is_refused(name: str) -> None:
    alder = a_provider()
    with pytest.raises(BadUserName, match="letters without accents"):
        add_member(alder, NewMember(name, PASSWORD, Role.AUDITOR), actor=None, at=NOW)
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "Alder\nBcc: x@example.org", "Alder\u202eCreek"])
def test_a_provider_s_name_is_one_line_of_words(name: str) -> None:
    with pytest.raises(BadProviderName):
        add_provider("alder", name, actor=None, at=NOW)


def test_a_name_is_given_once() -> None:
    alder = a_provider()
    a_member(alder, name="mira")
    with pytest.raises(NameTaken):
        add_provider("alder", "Another", actor=None, at=NOW)
    with pytest.raises(NameTaken) as refused:
        add_member(alder, NewMember("MIRA", PASSWORD, Role.AUDITOR), actor=None, at=NOW)
    assert "requite people give-role mira --provider alder --role auditor" in str(refused.value)


def test_the_last_administrator_neither_goes_nor_becomes_something_else() -> None:
    alder = a_provider()
    ada = a_member(alder, Role.ADMINISTRATOR, "ada")
    with pytest.raises(LastAdministrator):
        end_membership(ada, alder, actor=ada, at=NOW)
    with pytest.raises(LastAdministrator):
        give_role(ada, alder, Role.AUDITOR, actor=ada, at=NOW)
    a_member(alder, Role.ADMINISTRATOR, "bert")
    end_membership(ada, alder, actor=ada, at=NOW)
    assert not Membership.objects.filter(user=ada).exists()


def test_an_only_administrator_who_is_given_her_role_once_more_keeps_it() -> None:
    alder = a_provider()
    ada = a_member(alder, Role.ADMINISTRATOR, "ada")
    give_role(ada, alder, Role.ADMINISTRATOR, actor=ada, at=NOW)
    assert membership(ada, "alder") is not None


@pytest.mark.parametrize("other", ["waits", "cannot sign in", "elsewhere"])
def test_who_does_not_hold_the_role_is_no_second_administrator(other: str) -> None:
    alder = a_provider()
    ada = a_member(alder, Role.ADMINISTRATOR, "ada")
    if other == "waits":
        new = NewMember("bert", PASSWORD, Role.ADMINISTRATOR)
        add_member(alder, new, actor=ada, at=NOW)
    elif other == "cannot sign in":
        deactivate_user(a_member(alder, Role.ADMINISTRATOR, "bert"), actor=None, at=NOW)
    else:
        a_member(a_provider("birch"), Role.ADMINISTRATOR, "bert")
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(LastAdministrator):
            give_role(ada, alder, role, actor=ada, at=NOW)
    with pytest.raises(LastAdministrator):
        end_membership(ada, alder, actor=ada, at=NOW)
    with pytest.raises(LastAdministrator):
        deactivate_user(ada, actor=None, at=NOW)
    ada.refresh_from_db()
    assert ada.is_active
    assert membership(ada, "alder") is not None


def test_who_is_deactivated_is_out_at_once_and_comes_back_when_let() -> None:
    mira = a_member(a_provider(), name="mira")
    client = Client()
    client.force_login(mira)
    deactivate_user(mira, actor=None, at=NOW)
    assert client.get("/alder/cases/").status_code == 302
    activate_user(mira, actor=None, at=NOW)
    assert client.get("/alder/cases/").status_code == 200
    names = Event.objects.filter(subject="mira").values_list("name", flat=True)
    assert {"user.deactivated", "user.activated"} <= set(names)


def test_a_new_password_ends_the_old_one_and_its_sessions() -> None:
    mira = a_member(a_provider(), name="mira")
    client = Client()
    client.force_login(mira)
    assert client.get("/alder/cases/").status_code == 200
    password = reset_password(mira, actor=None, at=NOW)
    assert client.get("/alder/cases/").status_code == 302
    mira.refresh_from_db()
    assert mira.check_password(password)
    assert not mira.check_password(PASSWORD)
    assert Event.objects.filter(name="password.reset", subject="mira").exists()


def test_each_change_of_people_leaves_an_event() -> None:
    alder = a_provider()
    mira = a_member(alder, name="mira")
    give_role(mira, alder, Role.SUPERVISOR, actor=None, at=NOW)
    names = list(Event.objects.order_by("pk").values_list("name", "subject"))
    assert ("provider.added", "alder") in names
    assert ("user.added", "mira") in names
    last = Event.objects.order_by("pk").last()
    assert last is not None
    assert (last.name, last.before, last.after) == (
        "role.given", {"role": "specialist"}, {"role": "supervisor"},
    )  # fmt: skip


@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
def test_an_auditor_reads_and_changes_nothing(permission: str) -> None:
    reads = permission.endswith((".view", ".open"))
    assert allows(Role.AUDITOR, permission) == reads


def test_who_is_taken_away_by_two_at_once_is_taken_away_once() -> None:
    alder = a_provider()
    mira = a_member(alder)
    for _ in range(2):
        end_membership(mira, alder, actor=None, at=NOW)
    assert membership(mira, "alder") is None
    assert Event.objects.filter(name="role.ended").count() == 1
