"""A mapping as a form: a part for each table of the feed, a row for each of its columns.

What a form says is a plain dict as TOML has it (`Raw`); whether it is a mapping is checked where
it is used. Field names are `<part>-<column>-<what>`.
"""

from collections.abc import Mapping as Read
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from requite.engine.feed import TABLES, Column, Kind
from requite.engine.mapping.columns import HOLE
from requite.engine.mapping.guess import Look

Raw = dict[str, Any]
# How a column of the feed is filled: by nothing, the same in every row, text put together, a count;
# or by a column of the extract, whose name stands behind COLUMN.
NOTHING, FIXED, TOGETHER, COUNTED, COLUMN = "", "=", "{}", "#", "@"
BETWEEN: Final = " | "  # values in one field
EMPTY: Final = "(empty)"  # a value that is none, as it is written in a field
MOST_VALUES: Final = 40
BESIDE: Final = ("nulls", "files", "checks")  # of a mapping
FILTERS: Final = ("rows", "without")
RULES: Final = {
    "": "as it stands, + raises what is owed",
    "turned": "turned: + lowers what is owed",
    "plus": "its size, raises what is owed",
    "minus": "its size, lowers what is owed",
    "by_value": "by what another column says",
    "flag": "by a debit or credit mark",
    "two_columns": "from a debit and a credit column",
}
VOIDS: Final = {
    "offset": "a row takes it back: nothing to say",
    "dated": "a column holds the day",
    "marked": "a column holds a mark, another the day",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the feed, and what fills it."""

    column: Column
    source: str = NOTHING
    text: str = ""
    rule: str = ""
    amount: Read[str, Any] = field(default_factory=dict)  # of, plus, minus, debit, credit
    within: str = ""
    order: str = ""
    values: Sequence[tuple[str, str]] = ()
    otherwise: str = ""
    hint: str = ""

    @property
    def is_money(self) -> bool:
        """Whether it has a rule of sign."""
        return self.column.kind is Kind.MONEY

    @property
    def is_counted(self) -> bool:
        """Whether it may be counted where the source lacks it."""
        return self.column.kind is Kind.INT

    @property
    def is_shown(self) -> bool:
        """Whether it is filled, or has to be."""
        return self.column.required or self.source != NOTHING


@dataclass(frozen=True, slots=True)
class Part:
    """One file that becomes rows of one table."""

    number: int
    table: str
    file: str
    select: str  # in the place of a file
    distinct: bool
    filters: Sequence[tuple[str, int, str, str]]  # kind, number, column, values
    fields: Sequence[Field]
    columns: Sequence[str]  # of the file, as far as it is known
    void: Read[str, Any]


def beside_of(raw: Raw) -> Raw:
    """What a mapping says besides its name, its days and its tables: shown as text."""
    return {name: value for name, value in raw.items() if name in BESIDE}


def parts_of(raw: Raw, looks: Sequence[Look]) -> list[Part]:
    """The form of a mapping, with what is known of the extract."""
    by_file = {look.file: look for look in looks}
    return [
        _part(number, part, by_file.get(part.get("file", "")))
        for number, part in enumerate(raw["tables"])
    ]


def _part(number: int, part: Raw, look: Look | None) -> Part:
    columns = list(look.values) if look else []
    columns += sorted({name for name in _named(part) if name not in columns})
    filters = []
    for kind in FILTERS:
        stated = list(part.get(kind, {}).items())
        told = [*((name, listed(values)) for name, values in stated), ("", "")]
        filters += [(kind, place, *each) for place, each in enumerate(told)]
    void = {"policy": "offset", **part.get("void", {})}
    void["values"] = listed(void.get("values", ()))
    fields = [
        _field(part, column, look)
        for column in TABLES[part["table"]].columns
        if column.name != "voided_on"  # the void policy makes it
    ]
    return Part(
        number, part["table"], part.get("file", ""), part.get("select", "").strip(),
        bool(part.get("distinct")), filters, fields, columns, void,
    )  # fmt: skip


def listed(values: Sequence[str]) -> str:
    """Values as they stand in one field.

    >>> listed(["", "0", "a|b"])
    '(empty) | 0 | a\\\\|b'
    """
    return BETWEEN.join(value.replace("|", "\\|") or EMPTY for value in values)


def _shown(value: str | None) -> str:
    """What a value stands for; nothing where nothing is said, which is not the same as empty."""
    return "" if value is None else value or EMPTY


def _named(part: Raw) -> set[str]:
    """The columns of the extract that a part names."""
    found: set[str] = set(part.get("values", {})) if part.get("select") else set()
    for template in part.get("columns", {}).values():
        found.update(HOLE.findall(template) or [template])
    for kind in FILTERS:
        found.update(part.get(kind, {}))
    for amount in part.get("amounts", {}).values():
        found.update(amount.get(name, "") for name in ("column", "of", "debit", "credit"))
    found.update(part.get("void", {}).get(name, "") for name in ("column", "dated_by"))
    return found - {""}


def _field(part: Raw, column: Column, look: Look | None) -> Field:
    name = column.name
    amount = part.get("amounts", {}).get(name)
    source, text = _source(part, name)
    told: dict[str, Any] = {}
    if amount is not None:
        rule = "" if amount["rule"] == "signed" else amount["rule"]
        lists = {each: listed(amount.get(each, ())) for each in ("plus", "minus")}
        told = {"rule": rule, "amount": {**amount, **lists}}
        source = COLUMN + (amount.get("column") or amount.get("debit", ""))
    counted = part.get("numbered", {}).get(name)
    if counted is not None:
        told = {each: listed(counted.get(each, ())) for each in ("within", "order")}
        source = COUNTED
    own = source.removeprefix(COLUMN) if source.startswith(COLUMN) else ""
    return Field(
        column, source, text, values=_values(part, column, look, own),
        otherwise=_shown(part.get("otherwise", {}).get(name)), hint=_hint(look, own), **told,
    )  # fmt: skip


def _source(part: Raw, name: str) -> tuple[str, str]:
    if name in part.get("constants", {}):
        return FIXED, part["constants"][name]
    template = part.get("columns", {}).get(name, "")
    if not template and part.get("select") and name in part.get("values", {}):
        template = name  # the SELECT calls it so
    if HOLE.search(template):
        return TOGETHER, template
    return (COLUMN + template, "") if template else (NOTHING, "")


def _values(part: Raw, column: Column, look: Look | None, own: str) -> list[tuple[str, str]]:
    """What each value stands for; of a column with choices those too that nothing explains yet."""
    told = part.get("values", {}).get(column.name, {})
    stated = {value: _shown(to) for value, to in told.items()}
    if column.choices and look is not None:
        seen = set(look.values.get(own, ())) - set(part.get("without", {}).get(own, ()))
        seen &= set(part.get("rows", {}).get(own, seen))
        unsaid = sorted(seen - set(column.choices) - set(stated))
        stated |= dict.fromkeys(unsaid[:MOST_VALUES], "")
    return list(stated.items())


def _hint(look: Look | None, own: str) -> str:
    """How sure a guess is that the column is called by its part."""
    if look is None:
        return ""
    sure = next((look.sure[each] for each, name in look.parts.items() if name == own), None)
    return "" if sure is None else f"{sure} % sure"
