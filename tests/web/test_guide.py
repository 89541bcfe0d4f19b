"""The guide has a page for each role, and its keys are those of the pages."""

import re
from pathlib import Path

import pytest

import make_help_docs
from requite.domain.case import Action
from requite.domain.glossary import TERMS
from requite.office.people.role import Role
from requite.web.cases.choices import KEYS
from requite.web.context import PARTS
from requite.web.help import SLUGS

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_page(role: Role, root: Path) -> None:
    page = root / "docs" / "guide" / f"{role.replace('_', '-')}.md"
    assert page.read_text("utf-8").startswith("# ")
    assert f"guide/{page.name}" in (root / "docs" / "README.md").read_text("utf-8")


def test_the_guide_names_each_key_of_a_case(root: Path) -> None:
    pages = "\n".join(path.read_text("utf-8") for path in (root / "docs" / "guide").glob("*.md"))
    told = set(re.findall(r"`([a-z])`", pages))
    keys = {key for action, key in KEYS.items() if action != Action.REOPEN}
    assert keys <= told
    assert set(KEYS) == set(Action) - {Action.CLOSE}


def test_each_page_has_its_help_and_the_guide_says_the_same(root: Path) -> None:
    parts = {view for view, _, _ in PARTS} | {"cases:queue", "cases:case", "people:me"}
    assert parts <= set(SLUGS)
    assert (root / "docs" / "guide" / "pages.md").read_text("utf-8") == make_help_docs.page()


def test_the_words_that_pages_explain_stand_in_the_glossary(root: Path) -> None:
    told = (root / "docs" / "glossary.md").read_text("utf-8").replace("`", "")
    assert len(TERMS) > 20
    for word, meaning in TERMS.items():
        assert f"| {word} | {meaning}" in told
