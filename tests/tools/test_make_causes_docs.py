from pathlib import Path

import make_causes_docs


def test_the_page_of_causes_says_what_the_code_does() -> None:
    assert make_causes_docs.PAGE.read_text("utf-8") == make_causes_docs.page(), "run `make docs`"


def test_every_cause_file_has_its_place_in_the_waterfall(root: Path) -> None:
    folder = root / "src/requite/domain/determination/causes"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(make_causes_docs.causes_in_order()) == files


def test_every_cause_of_the_stories_is_one_of_the_causes() -> None:
    endings, _ = make_causes_docs.shown_in_stories()
    assert set(endings) <= set(make_causes_docs.causes_in_order())
    assert all(make_causes_docs.causes_in_order().values()), "each cause has its docstring"
