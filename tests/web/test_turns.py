"""What reads whole files is done once a user at a time, so that pages go on being answered."""

import io
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from office_builders import a_member, a_provider, a_token
from requite.office.intake.turns import MOST_AT_ONCE, NotYet, turn
from requite.office.people.models import Provider, User
from requite.office.people.role import Role
from requite.web.asgi import THREADS
from requite.web.bodies import FORM_BYTES, NEEDS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TEMPLATES = Path(__file__).parents[2] / "src/requite/web/templates"
READING = [
    ("POST", "intake:extract"), ("GET", "intake:report"), ("POST", "intake:read_report"),
    ("GET", "intake:mapping"), ("POST", "intake:try_mapping"), ("POST", "intake:upload"),
]  # fmt: skip


@pytest.fixture(name="alder")
def _alder(tmp_path: Path, settings: Any) -> Provider:
    settings.DATA_DIR = tmp_path / "data"
    return a_provider()


@pytest.fixture(name="sam")
def _sam(alder: Provider) -> User:
    return a_member(alder, Role.SUPERVISOR, "sam")


@pytest.fixture(name="client")
def _client(sam: User) -> Client:
    client = Client()
    client.force_login(sam)
    return client


@pytest.mark.parametrize(("method", "name"), READING)
def test_nothing_is_read_for_a_user_for_whom_something_is(
    method: str, name: str, client: Client, sam: User
) -> None:
    at = reverse(name, args=["alder"])
    with turn(sam):
        answer = client.generic(method, at)
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert "still being read" in answer.content.decode()
        assert client.get("/alder/imports/").status_code == 200
    assert client.generic(method, at).status_code != 503


def test_a_program_waits_as_its_user_does(sam: User, alder: Provider) -> None:
    sent = {"as_of": "2026-11-30", "kind": "whole", "feed": io.BytesIO(b"no ZIP")}
    bearer = {"Authorization": f"Bearer {a_token(sam, alder)}"}
    with turn(sam):
        assert Client().post("/api/alder/imports", sent, headers=bearer).status_code == 503


def test_the_worklist_waits_too(client: Client, sam: User) -> None:
    with turn(sam):
        assert client.get("/alder/imports/report/worklist.csv").status_code == 503


def test_all_users_together_leave_threads_for_pages(alder: Provider) -> None:
    users = [a_member(alder) for _ in range(MOST_AT_ONCE + 1)]
    assert MOST_AT_ONCE < THREADS
    with ExitStack() as held:
        for user in users[1:]:
            held.enter_context(turn(user))
        with pytest.raises(NotYet, match="of others"), turn(users[0]):
            pass
    with turn(users[0]):
        pass


def test_every_form_that_takes_a_file_may_send_one() -> None:
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]
    forms = [line for text in texts for line in text.splitlines() if "multipart/form-data" in line]
    named = {form.partition("{% url '")[2].partition("'")[0] for form in forms}
    assert len(named) > 3
    assert named <= set(NEEDS)


@pytest.mark.parametrize(("at", "name"), [("extract", "extract"), ("report/read", "report")])
def test_an_extract_and_a_report_may_be_larger_than_a_form(
    at: str, name: str, client: Client
) -> None:
    wide = b"A1,-5.00," + b"x" * 2_000 + b"\n"  # few rows: it is the bytes that are many
    rows = b"account number,balance,remark\n" + wide * (FORM_BYTES // len(wide) + 1)
    answer = client.post(f"/alder/imports/{at}", {name: SimpleUploadedFile("a.csv", rows)})
    assert answer.status_code in {200, 302}


def test_a_column_that_is_a_strange_figure_is_told(client: Client) -> None:
    file = SimpleUploadedFile("a.csv", b"account number,balance\nA1,-5.00\n")
    client.post("/alder/imports/report/read", {"report": file})
    answer = client.get("/alder/imports/report", {"column-balance": "\u00b2"})
    assert answer.status_code == 409
