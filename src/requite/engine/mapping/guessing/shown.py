"""A draft as a page shows it: each choice beside values of the file, in plain words."""

from dataclasses import asdict
from typing import Any, Final

from requite.engine.mapping.guessing.draft import Draft, Question
from requite.engine.mapping.guessing.facts import Column
from requite.engine.mapping.guessing.kinds import KINDS
from requite.engine.mapping.guessing.reading import Reading, amount_rule, has_amount, shown_kinds
from requite.engine.mapping.guessing.roles import PARTS, marks_of

MOST_SHOWN: Final = 60  # values of a type column
ROLE_WORDS: Final = {
    "account": "Account", "type": "Kind of entry", "amount": "Amount", "debit": "Debit",
    "credit": "Credit", "flag": "Debit or credit mark", "row": "Entry number",
    "patient": "Patient number", "patient_name": "Patient's name", "first_name": "First name",
    "last_name": "Last name", "birth_date": "Birth date", "posted_on": "Posting date",
    "service_date": "Service date", "code": "Procedure", "modifier": "Modifier", "units": "Units",
    "who": "Insurer or patient", "payer": "Insurer", "payer_name": "Insurer's name",
    "second_payer": "Second insurer", "order": "First or second insurer",
    "member": "Member number", "check": "Check or trace", "void": "Voided",
    "balance": "Balance (a control)", "of_charge": "Charge that it pays",
    "group_code": "Adjustment group", "carc": "Adjustment reason", "state": "State",
}  # fmt: skip
WHAT_WORDS: Final = {
    "typed": "Charges and payments; a column says which",
    "wide": "Charges or payments; a column of amounts for each",
    "accounts": "Accounts", "patients": "Patients", "payers": "Insurers",
    "coverages": "Who insures whom", "nothing": "Nothing we need",
}  # fmt: skip
FORM_WORDS: Final = {
    "%Y": "year", "%y": "year", "%m": "month", "%d": "day", "%b": "month", "%H": "hour",
    "%I": "hour", "%M": "minute", "%S": "second", "%p": "AM or PM",
}  # fmt: skip
NEEDED: Final = ("account", "type", "amount")


def shown(draft: Draft) -> dict[str, Any]:
    """The draft in plain values, as JSON has them; the files of entries first."""
    entries_first = sorted(draft.readings, key=lambda each: not each.is_entries)
    return {
        "dates": _form_words(draft.dates),
        "files": [_file(each, draft.questions) for each in entries_first],
        "questions": [asdict(each) for each in draft.questions],
        "classes": draft.classes, "remarks": draft.remarks,
    }  # fmt: skip


def _form_words(forms: str) -> str:
    """A form of days in words.

    >>> _form_words("%m/%d/%y | %Y-%m-%d")
    'month/day/year, year-month-day'
    """
    for sign, words in FORM_WORDS.items():
        forms = forms.replace(sign, words)
    return forms.replace(" | ", ", ")


def _file(found: Reading, questions: list[Question]) -> dict[str, Any]:
    asked = [each for each in questions if each.file == found.name]
    fields = [_role(found, role) for role in PARTS[found.what]]
    used = {*found.roles.values(), *(found.kinds if found.what == "wide" else ())}
    return {
        "name": found.name, "rows": found.file.rows, "what": found.what,
        "what_words": WHAT_WORDS[found.what], "columns": list(found.file.columns),
        "fields": [field for field in fields if field["column"] or field["state"] == "asks"],
        "more": [field for field in fields if not field["column"] and field["state"] != "asks"],
        "kinds": [_kind(found, key, values) for key, values in shown_kinds(found).items()],
        "totals": found.totals, "asks": len(asked),
        "unused": [_unused(each) for each in found.file.columns.values() if each.name not in used],
    }  # fmt: skip


def _unused(column: Column) -> str:
    """A column that plays no part, with some values: a mark overlooked there changes balances."""
    return f"{column.name} ({', '.join(_samples(column))})" if column.filled else column.name


def _role(found: Reading, role: str) -> dict[str, Any]:
    column = found.file.columns.get(found.role(role))
    state = "recognised" if column else "missing"
    if found.is_entries and not column:
        if role == "row":
            state = "made"
        lacks_day = role == "posted_on" and not found.role("service_date")
        if role == "account" or lacks_day or (role == "amount" and not has_amount(found)):
            state = "asks"
    return {
        "role": role, "words": ROLE_WORDS[role], "column": column.name if column else "",
        "samples": _samples(column), "state": state, "note": _note(column, role),
    }  # fmt: skip


def _samples(column: Column | None) -> list[str]:
    return [value[:40] for value in column.samples] if column else []


def _note(column: Column | None, role: str) -> str:
    if column is None:
        return "The rows are numbered" if role == "row" else ""
    if column.dates:
        return _form_words(column.dates)
    if role == "void" and (marks := marks_of(column)):
        count = sum(column.values[mark] for mark in marks)
        rows = "1 row is" if count == 1 else f"{count:,} rows are"
        return f"{', '.join(marks)}: {rows} left out as void"
    empty = column.rows - column.filled
    return f"empty {empty:,} times" if empty else ""


def _kind(found: Reading, key: str, values: list[str]) -> dict[str, Any]:
    """One value, or column of amounts, and what it is read as; codes of procedures are one."""
    plus = sum(found.signs.get(value, (0, 0))[0] for value in values)
    minus = sum(found.signs.get(value, (0, 0))[1] for value in values)
    kind, turned = found.kinds[key], found.turned.get(key, False)
    words = key if len(values) == 1 else f"{', '.join(values[:3])} and {len(values) - 3:,} more"
    may_turn = amount_rule(found, key).rule == "signed"
    sign = ""
    if kind and KINDS[kind].table and plus + minus:
        sign = _sign(plus, minus, turned) if may_turn else _way(plus, minus)
    return {
        "key": key, "words": words.removesuffix(" and 0 more"), "kind": kind, "values": values,
        "rows": _rows(found, key, values), "plus": plus, "minus": minus, "turned": turned,
        "may_turn": may_turn, "sign": sign,
    }  # fmt: skip


def _rows(found: Reading, key: str, values: list[str]) -> int:
    column = found.file.columns.get(found.role("type"))
    if found.what == "typed" and column is not None:
        return sum(column.values[value] for value in values)
    return sum(found.signs.get(key, (0, 0)))


def _sign(plus: int, minus: int, turned: bool | None) -> str:
    """Which sign amounts have in the file, and what is made of it."""
    found = f"{plus:,} positive, {minus:,} negative"
    if not plus or not minus:
        found = "positive" if plus else "negative"
    if turned is None:
        return f"{found}: which way?"
    return f"{found}; {_way(minus, plus) if turned else _way(plus, minus)}"


def _way(up: int, down: int) -> str:
    """How many amounts raise a balance, how many lower it.

    >>> _way(3, 0), _way(0, 3), _way(1, 3)
    ('raise the balance', 'lower the balance', '1 raise the balance, 3 lower it')
    """
    if up and down:
        return f"{up:,} raise the balance, {down:,} lower it"
    return "raise the balance" if up else "lower the balance"
