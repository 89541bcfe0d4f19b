"""docs/roles.md says what the table of permissions says."""

from pathlib import Path

from make_roles_docs import page


def test_the_page_of_roles_is_the_table(root: Path) -> None:
    assert (root / "docs" / "roles.md").read_text("utf-8") == page()
