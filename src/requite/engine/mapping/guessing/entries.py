"""The charges and transactions that come of a file of entries, as tables of a mapping."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from requite.engine.database import identifier, literal
from requite.engine.feed import TABLES
from requite.engine.mapping.extract import ROW
from requite.engine.mapping.guessing.facts import SHEET, Survey, text_of
from requite.engine.mapping.guessing.kinds import KINDS, Kind
from requite.engine.mapping.guessing.reading import (
    OF_EITHER,
    Reading,
    amount_rule,
    has_amount,
)
from requite.engine.mapping.guessing.roles import marks_of
from requite.engine.mapping.guessing.words import plain

Raw = dict[str, Any]
HAS_PAID_BY: Final = any(column.name == "paid_by" for column in TABLES["transactions"].columns)
SECOND: Final = re.compile(r"\b(secondary|2|second)\b")
THIRD: Final = re.compile(r"\b(tertiary|3|third)\b")


@dataclass
class Made:
    """A table of a mapping, and what a reader of it should know."""

    part: Raw
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Around:
    """What a file's entries need to know of the others."""

    survey: Survey
    is_alone: bool  # no other file fills the same tables
    payers: Mapping[str, str]  # by file: its column that holds keys of payers; empty: none does
    charges: Mapping[str, str]  # by file of charges: the column that is the key of its rows


def entries(found: Reading, around: Around) -> Iterator[Made]:
    """Every table that a file of entries becomes, with what is refused until it is explained."""
    if not has_amount(found) or not found.role("account"):
        yield _unread(found)
        return
    groups: dict[tuple[str, bool | None], list[str]] = {}
    for key, kind in found.kinds.items():
        if kind and KINDS[kind].table:
            group = (key if found.what == "wide" else kind, found.turned.get(key, False))
            groups.setdefault(group, []).append(key)
    order = list(KINDS)
    for keys in sorted(groups.values(), key=lambda keys: order.index(found.kinds[keys[0]])):
        yield from _group(found, around, keys)
    if found.what == "typed":
        yield _rest(found, around)


def _unread(found: Reading) -> Made:
    """A table that lacks what a person has to say."""
    lacks = "its account" if has_amount(found) else "its amounts"
    part: Raw = {"table": "transactions", "file": found.name, "columns": {}}
    if found.role("account"):
        part["columns"]["account_id"] = found.role("account")
    return Made(part, [f"CHOOSE: nothing in {found.name} says which column holds {lacks}."])


def _group(found: Reading, around: Around, keys: list[str]) -> Iterator[Made]:
    """Entries of one kind; payments of two parties are two tables."""
    kind = KINDS[found.kinds[keys[0]]]
    of = found.kinds[keys[0]]
    if of not in OF_EITHER:
        yield from _with_charge(found, around, keys, _table(found, around, keys, kind))
        return
    insurer, patient = KINDS[f"insurer_{of}"], KINDS[f"patient_{of}"]
    column = found.role("who") if found.patients else found.role("payer")
    values = found.patients or found.not_payers
    if not column:
        yield from _with_charge(found, around, keys, _table(found, around, keys, kind))
        return
    for who, word in ((insurer, "without"), (patient, "rows")):
        made = _table(found, around, keys, who)
        made.part[word] = {**made.part.get(word, {}), column: values}
        yield from _with_charge(found, around, keys, made)


def _table(found: Reading, around: Around, keys: list[str], kind: Kind) -> Made:
    part: Raw = {"table": kind.table, "file": found.name, **_which(found, keys)}
    key = "charge_id" if kind.table == "charges" else "transaction_id"
    columns = {key: row_id(found, around, keys[0], kind), "account_id": found.role("account")}
    columns |= {"posted_on": _posted(found, around, keys[0], kind)}
    columns |= _of_charge(found) if kind.table == "charges" else _of_transaction(
        found, around, kind, keys[0])  # fmt: skip
    part["columns"] = {name: column for name, column in columns.items() if column}
    constants = _constants(found, kind, keys[0], is_named="payer_id" in part["columns"])
    if constants:
        part["constants"] = constants
    _nobodies(found, part)
    _void(found, part)
    if found.turned.get(keys[0], False) is not None:  # an open one: nothing is imported by it
        part["amounts"] = {"amount": _signed(found, keys[0])}
    if kind.table == "charges":
        part["numbered"] = {"line_no": {"within": [found.role("account")], "order": [ROW]}}
    remarks = _remarks(found, keys, kind)
    if not part["columns"].get("posted_on") and kind.table == "transactions":
        remarks.append("CHOOSE: no column holds the day of posting; name one under columns.")
    return Made(part, remarks)


def _which(found: Reading, keys: list[str]) -> Raw:
    """The rows that a table takes."""
    made: Raw = {}
    without = dict(found.without)
    if found.what == "typed" and found.role("type"):
        made["rows"] = {found.role("type"): keys}
    if found.what == "wide":
        without[keys[0]] = found.file.columns[keys[0]].zeros
    return {**made, "without": without} if without else made


def _nobodies(found: Reading, part: Raw) -> None:
    """Let what names no insurer in a column of insurers stand for none."""
    nobodies = [value for value in found.not_payers if value]
    column = part["columns"].get("payer_id", "")
    if column and nobodies:
        said = {
            name: "" if name in nobodies else name for name in found.file.columns[column].values
        }
        part["values"] = {"payer_id": said}


def row_id(found: Reading, around: Around, key: str, kind: Kind) -> str:
    """What tells the rows apart: a column that does, else their number; unlike other files' ids."""
    row = found.role("row")
    column = found.file.columns.get(row)
    text = row if column and column.is_key and column.filled >= _real(found) else ROW
    if found.what == "wide" and kind.table != "charges" and len(found.kinds) > 1:
        return f"{_stem(found, around)}{{{text}}} {key}"
    stem = _stem(found, around)
    return f"{stem}{{{text}}}" if stem else text


def _real(found: Reading) -> int:
    return found.file.rows - found.totals


def _stem(found: Reading, around: Around) -> str:
    return "" if around.is_alone else stem_of(found.name)


def stem_of(file: str) -> str:
    """What begins the numbers of a file's rows: those of another folder or sheet are others.

    >>> stem_of("Ins Payments.csv"), stem_of("2026/ledger.csv"), stem_of("Our Book.xlsx#May")
    ('Ins-Payments-', '2026-ledger-', 'Our-Book-May-')
    """
    name, _, sheet = file.partition(SHEET)
    text = f"{Path(name).with_suffix('')} {sheet}"
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") + "-"


def _posted(found: Reading, around: Around, key: str, kind: Kind) -> str:
    """The day of posting: a wide file may have one for each amount."""
    if found.what == "wide" and kind.table == "transactions":
        words = set(plain(key).split()) - {"amount", "number"}
        for column in found.file.columns.values():
            named = set(plain(column.name).split())
            if column.dates and words & {"insurance", "patient", "payer"} & named and (
                _is_filled(found, around, key, column.name)
            ):  # fmt: skip
                return column.name
    return found.role("posted_on") or found.role("service_date")


def _is_filled(found: Reading, around: Around, key: str, column: str) -> bool:
    zeros = ", ".join(map(literal, found.file.columns[key].zeros))
    return not around.survey.ask(
        f"SELECT 1 FROM {identifier(found.name)} WHERE {text_of(key)} NOT IN ({zeros}) "
        f"AND {text_of(column)} = '' LIMIT 1"
    )


def _of_charge(found: Reading) -> dict[str, str]:
    kind = found.role("type")
    code = found.role("code")
    if not code and kind and found.file.columns[kind].procedures:
        code = kind
    return {
        "service_date": found.role("service_date"), "procedure_code": code,
        "modifiers": found.role("modifier"), "units": found.role("units"),
    }  # fmt: skip


def _of_transaction(found: Reading, around: Around, kind: Kind, key: str) -> dict[str, str]:
    check = found.role("check")
    name = "trace_number" if "trace" in plain(check) else "check_number"
    made = {name: check, "description": found.role("type")}
    if kind.who != "patient" and kind.type not in {"transfer", "bad_debt"}:
        payer = around.payers.get(found.name, "")
        if found.what == "wide" and SECOND.search(plain(key)):
            payer = found.role("second_payer")
        made["payer_id"] = payer
    if kind.type == "adjustment":
        made |= {"group_code": found.role("group_code"), "carc": found.role("carc")}
    return made


def _constants(found: Reading, kind: Kind, key: str, *, is_named: bool) -> dict[str, str]:
    """What every row of a kind says."""
    if kind.table == "charges":
        return {}
    made = {"type": kind.type}
    if kind.group and not found.role("group_code"):
        made["group_code"] = kind.group
    if HAS_PAID_BY and kind.who:
        made["paid_by"] = "patient" if kind.who == "patient" else "payer"
    if kind.who == "patient" and not HAS_PAID_BY:
        made["bucket"] = "self"
    if kind.who == "insurer" and not is_named:
        text = plain(key)
        place = "secondary" if SECOND.search(text) else "primary"
        made["bucket"] = "tertiary" if THIRD.search(text) else place
    return made


def _void(found: Reading, part: Raw) -> None:
    column = found.file.columns.get(found.role("void"))
    if column is None or not column.filled:
        return
    if column.dates:
        part["void"] = {"policy": "dated", "column": column.name}
        return
    marks = marks_of(column)
    day = part["columns"].get("posted_on")
    if marks and day:
        part["void"] = {"policy": "marked", "column": column.name, "values": marks,
                        "dated_by": day}  # fmt: skip


def _signed(found: Reading, key: str) -> Raw:
    """The rule of the sign."""
    rule = amount_rule(found, key).model_dump(exclude_defaults=True)
    turned = found.turned.get(key, False)
    if turned and rule["rule"] == "signed":
        return rule | {"rule": "turned"}
    if turned and rule["rule"] == "two_columns":
        return rule | {"debit": rule["credit"], "credit": rule["debit"]}
    if turned:
        return rule | {"plus": rule.get("minus", []), "minus": rule.get("plus", [])}
    return rule


def _remarks(found: Reading, keys: list[str], kind: Kind) -> list[str]:
    plus = sum(found.signs.get(key, (0, 0))[0] for key in keys)
    minus = sum(found.signs.get(key, (0, 0))[1] for key in keys)
    turned = found.turned.get(keys[0], False)
    told = f"{kind.words}: {plus:,} amounts above zero, {minus:,} below"
    if turned is None:
        return [f'CHOOSE the sign. {told}: write rule = "signed" or "turned".']
    if kind.raises is not None and plus + minus:
        told += f"; {'turned' if turned else 'as they stand'}, so that they "
        told += "raise what is owed" if kind.raises else "lower what is owed"
    return [told + "."]


def _with_charge(found: Reading, around: Around, keys: list[str], made: Made) -> Iterator[Made]:
    """A table, and beside it which charge its rows are of, where the file says so."""
    yield made
    if made.part["table"] == "charges":
        return
    charge = _charge_of(found, around)
    if charge is None:
        return
    part: Raw = {name: made.part[name] for name in ("file", "rows", "without") if name in made.part}
    column, zeros = charge
    part["without"] = {**part.get("without", {}), **zeros}
    columns = {"transaction_id": made.part["columns"]["transaction_id"], "charge_id": column}
    if "amounts" not in made.part:
        return
    _leave_out_void(part, made.part.get("void", {}))
    allocated: Raw = {"table": "allocations", **part, "columns": columns,
                      "amounts": made.part["amounts"]}  # fmt: skip
    yield Made(allocated, ["Which charge they are of."])


def _leave_out_void(part: Raw, void: Raw) -> None:
    """Tie no row that is void: it counts for nothing, and its charge is void with it."""
    if void:
        word, values = ("without", void["values"]) if "values" in void else ("rows", [""])
        said = part.get(word, {})
        part[word] = {**said, void["column"]: [*said.get(void["column"], []), *values]}


def _charge_of(found: Reading, around: Around) -> tuple[str, dict[str, list[str]]] | None:
    """The key of the charge that a row's entry is of, and the rows that have none."""
    charges = found.keys_of("charge")
    if found.what == "wide" and len(charges) == 1:
        key = charges[0]
        return row_id(found, around, key, KINDS["charge"]), {key: found.file.columns[key].zeros}
    of = found.role("of_charge")
    for file, column in around.charges.items():
        if of and around.survey.holds(file, column, found.name, of) >= 1:
            stem = "" if around.is_alone else stem_of(file)
            return f"{stem}{{{of}}}", {of: [""]}
    return None


def _rest(found: Reading, around: Around) -> Made:
    """What nothing explains: refused by name until somebody says what it stands for."""
    kind = found.role("type")
    known = [value for value, said in found.kinds.items() if said]
    part: Raw = {"table": "transactions", "file": found.name}
    without = {**found.without, kind: [*known, *found.without.get(kind, [])]}
    columns = {
        "transaction_id": row_id(found, around, "", KINDS["adjustment"]),
        "account_id": found.role("account"),
        "posted_on": found.role("posted_on") or found.role("service_date"), "type": kind,
    }  # fmt: skip
    if known or found.without:
        part["without"] = without
    part["columns"] = {name: column for name, column in columns.items() if column}
    part["amounts"] = {"amount": amount_rule(found, "").model_dump(exclude_defaults=True)}
    open_ = [value for value, said in found.kinds.items() if not said]
    remarks = ["Whatever else comes: it is refused by name until it is said what it stands for."]
    remarks += [f"CHOOSE what {value!r} in {kind} stands for." for value in open_[:40]]
    return Made(part, remarks)
