"""The timeline says in words what the trail has by name."""

import re
from pathlib import Path

from requite.domain.case import Action
from requite.web.events import EVENT_WORDS, event_words


def test_each_step_of_a_case_has_its_words() -> None:
    steps = {f"case.{action}" for action in Action if action != Action.CLOSE}
    assert steps <= set(EVENT_WORDS)


def test_each_event_of_a_case_that_is_recorded_has_its_words(root: Path) -> None:
    source = "\n".join(
        path.read_text("utf-8") for path in (root / "src/requite/office/cases").glob("*.py")
    )
    recorded = set(re.findall(r'"(case\.[a-z_]+)"', source)) | {"attachment.read"}
    assert len(recorded) > 8
    assert recorded <= set(EVENT_WORDS)


def test_what_has_no_words_keeps_its_name() -> None:
    assert event_words("rule.added") == "rule.added"
