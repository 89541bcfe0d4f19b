"""The entries to make: which postings they refer to, as the source system has them."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from office_builders import NOW, a_case, a_false_credit, a_member, a_provider
from requite.domain.case import Action
from requite.engine.case_feed import Posting
from requite.office.cases.arrival import take_in
from requite.office.cases.holding import Seen
from requite.office.cases.models import Case, Correction
from requite.office.cases.services import move_case
from requite.office.intake.services import Ask, ask_import
from requite.office.intake.worker import run_next
from requite.office.people.role import Role
from requite.web.corrections.entries import Entry

pytestmark = pytest.mark.django_db
STORY = Path(__file__).resolve().parents[1] / "golden" / "one-remit-posted-twice"


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Iterator[None]) -> None:
    settings.DATA_DIR = tmp_path / "data"  # type: ignore[attr-defined]


def test_an_entry_names_its_postings_with_amount_day_and_trace() -> None:
    alder = a_provider()
    mira = a_member(alder)
    as_of = date.fromisoformat((STORY / "as_of.txt").read_text().strip())
    ask_import(alder, Ask(STORY / "feed", as_of), actor=None, at=NOW)
    assert run_next("w1", take_in, lambda: NOW)
    case = Case.objects.get(party="none")
    move_case(Seen(alder, case.number, case.version), Action.CORRECT, actor=mira, at=NOW)
    client = Client()
    client.force_login(a_member(alder, Role.SUPERVISOR))
    page = client.get("/alder/corrections/").content.decode()
    told = list(
        csv.DictReader(io.StringIO(client.get("/alder/corrections/export.csv").content.decode()))
    )
    with (STORY / "feed" / "transactions.csv").open() as file:
        ledger = {row["transaction_id"]: row for row in csv.DictReader(file)}
    ids = [each for each in told[0]["refers to"].split("|") if each in ledger]
    assert ids
    for each in ids:
        row = ledger[each]
        line = f"{each}: {row['type'].replace('_', ' ')} "
        assert line in page
        assert line in told[0]["postings"]
        assert f" of {row['posted_on']}" in told[0]["postings"]
    same = [each for each in ids if abs(float(ledger[each]["amount"])) == float(told[0]["amount"])]
    last = max(same, key=lambda each: (ledger[each]["posted_on"], each))
    assert told[0]["postings"].startswith(f"REVERSE: {last}: ")
    assert told[0]["postings"].count("REVERSE") == 1


def test_without_a_ledger_an_entry_names_what_it_rests_on() -> None:
    alder = a_provider()
    case, mira = a_case(alder, a_false_credit()), a_member(alder)
    move_case(Seen(alder, case.number, case.version), Action.CORRECT, actor=mira, at=NOW)
    client = Client()
    client.force_login(mira)
    assert "rests on C1, T1, T2" in client.get("/alder/corrections/").content.decode()


@pytest.mark.parametrize(
    ("traces", "chosen"), [(("T1", None), "P2"), ((None, "T1"), "P1"), (("T1", "T1"), "P2")]
)
def test_the_posting_that_a_remittance_stands_behind_stays(
    traces: tuple[str | None, str | None], chosen: str
) -> None:
    row = Correction(entry="reverse_posting", amount_cents=700)
    both = tuple(
        Posting(f"P{n}", "adjustment", -700, date(2026, 1, n), None, 1, trace)
        for n, trace in enumerate(traces, 1)
    )
    found = Entry(row, both, ()).chosen
    assert found is not None
    assert found.transaction_id == chosen
