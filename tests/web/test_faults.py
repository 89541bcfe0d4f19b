"""What goes wrong around a page: a session that ended, a database away, a full disk."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from psycopg.errors import DeadlockDetected

from office_builders import a_case, a_member, a_provider
from requite.office.cases.models import Case, Note
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
WORDS = "a long sentence that I typed"
NOTE = {"text": WORDS}


@pytest.fixture
def alder() -> Provider:
    return a_provider()


def signed_in(provider: Provider, role: Role = Role.SPECIALIST) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(a_member(provider, role))
    return client


@contextmanager
def answering_with(error: Exception) -> Iterator[None]:
    """Every question to the database is answered so."""

    def fail(*_: object, **__: object) -> object:
        raise error

    with connection.execute_wrapper(fail):
        yield


def note_path(case: Case) -> str:
    return f"/alder/cases/{case.number}/note"


def test_a_form_sent_after_the_session_ended_comes_back_with_what_was_typed(
    alder: Provider,
) -> None:
    case = a_case(alder)
    page = f"http://testserver/alder/cases/{case.number}/?queue=work"
    answer = Client().post(note_path(case), NOTE, headers={"Referer": page})
    assert answer.status_code in {400, 401}
    assert Note.objects.count() == 0


def sent(client: Client, path: str, **headers: str) -> Any:
    """A form as a browser sends it."""
    body = "text=" + WORDS.replace(" ", "+")
    return client.post(path, body, "application/x-www-form-urlencoded", headers=headers)


@pytest.mark.parametrize("partial", [True, False])
def test_who_was_signed_out_finds_the_words_again(alder: Provider, *, partial: bool) -> None:
    case = a_case(alder)
    page = f"http://testserver/alder/cases/{case.number}/?queue=work"
    headers = {"HX-Request": "true", "HX-Current-URL": page} if partial else {"Referer": page}
    answer = sent(Client(), note_path(case), **headers)
    told = answer.content.decode()
    assert answer.status_code == 401
    assert WORDS in told
    assert f"/account/login/?next=/alder/cases/{case.number}/%3Fqueue%3Dwork" in told
    assert ("<html" in told) != partial
    assert Note.objects.count() == 0


def test_the_way_back_leads_nowhere_else(alder: Provider) -> None:
    answer = sent(Client(), note_path(a_case(alder)), Referer="https://elsewhere.example/x")
    assert "elsewhere" not in answer.content.decode()
    assert "/account/login/?next=/" in answer.content.decode()


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(alder: Provider) -> None:
    case = a_case(alder)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/alder/cases/"}
    answer = Client().get(f"/alder/cases/{case.number}/", headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["HX-Redirect"] == "/account/login/?next=/alder/cases/"


def test_a_database_that_is_away_gets_a_clear_page_that_keeps_the_words(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder)
    with answering_with(OperationalError("connection refused: secret-host")):
        answer = sent(client, note_path(case))
    told = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "The database does not answer" in told
    assert WORDS in told
    assert "secret-host" not in told
    assert "Traceback" not in told
    assert sent(client, note_path(case)).status_code == 302
    assert Note.objects.get().text == WORDS


@pytest.mark.parametrize("words", ["database or disk is full", "could not extend file: No space"])
def test_a_full_disk_at_the_database_is_told(alder: Provider, words: str) -> None:
    case, client = a_case(alder), signed_in(alder)
    with answering_with(OperationalError(words)):
        answer = sent(client, note_path(case))
    assert answer.status_code == 507
    assert "The disk is full" in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_a_step_that_the_database_ended_for_another_is_told_as_that(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder)
    ended = OperationalError("deadlock detected")
    ended.__cause__ = DeadlockDetected()
    with answering_with(ended):
        answer = sent(client, note_path(case))
    assert answer.status_code == 409
    assert "at the same moment" in answer.content.decode()
    assert "does not answer" not in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_a_fault_of_ours_shows_no_trace(
    alder: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    case, client = a_case(alder), signed_in(alder)
    with answering_with(ZeroDivisionError("Mira Quist owes")):
        answer = sent(client, note_path(case))
    assert answer.status_code == 500
    assert "The fault is ours" in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert "Quist" not in answer.content.decode()
    logged = capsys.readouterr().err
    assert "Quist" not in logged
    assert WORDS not in logged


def packed(files: dict[str, bytes]) -> io.BytesIO:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    held.seek(0)
    held.name = "feed.zip"
    return held


Upload = Callable[[dict[str, bytes]], Any]


@pytest.mark.parametrize("name", ["a/../../b.csv", "x" * 300 + ".csv"])
def test_an_upload_with_names_that_cannot_be_kept_is_refused(alder: Provider, name: str) -> None:
    client = signed_in(alder)
    form = {"feed": packed({name: b"x"}), "as_of": "2026-11-26", "kind": "whole"}
    answer = client.post("/alder/imports/upload", form)
    assert answer.status_code == 409
    assert "The upload is refused" in answer.content.decode()
