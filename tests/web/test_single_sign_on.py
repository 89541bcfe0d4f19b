"""Single sign-on against an OpenID Connect provider that runs beside the tests."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from office_builders import a_member, a_provider
from own_office import free_port
from requite.office.audit.models import Event
from requite.office.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
PEOPLE = (
    {"sub": "m1", "email": "mira@alder.example", "email_verified": True},
    {"sub": "e1", "email": "eve@elsewhere.example", "email_verified": True},
    {"sub": "u1", "email": "mira@alder.example", "email_verified": False},
)
READY_SECONDS = 30


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Shows where a redirect leads instead of going there."""

    def redirect_request(self, *_: Any) -> None:
        return None


@pytest.fixture
def identity(settings: Any) -> Iterator[str]:
    """The address of a running identity provider, which the settings name."""
    port = free_port()
    people = [word for each in PEOPLE for word in ("--user-claims", json.dumps(each))]
    call = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    address = f"http://localhost:{port}"
    with subprocess.Popen(
        [*call, *people], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(f"{address}/.well-known/openid-configuration")
            app = {
                "provider_id": "sso", "name": "Alder sign-on", "client_id": "requite",
                "secret": "of no use elsewhere", "settings": {"server_url": address},
            }  # fmt: skip
            settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
            yield address
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:  # not there yet, or slow to answer
            assert time.monotonic() < until, "The identity provider does not answer."
            time.sleep(0.2)
        else:
            return


def come_back_as(sub: str, client: Client) -> None:
    """Go to the identity provider as that person, and come back with what it says."""
    away = client.post("/account/oidc/sso/login/").headers["Location"]
    body = urllib.parse.urlencode({"sub": sub}).encode()
    opener = urllib.request.build_opener(NoRedirect)
    try:
        opener.open(away, body, timeout=10)
    except urllib.error.HTTPError as sent:
        back = sent.headers["Location"]
        sent.close()
    else:
        raise AssertionError("The identity provider sends nobody back.")
    client.get(back.removeprefix("http://testserver"))


@pytest.fixture
def mira() -> User:
    user = a_member(a_provider(), name="mira")
    user.email = "mira@alder.example"
    user.save(update_fields=["email"])
    return user


def is_in(client: Client) -> bool:
    return client.get("/alder/cases/").status_code == 200


def test_a_known_person_signs_in_by_single_sign_on(identity: str, mira: User) -> None:
    client = Client()
    assert "Alder sign-on" in client.get("/account/login/").content.decode()
    come_back_as("m1", client)
    assert is_in(client)
    assert int(client.session["_auth_user_id"]) == mira.pk
    assert Event.objects.get(name="sign_in.done").facts["by"] == ["socialaccount"]


@pytest.mark.parametrize("sub", ["e1", "u1"], ids=["a stranger", "an unproved address"])
def test_nobody_else_gets_in_or_is_added(sub: str, identity: str, mira: User) -> None:
    client = Client()
    come_back_as(sub, client)
    assert not is_in(client)
    assert User.objects.count() == 1
    assert Event.objects.get(name="sign_in.failed").facts["what"] == "single sign-on"


def test_a_second_time_works_as_the_first(identity: str, mira: User) -> None:
    for _ in range(2):
        client = Client()
        come_back_as("m1", client)
        assert is_in(client)
