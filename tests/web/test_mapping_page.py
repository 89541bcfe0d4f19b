"""A mapping in the browser: begun from a preset, tried out, saved, used by an import."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from django.utils import timezone

from office_builders import a_member, a_provider
from requite.engine.mapping import statement
from requite.office.cases.arrival import take_in
from requite.office.cases.models import Case
from requite.office.intake.models import Import, SavedMapping
from requite.office.intake.worker import run_next
from requite.office.people.role import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TOML = """name = "Ours"

[[tables]]
table = "accounts"
file = "a.csv"
columns = { account_id = "ACCT", reported_balance = "BAL", patient_id = "PT" }

[[tables]]
table = "charges"
file = "c.csv"
columns = { charge_id = "ID", account_id = "ACCT", line_no = "LINE" }
[tables.amounts.amount]
rule = "plus"
column = "AMT"

[[tables]]
table = "transactions"
file = "t.csv"
columns = { transaction_id = "ID", account_id = "ACCT", posted_on = "DAY" }
constants = { type = "payment", bucket = "self" }
[tables.amounts.amount]
rule = "minus"
column = "AMT"
"""


def extract(**files: str) -> io.BytesIO:
    held = {"a.csv": "ACCT,BAL,PT\n007,-40.00,P1\n", "c.csv": "ID,ACCT,LINE,AMT\n",
            "t.csv": "ID,ACCT,DAY,AMT\n1,007,2026-01-05,40.00\n", **files}  # fmt: skip
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in held.items():
            archive.writestr(name, text)
    content.seek(0)
    content.name = "extract.zip"
    return content


@pytest.fixture
def client(tmp_path: Path, settings: object) -> Client:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    client = Client()
    client.force_login(a_member(a_provider(), Role.SUPERVISOR))
    return client


def test_a_preset_is_there_to_begin_with(client: Client) -> None:
    page = client.get("/alder/imports/mapping?from=openemr").content.decode()
    assert "FROM ar_activity" in page
    assert "file = &quot;ar_activity&quot;" in page
    assert "ar_activity" not in client.get("/alder/imports/mapping").content.decode()


def test_a_mapping_is_tried_out_and_nothing_is_kept(client: Client, tmp_path: Path) -> None:
    form = {"text": TOML, "do": "try", "extract": extract()}
    page = client.post("/alder/imports/mapping/try", form).content.decode()
    assert "-$40.00" in page
    assert "transactions: 1 rows" in page
    (kept,) = (tmp_path / "providers" / "alder" / "uploads").iterdir()
    assert sorted(path.name for path in kept.iterdir()) == ["a.csv", "c.csv", "t.csv"]
    assert not Import.objects.exists()
    wrong = {
        "text": TOML,
        "do": "try",
        "extract": extract(**{"t.csv": "ID,ACCT,DAY,AMT\n1,7,x,y\n"}),
    }
    answer = client.post("/alder/imports/mapping/try", wrong)
    assert answer.status_code == 409
    assert "t.csv, row 1, column DAY" in answer.content.decode()


def test_a_mapping_is_saved_and_used_by_an_import(client: Client) -> None:
    client.post("/alder/imports/mapping/try", {"text": TOML, "do": "save"})
    assert SavedMapping.objects.get().text == TOML
    assert "by our mapping (Ours)" in client.get("/alder/imports/").content.decode()
    form = {"feed": extract(), "as_of": "2026-06-01", "kind": "whole", "source": "own"}
    answer = client.post("/alder/imports/upload", form)
    assert answer.headers["Location"] == "/alder/imports/1/"
    assert run_next("w", take_in, timezone.now)
    assert Import.objects.get().status == "done"
    case = Case.objects.get()
    assert (case.account_id, case.amount_cents, case.party) == ("007", 4000, "patient")


def test_a_mapping_that_is_none_is_refused_with_what_was_typed(client: Client) -> None:
    answer = client.post("/alder/imports/mapping/try", {"text": "name = 1", "do": "save"})
    assert answer.status_code == 409
    assert "name = 1" in answer.content.decode()
    assert not SavedMapping.objects.exists()


def test_a_mapping_is_guessed_from_the_extract(client: Client) -> None:
    form = {"text": "", "do": "guess", "extract": extract()}
    page = client.post("/alder/imports/mapping/try", form).content.decode()
    assert "[[tables]]" in page
    assert "CHOOSE, t.csv" in page


def test_a_sheet_of_two_far_cells_is_refused_and_not_kept(client: Client, tmp_path: Path) -> None:
    book = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        sheet.write("A1", 1)
        sheet.write("SF400000", 2)
    with book.open("rb") as content:
        form = {"text": TOML, "do": "guess", "extract": content}
        answer = client.post("/alder/imports/mapping/try", form)
    assert answer.status_code == 409
    assert "400,000 rows and 500 columns" in answer.content.decode()
    assert not list((tmp_path / "providers" / "alder" / "uploads").iterdir())


def test_what_is_kept_can_be_removed_without_being_read(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/alder/imports/mapping/try", {"text": TOML, "do": "", "extract": extract()})
    uploads = tmp_path / "providers" / "alder" / "uploads"
    assert len(list(uploads.iterdir())) == 1

    def never(*_: object) -> None:
        raise AssertionError("nothing of it is read")

    monkeypatch.setattr("requite.web.intake.mapping.look_at", never)
    form = {"text": TOML, "do": "drop", "extract": extract()}
    answer = client.post("/alder/imports/mapping/try", form)
    assert answer.status_code == 200
    assert "Remove it now" not in answer.content.decode()
    assert not list(uploads.iterdir())


@pytest.mark.parametrize("preset", ["athenaone", "openemr"])
def test_a_mapping_is_shown_though_its_selects_cannot_be_looked_at(
    client: Client, monkeypatch: pytest.MonkeyPatch, preset: str
) -> None:
    monkeypatch.setattr(statement, "run_alone", lambda *_: ([], None))
    assert client.get(f"/alder/imports/mapping?from={preset}").status_code == 200
