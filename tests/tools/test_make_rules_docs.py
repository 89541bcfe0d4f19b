import runpy
from pathlib import Path
from typing import Any

import pytest

from requite.domain.regulations.book import rule_book


@pytest.fixture(scope="module")
def tool(root: Path) -> dict[str, Any]:
    return runpy.run_path(str(root / "tools" / "make_rules_docs.py"))


def test_the_page_of_rules_is_up_to_date(root: Path, tool: dict[str, Any]) -> None:
    page = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == tool["page"](rule_book()), "docs/rules.md is out of date: run `make rules`"


def test_the_page_names_every_rule_and_its_citation(tool: dict[str, Any]) -> None:
    page = tool["page"](rule_book())
    for rule in rule_book().rules:
        assert f"- **{rule.id}** {rule.title}. {rule.citation}" in page
    assert page.count("| no: recalled |") == 75


def test_a_page_out_of_date_is_told(
    tool: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = tool["main"]
    monkeypatch.setitem(main.__globals__, "PAGE", tmp_path / "docs" / "rules.md")
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr("sys.argv", ["make_rules_docs.py", "--check"])
    with pytest.raises(SystemExit, match="out of date"):
        main()
    monkeypatch.setattr("sys.argv", ["make_rules_docs.py"])
    main()
    monkeypatch.setattr("sys.argv", ["make_rules_docs.py", "--check"])
    main()
    assert (tmp_path / "docs" / "rules.md").read_text(encoding="utf-8").startswith("# Rules of law")
