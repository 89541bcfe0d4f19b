"""A first mapping for an extract that nobody has mapped: from its headers and from its values.

It is a draft for a person: what is open is said, and nothing is imported by it until it is settled.
"""

from dataclasses import dataclass
from pathlib import Path

from requite.engine.mapping.extract import Reading
from requite.engine.mapping.guessing.draft import draft
from requite.engine.mapping.guessing.facts import File, surveyed
from requite.engine.mapping.guessing.roles import PARTS, roles_of, type_column
from requite.engine.mapping.guessing.words import fit
from requite.engine.mapping.guessing.written import written
from requite.engine.mapping.plan import Mapping

SAMPLE = 500  # rows that are looked at for the form of a mapping
NO_TABLE = "# No file looks like accounts, charges or transactions: write its tables here."


@dataclass(frozen=True, slots=True)
class Look:
    """One file: which column plays which part, how well its header fits, and its first values."""

    file: str
    parts: dict[str, str]
    sure: dict[str, int]
    values: dict[str, list[str]]

    def column(self, part: str) -> str:
        """The column that plays a part; empty where none does."""
        return self.parts.get(part, "")


def guess(extract: Path, name: str = "Ours") -> str:
    """A draft of a mapping for the files of an extract, as TOML with remarks.

    Raises
    ------
    RefusedExtract
        Where a file cannot be read.
    """
    found = draft(extract, name=name)
    text = written(found)
    return text if found.made else f"{text}\n{NO_TABLE}\n"


def look_at(extract: Path, said: Mapping | None = None) -> list[Look]:
    """What the files of an extract hold: their columns, some values, and what each may be.

    How a file is written is what a mapping says of it, if one does.
    """
    with surveyed(extract, Reading(said, SAMPLE)) as survey:
        return [_look(file) for file in survey.files.values()]


def _look(file: File) -> Look:
    kind = type_column(file, ())
    roles = roles_of(file, PARTS["typed"], {"type": kind} if kind else {})
    parts = {name: column for name, column in roles.items() if column}
    values = {name: list(column.values) for name, column in file.columns.items()}
    sure = {part: fit(column, part) for part, column in parts.items()}
    return Look(file.name, parts, sure, values)
