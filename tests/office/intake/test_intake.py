"""A feed comes in: asked for, taken up, determined, turned into cases; refused, undone."""

import csv
import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError

from office_builders import DAY, NOW, a_member, a_provider
from requite.domain.case import State
from requite.engine.case_feed import debits
from requite.office.cases.arrival import take_in
from requite.office.cases.models import Case, Reference
from requite.office.intake.folders import findings
from requite.office.intake.models import Import
from requite.office.intake.observation import LEASE, Observation
from requite.office.intake.queries import last_done
from requite.office.intake.services import (
    Ask,
    ImportBusy,
    LostLease,
    NothingToUndo,
    SameFeed,
    ask_import,
    ask_undo,
    end_import,
    renew,
    take_import,
)
from requite.office.intake.status import Kind, Status
from requite.office.intake.upload import BadUpload, unpack
from requite.office.intake.watch import look
from requite.office.intake.worker import run_next
from requite.office.people.models import Provider

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).resolve().parents[2] / "golden"
STORY = GOLDEN / "duplicate-payment-two-traces"


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Iterator[None]) -> None:
    settings.DATA_DIR = tmp_path / "data"  # type: ignore[attr-defined]


def story_day(story: Path = STORY) -> date:
    return date.fromisoformat((story / "as_of.txt").read_text().strip())


def asked(provider: Provider, story: Path = STORY, kind: Kind = Kind.WHOLE) -> Import:
    ask = Ask(story / "feed", story_day(story), kind)
    return ask_import(provider, ask, actor=None, at=NOW)


def worked(at: datetime = NOW) -> bool:
    return run_next("w1", take_in, lambda: at)


def dead_workers() -> Observation:
    """What is seen where the processes of all other workers are gone."""
    return Observation(lives=lambda _: False)


def test_a_case_is_found_by_the_number_of_a_refund_and_of_its_check() -> None:
    alder, story = a_provider(), GOLDEN / "refund-sent-but-not-posted"
    asked(alder, story)
    assert worked()
    with (story / "feed" / "refunds.csv").open(encoding="utf-8") as file:
        refund = next(csv.DictReader(file))
    found = Reference.objects.filter(provider=alder, account_id=refund["account_id"])
    told = set(found.values_list("value", flat=True))
    assert {refund["refund_id"], refund["check_number"]} <= told


def last_payment_day(story: Path = STORY) -> date:
    """The day of the last row of the story that lowers the account."""
    with (story / "feed" / "transactions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return max(date.fromisoformat(row["posted_on"]) for row in rows if Decimal(row["amount"]) < 0)


def test_a_feed_becomes_a_ledger_and_cases() -> None:
    alder = a_provider()
    made = asked(alder)
    assert worked()
    made.refresh_from_db()
    assert (made.status, made.problem) == (Status.DONE, "")
    case = Case.objects.get(provider=alder)
    assert (case.party, case.cause, case.state) == ("payer", "duplicate_payment", State.NEW)
    assert made.outcome["opened"] == 1
    assert case.credit_on == last_payment_day()
    assert made.report["rows_read"]["charges"] > 0
    assert case.patient_name
    assert Reference.objects.filter(provider=alder, account_id=case.account_id).exists()
    assert not worked()


def test_a_refused_feed_says_why_and_leaves_no_case(tmp_path: Path) -> None:
    alder = a_provider()
    feed = tmp_path / "feed"
    shutil.copytree(STORY / "feed", feed)
    (feed / "charges.csv").write_text("charge_id,account_id,line_no\nC1,0001,1\n")
    made = ask_import(alder, Ask(feed, DAY), actor=None, at=NOW)
    assert worked()
    made.refresh_from_db()
    assert made.status == Status.REFUSED
    assert "charges.csv, column amount" in made.problem
    assert not Case.objects.exists()
    assert last_done(alder) is None


def test_the_same_feed_twice_is_refused_kindly() -> None:
    alder = a_provider()
    asked(alder)
    worked()
    with pytest.raises(SameFeed, match="import 1"):
        asked(alder)


def test_one_import_of_a_provider_at_a_time() -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    asked(alder)
    with pytest.raises(ImportBusy):
        asked(alder)
    assert asked(birch).number == 1


def test_an_import_whose_worker_is_gone_is_taken_up_again() -> None:
    alder = a_provider()
    asked(alder)
    first = take_import("w1", at=NOW)
    assert first is not None
    ticks = iter([0.0, LEASE.total_seconds() - 1, LEASE.total_seconds()])
    seen = Observation(ticks=lambda: next(ticks))
    assert take_import("w2", at=NOW, seen=seen) is None
    assert take_import("w2", at=NOW, seen=seen) is None
    second = take_import("w2", at=NOW, seen=seen)
    assert second is not None
    assert (second.pk, second.attempts) == (first.pk, 2)
    with pytest.raises(LostLease):
        renew(first, "late")
    with pytest.raises(LostLease):
        end_import(first, Status.DONE, {}, at=NOW)
    renew(second, "in time")


def test_undo_goes_back_to_the_ledger_before_and_its_cases() -> None:
    alder = a_provider()
    boss = a_member(alder)
    other = GOLDEN / "quiet-ordinary-accounts"
    asked(alder)
    worked()
    asked(alder, other)
    worked(NOW + timedelta(hours=1))
    assert Case.objects.get(provider=alder, cause="duplicate_payment").state == State.RESOLVED
    back = ask_undo(alder, 2, actor=boss, at=NOW + timedelta(hours=2))
    assert worked(NOW + timedelta(hours=2))
    back.refresh_from_db()
    assert (back.status, back.kind, back.problem) == (Status.DONE, Kind.FALL_BACK, "")
    assert Case.objects.get(provider=alder, cause="duplicate_payment").state == State.NEW


def test_an_import_that_died_after_its_ledger_stood_can_still_be_undone() -> None:
    """Taken up again, it falls back to the ledger before it, not to its own."""
    alder = a_provider()
    boss = a_member(alder)
    asked(alder)
    worked()

    def die(*_: object) -> dict[str, int]:
        raise OperationalError

    asked(alder, GOLDEN / "quiet-ordinary-accounts")
    with pytest.raises(OperationalError):
        run_next("w1", die, lambda: NOW)
    assert run_next("w1", take_in, lambda: NOW, dead_workers())
    first, second = Import.objects.order_by("number")
    assert (second.status, second.attempts) == (Status.DONE, 2)
    assert second.previous_snapshot == first.snapshot != second.snapshot
    ask_undo(alder, 2, actor=boss, at=NOW + timedelta(hours=2))
    assert worked(NOW + timedelta(hours=2))
    assert Case.objects.get(provider=alder, cause="duplicate_payment").state == State.NEW


def test_the_first_import_cannot_be_undone() -> None:
    alder = a_provider()
    asked(alder)
    worked()
    with pytest.raises(NothingToUndo):
        ask_undo(alder, 1, actor=a_member(alder), at=NOW)


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    content.seek(0)
    return content


@pytest.mark.parametrize("folder", ["", "extract/"])
def test_an_upload_is_unpacked_with_or_without_its_folder(folder: str) -> None:
    alder = a_provider()
    feed = unpack(
        alder, zipped({f"{folder}charges.csv": b"x", f"{folder}remits/a.835": b"y"}), most_bytes=99
    )
    assert (feed / "charges.csv").read_bytes() == b"x"
    assert (feed / "remits" / "a.835").read_bytes() == b"y"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (io.BytesIO(b"no zip at all"), "no ZIP file"),
        (zipped({"../../etc/passwd": b"x"}), "outside of its folder"),
        (zipped({"/etc/passwd": b"x"}), "outside of its folder"),
        (zipped({"charges.csv": b"x" * 1000}), "more than 99 bytes"),
    ],
)
def test_an_upload_that_is_disguised_or_too_large_is_refused(
    content: io.BytesIO, problem: str
) -> None:
    alder = a_provider()
    with pytest.raises(BadUpload, match=problem):
        unpack(alder, content, most_bytes=99)
    uploads = Path(settings.DATA_DIR) / "providers" / "alder" / "uploads"
    assert not list(uploads.iterdir())


def test_a_feed_in_the_watched_folder_is_queued_once_it_is_whole(tmp_path: Path) -> None:
    alder = a_provider()
    feed = tmp_path / "watched" / "alder" / "monday"
    shutil.copytree(STORY / "feed", feed)
    assert look(tmp_path / "watched", on=DAY, at=NOW) == []
    (feed / "READY").touch()
    (queued,) = look(tmp_path / "watched", on=DAY, at=NOW)
    assert (queued.provider, queued.status) == (alder, Status.WAITING)
    assert not (feed / "READY").exists()
    assert look(tmp_path / "watched", on=DAY, at=NOW) == []


def test_debits_on_accounts_with_a_credit_are_a_list_for_others() -> None:
    alder = a_provider()
    made = asked(alder, GOLDEN / "duplicate-masked-by-patient-debt")
    worked()
    made.refresh_from_db()
    ((account, _, credit, owed),) = debits(findings(alder, made.number))
    case = Case.objects.get(provider=alder)
    assert account == case.account_id
    assert int(Decimal(credit) * 100) == case.amount_cents
    assert Decimal(owed) > 0
