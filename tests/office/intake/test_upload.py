"""A ZIP that comes in: taken apart whole, or refused whole and gone."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from brought_files import PLAIN, STORY, TOML
from extracts import EXTRACTS
from office_builders import DAY, NOW, a_member, a_provider
from requite.engine.mapping.plan import preset_text
from requite.office.intake import folders
from requite.office.intake.kept import keep_extract
from requite.office.intake.mapping import save_mapping, try_mapping
from requite.office.intake.upload import BadUpload, unpack
from requite.office.intake.uploaded import Uploaded, ask_uploaded
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
REMIT = next((STORY / "feed" / "remits").iterdir())


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.mark.parametrize(
    "names", [("charges.csv", "CHARGES.csv"), ("a/charges.csv", "A/charges.csv")]
)
def test_a_zip_with_two_files_of_one_name_is_refused(
    names: tuple[str, str],
) -> None:
    alder, content = a_provider(), io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, b"charge_id\n")
    with pytest.raises(BadUpload, match="two files in it have one name"):
        unpack(alder, content, most_bytes=10**7)
    assert not list(folders.uploads(alder).iterdir())


def test_a_folder_that_was_packed_as_a_whole_comes_in(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.mkdir("./")
        archive.writestr("./accounts.csv", b"account_id\n")
        archive.writestr(".DS_Store", b"")
    feed = unpack(a_provider(), content, most_bytes=10**7)
    assert [path.name for path in feed.iterdir()] == ["accounts.csv"]
    assert feed.is_relative_to(tmp_path)


@pytest.mark.parametrize("name", ["mapped-feed", "mapped-feed/refunds.csv"])
def test_an_extract_brings_nothing_past_its_mapping(name: str) -> None:
    alder, content = a_provider(), io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("tx.csv", PLAIN)
        archive.writestr(name, b"refund_id\n")
    boss = a_member(alder, Role.SUPERVISOR)
    save_mapping(alder, TOML.format(file="tx.csv"), actor=boss, at=NOW)
    with pytest.raises(BadUpload, match="mapped-feed, which is ours to make"):
        ask_uploaded(alder, content, Uploaded(DAY, source="own"), actor=boss, at=NOW)
    assert not list(folders.uploads(alder).iterdir())


def an_extract() -> io.BytesIO:
    """An extract of OpenEMR as one ZIP, with a remittance beside it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in EXTRACTS["openemr"].items():
            archive.writestr(f"export/{name}", text)
        archive.writestr("export/remits/a.835", REMIT.read_bytes())
    content.seek(0)
    return content


def test_the_remittances_of_an_extract_come_along_into_its_feed() -> None:
    alder = a_provider()
    boss = a_member(alder, Role.SUPERVISOR)
    made = ask_uploaded(alder, an_extract(), Uploaded(DAY, source="openemr"), actor=boss, at=NOW)
    assert (Path(made.source) / "remits" / "a.835").read_bytes() == REMIT.read_bytes()
    assert (Path(made.source) / "transactions.csv").exists()


def test_the_remittances_of_an_extract_are_there_in_the_trial() -> None:
    alder = a_provider()
    boss = a_member(alder, Role.SUPERVISOR)
    place = keep_extract(alder, boss, [("export.zip", an_extract())], at=NOW)
    made, refused = try_mapping(alder, preset_text("openemr"), place, actor=boss, at=NOW)
    assert (made.remits, refused) == (1, None)


def test_files_of_an_extract_come_in_every_form_that_is_read() -> None:
    alder = a_provider()
    boss = a_member(alder, Role.SUPERVISOR)
    names = ("a.csv", "b.tsv", "c.txt", "c.sql", "d.csv.gz", "e.psv", "f.tab")
    files = [(name, io.BytesIO(b"A\tB\n")) for name in names]
    place = keep_extract(alder, boss, files, at=NOW)
    assert {path.name for path in place.iterdir()} == set(names)
