"""The guide has a page for each role, and its keys are those of the pages."""

import re
from pathlib import Path

import pytest

from requite.domain.case import Action
from requite.office.people.role import Role
from requite.web.cases.views import KEYS


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
