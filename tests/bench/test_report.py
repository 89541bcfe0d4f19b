import doctest
from datetime import date
from pathlib import Path

import pytest


def test_a_figure_stands_beside_its_target_and_says_whether_it_is_met() -> None:
    from report import Section, page

    section = Section("Screen", ["Over 5 accounts."])
    section.at_most("Against the scan", 7.25, 6, "times")
    section.at_least("Accounts", 7_000.0, 6_000, "a second")
    section.add("Import", "3.0 s")
    text = page("python bench/run.py", [section], date(2026, 1, 2))
    assert "| Against the scan | 7.2 times | at most 6.0 times | **no** |" in text
    assert "| Accounts | 7,000 a second | at least 6,000 a second | yes |" in text
    assert "| Import | 3.0 s |  |  |" in text
    assert "```\npython bench/run.py\n```" in text
    assert "2026-01-02" in text


def test_a_section_that_could_not_be_measured_says_why_and_has_no_table() -> None:
    from report import Section, page

    text = page("x", [Section("835 files", ["Not measured."])], date(2026, 1, 2))
    assert text.endswith("## 835 files\n\nNot measured.\n")


def test_the_machine_is_named_by_its_kind() -> None:
    import platform

    from report import machine

    assert "GB of memory" in machine()
    assert platform.node() not in machine()


@pytest.mark.parametrize("name", ["report", "rivals"])
def test_examples_hold(name: str, root: Path) -> None:
    import importlib

    assert doctest.testmod(importlib.import_module(name)).failed == 0
