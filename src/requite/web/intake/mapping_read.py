"""What the form of a mapping says, read back as TOML has it."""

import re
import tomllib
from collections.abc import Sequence
from typing import Any, Final

from django.http import QueryDict

from requite.engine.feed import TABLES, Kind
from requite.engine.mapping.guess import Look
from requite.engine.mapping.plan import BadMapping
from requite.web.intake.mapping_form import (
    BESIDE,
    COLUMN,
    COUNTED,
    EMPTY,
    FILTERS,
    FIXED,
    TOGETHER,
    Raw,
)
from requite.web.reading import number_of, plain

MOST_PARTS: Final = 60
BAR: Final = re.compile(r"(?<!\\)\|")  # between values; one that belongs to a value is escaped
# What a guess knows of a file, and the column of the feed that it is.
GUESSED: Final = {
    "account": ("account_id",),
    "row": ("charge_id", "transaction_id"),
    "posted_on": ("posted_on",),
    "service_date": ("service_date",),
    "procedure_code": ("procedure_code",),
    "payer_id": ("payer_id",),
    "trace_number": ("trace_number",),
    "balance": ("reported_balance",),
    "amount": ("amount",),
}


def raw_of(form: QueryDict, *, with_beside: bool = True) -> Raw:
    """The mapping that a form says, checked or not.

    Raises
    ------
    BadMapping
        Where what it says of files and checks is no TOML; not so without it.
    """
    parts = [
        _part(form, number)
        for number in range(min(number_of(form.get("parts")), MOST_PARTS))
        if form.get(f"{number}-table") in TABLES and not form.get(f"{number}-remove")
    ]
    dates = plain(form.get("dates")) or "%Y-%m-%d"
    name = plain(form.get("name")) or "Ours"
    beside = _beside(plain(form.get("beside"))) if with_beside else {}
    return {"name": name, "dates": dates, **beside, "tables": parts}


def _beside(text: str) -> Raw:
    """What a mapping says of files, empty texts and checks, which the form shows as text.

    Raises
    ------
    BadMapping
        Where it is no TOML, or says something else.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping("files and checks", str(error)) from None
    strange = sorted(set(found) - set(BESIDE))
    if strange:
        raise BadMapping("files and checks", f"{', '.join(strange)} does not belong there")
    return found


def added(form: QueryDict, looks: Sequence[Look]) -> Raw | None:
    """The part that is to be added, with what a guess knows of its file; None where it is none."""
    table, file = form.get("add-table", ""), plain(form.get("add-file"))
    if table not in TABLES or not file:
        return None
    look = next((each for each in looks if each.file == file), None)
    names = {column.name for column in TABLES[table].columns}
    known = look.parts if look else {}
    columns = {
        name: known[part]
        for part, targets in GUESSED.items()
        for name in targets
        if part in known and name in names
    }
    return {"table": table, "file": file, "columns": columns}


def _part(form: QueryDict, number: int) -> Raw:
    select = plain(form.get(f"{number}-select")).replace("\r\n", "\n")
    origin = {"select": select} if select else {"file": plain(form.get(f"{number}-file"))}
    part: Raw = {"table": form.get(f"{number}-table", ""), **origin, "columns": {}}
    if form.get(f"{number}-distinct"):
        part["distinct"] = True
    for kind in FILTERS:
        _keep(part, kind, _filters(form, f"{number}-{kind}"))
    for column in TABLES[part["table"]].columns:
        _fill(part, column.name, column.kind, _Fields(form, f"{number}-{column.name}"))
    _keep(part, "void", _void(form, f"{number}-void"))
    return part


def _keep(part: Raw, name: str, value: Any) -> None:  # noqa: ANN401
    """Keep what says something."""
    if value:
        part[name] = value


def _listed(text: str) -> list[str]:
    """The values of one field.

    >>> _listed("(empty) | 0 | a\\\\|b |")
    ['', '0', 'a|b']
    """
    found = (each.strip() for each in BAR.split(text))
    return [_said(each.replace("\\|", "|")) for each in found if each]


def _said(text: str) -> str:
    return "" if text == EMPTY else text


def _filters(form: QueryDict, start: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in range(MOST_PARTS):
        if f"{start}-{place}-column" not in form:
            break
        column = plain(form.get(f"{start}-{place}-column"))
        values = _listed(plain(form.get(f"{start}-{place}-values")))
        if column and values:
            found[column] = values
    return found


class _Fields:
    """What a form says of one column of the feed."""

    def __init__(self, form: QueryDict, start: str) -> None:
        self.form, self.start = form, start

    def __getitem__(self, what: str) -> str:
        return plain(self.form.get(f"{self.start}-{what}"))

    def values(self) -> dict[str, str]:
        """What each value stands for; one that nothing is said of is left out."""
        froms = self.form.getlist(f"{self.start}-from")
        return {
            value: _said(to)
            for value, to in zip(froms, self.form.getlist(f"{self.start}-to"), strict=False)
            if value and to
        }


def _fill(part: Raw, name: str, kind: Kind, said: _Fields) -> None:
    """Write down what fills a column of the feed."""
    source, text = said["source"], said["text"]
    rule = said["rule"] if kind is Kind.MONEY else ""
    if rule == "two_columns":
        columns = {each: said[each] for each in ("debit", "credit")}
        part.setdefault("amounts", {})[name] = {"rule": rule, **columns}
    elif source == FIXED and text:
        part.setdefault("constants", {})[name] = text
    elif source == TOGETHER and text:
        part["columns"][name] = text
    elif source == COUNTED:
        counted = {each: _listed(said[each]) for each in ("within", "order")}
        part.setdefault("numbered", {})[name] = counted
    elif source.startswith(COLUMN):
        _from_column(part, name, source.removeprefix(COLUMN), said, rule or _plain(kind))


def _plain(kind: Kind) -> str:
    return "signed" if kind is Kind.MONEY else ""


def _from_column(part: Raw, name: str, column: str, said: _Fields, rule: str) -> None:
    if not rule:
        part["columns"][name] = column
        values = said.values()
        if values:
            part.setdefault("values", {})[name] = values
        if values and said["otherwise"]:
            part.setdefault("otherwise", {})[name] = _said(said["otherwise"])
        return
    amount: Raw = {"rule": rule, "column": column}
    if rule in {"by_value", "flag"}:
        lists = {each: _listed(said[each]) for each in ("plus", "minus")}
        amount |= {"of": said["of"], **lists}
    part.setdefault("amounts", {})[name] = amount


def _void(form: QueryDict, start: str) -> Raw:
    said = _Fields(form, start)
    policy = said["policy"]
    if policy not in {"dated", "marked"}:
        return {}
    void: Raw = {"policy": policy, "column": said["column"]}
    if policy == "marked":
        void |= {"values": _listed(said["values"]), "dated_by": said["dated_by"]}
    return void
