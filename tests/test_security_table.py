"""The table of threats names a test for each defence, and each of them exists."""

import ast
from pathlib import Path

TABLE = "docs/security.md"


def rows(root: Path) -> list[list[str]]:
    """The rows of the table, without its head."""
    lines = (root / TABLE).read_text("utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if "::" in line
    ]
    return [row for row in cells if len(row) > 1]


def defined_in(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_row_names_a_threat_a_defence_and_tests(root: Path) -> None:
    assert len(rows(root)) > 20
    for row in rows(root):
        assert len(row) == 3, row
        assert all(row), row


def test_every_test_that_the_table_names_exists(root: Path) -> None:
    missing = []
    for *_, named in rows(root):
        for test in named.split(", "):
            path, _, name = test.partition("::")
            there = (root / path).is_file() and name in defined_in(root / path)
            missing += [] if there else [test]
    assert missing == []
