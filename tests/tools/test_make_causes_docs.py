import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def make_causes_docs(root: Path) -> ModuleType:
    path = root / "tools" / "make_causes_docs.py"
    spec = importlib.util.spec_from_file_location("make_causes_docs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_causes_says_what_the_code_does(make_causes_docs: ModuleType) -> None:
    assert make_causes_docs.PAGE.read_text("utf-8") == make_causes_docs.page(), "run `make docs`"


def test_every_cause_file_has_its_place_in_the_waterfall(
    make_causes_docs: ModuleType, root: Path
) -> None:
    folder = root / "src/requite/domain/determination/causes"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(make_causes_docs.causes_in_order()) == files


def test_every_cause_of_the_stories_is_one_of_the_causes(make_causes_docs: ModuleType) -> None:
    endings, _ = make_causes_docs.shown_in_stories()
    assert set(endings) <= set(make_causes_docs.causes_in_order())
    assert all(make_causes_docs.causes_in_order().values()), "each cause has its docstring"
