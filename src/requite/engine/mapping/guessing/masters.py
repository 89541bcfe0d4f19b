"""Accounts, patients, payers and coverages, out of whatever file says something of them."""

from collections.abc import Iterator
from typing import Final

from requite.engine.database import identifier, literal
from requite.engine.mapping.extract import ROW
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.entries import Made, Raw
from requite.engine.mapping.guessing.facts import Survey, text_of
from requite.engine.mapping.guessing.kinds import KINDS, class_of
from requite.engine.mapping.guessing.reading import Reading

NEARLY: Final = 0.99  # of the values of one file are in another
PLACES: Final = {
    "p": "1", "pri": "1", "prim": "1", "primary": "1", "1": "1", "first": "1", "1st": "1",
    "s": "2", "sec": "2", "secondary": "2", "2": "2", "second": "2", "2nd": "2",
    "t": "3", "tert": "3", "tertiary": "3", "3": "3", "third": "3", "3rd": "3",
}  # fmt: skip


def accounts(survey: Survey, readings: list[Reading]) -> list[Made]:
    """The accounts: of the file that lists them all, else of every file that names some."""
    ledgers = [each for each in readings if each.is_entries and each.role("account")]
    lists = [each for each in readings if each.what == "accounts" and each.role("account")]
    for each in [*lists, *ledgers]:
        if all(_all_in(survey, each, other) for other in ledgers if other is not each):
            return [_accounts(survey, each, with_more=True)]
    return [_accounts(survey, each, with_more=False) for each in [*lists, *ledgers]]


def _all_in(survey: Survey, one: Reading, other: Reading) -> bool:
    """Whether a file knows every account of another."""
    held = survey.holds(one.name, one.role("account"), other.name, other.role("account"))
    return held >= (NEARLY if one.what == "accounts" else 1)


def _accounts(survey: Survey, found: Reading, *, with_more: bool) -> Made:
    account = found.role("account")
    columns = {"account_id": account}
    remarks = []
    for name, role in (("reported_balance", "balance"), ("state", "state")):
        column = found.role(role)
        if with_more and column and survey.tells(found.name, account, column) and (
            role != "balance" or found.what == "accounts" or _repeats_by_account(found)
        ):  # fmt: skip
            columns[name] = column
    patient = patient_key(survey, found)
    if with_more and patient:
        columns["patient_id"] = patient
    part: Raw = {"table": "accounts", "file": found.name, "distinct": True, "columns": columns}
    without = {account: found.without.get(account, [""])} | found.without
    part["without"] = without
    if "reported_balance" in columns:
        remarks.append("The source's own balance: a control of every account.")
    return Made(part, remarks)


def _repeats_by_account(found: Reading) -> bool:
    """Whether a balance is that of the account on each of its rows, and no running one."""
    account = found.file.columns[found.role("account")]
    return account.distinct < found.file.rows - found.totals


def patient_key(survey: Survey, found: Reading) -> str:
    """The column that tells patients apart: their number, else the account's."""
    account, patient = found.role("account"), found.role("patient")
    has_name = found.role("patient_name") or found.role("last_name")
    if patient and survey.tells(found.name, account, patient):
        return patient
    return account if has_name and not patient else ""


def patients(survey: Survey, readings: list[Reading]) -> list[Made]:
    """The patients: of a list of them, else of the file from which the accounts come."""
    lists = [each for each in readings if each.what == "patients" and each.role("patient")]
    for each in [*lists, *(r for r in readings if r.is_entries or r.what == "accounts")]:
        key = each.role("patient") if each.what == "patients" else patient_key(survey, each)
        if not key:
            continue
        columns = {"patient_id": key}
        last = each.role("last_name") or each.role("patient_name")
        names = {"last_name": last, "birth_date": each.role("birth_date")}
        if each.role("last_name"):
            names["first_name"] = each.role("first_name")
        columns |= {
            name: column for name, column in names.items()
            if column and survey.tells(each.name, key, column)
        }  # fmt: skip
        part: Raw = {"table": "patients", "file": each.name, "distinct": True}
        part["without"] = {key: [""], **each.without}
        return [Made({**part, "columns": columns})]
    return []


def payers(
    survey: Survey, readings: list[Reading], answers: Answers
) -> tuple[list[Made], dict[str, str], dict[str, str]]:
    """The payers, the column of each file that holds their keys, and their classes by name."""
    naming = [each for each in readings if each.role("payer") and each.what != "payers"]
    lists = [each for each in readings if each.what == "payers"]
    for each in lists:
        key = _key_of(survey, each, naming)
        if key:
            name = each.role("payer_name") or each.role("payer")
            made, classes = _payers(survey, each, key, name, answers)
            return [made], {other.name: other.role("payer") for other in naming}, classes
    parts, classes = [], {}
    for each in naming:
        made, more = _payers(survey, each, each.role("payer"), each.role("payer"), answers)
        parts.append(made)
        classes |= more
        if each.role("second_payer"):
            made, more = _payers(
                survey, each, each.role("second_payer"), each.role("second_payer"), answers
            )
            parts.append(made)
            classes |= more
    for made in parts:
        made.part["values"] = {"payer_class": classes}
    return parts, {other.name: other.role("payer") for other in naming}, classes


def _no_patients(found: Reading) -> dict[str, list[str]]:
    """The rows on which an insurer's column may name a patient: what patients paid, or got."""
    keys = [key for key, kind in found.kinds.items() if kind and KINDS[kind].who == "patient"]
    return {found.role("type"): keys} if found.what == "typed" and keys else {}


def _key_of(survey: Survey, listed: Reading, naming: list[Reading]) -> str:
    """The column of a list of payers by which the other files name them."""
    for column in (listed.role("payer"), listed.role("payer_name")):
        if column and naming and all(
            survey.holds(listed.name, column, each.name, each.role("payer")) >= NEARLY
            for each in naming
        ):  # fmt: skip
            return column
    return ""


def _named(survey: Survey, found: Reading, name: str, nobody: list[str]) -> list[str]:
    """The payers that a column names where no patient is meant."""
    column = found.file.columns[name]
    but = _no_patients(found)
    if not but:
        return [value for value in column.values if value not in nobody]
    ((kind, keys),) = but.items()
    rows = survey.ask(
        f"SELECT {text_of(name)} FROM {identifier(found.name)} WHERE {text_of(kind)} NOT IN "
        f"({', '.join(map(literal, keys))}) GROUP BY 1 ORDER BY min({ROW})"
    )
    return [row[0] for row in rows if row[0] not in ["", *nobody]]


def _payers(
    survey: Survey, found: Reading, key: str, name: str, answers: Answers
) -> tuple[Made, dict[str, str]]:
    nobody = found.not_payers if key == found.role("payer") else [""]
    named = _named(survey, found, name, nobody)
    classes = {value: answers.classes.get(value) or class_of(value) for value in named}
    part: Raw = {
        "table": "payers", "file": found.name, "distinct": True,
        "without": {
            **found.without, **_no_patients(found), key: [*nobody, *found.without.get(key, [])],
        },
        "columns": {"payer_id": key, "name": name, "payer_class": name},
        "values": {"payer_class": classes},
    }  # fmt: skip
    return Made(part, ["CHECK the classes: the legal day of a refund depends on them."]), classes


def coverages(survey: Survey, readings: list[Reading], keys: dict[str, str]) -> Iterator[Made]:
    """Which payer covers which account, in which order."""
    naming = [each for each in readings if each.role("account") and keys.get(each.name)]
    for each in sorted(naming, key=lambda each: each.what != "coverages"):
        if each.what == "coverages" and each.role("order"):
            yield _ordered(each)
            return
        if each.role("second_payer"):
            yield _coverage(each, each.role("payer"), "1")
            yield _coverage(each, each.role("second_payer"), "2")
            return
        if _one_each(survey, each, ""):
            yield _coverage(each, each.role("payer"), "1")
            return
        charges = each.keys_of("charge")
        rows = {each.role("type"): charges} if each.what == "typed" and charges else {}
        kind = each.role("type")
        listed = ", ".join(map(literal, charges))
        if rows and _one_each(survey, each, f"AND {text_of(kind)} IN ({listed})"):
            made = _coverage(each, each.role("payer"), "1")
            made.part["rows"] = rows
            yield made
            return


def _one_each(survey: Survey, found: Reading, more: str) -> bool:
    """Whether each account has one insurer at most, and one at least has some."""
    account, payer = text_of(found.role("account")), text_of(found.role("payer"))
    nobody = ", ".join(map(literal, found.not_payers))
    for kind, keys in _no_patients(found).items():
        more += f" AND {text_of(kind)} NOT IN ({', '.join(map(literal, keys))})"
    most = survey.ask(
        f"SELECT max(n) FROM (SELECT count(DISTINCT {payer}) AS n FROM {identifier(found.name)} "
        f"WHERE {account} <> '' AND {payer} NOT IN ({nobody}) {more} GROUP BY {account})"
    )[0][0]
    return bool(most == 1)


def _coverage(found: Reading, payer: str, place: str) -> Made:
    nobody = found.not_payers if payer == found.role("payer") else [""]
    account = found.role("account")
    without = {
        **found.without,
        **_no_patients(found),
        payer: [*nobody, *found.without.get(payer, [])],
    }
    part: Raw = {
        "table": "coverages", "file": found.name, "distinct": True,
        "without": {account: [""], **without},
        "columns": {"account_id": account, "payer_id": payer}, "constants": {"cob_order": place},
    }  # fmt: skip
    if found.what in {"coverages", "accounts"} and found.role("member") and place == "1":
        part["columns"]["member_id"] = found.role("member")
    return Made(part, ["One insurer an account: it is the first."] if place == "1" else [])


def _ordered(found: Reading) -> Made:
    order = found.file.columns[found.role("order")]
    columns = {"account_id": found.role("account"), "cob_order": order.name,
               "payer_id": found.role("payer")}  # fmt: skip
    if found.role("member"):
        columns["member_id"] = found.role("member")
    part: Raw = {"table": "coverages", "file": found.name, "distinct": True, "columns": columns}
    part["without"] = {found.role("payer"): found.not_payers}
    part["values"] = {
        "cob_order": {value: PLACES.get(value.lower(), value) for value in order.values}
    }
    return Made(part)
