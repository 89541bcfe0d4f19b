"""What a person has said about an extract where a guess would not do."""

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

SAID: Final = "# What was said: "  # a line of a mapping's text


class Answers(BaseModel):
    """By file and by what was asked; what is not said is guessed.

    `what` says what a file holds, `roles` which column is what, `kinds` what a value (or an
    amount column) stands for, `turned` whether its amounts are turned round ("turned") or stand as
    they are ("as"), `classes` what kind of payer a name is.
    """

    model_config = ConfigDict(extra="forbid")

    what: dict[str, str] = {}
    roles: dict[str, dict[str, str]] = {}
    kinds: dict[str, dict[str, str]] = {}
    turned: dict[str, dict[str, str]] = {}
    classes: dict[str, str] = {}
    dates: str = ""

    @property
    def files(self) -> set[str]:
        """The files of which something was said."""
        return {*self.what, *self.roles, *self.kinds, *self.turned}


def fitted(said: Answers, names: Iterable[str]) -> Answers:
    """What was said, of the files of a later extract: they are called as before but for the day.

    >>> fitted(Answers(what={"AR 2026-01.csv": "typed"}), ["AR 2026-02.csv"]).what
    {'AR 2026-02.csv': 'typed'}
    """
    now = list(names)
    free = [name for name in now if name not in said.files]
    renamed = {}
    for file in said.files - set(now):
        alike = [name for name in free if _plain(name) == _plain(file)]
        if len(alike) == 1:
            renamed[file] = alike[0]
    parts = {
        part: {renamed.get(file, file): each for file, each in getattr(said, part).items()}
        for part in ("what", "roles", "kinds", "turned")
    }
    return said.model_copy(update=parts)


def _plain(name: str) -> str:
    """A file's name without its numbers."""
    path, _, sheet = name.partition("#")
    return re.sub(r"[\d\W_]+", "", PurePath(path).stem.lower()) + PurePath(path).suffix + sheet


def said_in(text: str) -> Answers:
    """What the text of a mapping says that a person has said; nothing where it says nothing."""
    for line in text.splitlines():
        if line.startswith(SAID):
            try:
                return Answers.model_validate_json(line.removeprefix(SAID))
            except ValidationError:
                return Answers()
    return Answers()
