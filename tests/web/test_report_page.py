"""A credit balance report in the browser: uploaded, put right, taken along, seen by nobody else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office_builders import a_member, a_provider
from requite.office.audit.models import Event
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TEXT = """Alder Creek, credits
Acct #,Patient,Payer,Last Payment,Balance,Other
A-1,Dray,Medicare,10/01/2026,(100.00),(7.00)
A-2,Lund,Aetna,10/02/2026,250.00-,(8.00)
A-3,Osei,Self Pay,10/03/2026,5.00,(9.00)
Total,,,,(345.00),
"""
READ, PAGE = "/alder/imports/report/read", "/alder/imports/report"


@pytest.fixture
def alder(tmp_path: Path, settings: Any) -> Provider:
    settings.DATA_DIR = tmp_path / "data"
    return a_provider("alder")


@pytest.fixture
def client(alder: Provider) -> Client:
    found = Client()
    found.force_login(a_member(alder))
    return found


def uploaded(client: Client, text: str = TEXT, name: str = "credits.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(READ, {"report": file, "as_of": "2026-11-30"})


def test_a_report_is_read_and_shown_by_government_first(client: Client) -> None:
    answer = uploaded(client)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "2 credits of $350.00 on 2 of 3 accounts" in page
    assert page.index("A-1</td>") < page.index("A-2</td>")
    assert "the 835s of Medicare" in page
    again = client.get(PAGE, {"as_of": "2026-11-30"}).content.decode()
    assert "credits.csv" in again
    assert "A-1</td>" in again


def test_columns_are_said_otherwise_and_the_file_follows(client: Client) -> None:
    uploaded(client)
    page = client.post(READ, {"as_of": "2026-11-30", "column-balance": "6"}).content.decode()
    assert "3 credits of $24.00" in page
    query = {"as_of": "2026-11-30", "column-balance": "6"}
    file = client.get("/alder/imports/report/worklist.csv", query).content.decode()
    assert [row.split(",")[1] for row in file.splitlines()[1:]] == ["A-1", "A-3", "A-2"]
    assert client.get("/alder/imports/report/worklist.xlsx").status_code == 200


def test_what_cannot_be_read_says_what_to_do(client: Client) -> None:
    answer = uploaded(client, "Acct,Payer,Balance\n1,Medicare,5.00\n")
    assert answer.status_code == 409
    assert "positive balances the credits?" in answer.content.decode()
    page = client.post(READ, {"credits": "positive"}).content.decode()
    assert "1 credit of $5.00" in page
    assert uploaded(client, "x", "letter.pdf").status_code == 409


def test_a_report_is_its_users_alone_and_can_be_removed(client: Client, alder: Provider) -> None:
    uploaded(client)
    other = Client()
    other.force_login(a_member(alder, name="other"))
    assert "A-1</td>" not in other.get(PAGE).content.decode()
    assert other.get("/alder/imports/report/worklist.csv").status_code == 404
    client.post(READ, {"do": "drop"})
    assert "A-1</td>" not in client.get(PAGE).content.decode()


def test_who_may_not_import_reads_no_report(alder: Provider) -> None:
    auditor = Client()
    auditor.force_login(a_member(alder, Role.AUDITOR))
    assert auditor.get(PAGE).status_code == 403
    assert uploaded(auditor).status_code == 403


def test_the_accounts_that_stood_on_the_page_are_in_the_trail(client: Client) -> None:
    uploaded(client)
    read = Event.objects.get(name="list.read")
    assert (read.subject, read.facts) == ("credit balance report", {"accounts": ["A-1", "A-2"]})


@pytest.mark.parametrize(
    ("content", "told"), [("ISA*00*  ~", "this is an 835"), ("", "nothing is in it")]
)
def test_what_is_no_report_is_named(client: Client, content: str, told: str) -> None:
    answer = uploaded(client, content)
    assert answer.status_code == 409
    assert told in answer.content.decode()
