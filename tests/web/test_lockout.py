"""Guessing at the sign-in: names in any spelling, many names, second factors, the old password."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client, RequestFactory

from office_builders import NOW, PASSWORD, a_member, a_provider
from requite.office.audit.models import Event
from requite.office.people.models import User
from requite.office.people.services import deactivate_user
from requite.web.people.address import address_of

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - of an invented person
FACTOR = "/account/2fa/authenticate/"
AGAIN = "/account/2fa/reauthenticate/"


@pytest.fixture(autouse=True)
def _as_if_another_process_answered() -> Iterator[None]:
    """What one process keeps in its memory helps no other."""
    yield
    cache.clear()


@pytest.fixture
def mira() -> User:
    return a_member(a_provider(), name="mira")


def sign_in(client: Client, password: str = PASSWORD, name: str = "mira", **more: Any) -> Any:
    cache.clear()
    form = {"login": name, "password": password}
    return client.post("/account/login/", form, headers=more.pop("headers", {}), **more)


def is_in(client: Client) -> bool:
    return client.get("/alder/cases/").status_code == 200


def test_who_was_deactivated_is_told_so_and_counted(mira: User) -> None:
    deactivate_user(mira, actor=None, at=NOW)
    answers = [sign_in(Client()).status_code for _ in range(6)]
    assert answers == [302, 302, 302, 302, 429, 429]
    names = Event.objects.filter(name__startswith="sign_in").values_list("name", flat=True)
    assert sorted(names) == ["sign_in.failed", "sign_in.locked"]


SPELLINGS = ("MIRA", " mira ", "\uff4d\uff49\uff52\uff41", "Mira\u3000", "\u217fira", "miRa\t")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_locked_name_stays_locked_in_any_spelling(mira: User, spelling: str) -> None:
    for name in ("mira", *SPELLINGS[:4]):
        answer = sign_in(Client(), "wrong", name)
    assert answer.status_code == 429
    for address in ("127.0.0.1", "203.0.113.9"):
        client = Client(REMOTE_ADDR=address)
        answer = sign_in(client, name=spelling)
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) == pytest.approx(900, abs=20)
        assert "locked after 5 wrong tries. Try again in 15 minutes" in answer.content.decode()
        assert not is_in(client)


def test_a_name_that_nobody_has_is_locked_as_any_other(mira: User) -> None:
    answers = [sign_in(Client(), "wrong", "noor").status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]


def test_whoever_tries_many_names_from_one_address_is_locked_out_there(mira: User) -> None:
    for number in range(29):
        assert sign_in(Client(), "wrong", f"name-{number}").status_code == 200
    sign_in(Client(), "wrong", "name-29")
    answer = sign_in(Client())
    assert answer.status_code == 429
    assert "from where you are is locked after 30 wrong tries" in answer.content.decode()
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(elsewhere)
    assert is_in(elsewhere)


@pytest.mark.parametrize(
    ("proxies", "peer", "told", "counts_as"),
    [
        (0, "198.51.100.1", "203.0.113.9", "198.51.100.1"),  # anybody can write such a header
        (1, "127.0.0.1", "9.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "127.0.0.1", "9.9.9.9, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "198.51.100.1", "203.0.113.9", "198.51.100.1"),  # it did not come by both
        (1, "198.51.100.1", "nonsense", "198.51.100.1"),
        (1, "::ffff:198.51.100.1", "", "198.51.100.1"),
        (0, "", "", "0.0.0.0"),  # noqa: S104 - a socket without an address
    ],
)
def test_an_address_is_what_a_proxy_of_ours_saw(
    settings: Any, proxies: int, peer: str, told: str, counts_as: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": told})
    assert address_of(request) == counts_as


def test_a_whole_network_of_ipv6_addresses_counts_as_one(mira: User) -> None:
    for number in range(31):
        client = Client(REMOTE_ADDR=f"2001:db8::{number:x}")
        answer = sign_in(client, "wrong", f"name-{number}")
    assert answer.status_code == 429


def test_the_old_password_is_guessed_no_more_often_than_at_the_sign_in(mira: User) -> None:
    client = Client()
    client.force_login(mira)
    filled = {"oldpassword": "wrong", "password1": "quite another", "password2": "quite another"}
    answers = []
    for _ in range(5):
        cache.clear()
        answers.append(client.post("/account/password/change/", filled).status_code)
    assert answers == [200, 200, 200, 200, 429]
    assert sign_in(Client()).status_code == 429


def test_the_password_that_is_asked_for_again_counts_with_the_others(mira: User) -> None:
    client = Client()
    client.force_login(mira)
    answers = []
    for _ in range(5):
        cache.clear()
        asked = client.post("/account/reauthenticate/", {"password": "wrong"})
        answers.append(asked.status_code)
    assert answers == [200, 200, 200, 200, 429]


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def wrong_code() -> dict[str, str]:
    return {"code": f"{(int(code()) + 1) % 10**6:06}"}


def wrong_recovery_code() -> dict[str, str]:
    return {"code": "00000000"}


def wrong_key() -> dict[str, str]:
    return {"credential": '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'}


KINDS = [wrong_code, wrong_recovery_code, wrong_key]


def waiting(mira: User) -> Client:
    """Somebody who knows the password, and is asked for the second factor."""
    client = Client()
    assert sign_in(client).headers["Location"].startswith(FACTOR)
    return client


@pytest.fixture
def guarded(mira: User) -> User:
    TOTP.activate(mira, SECRET)
    RecoveryCodes.activate(mira)
    return mira


@pytest.mark.parametrize("guess", KINDS)
def test_five_wrong_codes_end_a_sign_in_and_ten_lock_the_second_factor(
    guarded: User, guess: Callable[[], dict[str, str]]
) -> None:
    for _ in range(2):
        client, answers = waiting(guarded), []
        for _ in range(5):
            cache.clear()
            answers.append(client.post(FACTOR, guess()))
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
        assert client.get(FACTOR).headers["Location"] == "/account/login/"
        told = answers[-1].content.decode()
    assert "second factor is locked after 10 wrong codes. Try again in 15 minutes" in told
    client = waiting(guarded)
    for right in (code(), RecoveryCodes.activate(guarded).get_unused_codes()[0]):
        assert client.post(FACTOR, {"code": right}).status_code in {302, 429}
        assert not is_in(client)
    names = list(
        Event.objects.filter(name__startswith="sign_in").values_list("name", "facts__what")
    )
    assert sorted(names) == [
        ("sign_in.failed", "second factor"), ("sign_in.locked", "second factor"),
    ]  # fmt: skip


def test_a_sign_in_that_fails_and_then_works_says_how_often_it_failed(guarded: User) -> None:
    sign_in(Client(), "wrong")
    client = waiting(guarded)
    client.post(FACTOR, wrong_code())
    client.post(FACTOR, {"code": code()})
    assert is_in(client)
    facts = Event.objects.get(name="sign_in.done").facts
    assert facts == {"by": ["password", "mfa"], "address": "127.0.0.1", "wrong_before": 2}


def test_a_code_is_good_for_once_whichever_process_it_is_shown_to(guarded: User) -> None:
    shown = code()
    first, second = waiting(guarded), waiting(guarded)
    first.post(FACTOR, {"code": shown})
    assert is_in(first)
    cache.clear()
    assert "Incorrect code" in second.post(FACTOR, {"code": shown}).content.decode()
    assert not is_in(second)


def test_who_is_in_and_asked_for_a_code_again_is_limited_too(guarded: User) -> None:
    client = Client()
    client.force_login(guarded)
    answers = []
    for _ in range(10):
        cache.clear()
        answers.append(client.post(AGAIN, wrong_code()).status_code)
    assert answers == [200] * 9 + [429]


def test_nonsense_for_a_key_is_a_wrong_key_and_no_fault(mira: User) -> None:
    TOTP.activate(mira, SECRET)
    client = waiting(mira)
    answers = [
        client.post(FACTOR, {"credential": nonsense}).status_code
        for nonsense in ("", "{", "[]", '"x"', "1", "[1]", '{"id": []}', '{"response": 1}', "2")
    ]
    assert answers == [200] * 7 + [429, 302]  # wrong, one too many, and back to the password


LONG = '{"id": ' + "7" * 5000 + "}"
DEEP = "[" * 20_000
STATE = "mfa.webauthn.state"


@pytest.mark.parametrize("answer", [LONG, DEEP])
def test_figures_and_nests_beyond_reading_are_no_answer_of_a_key(answer: str, mira: User) -> None:
    TOTP.activate(mira, SECRET)
    assert waiting(mira).post(FACTOR, {"credential": answer}).status_code == 200


BROKEN = (
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key",'
    ' "response": {"clientDataJSON": "e30", "attestationObject": "AAAA"}}'
)


@pytest.mark.parametrize("answer", [LONG, DEEP, BROKEN, "[1]", '{"id": "AAAA", "response": {}}'])
def test_a_broken_first_answer_sets_up_no_key(answer: str, mira: User) -> None:
    client = Client()
    sign_in(client)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = "/account/2fa/webauthn/add/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"name": "blue", "credential": answer}).status_code == 200
    assert not mira.authenticator_set.filter(type="webauthn").exists()


def test_one_challenge_lets_one_sign_in_in(mira: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes hold the challenge of one sign-in, and are shown its right answer."""
    TOTP.activate(mira, SECRET)
    key = mira.authenticator_set.get()
    right = "requite.web.people.second_factors.AuthenticateWebAuthnForm.clean_credential"
    monkeypatch.setattr(right, lambda _: key)
    clients = [waiting(mira) for _ in range(3)]
    for client in clients:
        session = client.session
        session[STATE] = {"challenge": "sRt9_x-41"}
        session.save()
    for client in clients:
        client.post(FACTOR, {"credential": '{"id": "AAAA"}'})
    assert [is_in(client) for client in clients] == [True, False, False]
