"""Coming, going, second factors, passwords and tokens: each leaves its event in the trail."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from office_builders import NOW, PASSWORD, a_member, a_provider, a_token
from requite.office.audit.models import Event
from requite.office.people.models import Provider, User
from requite.office.people.role import Role
from requite.office.people.services import give_role

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - of an invented person


@pytest.fixture(autouse=True)
def _no_code_was_shown_before() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def alder() -> Provider:
    return a_provider()


@pytest.fixture
def mira(alder: Provider) -> User:
    return a_member(alder, name="mira")


def signed_in() -> Client:
    client = Client()
    client.post("/account/login/", {"login": "mira", "password": PASSWORD})
    return client


def told(name: str) -> list[dict[str, Any]]:
    return [event.facts for event in Event.objects.filter(name=name).order_by("pk")]


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_coming_and_going_is_told_in_the_chain_of_the_provider(mira: User) -> None:
    signed_in().post("/account/logout/")
    events = Event.objects.filter(name__startswith="sign_in").order_by("pk")
    assert [(event.name, event.subject, event.chain.name) for event in events] == [
        ("sign_in.done", "mira", "alder"), ("sign_in.ended", "mira", "alder"),
    ]  # fmt: skip
    assert told("sign_in.ended") == [{"why": "signed out"}]


def test_of_who_works_for_several_the_installation_is_told(mira: User) -> None:
    give_role(mira, a_provider("birch"), Role.AUDITOR, actor=None, at=NOW)
    signed_in()
    assert Event.objects.get(name="sign_in.done").chain.name == ""


def test_who_was_away_for_too_long_is_told(mira: User, settings: Any) -> None:
    client = signed_in()
    client.get("/alder/cases/")
    session = client.session
    session["last_seen"] -= settings.IDLE_SECONDS + 1
    session.save()
    client.get("/alder/cases/")
    assert told("sign_in.ended") == [{"why": "away for too long"}]


def test_a_session_that_is_ended_from_another_is_told(mira: User) -> None:
    here, there = signed_in(), signed_in()
    for client in (here, there):
        client.get("/alder/cases/")
    assert UserSession.objects.count() == 2
    here.post("/account/sessions/")
    assert told("sign_in.ended") == [{"why": "ended from another session"}]


def test_second_factors_that_are_set_and_removed_are_told(mira: User) -> None:
    client = signed_in()
    sure = {"password": PASSWORD, "next": "/account/2fa/totp/activate/"}
    client.post("/account/reauthenticate/", sure)
    client.get("/account/2fa/totp/activate/")
    client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert told("second_factor.set") == []
    secret = client.session["mfa.totp.secret"]
    client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    assert Authenticator.objects.filter(user=mira).count() == 2
    assert told("second_factor.set") == [{"kind": "authenticator app"}]
    assert len(told("recovery_codes.made")) == 1
    client.post("/account/2fa/recovery-codes/generate/")
    assert len(told("recovery_codes.made")) == 2
    client.post("/account/2fa/totp/deactivate/")
    assert told("second_factor.removed") == [{"kind": "authenticator app"}]
    assert len(told("recovery_codes.removed")) == 1
    assert {event.actor for event in Event.objects.filter(name__startswith="second")} == {mira}


def test_a_factor_that_is_removed_once_the_password_was_asked_for_again_is_told(mira: User) -> None:
    TOTP.activate(mira, SECRET)
    client = Client()
    client.force_login(mira)
    asked = client.post("/account/2fa/totp/deactivate/")
    assert "reauthenticate" in asked.headers["Location"]
    client.get(asked.headers["Location"])
    sure = {"code": code(), "next": "/account/2fa/totp/deactivate/"}
    client.post("/account/2fa/reauthenticate/", sure)
    assert not Authenticator.objects.exists()
    assert told("second_factor.removed") == [{"kind": "authenticator app"}]


def test_a_recovery_code_that_is_used_is_told(mira: User) -> None:
    TOTP.activate(mira, SECRET)
    codes = RecoveryCodes.activate(mira).get_unused_codes()
    client = signed_in()
    client.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert client.get("/alder/cases/").status_code == 200
    assert len(told("recovery_code.used")) == 1


def test_a_password_that_is_changed_is_told(mira: User) -> None:
    own = "quite another sentence"
    filled = {"oldpassword": PASSWORD, "password1": own, "password2": own}
    signed_in().post("/account/password/change/", filled)
    assert Event.objects.get(name="password.changed").chain.name == "alder"


def test_a_token_is_told_when_it_is_made_used_first_and_ended(alder: Provider, mira: User) -> None:
    text = a_token(mira, alder)
    for _ in range(3):
        answer = Client().get("/api/alder/cases", headers={"Authorization": f"Bearer {text}"})
        assert answer.status_code == 200
    give_role(mira, alder, Role.AUDITOR, actor=None, at=NOW)
    names = Event.objects.filter(name__startswith="token").order_by("pk")
    assert [event.name for event in names] == ["token.made", "token.first_used", "token.ended"]
    assert told("token.first_used") == [{"address": "127.0.0.1"}]
