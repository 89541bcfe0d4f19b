"""Offices that tagged versions made are brought to the present shape, and nothing of them is lost.

What they held lies here, a version a name; `tools/make_upgrade_dump.py` keeps the present one.
"""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from own_office import MAIN

HERE, ROOT = Path(__file__).resolve().parent, Path(__file__).resolve().parents[2]
VERSIONS = sorted(path.stem for path in HERE.glob("*.sql"))
# What the doctor says of what lies in the tables, and what the office holds.
LOOK = """
import json
import django; django.setup()
from make_upgrade_dump import described
from requite.cli import doctor
assert doctor._run(doctor.AFTER) == 0
print(json.dumps(described()))
"""
BACK = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", "intake", "0001", verbosity=0)
call_command("migrate", verbosity=0)
"""


def run(environ: dict[str, str], *line: str) -> str:
    done = subprocess.run(line, env=environ, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(name="environ")
def _environ(tmp_path: Path) -> dict[str, str]:
    """The environment of an office of its own, on SQLite."""
    path = os.pathsep.join(filter(None, (str(ROOT / "tools"), os.environ.get("PYTHONPATH"))))
    environ = os.environ | {
        "REQUITE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "requite.web.settings",
        "PYTHONPATH": path,
    }  # fmt: skip
    environ.pop("DATABASE_URL", None)
    return environ


def laid_down(version: str, folder: Path) -> None:
    """The office as the version left it."""
    with zipfile.ZipFile(HERE / f"{version}.zip") as archive:
        archive.extractall(folder)
    with closing(sqlite3.connect(folder / "requite.sqlite3")) as database:
        database.executescript((HERE / f"{version}.sql").read_text(encoding="utf-8"))


def expect_all_of(version: str, environ: dict[str, str]) -> None:
    """What the version left is there; the trail may have gone on, by the upgrade itself."""
    held = json.loads((HERE / f"{version}.json").read_text(encoding="utf-8"))
    found = json.loads(run(environ, sys.executable, "-c", LOOK).splitlines()[-1])
    before, after = dict(held.pop("events")), dict(found.pop("events"))
    assert found == held
    assert [name for name, length in before.items() if after[name] < length] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_an_office_of_a_tagged_version_is_whole_after_its_upgrade(
    version: str, tmp_path: Path, environ: dict[str, str]
) -> None:
    laid_down(version, tmp_path)
    run(environ, *MAIN, "migrate")
    expect_all_of(version, environ)
    run(environ, sys.executable, "-c", BACK)
    expect_all_of(version, environ)
    assert "unchanged" in run(environ, *MAIN, "audit", "verify")


def test_the_present_version_can_be_kept(tmp_path: Path, environ: dict[str, str]) -> None:
    run(environ, sys.executable, "tools/make_upgrade_dump.py", "--to", str(tmp_path))
    (made,) = tmp_path.glob("*.json")
    held = json.loads(made.read_text(encoding="utf-8"))
    assert [name for name, rows in held.items() if not rows] == []
    with zipfile.ZipFile(made.with_suffix(".zip")) as archive:
        names = archive.namelist()
    assert "secret_key" in names
    assert [name for name in names if "sqlite" in name or name.startswith("static")] == []
    assert str(tmp_path.parent) not in made.with_suffix(".sql").read_text(encoding="utf-8")


def test_every_tagged_version_is_kept_here() -> None:
    told = subprocess.run(
        ["git", "tag", "--list"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert VERSIONS
    assert {tag.removeprefix("v") for tag in told.stdout.split()} <= set(VERSIONS)
