"""One file as it is read: what it holds, which column is what, what its values stand for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from requite.engine.database import identifier, literal
from requite.engine.mapping.columns import expressions
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.facts import TOTAL, Column, File, Survey, text_of
from requite.engine.mapping.guessing.kinds import KINDS, PROCEDURE, who_of
from requite.engine.mapping.guessing.roles import (
    MOST_KINDS,
    PARTS,
    amounts_of,
    kind_by_name,
    kinds_in,
    roles_of,
    type_column,
)
from requite.engine.mapping.guessing.words import amount_kind, fit
from requite.engine.mapping.plan import Amount, TableMap

ENTRIES: Final = ("typed", "wide")
PAYMENTS: Final = frozenset({"insurer_payment", "patient_payment"})
OF_EITHER: Final = ("payment", "refund")  # of insurer or patient
FEW_KINDS: Final = 12  # values that are shown one by one
WRITE_OFFS: Final = frozenset({"contractual", "adjustment", "bad_debt"})


@dataclass
class Reading:
    """What a file is taken for.

    `kinds` holds the kind of each value of its type column (typed), or of each column of amounts
    (wide); an empty one asks. `signs` counts amounts above and below zero for each of these.
    """

    file: File
    what: str
    roles: dict[str, str]
    kinds: dict[str, str] = field(default_factory=dict)
    signs: dict[str, tuple[int, int]] = field(default_factory=dict)
    turned: dict[str, bool | None] = field(default_factory=dict)  # None asks
    without: dict[str, list[str]] = field(default_factory=dict)  # rows that are no entries: totals
    totals: int = 0  # how many rows that are

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    @property
    def is_entries(self) -> bool:
        """Whether its rows are entries of a ledger."""
        return self.what in ENTRIES

    def role(self, part: str) -> str:
        """The column that plays a part; empty where none does."""
        return self.roles.get(part, "")

    def keys_of(self, *kinds: str) -> list[str]:
        """The values, or columns of amounts, that stand for one of these kinds."""
        return [key for key, kind in self.kinds.items() if kind in kinds]

    @property
    def patients(self) -> list[str]:
        """The values of its who column that say that the patient has paid."""
        column = self.file.columns.get(self.role("who"))
        return [value for value in column.values if who_of(value) == "patient"] if column else []

    @property
    def not_payers(self) -> list[str]:
        """The values of its payer column that name no insurer."""
        column = self.file.columns.get(self.role("payer"))
        if column is None:
            return []
        return ["", *(value for value in column.values if _is_nobody(value))]


def _is_nobody(value: str) -> bool:
    return who_of(value) == "patient" or not value.strip("-./ ")


def read_file(survey: Survey, file: File, answers: Answers) -> Reading:
    """Read one file; what has been said of it goes before what is guessed."""
    taken = {
        part: column for part, column in answers.roles.get(file.name, {}).items()
        if not column or column in file.columns
    }  # fmt: skip
    said = answers.what.get(file.name, "")
    kind_column = taken["type"] if "type" in taken else _kind_column(survey, file, taken)
    amounts = amounts_of(file, set(taken.values()))
    what = said if said in PARTS else _what(file, kind_column, amounts, taken)
    if what == "typed" and kind_column:
        taken = {**taken, "type": kind_column}
    if what == "wide":
        amounts = _only_amounts(file, amounts, taken)
        held = {f"amount {name}": name for name in amounts}
        roles = roles_of(file, (*PARTS["wide"], *held), {**taken, **held})
        roles = {part: column for part, column in roles.items() if part not in held}
    else:
        roles = roles_of(file, PARTS[what], taken)
    found = Reading(file, what, roles)
    if found.is_entries:
        _leave_out_totals(survey, found)
        found.kinds = _kinds(survey, found, amounts)
        for key, kind in answers.kinds.get(file.name, {}).items():
            if key in found.kinds and (kind in KINDS or not kind):
                found.kinds[key] = kind
        found.signs = _signs(survey, found)
    return found


def _kind_column(survey: Survey, file: File, taken: Mapping[str, str]) -> str:
    """The column that says what entries are, or that marks debits and credits; empty: none."""
    found = type_column(file, set(taken.values()))
    if not found and kind_by_name(file.name) in WRITE_OFFS:
        return next((each.name for each in file.columns.values() if _says_write_offs(each)), "")
    if found or kind_by_name(file.name):
        return found
    roles = roles_of(file, ("flag", "amount"), taken)
    return roles["flag"] if len(roles) == 2 else _unnamed_kinds(survey, file, taken)


def _unnamed_kinds(survey: Survey, file: File, taken: Mapping[str, str]) -> str:
    """A column without a telling name: each of its values comes with codes of procedures or never.

    Empty where none is like that, or where columns of amounts say by their names what they hold.
    """
    code = next((each for each in file.columns.values() if each.procedures > 0.8), None)
    if code is None or code.filled == code.rows or amounts_of(file, ()):
        return ""
    for each in file.columns.values():
        if (
            each is code or each.name in taken.values() or not each.repeats or each.distinct < 2
            or each.distinct > FEW_KINDS or each.filled < 0.8 * each.rows or each.dates
        ):  # fmt: skip
            continue
        mixed = survey.ask(
            f"SELECT 1 FROM {identifier(file.name)} WHERE {text_of(each.name)} <> '' "
            f"GROUP BY {text_of(each.name)} HAVING count(DISTINCT {text_of(code.name)} = '') > 1"
        )
        if not mixed:
            return each.name
    return ""


def _says_write_offs(column: Column) -> bool:
    """Whether every value of a column names a kind of write-off."""
    return 0 < column.distinct <= MOST_KINDS and set(kinds_in(column).values()) <= WRITE_OFFS


def _what(
    file: File, kind_column: str, amounts: Mapping[str, str], taken: Mapping[str, str]
) -> str:
    """What a file holds, by its columns."""
    roles = roles_of(file, PARTS["typed"], taken)
    has_pair = "debit" in roles and "credit" in roles
    kinds = kinds_in(file.columns[kind_column]) if kind_column else {}
    different = {kind for kind in kinds.values() if kind}
    has_amount = has_pair or "amount" in roles or len(amounts) == 1
    if len(set(amounts.values())) > 1 and not has_pair:
        return "wide"
    says_kinds = (
        len(different) > (0 if has_pair else 1)
        or (kinds and set(kinds.values()) <= WRITE_OFFS)
        or (len(kinds) <= FEW_KINDS and _holds_more(different, kind_by_name(file.name)))
    )
    if has_amount and says_kinds:
        return "typed"
    unnamed = [each for each in file.money if each.has_cents and each.name not in roles.values()]
    has_days = any(each.dates for each in file.columns.values())
    if not (has_amount or amounts) and unnamed and has_days:
        return "typed" if kind_column and len(unnamed) == 1 else "wide"
    if has_pair or amounts or "amount" in roles:
        says = kind_by_name(file.name) or any(amounts.values())
        return "typed" if kind_column and not has_pair and not says else "wide"
    return _master(file)


def _holds_more(kinds: set[str], by_name: str) -> bool:
    """Whether a file holds entries of another kind than its name says: write-offs among payments.

    >>> _holds_more({"adjustment"}, "payment"), _holds_more({"payment"}, "insurer_payment")
    (True, False)
    """
    alike = next((each for each in (PAYMENTS | {"payment"}, WRITE_OFFS) if by_name in each), None)
    return bool(by_name) and bool(kinds - (alike or {by_name}))


def _master(file: File) -> str:
    """What a file without entries holds."""
    fits = {
        what: roles_of(file, PARTS[what], {})
        for what in ("coverages", "accounts", "patients", "payers")
    }
    has = {what: set(roles) for what, roles in fits.items()}
    keyed = file.columns.get(fits["accounts"].get("account", ""))
    if {"account", "payer"} <= has["coverages"] and (
        has["coverages"] & {"order", "member"} or not keyed or not keyed.is_key
    ) and "balance" not in has["accounts"]:  # fmt: skip
        return "coverages"
    people = {"patient_name", "last_name", "birth_date"}
    if (
        "patient" in has["patients"]
        and has["patients"] & people
        and "account" not in has["accounts"]
    ):
        return "patients"
    if "account" in has["accounts"]:
        return "accounts"
    if has["patients"] & people and "patient" in has["patients"]:
        return "patients"
    return "payers" if "payer" in has["payers"] else "nothing"


def _only_amounts(
    file: File, amounts: Mapping[str, str], taken: Mapping[str, str]
) -> dict[str, str]:
    """The columns of amounts of a wide file, where no header says what they hold too."""
    if amounts:
        return dict(amounts)
    roles = roles_of(file, ("debit", "credit", "amount"), taken)
    pairs = {"debit": "charge", "credit": "payment", "amount": kind_by_name(file.name)}
    return {column: pairs[part] for part, column in roles.items()} or {
        each.name: "" for each in file.money if each.has_cents
    }


def _kinds(survey: Survey, found: Reading, amounts: Mapping[str, str]) -> dict[str, str]:
    """What each value, or column of amounts, stands for; payments are told apart where they can."""
    if found.what == "wide":
        kinds = dict(amounts) or _only_amounts(found.file, {}, found.roles)
        kinds = {column: kind for column, kind in kinds.items() if column in found.file.columns}
        by_name = kind_by_name(found.name)
        if by_name in PAYMENTS:
            kinds = {key: by_name if kind == "payment" else kind for key, kind in kinds.items()}
        return _told_apart(survey, found, kinds)
    column = found.file.columns.get(found.role("type"))
    if column is None:
        return {}
    by_name = kind_by_name(found.name)
    kinds = {value: kind or by_name for value, kind in kinds_in(column).items()}
    if _is_flag(column.name):
        kinds = {value: "charge" if _is_debit(value) else "payment" for value in kinds}
    if not found.role("amount") and not found.role("debit"):
        all_money = [each for each in found.file.money if each.has_cents]
        money = [each.name for each in found.file.money if amount_kind(each.name)]
        money = money or [each.name for each in all_money if each.name not in found.roles.values()]
        if money:
            found.roles["amount"] = money[0]
    return _told_apart(survey, found, kinds)


def _told_apart(survey: Survey, found: Reading, kinds: dict[str, str]) -> dict[str, str]:
    """The kinds, less those of which nothing says whether insurer or patient is meant."""
    tells = {
        kind: {key: _tells_who(survey, found, kinds, key) for key in kinds if kinds[key] == kind}
        for kind in OF_EITHER
    }
    return {key: kind if tells.get(kind, {}).get(key, True) else "" for key, kind in kinds.items()}


def _tells_who(survey: Survey, found: Reading, kinds: dict[str, str], key: str) -> bool:
    """Whether another column says whose a payment or refund is."""
    if found.patients:
        return True
    payer = found.role("payer")
    if not payer:
        return False
    if found.what == "wide":
        zeros = ", ".join(map(literal, found.file.columns[key].zeros))
        rows = f"{text_of(key)} NOT IN ({zeros})"
    else:
        alike = ", ".join(literal(each) for each in kinds if kinds[each] == kinds[key])
        rows = f"{text_of(found.role('type'))} IN ({alike})"
    none = ", ".join(map(literal, found.not_payers))
    row = survey.ask(
        f"SELECT count(*) FILTER ({text_of(payer)} IN ({none})), count(*) "
        f"FROM {identifier(found.name)} WHERE {rows}"
    )[0]
    return bool(0 < row[0] < row[1])


def amount_rule(found: Reading, key: str) -> Amount:
    """How the amounts of a value, or of a column, are read before any turning."""
    if found.what == "wide" and not (found.role("flag") and len(found.kinds) == 1):
        return Amount(rule="signed", column=key)
    debit, credit, flag = (found.role(part) for part in ("debit", "credit", "flag"))
    if debit and credit:
        return Amount(rule="two_columns", debit=debit, credit=credit)
    amount = key if found.what == "wide" else found.role("amount")
    flag = flag or (found.role("type") if _is_flag(found.role("type")) else "")
    marks = found.file.columns[flag].values if flag else {}
    plus = [mark for mark in marks if _is_debit(mark)]
    minus = [mark for mark in marks if mark.lower().startswith(("c", "-"))]
    if flag and (plus or minus):
        return Amount(rule="flag", column=amount, of=flag, plus=plus, minus=minus)
    return Amount(rule="signed", column=amount)


def _is_debit(mark: str) -> bool:
    return mark.lower().startswith(("d", "+"))


def _is_flag(column: str) -> bool:
    """Whether a column marks debits and credits."""
    return bool(column) and fit(column, "flag") >= 90


def has_amount(found: Reading) -> bool:
    """Whether it is known where the amounts stand."""
    if found.what == "wide":
        return bool(found.kinds)
    return bool(found.role("amount") or (found.role("debit") and found.role("credit")))


def _signs(survey: Survey, found: Reading) -> dict[str, tuple[int, int]]:
    """How many amounts of each key are above, and how many below zero."""
    if not has_amount(found):
        return {}
    if found.what == "wide":
        counted = {key: _count(survey, found, key, "''") for key in found.kinds}
        return {key: rows[0][1:] if rows else (0, 0) for key, rows in counted.items()}
    by = text_of(found.role("type")) if found.role("type") else "''"
    return {value: (plus, minus) for value, plus, minus in _count(survey, found, "", by)}


def _count(survey: Survey, found: Reading, key: str, by: str) -> list[tuple[str, int, int]]:
    part = TableMap(
        table="charges", file=found.name, columns={}, amounts={"amount": amount_rule(found, key)}
    )
    (made,) = expressions(part, "")
    dollars = f"TRY_CAST({made.sql} AS DECIMAL(15,2))"
    rows = survey.ask(
        f"SELECT {by}, count(*) FILTER ({dollars} > 0), count(*) FILTER ({dollars} < 0) "
        f"FROM {identifier(found.name)} WHERE NOT ({totals_sql(found)}) GROUP BY 1"
    )
    return [(str(row[0]), int(row[1]), int(row[2])) for row in rows]


def _leave_out_totals(survey: Survey, found: Reading) -> None:
    """Find the rows that sum up others, or are blank: they have no account, or are called so."""
    account = found.file.columns.get(found.role("account"))
    if account is None:
        return
    sums = [value for value in account.values if TOTAL.fullmatch(value)]
    elsewhere = {
        column.name: [value for value in column.values if TOTAL.fullmatch(value)]
        for column in found.file.columns.values()
        if column.name != account.name and column.distinct < found.file.rows
    }
    found.without = {account.name: ["", *sums]} if sums or account.filled < account.rows else {}
    found.without |= {name: values for name, values in elsewhere.items() if values}
    if found.without:
        row = survey.ask(f"SELECT count(*) FROM {identifier(found.name)} WHERE {totals_sql(found)}")
        found.totals = int(row[0][0])


def totals_sql(found: Reading) -> str:
    """The rows that are no entries, as SQL has it."""
    return (
        " OR ".join(
            f"{text_of(name)} IN ({', '.join(map(literal, values))})"
            for name, values in found.without.items()
        )
        or "false"
    )


def shown_kinds(found: Reading) -> dict[str, list[str]]:
    """The keys to show, each with the values that it stands for.

    Codes of procedures are one, and of many values those that differ by their numbers alone.
    """
    if found.what != "typed":
        return {key: [key] for key in found.kinds}
    groups: dict[tuple[str, ...], list[str]] = {}
    for key, kind in found.kinds.items():
        same: tuple[str, ...] = (key,)
        if PROCEDURE.fullmatch(key):
            same = ("", kind)
        elif len(found.kinds) > FEW_KINDS:
            same = (re.sub(r"[0-9]+", "0", key), kind)
        groups.setdefault((*same, str(found.turned.get(key))), []).append(key)
    return {keys[0]: keys for keys in groups.values()}
