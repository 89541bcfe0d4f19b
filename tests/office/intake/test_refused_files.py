"""Whoever names a file or lays one down gets no other than a plain one inside of its folder."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from brought_files import (
    LURES,
    NAMES,
    PLAIN,
    SECRET,
    TOML,
    WRONG_KIND,
    WRONG_NAME,
    Scene,
    a_scene,
)
from office_builders import DAY, NOW, a_case
from requite.cli.main import main
from requite.domain.errors import RequiteError
from requite.engine.importer import import_feed
from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.guess import look_at
from requite.engine.mapping.plan import parse_mapping
from requite.engine.refusal import RefusedExtract, RefusedFeed
from requite.engine.remit import read_remittances
from requite.engine.within import RefusedFile
from requite.office.audit.models import Event
from requite.office.cases.arrival import take_in
from requite.office.cases.attachments import attach, read_attachment
from requite.office.intake import folders
from requite.office.intake.kept import keep_extract
from requite.office.intake.mapping import save_mapping, try_mapping
from requite.office.intake.models import Import
from requite.office.intake.services import Ask, ask_import
from requite.office.intake.uploaded import Uploaded, ask_uploaded
from requite.office.intake.watch import look
from requite.office.intake.worker import run_next
from requite.office.people.tokens import NewToken, make_token

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(name="scene")
def _scene(tmp_path: Path, settings: Any) -> Scene:
    settings.DATA_DIR = tmp_path / "data"
    return a_scene(tmp_path)


def refused(kind: type[RequiteError], act: Callable[[], object]) -> str:
    with pytest.raises(kind) as error:
        act()
    return str(error.value)


def command(*words: str) -> str:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1, done.output
    return done.output


def mapped(scene: Scene) -> Any:
    return map_extract(scene.folder, parse_mapping(scene.mapping), scene.folder / "out")


def on_the_page(scene: Scene) -> str:
    """The trial in the browser, of an extract that was kept before."""
    client = scene.client()
    form = {"text": "", "do": "", "extract": SimpleUploadedFile("tx.csv", PLAIN.encode())}
    assert client.post("/alder/imports/mapping/try", form).status_code == 200
    answer = client.post("/alder/imports/mapping/try", {"text": scene.mapping, "do": "try"})
    assert answer.status_code == 409
    return answer.content.decode()


def by_own_mapping(scene: Scene) -> str:
    save_mapping(scene.provider, scene.mapping, actor=scene.boss, at=NOW)
    scene.name = ""
    said = Uploaded(DAY, source="own")
    return refused(
        RefusedExtract,
        lambda: ask_uploaded(scene.provider, scene.packed, said, actor=scene.boss, at=NOW),
    )


def api_with(scene: Scene, said: dict[str, str]) -> str:
    _, text = make_token(scene.boss, scene.provider, NewToken("t", may_write=True), at=NOW)
    form = {"as_of": "2026-11-01", "feed": scene.packed, **said}
    by = {"Authorization": f"Bearer {text}"}
    answer = Client().post("/api/alder/imports", form, headers=by)
    assert answer.status_code == 409
    return str(answer.json()["detail"])


def api_by_own_mapping(scene: Scene) -> str:
    save_mapping(scene.provider, scene.mapping, actor=scene.boss, at=NOW)
    scene.name = ""
    return api_with(scene, {"source": "own"})


def uploaded_page(scene: Scene) -> str:
    form = {"as_of": "2026-11-01", "kind": "whole", "feed": scene.packed}
    answer = scene.client().post("/alder/imports/upload", form)
    assert answer.status_code == 409
    return answer.content.decode()


def kept(scene: Scene, *files: tuple[str, Any]) -> str:
    return refused(
        RequiteError, lambda: keep_extract(scene.provider, scene.boss, files, at=NOW)
    )  # fmt: skip


# Every way in that takes a name, and whether the office notes it.
NAMED: dict[str, tuple[Callable[[Scene], str], bool]] = {
    "mapping": (lambda scene: refused(RefusedExtract, lambda: mapped(scene)), False),
    "requite map": (
        lambda scene: command(
            "map", str(scene.folder), "--mapping", _written(scene), "--out", str(scene.folder / "o")
        ),
        False,
    ),
    "trial": (
        lambda scene: refused(
            RefusedExtract,
            lambda: try_mapping(
                scene.provider, scene.mapping, scene.folder, actor=scene.boss, at=NOW
            ),
        ),
        True,
    ),
    "trial in the browser": (on_the_page, True),
    "import by a mapping": (by_own_mapping, True),
    "import by a mapping through the interface": (api_by_own_mapping, True),
    "ZIP": (
        lambda scene: refused(
            RequiteError,
            lambda: ask_uploaded(
                scene.provider, scene.packed, Uploaded(DAY), actor=scene.boss, at=NOW
            ),
        ),
        True,
    ),
    "ZIP in the browser": (uploaded_page, True),
    "ZIP through the interface": (lambda scene: api_with(scene, {}), True),
    "ZIP of an extract": (lambda scene: kept(scene, ("extract.zip", scene.packed)), True),
    "files of an extract": (
        lambda scene: kept(scene, (f"{scene.name}.csv", io.BytesIO(b"x"))), True,
    ),
}  # fmt: skip


def _written(scene: Scene) -> str:
    path = scene.folder / "ours.toml"
    path.write_text(scene.mapping)
    return str(path)


ODD = {"above from inside", "by backslashes", "by its drive"}  # tried where no page is in between


def named_cases() -> list[tuple[str, str]]:
    return [
        (caller, how)
        for caller in NAMED
        for how in NAMES
        if how not in ODD or caller in {"trial", "ZIP", "files of an extract"}
    ]


@pytest.mark.parametrize(("caller", "how"), named_cases())
def test_a_name_leads_nowhere_else(scene: Scene, caller: str, how: str) -> None:
    scene.name = NAMES[how](scene)
    call, is_noted = NAMED[caller]
    told = call(scene)
    assert SECRET not in told
    assert any(word in told for word in WRONG_NAME), told
    assert_noted(scene, is_noted=is_noted, words=WRONG_NAME)
    assert not Import.objects.exists()


def assert_noted(scene: Scene, *, is_noted: bool, words: tuple[str, ...]) -> None:
    events = Event.objects.filter(name="file.refused")
    assert events.count() == is_noted
    for event in events:
        assert event.chain.provider == scene.provider
        assert any(word in event.facts["why"] for word in words)
        assert event.facts["file"]


def in_watched(scene: Scene, spoilt: str) -> str:
    watched = scene.folder / "watched"
    (watched / "alder").mkdir(parents=True)
    feed = scene.feed().rename(watched / "alder" / "monday")
    (feed / "READY").touch()
    (feed / spoilt).unlink()
    scene.lay(feed / spoilt)
    before = scene.secret.read_bytes()
    assert look(watched, on=DAY, at=NOW) == []
    assert scene.secret.read_bytes() == before
    return (feed / "REFUSED").read_text()


def laid_later(scene: Scene) -> str:
    """What became no plain file after the import was asked for."""
    made = ask_import(scene.provider, Ask(scene.feed(), DAY), actor=None, at=NOW)
    scene.feed("charges.csv")
    assert run_next("w1", take_in, timezone.now)
    made.refresh_from_db()
    assert made.status == "refused"
    Import.objects.all().delete()
    return made.problem


def in_extract(scene: Scene) -> Path:
    (scene.folder / "tx.csv").unlink()
    scene.lay(scene.folder / "tx.csv")
    scene.name = "tx.csv"
    return scene.folder


def in_attachments(scene: Scene) -> str:
    case, boss = a_case(scene.provider), scene.boss
    made = attach(case, "letter.txt", io.BytesIO(b"Dear Sir"), actor=boss, at=NOW)
    place = next((folders.home(scene.provider) / "attachments").glob("*/*"))
    place.unlink()
    scene.lay(place)
    return refused(
        RefusedFile,
        lambda: read_attachment(scene.provider, case.number, made.pk, actor=boss, at=NOW),
    )


# Every way in that takes a folder, and whether the office notes it.
LAID: dict[str, tuple[Callable[[Scene], str], bool]] = {
    "feed": (
        lambda scene: refused(
            RefusedFeed, lambda: import_feed(scene.feed("charges.csv"), scene.folder / "s")
        ),
        False,
    ),
    "feed's remits": (
        lambda scene: refused(
            RefusedFeed, lambda: import_feed(scene.feed("remits/x.835"), scene.folder / "s")
        ),
        False,
    ),
    "remits": (
        lambda scene: refused(
            RefusedFile,
            lambda: read_remittances(
                scene.feed("remits/x.835") / "remits", scene.folder / "r", processes=1
            ),
        ),
        False,
    ),
    "requite detect": (
        lambda scene: command(
            "detect", str(scene.feed("accounts.csv")), "--out", str(scene.folder / "o")
        ),
        False,
    ),
    "requite requests": (
        lambda scene: command(
            "requests", str(scene.feed("payers.csv")), "--out", str(scene.folder / "o")
        ),
        False,
    ),
    "requite import": (
        lambda scene: command(
            "import", str(scene.feed("payers.csv")), "--provider", "alder", "--as-of", "2026-11-01"
        ),
        True,
    ),
    "import": (
        lambda scene: refused(
            RequiteError,
            lambda: ask_import(
                scene.provider, Ask(scene.feed("claims.csv"), DAY), actor=None, at=NOW
            ),
        ),
        True,
    ),
    "import under way": (laid_later, True),
    "watched feed": (lambda scene: in_watched(scene, "charges.csv"), True),
    "watched sign": (lambda scene: in_watched(scene, "READY"), True),
    "extract": (
        lambda scene: refused(
            RefusedExtract, lambda: [in_extract(scene), mapped(scene)]
        ),
        False,
    ),
    "guess": (
        lambda scene: refused(RefusedExtract, lambda: look_at(in_extract(scene))), False,
    ),
    "requite map --guess": (
        lambda scene: command(
            "map", str(in_extract(scene)), "--guess", "--out", str(scene.folder / "o")
        ),
        False,
    ),
    "trial": (
        lambda scene: refused(
            RefusedExtract,
            lambda: try_mapping(
                scene.provider, TOML.format(file="tx.csv"), in_extract(scene), actor=scene.boss,
                at=NOW,
            ),
        ),
        True,
    ),
    "document": (in_attachments, True),
}  # fmt: skip
# A folder among others is none of what is asked for here: its files are.
MAY_BE_FOLDERS = {"feed's remits", "remits", "guess", "requite map --guess", "import",
                  "requite import", "watched feed", "import under way", "watched sign"}  # fmt: skip
# Our own document may have a second name: a backup by hard links gives it one.
MAY_BE_LINKED = {"document"}


def laid_cases() -> list[tuple[str, str]]:
    return [
        (caller, lure)
        for caller in LAID
        for lure in LURES
        if not (lure == "folder" and caller in MAY_BE_FOLDERS)
        and not (lure == "hard link" and caller in MAY_BE_LINKED)
        and not (lure == "link to nothing" and caller == "watched sign")  # no sign at all
    ]


@pytest.mark.parametrize(("caller", "lure"), laid_cases())
def test_what_is_no_plain_file_is_not_opened(scene: Scene, caller: str, lure: str) -> None:
    scene.lay = LURES[lure](scene)
    call, is_noted = LAID[caller]
    told = call(scene)
    assert SECRET not in told
    assert any(word in told for word in WRONG_KIND), told
    assert_noted(scene, is_noted=is_noted, words=WRONG_KIND)
    assert not Import.objects.exists()


def test_a_file_that_only_is_missing_is_no_attempt(scene: Scene) -> None:
    text = TOML.format(file="other.csv")
    told = refused(
        RefusedExtract,
        lambda: try_mapping(scene.provider, text, scene.folder, actor=scene.boss, at=NOW),
    )
    assert "the extract has no such file" in told
    assert_noted(scene, is_noted=False, words=())


def test_a_sheet_s_name_is_no_path(scene: Scene, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(scene.folder / "book.xlsx") as book:
        book.add_worksheet("TX").write_row(0, 0, ["ID", "ACCT", "DAY", "AMT"])
    renamed = io.BytesIO()
    with (
        zipfile.ZipFile(scene.folder / "book.xlsx") as old,
        zipfile.ZipFile(renamed, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'name="TX"', b'name="x/../../../evil"'))
    (scene.folder / "book.xlsx").write_bytes(renamed.getvalue())
    before = set(tmp_path.rglob("*"))
    scene.name = "book.xlsx#x/../../../evil"
    assert mapped(scene).rows == {"transactions": 0}
    made = {path.name for path in set(tmp_path.rglob("*")) - before}
    assert made == {"out", "transactions.csv"}
