"""A first mapping for an extract that nobody has mapped: from its headers and its first rows.

It is a draft for a person: each guess says how sure it is, and what nothing fits is left out.
"""

import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from requite.engine.database import connect, identifier
from requite.engine.mapping.extract import ROW, Reading, show, tables_in
from requite.engine.mapping.plan import Mapping

SAMPLE = 500  # rows that are looked at
LEAST_SURE = 72  # of 100; below it a column is none of these
# Part of a feed: the words by which columns for it are called.
ROLES = {
    "account": (
        "account id",
        "account number",
        "acct",
        "acct no",
        "hsp account id",
        "visit number",
        "claim id",
    ),
    "row": ("transaction id", "tx id", "charge id", "id", "txn number", "entry id"),
    "amount": ("amount", "tx amount", "amt", "value", "chg amt", "charge amount", "txn amt"),
    "debit": ("debit", "debit amount", "dr amount"),
    "credit": ("credit", "credit amount", "cr amount"),
    "flag": ("debit credit flag", "dr cr", "debit credit", "sign"),
    "type": ("type", "transaction type", "tx type", "entry type", "txn code", "transaction code"),
    "posted_on": ("post date", "posting date", "posted on", "transaction date", "tx post date"),
    "service_date": ("service date", "date of service", "dos", "from date"),
    "procedure_code": ("procedure code", "cpt code", "hcpcs", "cpt"),
    "payer_id": ("payer id", "payor id", "insurance id", "carrier id"),
    "void": ("void date", "voided date", "reversal date", "deleted"),
    "trace_number": ("trace number", "check trace", "eft number", "era number"),
    "balance": ("balance", "total balance", "account balance", "outstanding"),
}
NAMES = {name: role for role, names in ROLES.items() for name in names}
DATES = {
    r"\d{4}-\d{2}-\d{2}": "%Y-%m-%d",
    r"\d{1,2}/\d{1,2}/\d{4}": "%m/%d/%Y",
    r"\d{1,2}/\d{1,2}/\d{2}": "%m/%d/%y",
    r"\d{8}": "%Y%m%d",
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z": "%Y-%m-%dT%H:%M:%SZ",
}
KINDS = {"charge": ("charge", "chg"), "payment": ("payment", "pmt", "receipt"),
         "adjustment": ("adjustment", "adj", "write", "contractual"),
         "transfer": ("transfer", "xfer"), "refund": ("refund",)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """One file: which column plays which part, how sure that is, and some of its values."""

    file: str
    parts: dict[str, str]
    sure: dict[str, int]
    values: dict[str, list[str]]

    def column(self, part: str) -> str:
        """The column that plays a part; empty where none does."""
        return self.parts.get(part, "")


NO_TABLE = "# No file looks like accounts, charges or transactions: write its tables here."


def guess(extract: Path, name: str = "Ours") -> str:
    """A draft of a mapping for the files of an extract, as TOML with remarks.

    Raises
    ------
    RefusedExtract
        Where a file cannot be read.
    """
    looks = look_at(extract)
    dates = _dates(looks)
    lines = [f"name = {json.dumps(name)}", f"dates = {json.dumps(dates)}"]
    for look in looks:
        lines += _tables(look)
    if len(lines) == 2:
        lines.append(NO_TABLE)
    return "\n".join(lines) + "\n"


def look_at(extract: Path, said: Mapping | None = None) -> list[Look]:
    """What the files of an extract hold: their columns, some values, and what each may be.

    How a file is written is what a mapping says of it, if one does.
    """
    found, reading = [], Reading(said, SAMPLE)
    with tempfile.TemporaryDirectory() as folder, connect(spill=Path(folder)) as connection:
        for name in tables_in(extract):
            columns = show(connection, extract, name, Path(folder), reading)
            rows = connection.execute(
                f"SELECT * EXCLUDE ({ROW}) FROM {identifier(name)} ORDER BY {ROW} LIMIT {SAMPLE}"
            ).fetchall()
            values = {
                column: [row[place].strip() for row in rows if row[place] and row[place].strip()]
                for place, column in enumerate(columns)
            }
            found.append(_look(name, values))
    return found


def _look(file: str, values: dict[str, list[str]]) -> Look:
    """Give each part to the column whose name fits it best, each column one part."""
    scored = []
    for column in values:
        plain = re.sub(r"[^a-z0-9]+", " ", column.lower()).strip()
        for name, score, _ in process.extract(plain, NAMES.keys(), scorer=fuzz.token_sort_ratio):
            if score >= LEAST_SURE:
                scored.append((int(score), NAMES[name], column))
    parts: dict[str, str] = {}
    sure: dict[str, int] = {}
    for score, part, column in sorted(scored, key=lambda each: -each[0]):
        if part not in parts and column not in parts.values():
            parts[part], sure[part] = column, score
    return Look(file, parts, sure, values)


def _dates(looks: list[Look]) -> str:
    """The form in which most of the days of the extract are written."""
    counts = dict.fromkeys(DATES, 0)
    for look in looks:
        for part in ("posted_on", "service_date", "void"):
            for value in look.values.get(look.column(part), []):
                for pattern in DATES:
                    counts[pattern] += bool(re.fullmatch(pattern, value))
    best = max(counts, key=lambda pattern: counts[pattern])
    return DATES[best] if counts[best] else "%Y-%m-%d"


def _tables(look: Look) -> list[str]:
    """The tables that a file may become."""
    if not look.column("account"):
        return ["", f"# {look.file}: nothing in it names an account."]
    kinds = _kinds(look)
    has_amount = look.column("amount") or (look.column("debit") and look.column("credit"))
    if not has_amount:
        return _accounts(look) if look.column("balance") else ["", f"# {look.file}: not used."]
    charges = [value for value, kind in kinds.items() if kind == "charge"]
    others = {value: kind for value, kind in kinds.items() if kind != "charge"}
    made: list[str] = []
    only_charges = not kinds and "charge" in look.file.lower()
    if charges or only_charges:
        made += _entries(look, "charges", charges, {})
    if others or not (charges or only_charges):  # a type that is not known is refused, not lost
        made += _entries(look, "transactions", charges, others)
    return made


def _kinds(look: Look) -> dict[str, str]:
    """What each value of the type column stands for, by its words."""
    found = {}
    for value in sorted(set(look.values.get(look.column("type"), []))):
        for kind, words in KINDS.items():
            if any(word in value.lower() for word in words):
                found[value] = kind
                break
    return found


def _accounts(look: Look) -> list[str]:
    columns = {"account_id": look.column("account"), "reported_balance": look.column("balance")}
    return ["", "[[tables]]", 'table = "accounts"', f"file = {json.dumps(look.file)}",
            f"columns = {_inline(columns)}  # {_surely(look, 'account', 'balance')}"]  # fmt: skip


def _entries(look: Look, table: str, charges: list[str], kinds: dict[str, str]) -> list[str]:
    """Charges or transactions out of a file, told apart by the types that are charges."""
    key = "charge_id" if table == "charges" else "transaction_id"
    columns = {key: look.column("row"), "account_id": look.column("account")}
    wanted = ("posted_on", "service_date", "procedure_code") if table == "charges" else (
        "posted_on", "payer_id", "trace_number")  # fmt: skip
    columns |= {name: look.column(name) for name in wanted}
    if table == "transactions":
        columns["type"] = look.column("type")
    lines = ["", "[[tables]]", f'table = "{table}"', f"file = {json.dumps(look.file)}"]
    if charges and look.column("type"):
        which = "rows" if table == "charges" else "without"
        lines.append(f"{which} = {{ {_key(look.column('type'))} = {json.dumps(charges)} }}")
    named = {name: column for name, column in columns.items() if column}
    parts = ("account", "row", "posted_on", "payer_id")
    lines.append(f"columns = {_inline(named)}  # {_surely(look, *parts)}")
    if table == "transactions" and not columns["type"]:
        lines.append('constants = { type = "payment" }  # nothing tells the types apart')
    if look.column("void"):
        lines.append(f'void = {{ policy = "dated", column = {json.dumps(look.column("void"))} }}')
    if kinds:
        lines += ["[tables.values.type]"]
        lines += [f"{_key(value)} = {json.dumps(kind)}" for value, kind in kinds.items()]
    lines += ["[tables.amounts.amount]", *_sign(look, table)]
    if table == "charges":
        account, row = look.column("account"), look.column("row") or look.column("account")
        lines.append("[tables.numbered.line_no]")
        lines += [f"within = [{json.dumps(account)}]", f"order = [{json.dumps(row)}]"]
    return lines


def _sign(look: Look, table: str) -> list[str]:
    """The rule of the sign, by what the values show."""
    debit, credit, amount = look.column("debit"), look.column("credit"), look.column("amount")
    if debit and credit:
        return ['rule = "two_columns"', f"debit = {json.dumps(debit)}",
                f"credit = {json.dumps(credit)}"]  # fmt: skip
    values, flag = look.values.get(amount, []), look.column("flag")
    marks = sorted(set(look.values.get(flag, [])))
    if flag and marks:
        plus = [mark for mark in marks if mark.lower().startswith("d")]
        minus = [mark for mark in marks if mark.lower().startswith("c")]
        return ['rule = "flag"', f"column = {json.dumps(amount)}", f"of = {json.dumps(flag)}",
                f"plus = {json.dumps(plus)}", f"minus = {json.dumps(minus)}"]  # fmt: skip
    if any(value.strip().startswith(("-", "(")) or value.endswith("-") for value in values):
        return ['rule = "signed"  # some amounts are negative', f"column = {json.dumps(amount)}"]
    rule = "plus" if table == "charges" else "minus"
    told = "no amount is negative: the kind gives the sign"
    return [f'rule = "{rule}"  # {told}', f"column = {json.dumps(amount)}"]


def _surely(look: Look, *parts: str) -> str:
    told = [f"{look.parts[part]} {look.sure[part]} %" for part in parts if part in look.parts]
    return f"how sure: {', '.join(told)}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _inline(values: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{key} = {json.dumps(value)}" for key, value in values.items()) + " }"
