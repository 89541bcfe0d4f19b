"""What an import would do beyond measure it does once a person has allowed it, and no sooner."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office_builders import DAY, NOW, a_member, a_provider, a_token
from requite.office.audit.models import Event
from requite.office.cases.arrival import take_in
from requite.office.cases.models import Case
from requite.office.intake.models import Import
from requite.office.intake.services import Ask, NothingToAllow, allow_import, ask_import
from requite.office.intake.status import Status
from requite.office.intake.worker import run_next, sweep
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder(tmp_path: Path, settings: Any) -> Provider:
    settings.DATA_DIR = tmp_path / "data"
    return a_provider("alder")


def feed(place: Path, accounts: int, flagged: int, bad: int = 0) -> Path:
    """Accounts that were paid once, or (the first so many) twice; of the last some have no type."""
    names = [f"{number:03}" for number in range(accounts)]
    tables = {
        "payers": [("payer_id", "name", "payer_class"), ("LARK", "Larkspur", "commercial")],
        "accounts": [("account_id", "state"), *((name, "TX") for name in names)],
        "coverages": [("account_id", "cob_order", "payer_id"), *((n, 1, "LARK") for n in names)],
        "charges": [
            ("charge_id", "account_id", "line_no", "amount"),
            *((f"C{name}", name, 1, "100.00") for name in names),
        ],
        "transactions": [
            ("transaction_id", "account_id", "type", "amount", "posted_on", "payer_id",
             "line_no"),
            *(
                (f"T{name}{time}", name, "gift" if accounts - place <= bad else "payment",
                 "-80.00", "2026-01-12", "LARK", 1)
                for place, name in enumerate(names)
                for time in range(1 + (place < flagged))
            ),
        ],
    }  # fmt: skip
    place.mkdir(parents=True)
    for name, rows in tables.items():
        with (place / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    return place


def brought(provider: Provider, given: Path, **more: Any) -> Import:
    made = ask_import(provider, Ask(given, DAY, **more), actor=None, at=NOW)
    assert run_next("w1", take_in, lambda: NOW)
    made.refresh_from_db()
    return made


def test_more_than_a_fifth_flagged_asks_and_nothing_of_it_is_kept(
    alder: Provider, tmp_path: Path
) -> None:
    made = brought(alder, feed(tmp_path / "feed", 60, 13))
    assert (made.status, made.asks) == (Status.ASKING, "may_flag_many")
    assert "13 of 60 accounts would be flagged" in made.problem
    assert "--may-flag-many" in made.problem
    assert "such as 000, 001, 002, 003, 004." in made.problem
    assert not Case.objects.exists()
    event = Event.objects.get(name="import.asking")
    assert event.facts["asks"] == "may_flag_many"


@pytest.mark.parametrize(("accounts", "flagged"), [(60, 12), (49, 49)])
def test_a_fifth_or_a_small_feed_is_not_asked_about(
    accounts: int, flagged: int, alder: Provider, tmp_path: Path
) -> None:
    assert brought(alder, feed(tmp_path / "feed", accounts, flagged)).status == Status.DONE
    assert Case.objects.count() == flagged


def test_who_may_import_allows_it_and_it_goes_on(alder: Provider, tmp_path: Path) -> None:
    boss = a_member(alder, Role.SUPERVISOR)
    made = brought(alder, feed(tmp_path / "feed", 60, 13))
    page = Client()
    page.force_login(boss)
    assert "asks for confirmation" in page.get("/alder/imports/").content.decode()
    assert "Allow this import to flag many" in page.get("/alder/imports/1/").content.decode()
    page.post("/alder/imports/1/allow")
    assert run_next("w1", take_in, lambda: NOW)
    made.refresh_from_db()
    assert (made.status, made.may_flag_many, made.asks) == (Status.DONE, True, "")
    assert Case.objects.count() == 13
    event = Event.objects.get(name="import.allowed")
    assert (event.actor, event.facts) == (boss, {"allowed": "may_flag_many"})
    with pytest.raises(NothingToAllow):
        allow_import(alder, 1, actor=boss, at=NOW)


def test_who_may_not_import_allows_nothing(alder: Provider, tmp_path: Path) -> None:
    brought(alder, feed(tmp_path / "feed", 60, 13))
    page = Client()
    page.force_login(a_member(alder, Role.AUDITOR))
    assert page.post("/alder/imports/1/allow").status_code == 403
    assert "Allow this import" not in page.get("/alder/imports/1/").content.decode()
    assert Import.objects.get().status == Status.ASKING


def test_a_ledger_that_was_allowed_is_not_asked_about_again_unless_it_grows(
    alder: Provider, tmp_path: Path
) -> None:
    assert brought(alder, feed(tmp_path / "a", 60, 20), may_flag_many=True).status == Status.DONE
    assert brought(alder, feed(tmp_path / "b", 60, 22)).status == Status.DONE
    assert brought(alder, feed(tmp_path / "c", 60, 40)).status == Status.ASKING


def test_an_import_that_would_close_most_asks_the_same_way(alder: Provider, tmp_path: Path) -> None:
    brought(alder, feed(tmp_path / "a", 60, 30), may_flag_many=True)
    made = brought(alder, feed(tmp_path / "b", 60, 2))
    assert (made.status, made.asks) == (Status.ASKING, "may_close")
    allow_import(alder, made.number, actor=a_member(alder), at=NOW)
    run_next("w1", take_in, lambda: NOW)
    made.refresh_from_db()
    assert (made.status, made.outcome["closed"]) == (Status.DONE, 28)


def test_another_import_takes_the_place_of_one_that_asks(alder: Provider, tmp_path: Path) -> None:
    made = brought(alder, feed(tmp_path / "a", 60, 30))
    assert brought(alder, feed(tmp_path / "b", 60, 2)).status == Status.DONE
    made.refresh_from_db()
    assert (made.status, made.asks) == (Status.CANCELLED, "")


def packed(given: Path) -> SimpleUploadedFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in given.iterdir():
            archive.write(path, path.name)
    return SimpleUploadedFile("feed.zip", content.getvalue())


def test_programs_allow_it_too_and_the_upload_is_kept_until_then(
    alder: Provider, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    by = {"Authorization": f"Bearer {a_token(a_member(alder), alder, writes=True)}"}
    form = {"as_of": DAY.isoformat(), "feed": packed(feed(tmp_path / "feed", 60, 13))}
    assert Client().post("/api/alder/imports", form, headers=by).status_code == 201
    with django_capture_on_commit_callbacks(execute=True):
        run_next("w1", take_in, lambda: NOW)
    asking = Client().get("/api/alder/imports/1", headers=by).json()
    assert (asking["status"], asking["asks"]) == ("asking", "may_flag_many")
    sweep()
    answer = Client().post("/api/alder/imports/1/allow", headers=by)
    assert (answer.status_code, answer.json()["status"]) == (200, "waiting")
    upload = Path(Import.objects.get().source)
    assert upload.is_dir()
    with django_capture_on_commit_callbacks(execute=True):
        run_next("w1", take_in, lambda: NOW)
    assert (Import.objects.get().status, upload.exists()) == (Status.DONE, False)


def test_problems_hold_accounts_out_of_the_office_too_up_to_the_limit(
    alder: Provider, tmp_path: Path
) -> None:
    refused = brought(alder, feed(tmp_path / "a", 100, 0, bad=7))
    assert refused.status == Status.REFUSED
    assert "7 of 100 accounts would be held out, more than 1 %" in refused.problem
    made = brought(alder, feed(tmp_path / "b", 100, 0, bad=7), hold_out_limit=0.1)
    assert made.status == Status.DONE
    page = Client()
    page.force_login(a_member(alder))
    told = page.get(f"/alder/imports/{made.number}/").content.decode()
    assert "transactions.csv, rows 94, 95, 96 and 4 more, column type" in told
    for number in (refused.number, made.number):
        file = page.get(f"/alder/imports/{number}/problems.csv").content.decode()
        assert file.count("transactions.csv") == 7
    held = page.get(f"/alder/imports/{made.number}/held-out.csv").content.decode()
    assert held.count("transactions.csv") == 7


def test_the_command_asks_and_is_told_by_its_options(
    alder: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from requite.cli import intake as command

    monkeypatch.setattr(command, "open_prepared_office", lambda: None)
    given = str(feed(tmp_path / "feed", 60, 13))
    call = [given, "--provider", "alder", "--as-of", str(DAY - timedelta(days=0))]
    asked = CliRunner().invoke(command.bring, call)
    assert (asked.exit_code, "--may-flag-many" in asked.output) == (1, True)
    done = CliRunner().invoke(command.bring, [*call, "--may-flag-many"])
    assert (done.exit_code, "13 opened" in done.output) == (0, True), done.output
    first, *_ = [line for line in done.output.splitlines() if "in the queue" not in line]
    assert first.startswith("No remittances in this feed: $0.00 of $5,840.00 of payer money")
    held = feed(tmp_path / "held", 100, 13, bad=2)
    bad = CliRunner().invoke(command.bring, [str(held), *call[1:]])
    assert "2 accounts are held out of the findings" in bad.output
    assert "transactions.csv, rows 112, 113, column type" in bad.output


def test_what_findings_rest_on_stands_on_the_pages_and_goes_to_programs(
    alder: Provider, tmp_path: Path
) -> None:
    brought(alder, feed(tmp_path / "feed", 60, 3))
    page = Client()
    page.force_login(a_member(alder))
    told = "No remittances in this feed: $0.00 of $5,040.00 of payer money is backed by an 835"
    for address in ("/alder/imports/", "/alder/imports/1/"):
        shown = page.get(address).content.decode()
        assert told in shown
        assert "remits/" not in shown  # who reads it has a browser, and sees no folder
        assert "Bring your own extract, on the Imports page, takes them" in shown
    listed = page.get("/alder/imports/").content.decode()
    assert "1 payer with no 835 identifiers: $5,040.00 of payer money, 3 findings" in listed
    by = {"Authorization": f"Bearer {a_token(a_member(alder), alder, writes=False)}"}
    backing = Client().get("/api/alder/imports/1", headers=by).json()["summary"]["backing"]
    assert (backing["payer_money_cents"], backing["payers"][0]["findings"]) == (504_000, 3)
