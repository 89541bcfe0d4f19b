"""Programs bring feeds in, watch them, undo them, and attach documents: as the screens do."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from office_builders import a_case, a_member, a_provider, a_token
from requite.office.audit.models import Event
from requite.office.cases.arrival import take_in
from requite.office.cases.models import Attachment, Case
from requite.office.intake.models import Import
from requite.office.intake.worker import run_next
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
STORY = Path(__file__).resolve().parents[1] / "golden" / "duplicate-payment-two-traces"
DAY = date.fromisoformat((STORY / "as_of.txt").read_text().strip())


@pytest.fixture
def alder(tmp_path: Path, settings: Any) -> Provider:
    settings.DATA_DIR = tmp_path / "data"
    return a_provider()


def headers(provider: Provider, role: Role = Role.SUPERVISOR, *, writes: bool = True) -> Any:
    text = a_token(a_member(provider, role), provider, writes=writes)
    return {"Authorization": f"Bearer {text}"}


def feed() -> SimpleUploadedFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in sorted((STORY / "feed").rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(STORY / "feed"))
    return SimpleUploadedFile("feed.zip", content.getvalue())


def bring_in(by: Any, **said: str) -> Any:
    form = {"as_of": DAY.isoformat(), "feed": feed(), **said}
    return Client().post("/api/alder/imports", form, headers=by)


def test_a_feed_is_brought_in_watched_and_undone(alder: Provider) -> None:
    by = headers(alder)
    asked = bring_in(by)
    assert (asked.status_code, asked.json()["status"]) == (201, "waiting")
    assert run_next("w1", take_in, timezone.now)
    done = Client().get("/api/alder/imports/1", headers=by).json()
    assert (done["status"], done["outcome"]["opened"], done["problem"]) == ("done", 1, "")
    assert done["report"]["rows_read"]["charges"] > 0
    (listed,) = Client().get("/api/alder/imports", headers=by).json()
    assert listed["number"] == 1
    again = bring_in(by)
    assert again.status_code == 409
    assert "import 1" in again.json()["detail"].lower()
    refused = Client().post("/api/alder/imports/1/undo", headers=by)
    assert refused.status_code == 409  # there is no ledger before it


def test_one_that_waits_is_cancelled(alder: Provider) -> None:
    by = headers(alder)
    bring_in(by)
    answer = Client().post("/api/alder/imports/1/cancel", headers=by)
    assert (answer.status_code, answer.json()["status"]) == (200, Import.objects.get().status)
    assert not run_next("w1", take_in, timezone.now)


@pytest.mark.parametrize(
    ("said", "status"),
    [({"source": "none such"}, 422), ({"as_of": "soon"}, 422), ({"kind": "half"}, 422),
     ({"feed": SimpleUploadedFile("x.zip", b"no zip")}, 409)],
)  # fmt: skip
def test_what_is_no_import_is_refused(alder: Provider, said: Any, status: int) -> None:
    assert bring_in(headers(alder), **said).status_code == status
    assert not Import.objects.exists()


def test_only_who_may_and_may_write_brings_in(alder: Provider) -> None:
    assert bring_in(headers(alder, writes=False)).status_code == 403
    assert bring_in(headers(alder, Role.AUDITOR)).status_code == 403
    undo = Client().post(
        "/api/alder/imports/1/undo", headers=headers(alder, Role.SPECIALIST)
    ).status_code  # fmt: skip
    assert undo == 403
    assert Client().get("/api/alder/imports/7", headers=headers(alder)).status_code == 404


def attached(by: Any, content: bytes, number: int = 1) -> int:
    form = {"file": SimpleUploadedFile("letter.pdf", content)}
    path = f"/api/alder/cases/{number}/attachments"
    return Client().post(path, form, headers=by).status_code


def test_a_document_is_attached(alder: Provider) -> None:
    case = a_case(alder)
    by = headers(alder, Role.SPECIALIST)
    assert attached(by, b"%PDF-1.7 x") == 201
    assert Attachment.objects.get(case=case).name == "letter.pdf"
    assert Event.objects.filter(name="case.attached").count() == 1
    assert attached(by, b"MZ\x90\x00") == 409
    assert attached(by, b"%PDF-1.7", 99) == 404
    assert attached(headers(alder, Role.CONTROLLER), b"%PDF-1.7") == 403
    assert attached(headers(alder, writes=False), b"%PDF-1.7") == 403
    assert Attachment.objects.count() == 1


def test_a_case_says_whose_it_is_and_since_when(alder: Provider) -> None:
    a_case(alder)
    Case.objects.update(assigned_to=a_member(alder, name="noor"), credit_on=DAY)
    told = Client().get("/api/alder/cases/1", headers=headers(alder)).json()
    assert (told["assigned_to"], told["credit_on"], told["snoozed_until"]) == (
        "noor", DAY.isoformat(), None,
    )  # fmt: skip
