"""A mapping as it is written down: one TOML file for a source system, checked when it is read."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from requite.domain.errors import RequiteError
from requite.engine.feed import TABLES

PRESETS = files("requite.engine.mapping") / "presets"
DELIMITERS = {"comma": ",", "tab": "\t", "bar": "|", "semicolon": ";"}
BETWEEN_PATTERNS = " | "  # where a mapping gives several forms of a day


class BadMapping(RequiteError):
    """A mapping cannot be used."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(
            f"The mapping is wrong at {key}: {problem}.", remedy="Correct it, and map again."
        )


class Strict(BaseModel):
    """A part of a mapping: a key that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class FileForm(Strict):
    """How a file of the extract is written, and what it holds, where its first line does not say.

    Without a word a file is UTF-8 with a header, its values between the sign that stands most
    often in it (comma, tab, bar, semicolon); a `.txt` beside a `.sql` is one of `mysqldump --tab`.
    """

    file: str  # its name, or the name without its ending
    delimiter: Literal["", "comma", "tab", "bar", "semicolon"] = ""
    header: list[str] = []  # the names of its columns, where it has no line of them
    escapes: Literal["quotes", "backslash"] = "quotes"  # backslash: as `mysqldump --tab` writes
    encoding: Literal["utf-8", "latin-1", "cp1252", "utf-16"] = "utf-8"
    nulls: list[str] = []  # texts that stand for nothing in it, besides those of the mapping
    optional: bool = False  # it may be absent: then it has no rows
    columns: list[str] = []  # those that it must have
    may_lack: list[str] = []  # those that it may have; absent they are empty
    decimal_comma: list[str] = []  # those whose amounts are written 1.234,50

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        """Only what can be read is said."""
        if self.escapes == "backslash" and not self.header:
            raise ValueError("escapes by backslash need the header's names")
        if self.escapes == "backslash" and self.delimiter not in {"", "tab"}:
            raise ValueError("escapes by backslash stand between tabs")
        return self


class Check(Strict):
    """A question to the extract: each row of the answer is something wrong, or to be told.

    The answer's columns `file`, `row` and `column` say where, `told` says what is to be told.
    """

    select: str
    problem: str = ""  # what is wrong with each row; empty: its text is told, and nothing refused
    remedy: str = "Correct the extract, or the mapping."


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
    """The rows of one file, or of one SELECT, that become rows of one table of the feed."""

    table: str
    file: str = ""  # a file of the extract, or `book.xlsx#Sheet`
    select: str = ""  # or a SELECT over the extract's files, each called by its name without ending
    rows: dict[str, list[str]] = {}  # only rows with one of these values in a column
    without: dict[str, list[str]] = {}  # no rows with one of these
    distinct: bool = False  # rows that repeat are one
    # column of the feed: a column of the extract, or text with {COLUMNS}. A SELECT that names its
    # columns as the feed does needs none.
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}  # column of the feed: what a value stands for
    otherwise: dict[str, str] = {}  # what every other value stands for; else it is a problem
    amounts: dict[str, Amount] = {}
    numbered: dict[str, Numbered] = {}
    void: Void = Void(policy="offset")
    _place: int = PrivateAttr(default=0)  # within the mapping, from 1

    def take_place(self, place: int) -> None:
        """Know its place within the mapping."""
        self._place = place

    @property
    def source(self) -> str:
        """What its rows come from, as errors call it: the file, or the SELECT."""
        return self.file or f"the SELECT of {self.table} (table {self._place} of the mapping)"

    def over(self, columns: list[str]) -> Self:
        """The same with the columns of its SELECT that are called as the feed's."""
        if not self.select:
            return self
        known = {column.name for column in TABLES[self.table].columns}
        plain = {name: name for name in columns if name in known - self.filled}
        return self.model_copy(update={"columns": {**plain, **self.columns}})

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
        if bool(self.file) == bool(self.select):
            raise ValueError("a table comes out of a file or of a SELECT: give one of the two")
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
    dates: str = "%Y-%m-%d"  # as strptime has it; several with ` | ` between
    nulls: list[str] = []  # texts that stand for nothing in every file
    files: list[FileForm] = []
    checks: list[Check] = []
    tables: list[TableMap] = Field(min_length=1)

    @model_validator(mode="after")
    def is_numbered(self) -> Self:
        """Each table knows its place."""
        for place, part in enumerate(self.tables, 1):
            part.take_place(place)
        return self

    @property
    def asks(self) -> bool:
        """Whether it holds SELECTs."""
        return bool(self.checks) or any(part.select for part in self.tables)


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


def said_of_files(text: str) -> Mapping | None:
    """What a mapping says of files alone, also where the rest of it is not whole; None if nothing.

    So an extract can be looked at while its mapping is still being written.
    """
    try:
        raw = tomllib.loads(text)
        files = [FileForm.model_validate(each) for each in raw.get("files", [])]
        said = {"name": "", "nulls": raw.get("nulls", []), "files": files, "tables": []}
        return Mapping.model_construct(**said)
    except (tomllib.TOMLDecodeError, ValidationError, AttributeError, TypeError):
        return None


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
