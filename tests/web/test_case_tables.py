"""The tables of a case go along as files, and add up to what the page shows."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from office_builders import NOW, a_case, a_member, a_provider
from requite.office.audit.models import Event
from requite.office.cases.arrival import take_in
from requite.office.cases.models import Case
from requite.office.intake.services import Ask, ask_import
from requite.office.intake.status import Kind
from requite.office.intake.worker import run_next
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
STORY = Path(__file__).resolve().parents[1] / "golden" / "duplicate-payment-two-traces"
TABLES = ["findings", "arithmetic", "ledger", "remittances", "other records"]


@pytest.fixture
def alder() -> Provider:
    return a_provider()


@pytest.fixture
def case(alder: Provider, tmp_path: Path, settings: Any) -> Case:
    settings.DATA_DIR = tmp_path / "data"
    day = date.fromisoformat((STORY / "as_of.txt").read_text().strip())
    ask_import(alder, Ask(STORY / "feed", day, Kind.WHOLE), actor=None, at=NOW)
    assert run_next("w1", take_in, lambda: NOW)
    return Case.objects.get(provider=alder)


def signed_in(provider: Provider) -> Client:
    client = Client()
    client.force_login(a_member(provider, Role.AUDITOR))
    return client


def rows(client: Client, case: Case, table: str) -> list[dict[str, str]]:
    answer = client.get(f"/alder/cases/{case.number}/tables.csv", {"table": table})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def cents(text: str) -> int:
    return round(float(text) * 100)


def test_the_tables_add_up_to_the_case(alder: Provider, case: Case) -> None:
    client = signed_in(alder)
    (finding,) = rows(client, case, "findings")
    assert cents(finding["amount"]) == case.amount_cents
    arithmetic = rows(client, case, "arithmetic")
    assert sum(cents(row["difference"]) for row in arithmetic) == case.amount_cents
    ledger = rows(client, case, "ledger")
    assert sum(cents(row["amount"]) for row in ledger) == cents(ledger[-1]["balance"])
    assert {row["id"] for row in ledger if row["findings"]} <= set(finding["evidence"].split(", "))
    remittances = rows(client, case, "remittances")
    assert len({row["trace"] for row in remittances}) == 2
    traces = {row["trace"] for row in remittances}
    posted = [
        -cents(row["amount"])
        for row in ledger
        if "payment" in row["what"] and any(trace in row["reference"] for trace in traces)
    ]
    assert sum(posted) == sum(cents(row["paid"]) for row in remittances) == 24_000


def test_one_excel_file_holds_them_all(alder: Provider, case: Case) -> None:
    answer = signed_in(alder).get(f"/alder/cases/{case.number}/tables.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == TABLES
    head, row = book.get_sheet_by_name("findings").to_python()
    assert row[head.index("amount")] == case.amount_cents / 100


def test_taking_them_along_is_noted_as_reading_and_as_a_file(alder: Provider, case: Case) -> None:
    rows(signed_in(alder), case, "ledger")
    assert Event.objects.filter(name="case.read", subject=case.label).count() == 1
    assert Event.objects.get(name="list.taken").subject == f"alder-{case.label}-ledger.csv"


def test_a_case_without_its_ledger_has_its_findings(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder)
    assert len(rows(client, case, "findings")) == 1
    assert client.get("/alder/cases/1/tables.csv?table=ledger").status_code == 404


@pytest.mark.parametrize("path", ["1/tables.pdf", "1/tables.csv?table=secrets", "9/tables.xlsx"])
def test_what_is_not_there_is_not_found_and_not_noted(alder: Provider, path: str) -> None:
    a_case(alder)
    assert signed_in(alder).get(f"/alder/cases/{path}").status_code == 404
    assert not Event.objects.filter(name__in=["list.taken", "case.read"]).exists()
