"""Signing in: lockout, second factors, idleness, sessions that can be ended, quiet logs."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from office_builders import PASSWORD, a_member, a_provider
from requite.office.people.models import User
from requite.web.configuration import BadSetting, read_configuration

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - of an invented person


@pytest.fixture
def mira() -> User:
    return a_member(a_provider(), name="mira")


def sign_in(client: Client, password: str = PASSWORD, name: str = "mira") -> object:
    return client.post("/account/login/", {"login": name, "password": password})


def is_in(client: Client) -> bool:
    return client.get("/alder/cases/").status_code == 200


def test_a_user_signs_in_and_out(mira: User) -> None:
    client = Client()
    assert not is_in(client)
    sign_in(client)
    assert is_in(client)
    client.post("/account/logout/")
    assert not is_in(client)


def test_five_wrong_passwords_lock_the_name(mira: User) -> None:
    client = Client()
    for _ in range(4):
        assert sign_in(client, "wrong").status_code == 200
    assert sign_in(client, "wrong").status_code == 429
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()
    assert not is_in(client)


def test_nobody_signs_up_alone() -> None:
    answer = Client().post("/account/signup/", {"username": "eve", "password1": PASSWORD})
    assert not User.objects.filter(username="eve").exists()
    assert answer.status_code in {200, 403}


def test_a_second_factor_is_asked_for_and_its_recovery_codes_serve_once(mira: User) -> None:
    TOTP.activate(mira, SECRET)
    client = Client()
    assert sign_in(client).headers["Location"].startswith("/account/2fa/authenticate/")
    assert not is_in(client)
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(SECRET, counter))
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert is_in(client)


def test_the_secret_of_a_second_factor_lies_under_seal(mira: User) -> None:
    TOTP.activate(mira, SECRET)
    kept = Authenticator.objects.get(user=mira).data["secret"]
    assert SECRET not in kept
    assert get_adapter().decrypt(kept) == SECRET


def test_nobody_changes_the_address_that_single_sign_on_goes_by(mira: User) -> None:
    client = Client()
    sign_in(client)
    for method in ("get", "post"):
        assert getattr(client, method)("/account/email/").status_code == 404


def test_who_goes_away_is_logged_off(mira: User, settings: Any) -> None:
    client = Client()
    sign_in(client)
    assert is_in(client)
    session = client.session
    session["last_seen"] -= settings.IDLE_SECONDS + 1
    session.save()
    answer = client.get("/alder/cases/")
    assert answer.headers["Location"] == "/account/login/?next=/alder/cases/"


def test_a_session_can_be_ended_from_another(mira: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client)
        assert is_in(client)
    page = here.get("/account/sessions/").content.decode()
    assert page.count("127.0.0.1") >= 2
    here.post("/account/sessions/")
    assert is_in(here)
    assert not is_in(there)


def test_a_user_who_was_taken_out_is_out_at_once(mira: User) -> None:
    client = Client()
    sign_in(client)
    mira.memberships.all().delete()
    assert client.get("/alder/cases/").status_code == 404


def test_forms_from_elsewhere_are_refused(mira: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mira)
    assert client.post("/alder/cases/1/move", {"action": "take_up"}).status_code == 403


def test_passwords_are_hashed_by_argon2() -> None:
    from requite.web import settings as real

    assert real.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_neither_password_nor_patient_is_in_the_logs(mira: User) -> None:
    said = io.StringIO()
    with redirect_stderr(said):
        sign_in(Client(), "a password nobody should read")
        Client().get("/alder/cases/?search=Quist")
    assert "nobody should read" not in said.getvalue()
    assert "Quist" not in said.getvalue()


def test_an_installation_behind_tls_passes_the_deployment_checks(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    environ = os.environ | {
        "REQUITE_DATA_DIR": str(tmp_path), "REQUITE_HTTPS": "true",
        "DJANGO_SETTINGS_MODULE": "requite.web.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("environ", "key"),
    [
        ({"REQUITE_IDLE_MINUTES": "soon"}, "idle_minutes"),
        ({"REQUITE_TIME_ZONE": "Texas"}, "time_zone"),
        ({"REQUITE_HTTPS": "perhaps"}, "https"),
        ({"REQUITE_SECRET_KEY": "short"}, "secret_key"),
        ({"REQUITE_CONFIG": "missing.toml"}, "REQUITE_CONFIG"),
        ({"REQUITE_PROXIES": "-1"}, "proxies"),
        ({"REQUITE_TOKEN_DAYS": "400"}, "token_days"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(environ: dict[str, str], key: str) -> None:
    with pytest.raises(BadSetting, match=key) as refused:
        read_configuration(environ)
    assert "short" not in str(refused.value)


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text('data_dir = "x"\ncolour = "blue"\n')
    with pytest.raises(BadSetting, match="colour"):
        read_configuration({"REQUITE_CONFIG": str(tmp_path / "r.toml")})
