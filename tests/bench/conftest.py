"""Lets the tests import the programs of bench/ by their names, as they import each other."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _programs_on_the_path(root: Path) -> Iterator[None]:
    sys.path.insert(0, str(root / "bench"))
    yield
    sys.path.remove(str(root / "bench"))
