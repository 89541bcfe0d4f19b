"""A mapping as it is written down: one TOML file for a source system, checked when it is read."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from requite.domain.errors import RequiteError
from requite.engine.feed import TABLES

PRESETS = files("requite.engine.mapping") / "presets"


class BadMapping(RequiteError):
    """A mapping cannot be used."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(
            f"The mapping is wrong at {key}: {problem}.", remedy="Correct it, and map again."
        )


class Strict(BaseModel):
    """A part of a mapping: a key that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class Amount(Strict):
    """How an amount gets its sign; + raises what is owed to the provider.

    `signed` takes it as it stands (or turned), `plus` and `minus` by its size alone, `by_value`
    by what another column says, `flag` by a debit or credit mark, `two_columns` from two.
    """

    rule: Literal["signed", "turned", "plus", "minus", "by_value", "flag", "two_columns"]
    column: str = ""
    of: str = ""  # by_value, flag: the column that decides
    plus: list[str] = []  # its values that raise what is owed
    minus: list[str] = []  # its values that lower it
    debit: str = ""  # two_columns: what raises
    credit: str = ""  # two_columns: what lowers

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        """Each rule has what it needs."""
        if self.rule == "two_columns":
            needed = {"debit": self.debit, "credit": self.credit}
        else:
            needed = {"column": self.column}
        if self.rule in {"by_value", "flag"}:
            needed |= {"of": self.of, "plus or minus": "x" if self.plus or self.minus else ""}
        lacking = [name for name, value in needed.items() if not value]
        if lacking:
            raise ValueError(f"the rule {self.rule} needs {' and '.join(lacking)}")
        return self


class Void(Strict):
    """What tells a voided row: a date, or a mark (dated by another column).

    Where a system keeps a voided row and adds none against it, the row must say so; where it adds
    a row that takes it back, nothing needs saying and `policy` is `offset`.
    """

    policy: Literal["dated", "marked", "offset"]
    column: str = ""
    values: list[str] = []
    dated_by: str = ""


class Numbered(Strict):
    """A number that the source lacks: counted within some columns, in the order of others."""

    within: list[str] = Field(min_length=1)
    order: list[str] = Field(min_length=1)


class TableMap(Strict):
    """The rows of one file that become rows of one table of the feed."""

    table: str
    file: str  # a file of the extract, or `book.xlsx#Sheet`
    rows: dict[str, list[str]] = {}  # only rows with one of these values in a column
    without: dict[str, list[str]] = {}  # no rows with one of these
    distinct: bool = False  # rows that repeat are one
    columns: dict[str, str]  # column of the feed: a column of the extract, or text with {COLUMNS}
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}  # column of the feed: what a value stands for
    otherwise: dict[str, str] = {}  # what every other value stands for; else it is a problem
    amounts: dict[str, Amount] = {}
    numbered: dict[str, Numbered] = {}
    void: Void = Void(policy="offset")

    @property
    def filled(self) -> set[str]:
        """The columns of the feed that it fills."""
        dated = set() if self.void.policy == "offset" else {"voided_on"}
        return {*self.columns, *self.constants, *self.amounts, *self.numbered, *dated}

    @property
    def lacking(self) -> list[str]:
        """The columns that every row of its table must have, and that nothing fills."""
        needed = (column.name for column in TABLES[self.table].columns if column.required)
        return [name for name in needed if name not in self.filled]

    @model_validator(mode="after")
    def is_of_the_feed(self) -> Self:
        """Every column named is one of the feed's table."""
        if self.table not in TABLES:
            raise ValueError(f"the feed has no table {self.table}")
        known = {column.name for column in TABLES[self.table].columns}
        parts = (self.columns, self.constants, self.values, self.amounts, self.numbered)
        strange = sorted({name for part in parts for name in part} - known)
        if strange:
            raise ValueError(f"{self.table} has no column {', '.join(strange)}")
        for column in TABLES[self.table].columns:
            said = {*self.values.get(column.name, {}).values(), self.otherwise.get(column.name, "")}
            said.add(self.constants.get(column.name, ""))
            unknown = sorted(said - {"", *column.choices}) if column.choices else []
            if unknown:
                raise ValueError(f"{column.name} is never {', '.join(unknown)}")
        return self


class Mapping(Strict):
    """How the extract of a source system becomes a feed."""

    name: str
    dates: str = "%Y-%m-%d"  # as strptime has it
    tables: list[TableMap] = Field(min_length=1)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping from a TOML file.

    Raises
    ------
    BadMapping
        Naming the key and what is wrong with it.
    """
    return parse_mapping(path.read_text(encoding="utf-8"), path.name)


def preset(name: str) -> Mapping:
    """A mapping that comes with Requite."""
    return parse_mapping(preset_text(name), name)


def preset_text(name: str) -> str:
    """A mapping that comes with Requite, as it is written down."""
    return (PRESETS / f"{name}.toml").read_text(encoding="utf-8")


def preset_names() -> list[str]:
    """The names of the mappings that come with Requite."""
    return sorted(each.name.removesuffix(".toml") for each in PRESETS.iterdir())


def parse_mapping(text: str, name: str = "the mapping") -> Mapping:
    """Read a mapping from its text; `name` is what an error calls it.

    Raises
    ------
    BadMapping
        Naming the key and what is wrong with it.
    """
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(name, str(error)) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadMapping(key, str(first["msg"]).removeprefix("Value error, ")) from None
