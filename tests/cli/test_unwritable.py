"""Where nothing can be written a command says so in one sentence, and ends with status 1."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from requite.cli.main import main

TABLES = {
    "payers": "payer_id,name,payer_class\nLARK,Larkspur Health Plan,commercial\n",
    "accounts": "account_id\n0001\n",
    "charges": "charge_id,account_id,line_no,amount\nC1,0001,1,200.00\n",
    "transactions": (
        "transaction_id,account_id,type,amount,posted_on\nT1,0001,payment,-9,2026-01-12\n"
    ),
}
AS_OF = ("--as-of", "2026-11-23")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    made = tmp_path / "feed"
    made.mkdir()
    for name, text in TABLES.items():
        (made / f"{name}.csv").write_text(text, "utf-8")
    (tmp_path / "file").write_text("none of ours")
    return made


CALLS = {
    "detect": ("detect", "feed", "--out", "file/out", *AS_OF),
    "detect with a store": ("detect", "feed", "--out", "out", "--store", "file/store", *AS_OF),
    "detect where a folder lies": ("detect", "feed", "--out", "taken", *AS_OF),
    "detect where no folder is made": ("detect", "feed", "--out", "/proc/requite", *AS_OF),
    "detect with a store where no folder is made": (
        "detect",
        "feed",
        "--out",
        "out",
        "--store",
        "/proc/requite",
        *AS_OF,
    ),
    "requests where no folder is made": ("requests", "feed", "--out", "/proc/requite", *AS_OF),
    "sample where no folder is made": ("sample", "--accounts", "3", "--out", "/proc/requite"),
    "map into a folder that is not there": ("map", "feed", "--guess", "--out", "no/draft.toml"),
    "requests": ("requests", "feed", "--out", "file/out", *AS_OF),
    "explain": ("explain", "feed", "0001", "--store", "file/store", *AS_OF),
    "sample": ("sample", "--accounts", "3", "--out", "file/out"),
    "map": ("map", "feed", "--guess", "--out", "file/draft.toml"),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_place_where_nothing_can_be_written_is_named(
    name: str, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(feed.parent)
    (feed.parent / "taken" / "findings.csv").mkdir(parents=True)
    call = CALLS[name]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 1, result.output
    assert "Error: Writing into " in result.stderr
    assert "name another folder" in result.stderr
    assert "work-" not in result.stderr
    assert (feed.parent / "file").read_text() == "none of ours"


@pytest.mark.parametrize("room", [1_500, 12_000])
def test_a_disk_that_fills_up_is_told_and_leaves_no_work_behind(room: int, feed: Path) -> None:
    out = feed.parent / "out"
    ended = subprocess.run(
        [sys.executable, "-c", "from requite.cli.main import main; main()", "detect", str(feed),
         "--out", str(out), "--processes", "1", *AS_OF],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"Error: Writing into {out} failed: File too large." in ended.stderr
    assert not list(out.glob("work*"))


@pytest.mark.parametrize("day", ["9999-12-31", "2100-01-01", "1899-12-31", "0001-01-01"])
@pytest.mark.parametrize("command", ["detect", "requests", "explain"])
def test_a_day_that_no_record_may_carry_is_a_wrong_call(command: str, day: str, feed: Path) -> None:
    call = [command, str(feed), *(["0001"] if command == "explain" else ["--out", str(feed)])]
    result = CliRunner().invoke(main, [*call, "--as-of", day])
    assert result.exit_code == 2
    assert f"{day} is not between 1900-01-01 and 2099-12-31" in result.stderr


@pytest.mark.parametrize("day", ["1900-01-01", "2099-12-31"])
def test_the_first_and_the_last_day_are_days(day: str, feed: Path) -> None:
    ledger = TABLES["transactions"].replace("2026-01-12", day).replace("-9,", "-900,")
    (feed / "transactions.csv").write_text(ledger, "utf-8")
    result = CliRunner().invoke(main, ["explain", str(feed), "0001", "--as-of", "2099-12-31"])
    assert result.exit_code == 0, result.output
    assert "$700.00" in result.output
