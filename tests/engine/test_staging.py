"""What is staged is found again, in one partition or in many."""

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from requite.cli.main import main
from requite.engine import partition
from requite.engine.importer import import_feed
from requite.engine.staging import Staging


def rows_by_table(feed: Path, store: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for file in import_feed(feed, store, processes=1).manifest.files:
        found[file.table] += file.rows
    return found


@pytest.mark.parametrize("without", [(), ("traces", "codes"), ("remits",), ("lines", "traces")])
def test_many_partitions_hold_the_rows_of_one(
    without: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no posting names another account's claim, every remittance was lost in many parts."""
    call = ["sample", "--accounts", "400", "--out", str(tmp_path / "sample")]
    call += [word for part in without for word in ("--without", part)]
    assert CliRunner().invoke(main, call).exit_code == 0
    whole = rows_by_table(tmp_path / "sample" / "feed", tmp_path / "one")
    monkeypatch.setattr(partition, "ACCOUNTS_A_PARTITION", 100)
    parts = rows_by_table(tmp_path / "sample" / "feed", tmp_path / "many")
    assert parts == whole
    assert (whole["remit_claims"] == 0) == ("remits" in without)


def test_a_relation_without_rows_has_the_columns_that_it_was_staged_with(tmp_path: Path) -> None:
    staging = Staging(tmp_path, 1)
    staging.bits = 2
    staging.stage("none", "SELECT 'A' AS account_id WHERE false", by="account_id")
    staging.stage("those", "SELECT 'A' AS account_id UNION ALL BY NAME FROM none", by="account_id")
    (described,) = staging.connection.execute("DESCRIBE none").fetchall()
    assert described[0] == "account_id"
    rows = 0
    for part in range(4):
        with staging.partition(part, ["those"]) as connection:
            rows += len(connection.execute("FROM those").fetchall())
    assert rows == 1
