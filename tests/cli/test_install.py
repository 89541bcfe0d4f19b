"""The units and the container file call commands that there are, with options that they take."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from requite.cli.main import main

INSTALL = Path(__file__).resolve().parents[2] / "docs" / "install"


def calls() -> list[list[str]]:
    """The words after `requite` wherever a file starts it."""
    found: list[list[str]] = []
    for unit in INSTALL.glob("*.service"):
        lines = re.findall(r"^ExecStart=.+/requite (.+)$", unit.read_text("utf-8"), re.MULTILINE)
        found += [shlex.split(line.strip("'")) for line in lines]
    command = re.search(r"^CMD (.+)$", (INSTALL / "Containerfile").read_text(), re.MULTILINE)
    assert command is not None
    return [*found, json.loads(command[1])]


@pytest.mark.parametrize("words", calls(), ids=" ".join)
def test_what_is_started_is_a_command_with_its_options(words: list[str]) -> None:
    command = main.get_command(click.Context(main), words[0])
    assert command is not None
    command.make_context(words[0], words[1:])


def test_what_the_container_copies_is_there(root: Path) -> None:
    text = (INSTALL / "Containerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?:--\S+ )?(\S+) \S+$", text, re.MULTILINE)
    assert {"src", "requirements.txt"} <= set(copied)
    assert [name for name in copied if not (root / name).exists()] == []
    let_in = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = [line[1:] for line in let_in if line.startswith("!")]
    assert [name for name in copied if not any(name.startswith(each) for each in allowed)] == []
