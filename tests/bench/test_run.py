import re
import subprocess
import sys
from pathlib import Path

import pytest

SMALL = ("--accounts", "400", "--domain-accounts", "200", "--pure")


@pytest.fixture(scope="module")
def measured(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("measured")
    page = folder / "page.md"
    done = subprocess.run(
        [sys.executable, root / "bench" / "run.py", *SMALL, "--only", "screen", "domain", "whole",
         "--work", folder / "work", "--out", page],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder, page.read_text()


def figure(page: str, what: str) -> list[str]:
    """The cells of the row whose first one begins so."""
    row = next(line for line in page.splitlines() if line.startswith(f"| {what}"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_every_figure_with_a_target_says_whether_it_is_met(measured: tuple[Path, str]) -> None:
    rows = [line for line in measured[1].splitlines() if re.match(r"\| .*(at most|at least)", line)]
    assert len(rows) > 8
    assert all(line.endswith(("| yes |", "| **no** |")) for line in rows)


def test_the_page_names_the_command_that_makes_it(measured: tuple[Path, str]) -> None:
    assert "python bench/run.py --accounts 400 --domain-accounts 200 --pure --only" in measured[1]


def test_every_part_of_the_work_has_its_cost(measured: tuple[Path, str]) -> None:
    for what in ("Scan", "Screen", "All accounts, pure Python", "Import", "Determination"):
        assert re.search(r"[0-9.]+ ", figure(measured[1], what)[1])


def test_the_samples_are_gone_afterwards(measured: tuple[Path, str]) -> None:
    assert list((measured[0] / "work").iterdir()) == []


def test_what_fails_ends_in_one_message_and_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import run
    from measure import Failed

    def fails(plan: object) -> None:
        raise Failed("the step ended with 1")

    monkeypatch.setitem(run.SECTIONS, "screen", fails)
    page = tmp_path / "page.md"
    words = ["--only", "screen", "--work", str(tmp_path), "--out", str(page), *SMALL]
    assert run.main(words) == 1
    assert "the step ended with 1" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_there_is_no_sample_of_no_accounts(capsys: pytest.CaptureFixture[str]) -> None:
    import run

    with pytest.raises(SystemExit):
        run.main(["--accounts", "0"])
    assert "must be 1 or more" in capsys.readouterr().err
