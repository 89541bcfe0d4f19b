"""What docs/mapping.md says of mappings is what they take."""

import re
import tomllib
from pathlib import Path

import pytest

from requite.engine.mapping.plan import Check, FileForm, Mapping, TableMap, preset, preset_names
from requite.engine.mapping.statement import allowed_functions, look_at_select

DOCS = (Path(__file__).resolve().parents[3] / "docs" / "mapping.md").read_text(encoding="utf-8")


def test_every_function_that_a_select_may_call_is_listed() -> None:
    words = set(re.findall(r"[a-z_0-9]+", DOCS))
    assert {name for name in allowed_functions() if name[0].isalpha()} <= words


@pytest.mark.parametrize("model", [Mapping, FileForm, TableMap, Check])
def test_every_key_is_named(model: type[Mapping | FileForm | TableMap | Check]) -> None:
    for key in model.model_fields:
        assert f"`{key}`" in DOCS or f"`[[{key}]]`" in DOCS, key


@pytest.mark.parametrize("name", preset_names())
def test_every_table_that_a_preset_reads_is_named(name: str) -> None:
    assert f"| `{name}` |" in DOCS
    for form in preset(name).files:
        assert form.file in DOCS


def test_the_examples_are_taken() -> None:
    examples = re.findall(r"(?m)^    \[\[(?:tables|checks)\]\]\n(?:    .*\n)+", DOCS)
    assert len(examples) == 2
    for example in examples:
        said = tomllib.loads(re.sub(r"(?m)^    ", "", example))
        for kind in said.values():
            assert look_at_select(kind[0]["select"]).tables
