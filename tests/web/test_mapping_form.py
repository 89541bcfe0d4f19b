"""The form of a mapping says the same as its text, and goes on from an extract that is kept."""

import io
import os
import time
import tomllib
import zipfile
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from extracts import EXTRACTS
from office_builders import a_member, a_provider
from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.plan import parse_mapping, preset, preset_names
from requite.office.intake.models import SavedMapping
from requite.office.intake.worker import sweep
from requite.office.people.role import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TRY = "/alder/imports/mapping/try"
FILES = {
    "accounts.csv": "Account Number,Total Balance,Dept\n007,40.00,X\n008,-25.00,X\n",
    "ledger.csv": (
        "Transaction ID,Account Number,Transaction Type,Amount,Post Date,CPT Code\n"
        "1,007,Charge,100.00,01/05/2026,99213\n2,007,Insurance Payment,60.00,02/05/2026,\n"
        "3,008,Charge,50.00,01/05/2026,99213\n4,008,Patient Payment,75.00,02/05/2026,\n"
        "5,007,Voucher,5.00,02/05/2026,\n"
    ),
}


class Form(HTMLParser):
    """What a browser would send of the form of the mapping as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.select = ""
        self.option: str | None = None
        self.area = ""
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("class") == "map"
        if not self.inside:
            return
        name = said.get("name", "")
        if tag == "select":
            self.select = name
            self.sent[name] = [*self.sent.get(name, [])]
            self.chosen: str | None = None
            self.first: str | None = None
        elif tag == "option" and self.select:
            self.option = said.get("value")
            self.is_chosen = "selected" in said
            self.label = ""
        elif tag == "textarea":
            self.area = name
        elif tag == "input" and name and said.get("type") != "file":
            if said.get("type") == "checkbox" and "checked" not in said:
                return
            self.sent.setdefault(name, []).append(said.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.select:
            self.label = getattr(self, "label", "") + data
        if self.area:
            self.sent.setdefault(self.area, []).append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "option" and self.select:
            value = self.label if self.option is None else self.option
            self.first = value if self.first is None else self.first
            self.chosen = value if self.is_chosen else self.chosen
        elif tag == "select" and self.select:
            value = self.chosen if self.chosen is not None else self.first
            self.sent[self.select].append(value or "")
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def zipped(files: dict[str, str]) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    content.seek(0)
    content.name = "extract.zip"
    return content


def plain(files: dict[str, str]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, text.encode()) for name, text in files.items()]


@pytest.fixture
def client(tmp_path: Path, settings: Any) -> Client:
    settings.DATA_DIR = tmp_path / "data"
    client = Client()
    client.force_login(a_member(a_provider(), Role.SUPERVISOR, "sam"))
    return client


def page(client: Client, do: str, form: dict[str, Any]) -> str:
    return client.post(TRY, {**form, "do": do}).content.decode()


def text_of(page: str) -> str:
    return "".join(Form(page).sent["text"]).lstrip("\n")


@pytest.mark.parametrize("name", preset_names())
def test_the_form_of_a_preset_says_what_its_text_says(
    client: Client, name: str, tmp_path: Path
) -> None:
    client.post(TRY, {"do": "look", "extract": zipped(EXTRACTS[name])})
    form = Form(client.get(f"/alder/imports/mapping?from={name}").content.decode()).sent
    assert int(form["parts"][0]) == len(preset(name).tables)
    again = parse_mapping(text_of(page(client, "look", form)))
    extract = tmp_path / "extract"
    extract.mkdir()
    for file, text in EXTRACTS[name].items():
        (extract / file).write_text(text, encoding="utf-8")
    by_form = map_extract(extract, again, tmp_path / "one")
    by_text = map_extract(extract, preset(name), tmp_path / "two")
    assert by_form == by_text
    assert (again.name, again.dates) == (preset(name).name, preset(name).dates)


def test_an_extract_is_chosen_once_and_a_guess_is_put_right(client: Client) -> None:
    guessed = page(client, "guess", {"extract": plain(FILES)})
    assert "100 % sure" in guessed
    form = Form(guessed).sent
    refused = client.post(TRY, {**form, "do": "try"})
    assert refused.status_code == 409
    told = refused.content.decode()
    assert "ledger.csv, row 5, column Transaction Type: the mapping does not say" in told
    assert "stand for: Voucher (1)." in told
    form = Form(told).sent
    place = form["4-type-from"].index("Voucher")
    form["4-type-to"][place] = "adjustment"
    made = page(client, "try", form)
    assert "What comes of it" in made
    assert "Accounts that disagree</dt><dd>1 of 2" in made
    assert "<b>accounts.csv</b>: Dept" in made
    client.post(TRY, {**Form(made).sent, "do": "save"})
    saved = tomllib.loads(SavedMapping.objects.get().text)
    assert saved["tables"][4]["values"]["type"]["Voucher"] == "adjustment"


def test_the_trial_refuses_what_an_import_would(client: Client) -> None:
    form = Form(page(client, "guess", {"extract": plain(FILES)})).sent
    form["4-type-to"] = ["adjustment" if to == "" else to for to in form["4-type-to"]]
    for part in (2, 3):
        form[f"{part}-transaction_id-source"] = ["="]
        form[f"{part}-transaction_id-text"] = ["T1"]
    answer = client.post(TRY, {**form, "do": "try"})
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "transactions.csv, row" in told
    assert "What comes of it" in told


def test_what_weakens_a_determination_is_said(client: Client) -> None:
    form = Form(page(client, "guess", {"extract": plain(FILES)})).sent
    form["4-type-to"] = ["adjustment" if to == "" else to for to in form["4-type-to"]]
    made = page(client, "try", form)
    assert "Adjustments without group_code: 1." in made
    assert "Payments without payer_id: 1." in made
    form["4-group_code-source"], form["4-group_code-text"] = ["="], ["CO"]
    assert "without group_code" not in page(client, "try", form)


def test_files_that_nothing_is_made_of_are_named(client: Client) -> None:
    more = {**FILES, "notes.csv": "Remark\nhello\n"}
    told = page(client, "guess", {"extract": plain(more)})
    assert "No table comes out of notes.csv yet" in told
    assert "notes.csv" not in page(client, "drop", Form(told).sent).split("<form")[2]


def test_rows_that_no_part_takes_are_told(client: Client) -> None:
    form = Form(page(client, "guess", {"extract": plain(FILES)})).sent
    form["4-rows-0-column"], form["4-rows-0-values"] = ["Transaction Type"], ["Nothing"]
    form["3-remove"] = ["1"]
    assert "No table takes 2 rows of ledger.csv" in page(client, "try", form)


def test_a_column_that_the_feed_needs_is_asked_for(client: Client) -> None:
    form = Form(page(client, "guess", {"extract": plain(FILES)})).sent
    form["2-posted_on-source"] = [""]
    answer = client.post(TRY, {**form, "do": "try"})
    assert answer.status_code == 409
    assert "column transactions.posted_on: nothing fills this column" in answer.content.decode()


def test_parts_are_added_and_left_out(client: Client) -> None:
    form = Form(page(client, "guess", {"extract": plain(FILES)})).sent
    form |= {"add-table": ["payers"], "add-file": ["ledger.csv"], "1-remove": ["1"]}
    after = text_of(page(client, "add", form))
    assert [part["table"] for part in tomllib.loads(after)["tables"]] == [
        "accounts", "transactions", "transactions", "transactions", "payers",
    ]  # fmt: skip
    made = page(client, "try", {**form, "add-table": [""]})
    assert "charges" in made


def test_text_is_taken_as_it_stands_and_wrong_text_is_kept(client: Client) -> None:
    form = Form(page(client, "guess", {"extract": plain(FILES)})).sent
    form["text"] = ["name = 3"]
    told = page(client, "text", form)
    assert "The mapping is wrong at name" in told
    assert "name = 3" in told
    assert 'name="parts"' not in told


@pytest.mark.parametrize("do", ["guess", "try"])
def test_without_an_extract_it_is_asked_for(client: Client, do: str) -> None:
    answer = client.post(TRY, {"do": do, "text": "name = 'x'"})
    assert answer.status_code == 409
    assert "There is no extract to look at" in answer.content.decode()


def test_an_extract_that_cannot_be_read_does_not_stand_in_the_way(client: Client) -> None:
    form = {"extract": plain({"a.csv": 'ID,NAME\n1,"open\n'})}
    assert "a.csv, row 1: a quotation mark is not closed." in page(client, "look", form)
    assert client.get("/alder/imports/mapping").status_code == 200
    zipped_twice = zipped({"book.xlsx": "no Excel"})
    assert "this is no Excel file" in page(client, "look", {"extract": zipped_twice})
    assert "no Excel" not in client.get("/alder/imports/mapping").content.decode()


def test_two_files_of_one_name_are_not_taken_for_one(client: Client) -> None:
    same = [SimpleUploadedFile("a.csv", b"ID\n1\n"), SimpleUploadedFile("A.csv", b"ID\n2\n")]
    assert "two of the files have one name" in page(client, "look", {"extract": same})


def test_nonsense_in_any_field_is_no_fault(client: Client) -> None:
    form = Form(page(client, "guess", {"extract": plain(FILES)})).sent
    fields = [name for name in form if not name.startswith(("csrf", "text"))]
    few = fields[::4]  # of each kind some: a trial goes through the whole gate
    tries = zip(few, cycle(["x", "-1", "99999999999", "\0", "{}"]), cycle(["try", "add"]))
    for name, junk, do in tries:
        answer = client.post(TRY, {**form, name: [junk], "do": do})
        assert answer.status_code in {200, 409, 422}, (name, junk, do)


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["a.csv", "b.pdf"], "several files at once are text, Excel or 835"),
        (["b.pdf"], "no CSV, Excel (.xlsx), 835 or ZIP file"),
    ],
)
def test_files_that_are_none_are_refused_and_nothing_stays(
    client: Client, names: list[str], problem: str, tmp_path: Path
) -> None:
    told = page(client, "look", {"extract": plain(dict.fromkeys(names, "x"))})
    assert problem in told
    assert not list((tmp_path / "data" / "providers" / "alder" / "uploads").glob("*"))


def test_an_extract_is_not_kept_for_longer_than_a_day(client: Client, tmp_path: Path) -> None:
    page(client, "look", {"extract": plain(FILES)})
    (kept,) = (tmp_path / "data" / "providers" / "alder" / "uploads").iterdir()
    sweep()
    assert kept.is_dir()
    old = time.time() - 2 * 24 * 3600
    os.utime(kept, (old, old))
    sweep()
    assert not kept.exists()
    assert "ledger.csv" not in client.get("/alder/imports/mapping").content.decode()


def test_an_extract_of_one_user_is_not_another_s(client: Client) -> None:
    page(client, "look", {"extract": plain(FILES)})
    assert "ledger.csv" in client.get("/alder/imports/mapping").content.decode()
    noor = Client()
    noor.force_login(a_member(a_provider("birch")))
    assert "ledger.csv" not in noor.get("/birch/imports/mapping").content.decode()


def test_an_upload_that_is_too_much_is_refused(client: Client, settings: Any) -> None:
    settings.MOST_UPLOAD_BYTES = 100
    assert "are more than 100 bytes" in page(client, "look", {"extract": plain(FILES)})


def test_what_is_said_of_files_stays_as_it_was_typed_where_it_is_wrong(client: Client) -> None:
    form = Form(client.get("/alder/imports/mapping?from=openemr").content.decode()).sent
    for typed, why in (("[[files", "files and checks"), ('name = "x"', "does not belong there")):
        answer = client.post(TRY, {**form, "do": "look", "beside": [typed]})
        told = answer.content.decode()
        assert answer.status_code == 409
        assert why in told
        again = Form(told).sent
        assert "".join(again["beside"]).strip() == typed
        assert again["0-select"] == form["0-select"]


def test_a_select_of_the_form_is_tried_and_told_of_by_its_table(client: Client) -> None:
    client.post(TRY, {"do": "look", "extract": zipped(EXTRACTS["openemr"])})
    form = Form(client.get("/alder/imports/mapping?from=openemr").content.decode()).sent
    made = page(client, "try", form)
    assert "What comes of it" in made
    assert "P7-3-1" in made
    form["2-select"] = ["SELECT * FROM read_csv('/etc/passwd')"]
    answer = client.post(TRY, {**form, "do": "try"})
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "the SELECT of payers (table 3 of the mapping): it reads read_csv()" in told


def test_a_file_in_another_encoding_is_looked_at_as_the_mapping_says(client: Client) -> None:
    latin = SimpleUploadedFile("ledger.csv", "ID;Größe\n1;ü\n".encode("latin-1"))
    told = page(client, "look", {"extract": latin})
    assert "ledger.csv: the text is not UTF-8." in told
    assert "Say its encoding under files in the mapping" in told
    latin.seek(0)
    text = '[[files]]\nfile = "ledger"\nencoding = "latin-1"\n'
    seen = page(client, "look", {"extract": latin, "text": text})
    assert "<b>ledger.csv</b> (2 columns)" in seen
