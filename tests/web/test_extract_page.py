"""One's own extract in the browser: read, put right, its balances seen, imported; nothing lost."""

import os
import re
import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from extracts import EXTRACTS
from office_builders import a_member, a_provider
from practice_exports import HERE, PRACTICES
from requite.office.audit.models import Event
from requite.office.cases.arrival import take_in
from requite.office.intake.models import Import, SavedMapping
from requite.office.intake.worker import run_next, sweep
from requite.office.people.role import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
AT = "/alder/imports/extract"


@pytest.fixture
def client(tmp_path: Path, settings: Any) -> Client:
    settings.DATA_DIR = tmp_path / "data"
    client = Client()
    client.force_login(a_member(a_provider(), Role.SUPERVISOR, "sam"))
    return client


def files_of(name: str) -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile(path.name, path.read_bytes()) for path in sorted((HERE / name).iterdir())
    ]


def brought(client: Client, name: str) -> str:
    answer = client.post(AT, {"do": "read", "extract": files_of(name)})
    assert (answer.status_code, answer.headers.get("Location")) == (302, AT)
    return client.get(AT).content.decode()


def said(client: Client, do: str = "check", **form: str) -> str:
    answer = client.post(AT, {"do": do, **form})
    assert answer.status_code == 302
    return client.get(AT).content.decode()


def chosen(page: str, name: str) -> str:
    """What stands in a select of the page."""
    (inside,) = re.findall(rf'<select[^>]* name="{name}"[^>]*>(.*?)</select>', page, re.DOTALL)
    (value,) = re.findall(r"<option[^>]*? selected>([^<]*)<", inside)
    return value


def test_an_extract_is_read_and_its_balances_are_shown_at_once(client: Client) -> None:
    page = brought(client, "ledger")
    assert "<b>1 of 1</b> account agrees with the balance in your file" in page
    assert "-$35.00" in page
    assert chosen(page, "f0-role-account") == "Pat Acct"
    assert "<code>Quist, Mira</code>" in page
    assert chosen(page, "f0-kind-1") == "Insurer&#x27;s payment"
    assert "lower the balance" in page
    assert not Import.objects.exists()


def test_it_is_imported_without_a_second_upload_and_its_mapping_is_kept(client: Client) -> None:
    brought(client, "ledger")
    answer = client.post(AT, {"do": "import", "as_of": "2026-06-01"})
    assert answer.headers["Location"] == "/alder/imports/1/"
    assert run_next("w", take_in, timezone.now)
    done = Import.objects.get()
    assert (done.status, str(done.as_of)) == ("done", "2026-06-01")
    assert done.report["rows_read"]["transactions"] == 5
    saved = SavedMapping.objects.get()
    assert 'file = "ledger.csv"' in saved.text
    assert Event.objects.filter(name="mapping.saved").exists()
    answer = client.post(AT, {"do": "import", "as_of": "2026-06-01"})
    assert answer.status_code == 409
    assert "This is the feed of import 1" in answer.content.decode()


def test_what_nothing_explains_is_asked_with_its_rows_and_not_imported(client: Client) -> None:
    page = brought(client, "numbers")
    assert "4 questions to you" in page
    assert "<b>What is 21?</b>" in page
    assert "Its rows have codes of procedures, as charges have." in page
    assert 'value="import"' not in page
    answer = client.post(AT, {"do": "import", "as_of": "2026-06-01"})
    assert answer.status_code == 409
    assert not Import.objects.exists()
    kinds = PRACTICES["numbers"].asks.values()
    order = ["charge", "insurer_payment", "adjustment", "patient_payment"]
    assert sorted(kinds) == sorted(order)
    page = said(client, **{f"f0-kind-{number}": kind for number, kind in enumerate(order)})
    assert "questions to you" not in page
    assert "-$10.00" in page
    assert 'value="import"' in page


def test_nothing_is_lost_on_a_reload_or_on_leaving(client: Client) -> None:
    brought(client, "numbers")
    said(client, **{"f0-kind-0": "charge", "f0-role-check": ""})
    client.get("/alder/imports/")
    page = client.get(AT).content.decode()
    assert "3 questions to you" in page
    assert chosen(page, "f0-kind-0") == "Charge"
    assert "<option selected>REF" not in page


def test_what_was_changed_is_read_before_it_is_imported(client: Client) -> None:
    brought(client, "ledger")
    answer = client.post(AT, {"do": "import", "as_of": "2026-06-01", "f0-kind-4": "nothing"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "It is read anew" in told
    assert "-$65.00" in told
    assert "<b>0 of 1</b>" in told
    assert "<b>differs</b>" in told
    assert not Import.objects.exists()


def test_what_is_said_of_another_extract_in_another_window_is_not_taken(client: Client) -> None:
    page = brought(client, "numbers")
    (of,) = re.findall(r'name="of" value="([^"]+)"', page)
    brought(client, "ledger")
    answer = client.post(AT, {"do": "check", "of": of, "f0-kind-0": "nothing"})
    assert answer.status_code == 409
    assert "Another extract was brought in the meantime" in answer.content.decode()
    assert chosen(client.get(AT).content.decode(), "f0-kind-0") == "Charge"


def test_a_sign_is_said_and_may_be_turned(client: Client) -> None:
    page = brought(client, "letters")
    assert "positive; lower the balance" in page
    assert chosen(page, "f0-turn-1") == "sign turned round"
    page = said(client, **{"f0-turn-1": "as"})
    assert "positive; raise the balance" in page


def test_a_column_is_named_where_the_guess_has_none(client: Client) -> None:
    text = "Zyx,Day,Type,Amount\nA,1/5/26,Charge,9.00\nA,1/6/26,Ins Pmt,12.00\n"
    odd = SimpleUploadedFile("odd.csv", text.encode())
    client.post(AT, {"do": "read", "extract": [odd]})
    client.post(AT, {"do": "check", "f0-role-account": ""})
    page = client.get(AT).content.decode()
    assert "Which column is the account number?" in page
    page = said(client, **{"f0-role-account": "Zyx"})
    assert "-$3.00" in page


def test_a_file_is_taken_for_something_else_when_said(client: Client) -> None:
    page = brought(client, "signed")
    files = re.findall(r"<h2>How (\S+) is read</h2>", page)
    number = files.index("Coverage.csv")
    page = said(client, **{f"f{number}-what": "nothing"})
    assert chosen(page, f"f{number}-what") == "Nothing we need"
    assert "coverages 3" not in page


def test_what_was_said_holds_for_the_next_extract_too(client: Client) -> None:
    brought(client, "numbers")
    order = ["charge", "insurer_payment", "adjustment", "patient_payment"]
    said(client, **{f"f0-kind-{number}": kind for number, kind in enumerate(order)})
    assert client.post(AT, {"do": "import", "as_of": "2026-06-01"}).status_code == 302
    later = (HERE / "numbers" / "export.csv").read_bytes() + b"7,701,21,5.00,2026-07-01,,,\n"
    client.post(AT, {"extract": [SimpleUploadedFile("Export_2026-07.csv", later)]})
    page = client.get(AT).content.decode()
    assert "What you said of an earlier extract holds here too." in page
    assert "questions to you" not in page
    assert "-$5.00" in page


def test_a_title_above_the_column_names_is_no_dead_end(client: Client) -> None:
    text = (HERE / "ledger" / "ledger.csv").read_text("utf-8")
    file = SimpleUploadedFile("r.csv", f"Pine Street\nLedger, all\n\n{text}".encode())
    client.post(AT, {"extract": [file]})
    page = client.get(AT).content.decode()
    assert "<b>1 of 1</b>" in page
    assert "r.csv: 3 lines above the column names were left out." in page


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_text_as_windows_writes_it_is_no_dead_end(client: Client, encoding: str) -> None:
    text = (HERE / "ledger" / "ledger.csv").read_text("utf-8").replace("Quist", "Qu\u00edst")
    client.post(AT, {"extract": [SimpleUploadedFile("r.csv", text.encode(encoding))]})
    page = said(client)
    assert "<b>1 of 1</b>" in page
    assert "Qu\u00edst, Mira" in page
    assert f"r.csv was read as {encoding}" in page


def test_what_is_no_text_is_refused_by_name(client: Client) -> None:
    answer = client.post(AT, {"extract": [SimpleUploadedFile("r.csv", b"\x00\x01\x02\xff" * 99)]})
    assert answer.status_code == 409
    assert "r.csv" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"%PDF-1.4\n\x00", "r.csv: this is a PDF, not CSV."), (b"", "r.csv: nothing is in it."),
     (b"ISA*00*", "r.csv: 835 remittances only; charges and payments are missing.")],
)  # fmt: skip
def test_what_is_no_table_is_named_and_never_passed_over(
    content: bytes, told: str, client: Client
) -> None:
    answer = client.post(AT, {"do": "read", "extract": [SimpleUploadedFile("r.csv", content)]})
    assert answer.status_code == 409
    assert told in unescape(answer.content.decode())
    page = client.get(AT).content.decode()
    assert "Which files?" in page


@pytest.mark.parametrize("name", ["a.xls", "a.pdf"])
def test_a_file_of_another_kind_is_told_what_to_save_it_as(name: str, client: Client) -> None:
    file = SimpleUploadedFile(name, b"\xd0\xcf\x11\xe0")
    told = client.post(AT, {"do": "read", "extract": [file]}).content.decode()
    assert f"{name} is no CSV, Excel (.xlsx), 835 or ZIP file" in told
    assert "Save it as CSV or .xlsx and try again." in told


def test_the_class_of_an_insurer_is_put_right(client: Client) -> None:
    page = brought(client, "ledger")
    assert chosen(page, "class") == "Commercial"
    page = said(client, **{"class-of": "Larkspur", "class": "medicaid"})
    assert chosen(page, "class") == "Medicaid"
    client.post(AT, {"do": "import", "as_of": "2026-06-01"})
    assert 'Larkspur = "medicaid"' in SavedMapping.objects.get().text


def test_a_remittance_comes_along(client: Client, tmp_path: Path) -> None:
    era = SimpleUploadedFile("era.txt", b"ISA*00*")
    answer = client.post(AT, {"do": "read", "extract": [*files_of("ledger"), era]})
    assert answer.status_code == 302
    (uploads,) = (tmp_path / "data" / "providers" / "alder" / "uploads").glob("extract-*")
    assert (uploads / "remits" / "era.txt").is_file()
    assert "How era.txt" not in client.get(AT).content.decode()


def test_an_extract_that_cannot_be_read_leaves_a_page_to_begin_anew(client: Client) -> None:
    bad = SimpleUploadedFile("a.csv", b'ID,NAME\n1,"open\n')
    answer = client.post(AT, {"do": "read", "extract": [bad]})
    assert answer.status_code == 409
    assert "a quotation mark is not closed" in answer.content.decode()
    assert "Which files?" in client.get(AT).content.decode()


def test_without_an_extract_it_is_asked_for(client: Client) -> None:
    answer = client.post(AT, {"do": "check"})
    assert answer.status_code == 409
    assert "There is no extract to look at" in answer.content.decode()


def test_files_that_hold_no_ledger_are_no_dead_end(client: Client) -> None:
    text = "Rain,Wind\n1,2\n"
    client.post(AT, {"do": "read", "extract": [SimpleUploadedFile("w.csv", text.encode())]})
    page = client.get(AT).content.decode()
    assert "Which file holds charges and payments?" in page
    page = said(client, **{"f0-what": "wide"})
    assert "Which column is the account number?" in page


def test_a_draft_goes_with_its_extract_and_after_a_day(client: Client, tmp_path: Path) -> None:
    brought(client, "ledger")
    drafts = tmp_path / "data" / "providers" / "alder" / "drafts"
    (kept,) = drafts.iterdir()
    old = time.time() - 2 * 24 * 3600
    os.utime(kept, (old, old))
    sweep()
    assert not list(drafts.iterdir())
    brought(client, "ledger")
    assert "Which files?" in said(client, "drop")
    assert not list(drafts.iterdir())


def test_a_draft_of_one_user_is_not_another_s(client: Client) -> None:
    brought(client, "ledger")
    other = Client()
    other.force_login(a_member(a_provider("birch"), Role.SUPERVISOR))
    assert "ledger.csv" not in other.get("/birch/imports/extract").content.decode()


def test_tables_of_a_known_system_are_led_to_its_mapping(client: Client) -> None:
    files = [SimpleUploadedFile(name, text.encode()) for name, text in EXTRACTS["openemr"].items()]
    client.post(AT, {"extract": files})
    page = client.get(AT).content.decode()
    assert "These look like the tables of <b>OpenEMR</b>" in page
    assert 'href="/alder/imports/mapping?from=openemr"' in page
    assert "These look like" not in brought(client, "ledger")


def test_an_extract_without_charges_is_asked_about(client: Client) -> None:
    text = "Acct,Date,Ins Paid\n1,1/5/26,9.00\n"
    client.post(AT, {"extract": [SimpleUploadedFile("p.csv", text.encode())]})
    page = client.get(AT).content.decode()
    assert "Nothing was read as a charge. Where do charges stand?" in page
    assert 'value="import"' not in page


def test_every_rule_is_shown_in_full_and_imported_from_there(client: Client) -> None:
    brought(client, "ledger")
    answer = client.post(AT, {"do": "full"})
    assert answer.headers["Location"] == "/alder/imports/mapping"
    page = client.get("/alder/imports/mapping").content.decode()
    assert "transactions out of ledger.csv" in page
    assert client.get("/alder/imports/mapping/try").headers["Location"] == "/alder/imports/mapping"
    assert 'href="/alder/imports/mapping?from=openemr"' in page
    toml = re.search(r'<textarea[^>]*name="text"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert toml is not None
    form = {"text": unescape(toml[1]).lstrip("\n"), "do": "try"}
    tried = client.post("/alder/imports/mapping/try", form).content.decode()
    assert "Extract date" in tried
    done = client.post(
        "/alder/imports/mapping/try", {**form, "do": "import", "as_of": "2026-06-01"}
    )
    assert done.headers["Location"] == "/alder/imports/1/"


@pytest.mark.parametrize("name", ["f0-what", "f0-role-account", "f0-kind-0", "f0-turn-1", "class"])
@pytest.mark.parametrize("junk", ["x", "\0", "9" * 50, "{}"])
def test_nonsense_in_any_field_is_no_fault(client: Client, name: str, junk: str) -> None:
    brought(client, "letters")
    answer = client.post(AT, {"do": "check", name: junk, "class-of": "ALDERWAY"})
    assert answer.status_code == 302
    assert client.get(AT).status_code == 200
