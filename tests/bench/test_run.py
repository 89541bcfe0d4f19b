import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sections import Section

pytestmark = pytest.mark.xdist_group("bench")  # what is measured once serves them all
SMALL = ("--accounts", "300", "--pure")


@pytest.fixture(scope="module")
def sections(root: Path, tmp_path_factory: pytest.TempPathFactory) -> "list[Section]":
    """The measuring of a very small provider; the compiled package's steps run in this process."""
    from measure import Cost
    from provider import Package
    from sections import SECTIONS, Plan
    from steps import STEPS

    class Here(Package):
        def step(self, *words: str | Path) -> Cost:
            return Cost(1.5, 1.0, 100_000_000, STEPS[str(words[0])](*map(str, words[1:])))

    package = Here(root / "src")
    plan = Plan(tmp_path_factory.mktemp("work"), 300, 100, 100, False, package, (6, 60))
    return [SECTIONS[name](plan) for name in ("screen", "domain", "whole")]


def measured(sections: "list[Section]", what: str) -> str:
    """The figure that is called so."""
    return next(
        figure.measured
        for section in sections
        for figure in section.figures
        if figure.what.startswith(what)
    )


def test_every_part_of_the_work_has_its_cost(sections: "list[Section]") -> None:
    for what in ("Scan", "Screen", "Sums", "All accounts, pure", "All accounts, compiled"):
        assert re.match(r"[\d,.e-]+ (CPU s|accounts a CPU s)$", measured(sections, what))
    assert measured(sections, "Import") == "1.5 CPU s, 5,000 µs an account"
    assert measured(sections, "Determination") == "1.5 CPU s, 5,000 µs an account"


def test_one_account_is_compared_with_a_tenth_of_it(sections: "list[Section]") -> None:
    assert re.match(r"[\d.]+ CPU s$", measured(sections, "One account of "))
    assert re.match(r"[\d.]+ times$", measured(sections, "against one of "))


def test_costs_are_compared_with_those_of_a_tenth_and_of_a_later_feed(
    sections: "list[Section]",
) -> None:
    # Each step says 1.5 s, so an account of ten times as many costs a tenth of it.
    assert measured(sections, "Determination, cost an account against") == "0.1 times"
    assert measured(sections, "Import of 1 % of the accounts") == "100 %"


def test_the_page_says_of_each_target_whether_it_is_met(sections: "list[Section]") -> None:
    from report import page

    text = page("python bench/run.py", sections, date(2026, 1, 2))
    rows = [line for line in text.splitlines() if re.match(r"\| .*(at most|at least)", line)]
    assert len(rows) > 8
    assert all(line.endswith(("| yes |", "| **no** |")) for line in rows)


def test_the_page_names_the_command_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import run
    from sections import Section

    monkeypatch.setitem(run.SECTIONS, "screen", lambda plan: Section(f"{plan.accounts} accounts"))
    page, work = tmp_path / "docs" / "page.md", tmp_path / "work"
    words = ["--only", "screen", "--work", str(work), "--out", str(page), *SMALL]
    assert run.main(words) == 0
    assert f"python bench/run.py --only screen --work {work}" in page.read_text()
    assert "## 300 accounts" in page.read_text()
    assert list(work.iterdir()) == []


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
