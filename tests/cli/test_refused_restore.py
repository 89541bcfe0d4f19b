"""A restore that is refused, or breaks off, leaves things as they were."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from own_office import MAIN, OwnOffice, own_database

pytestmark = pytest.mark.machine


def restored(made: Path, data: Path) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {
        "REQUITE_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "requite.web.settings",
    } | own_database(data)  # fmt: skip
    return subprocess.run(
        [*MAIN, "restore", str(made)], env=environ, capture_output=True, text=True, check=False
    )


def is_no_database(made: Path) -> None:
    """As somebody leaves it who can write into the backup: also its manifest says so."""
    database = next(made.glob("database.*"))
    database.write_bytes(b"hello")
    manifest = json.loads((made / "manifest.json").read_text())
    listed = next(file for file in manifest["files"] if file["path"] == database.name)
    listed |= {"size": 5, "sha256": hashlib.sha256(b"hello").hexdigest()}
    (made / "manifest.json").write_text(json.dumps(manifest))


def test_a_restore_that_is_refused_leaves_nothing_behind(tmp_path: Path) -> None:
    made = tmp_path / "made"
    OwnOffice(tmp_path / "office").run("backup", str(made))
    harmed = shutil.copytree(made, tmp_path / "harmed")
    shutil.copytree(tmp_path / "made.keys", tmp_path / "harmed.keys")
    is_no_database(harmed)

    refused = restored(harmed, tmp_path / "fresh")
    assert refused.returncode == 1
    assert "The database is damaged" in refused.stderr, refused.stderr
    assert not (tmp_path / "fresh").exists()

    in_the_way = tmp_path / "used" / "audit.key"
    in_the_way.mkdir(parents=True)
    broken_off = restored(made, tmp_path / "used")
    assert (broken_off.returncode, "could not be put back" in broken_off.stderr) == (1, True)
    assert list((tmp_path / "used").rglob("*")) == [in_the_way]

    in_the_way.rmdir()
    assert restored(made, tmp_path / "whole").returncode == 0
    assert (tmp_path / "whole" / "audit.key").is_file()
