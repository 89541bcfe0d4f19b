"""What is given as Parquet is kept as it came; anything that had to be read is kept as read."""

import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from requite.cli.main import main
from requite.engine import given
from requite.engine.importer import Scope, import_feed
from requite.engine.manifest import GIVEN
from requite.engine.store import NoSnapshot, Snapshot


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given") / "sample"
    call = ["sample", "--accounts", "600", "--out", str(folder)]
    call += ["--format", "parquet", "--remits", "parquet"]
    assert CliRunner().invoke(main, call).exit_code == 0
    return folder / "feed"


def kept(snapshot: Snapshot, table: str) -> list[bytes]:
    return [file.read_bytes() for file in snapshot.files(f"{GIVEN}{table}")]


def copy_with(feed: Path, place: Path, table: str, text: str) -> Path:
    """The feed with one more column in a table."""
    shutil.copytree(feed, place)
    rows = pq.read_table(feed / f"{table}.parquet")
    more = rows.append_column("more", [[text] * rows.num_rows])
    pq.write_table(more, place / f"{table}.parquet")
    return place


def test_parquet_is_kept_byte_for_byte(feed: Path, tmp_path: Path) -> None:
    snapshot = import_feed(feed, tmp_path / "store", processes=1)
    for table in ("transactions", "charges", "accounts", "remit_claims"):
        assert kept(snapshot, table) == [(feed / f"{table}.parquet").read_bytes()]


def test_it_is_a_copy_of_its_own(feed: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(feed, tmp_path / "mine")
    snapshot = import_feed(mine, tmp_path / "store", processes=1)
    before = kept(snapshot, "charges")
    (mine / "charges.parquet").write_bytes(b"something else")
    assert kept(snapshot, "charges") == before


def test_the_snapshot_is_the_same_however_it_was_given(
    feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_came = import_feed(feed, tmp_path / "one", processes=1)
    monkeypatch.setattr(given, "as_it_came", lambda *_: False)
    encoded = import_feed(feed, tmp_path / "two", processes=1)
    assert as_came.manifest.snapshot == encoded.manifest.snapshot
    assert kept(as_came, "charges") != kept(encoded, "charges")


def test_a_column_that_nobody_reads_is_not_kept(feed: Path, tmp_path: Path) -> None:
    more = copy_with(feed, tmp_path / "feed", "facilities", "a note")
    snapshot = import_feed(more, tmp_path / "store", processes=1)
    (file,) = snapshot.files(f"{GIVEN}facilities")
    assert "more" not in pq.read_table(file).column_names


def test_a_file_that_changed_while_it_was_read_is_kept_as_read(
    feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given, "stamp_of", lambda _: (0,))
    snapshot = import_feed(feed, tmp_path / "store", processes=1)
    assert kept(snapshot, "charges") != [(feed / "charges.parquet").read_bytes()]
    (file,) = snapshot.files(f"{GIVEN}charges")
    assert pq.read_table(file).num_rows == pq.read_table(feed / "charges.parquet").num_rows


def test_changes_are_laid_over_what_was_kept(feed: Path, tmp_path: Path) -> None:
    import_feed(feed, tmp_path / "store", processes=1)
    changes = tmp_path / "changes"
    changes.mkdir()
    payers = pq.read_table(feed / "payers.parquet")
    pq.write_table(payers.slice(0, 2), changes / "payers.parquet")
    after = import_feed(changes, tmp_path / "store", scope=Scope.CHANGES, processes=1)
    whole = import_feed(feed, tmp_path / "whole", processes=1)
    assert after.manifest.snapshot == whole.manifest.snapshot


def test_a_ledger_without_a_table_that_is_read_now_is_to_be_brought_again(
    feed: Path, tmp_path: Path
) -> None:
    snapshot = import_feed(feed, tmp_path / "store", processes=1)
    files = tuple(f for f in snapshot.manifest.files if f.table != "heard_payers")
    earlier = Snapshot(snapshot.root, replace(snapshot.manifest, files=files))
    with pytest.raises(NoSnapshot):
        earlier.file("heard_payers")
