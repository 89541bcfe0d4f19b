"""Which column of a file plays which part: by its header where that fits its values."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final

from requite.engine.mapping.guessing.facts import Column, File
from requite.engine.mapping.guessing.kinds import kind_of, letter_kind, who_of
from requite.engine.mapping.guessing.words import amount_kind, fit, placed_fit, plain

LEAST_SURE: Final = 74  # of 100; below it a header does not say that a column is this
MOST_KINDS: Final = 500  # values of a column that may say what entries are
MOST_WHO: Final = 12
MARKED: Final = {"y", "yes", "true", "1", "x", "v", "t", "void", "voided", "deleted", "d"}
SAY_VOID: Final = {"void", "voided", "deleted"}
DAYS: Final = frozenset({"posted_on", "service_date", "birth_date"})
MONEY: Final = frozenset({"amount", "debit", "credit", "balance"})
PERSON: Final = ("patient", "patient_name", "first_name", "last_name", "birth_date")
ENTRY: Final = (
    "account", "row", *PERSON, "posted_on", "service_date", "code", "modifier", "units", "who",
    "payer", "second_payer", "member", "check", "void", "balance", "of_charge", "group_code",
    "carc", "state",
)  # fmt: skip
# What a file may hold, and the parts that its columns may play then.
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "typed": (*ENTRY[:1], "type", "amount", "debit", "credit", "flag", *ENTRY[1:]),
    "wide": (*ENTRY, "flag"),
    "accounts": ("account", *PERSON, "balance", "payer", "second_payer", "member", "state",
                 "service_date"),
    "patients": ("patient", "account", "patient_name", "first_name", "last_name", "birth_date"),
    "payers": ("payer", "payer_name", "who"),
    "coverages": ("account", "payer", "payer_name", "order", "member", "second_payer", "patient"),
    "nothing": (),
}  # fmt: skip
# Of two parts that a header fits as well, the one that is asked for more.
RANK: Final = {name: place for place, name in enumerate(dict.fromkeys(PARTS["typed"]))}


def may_be(column: Column, role: str) -> bool:
    """Whether the values of a column allow a part."""
    if role in DAYS:
        return bool(column.dates)
    if role in MONEY:
        return not column.filled or (column.is_money and not column.dates)
    if role == "void":
        return not column.filled or bool(column.dates or marks_of(column))
    if column.dates or (column.has_cents and role != "units"):
        return False
    allowed: dict[str, Callable[[], bool]] = {
        "row": lambda: column.is_key and column.filled >= 0.8 * column.rows,
        "account": lambda: column.filled >= 0.8 * column.rows,
        "type": lambda: 0 < column.distinct <= MOST_KINDS,
        "flag": lambda: 0 < column.distinct <= 4,
        "who": lambda: 0 < column.distinct <= MOST_WHO and bool(_who_share(column)),
        "order": lambda: 0 < column.distinct <= MOST_WHO,
    }
    return role not in allowed or allowed[role]()


def _who_share(column: Column) -> float:
    return column.share([value for value in column.values if who_of(value)])


def roles_of(file: File, parts: Collection[str], taken: Mapping[str, str]) -> dict[str, str]:
    """Give each part the column whose header fits it best, each column one part.

    Parameters
    ----------
    parts : collection of str
        The parts that there are.
    taken : mapping
        What is settled already: column by part, empty where a part is played by none.
    """
    found = {part: column for part, column in taken.items() if part in parts}
    scored = [
        (*_closeness(column.name, part), RANK.get(part, 99), part, column.name)
        for column in file.columns.values()
        if column.name not in found.values()
        for part in parts
        if part not in found and may_be(column, part)
    ]
    for score, _, _, part, name in sorted(scored):
        if -score >= LEAST_SURE and part not in found and name not in found.values():
            found[part] = name
    _fill_gaps(file, parts, found)
    if {"account", "row"} <= set(parts) and not {"account"} & {*found, *taken}:
        _account_of_person(file, found)
    return {part: column for part, column in found.items() if column}


def _closeness(header: str, part: str) -> tuple[int, int]:
    """The better a header fits a part the lower."""
    score, place = placed_fit(header, part)
    return -score, place


def _fill_gaps(file: File, parts: Collection[str], found: dict[str, str]) -> None:
    """What headers do not say and values show."""
    free = [each for each in file.columns.values() if each.name not in found.values()]
    for part, finds in (
        ("payer", _payer_among), ("who", _who_among), ("posted_on", _day_among),
        ("service_date", _day_among), ("code", _procedures_among),
        ("account", _account_among), ("row", _row_among), ("patient_name", _names_among),
        ("void", _void_among),
    ):  # fmt: skip
        if part == "account" and "row" not in parts:
            continue  # of a list, whatever repeats may be anything
        if part in parts and part not in found:
            name = finds(free)
            if name:
                found[part] = name
                free = [each for each in free if each.name != name]


def _account_of_person(file: File, found: dict[str, str]) -> None:
    """Where nothing but the patient is named, the patient's number or name is the account's."""
    for part in ("patient", "patient_name"):
        column = file.columns.get(found.get(part, ""))
        if column is not None and may_be(column, "account"):
            found["account"] = found.pop(part) if part == "patient" else found[part]
            return


def _who_among(columns: list[Column]) -> str:
    for column in columns:
        said = {who_of(value) for value in column.values}
        if column.distinct <= 6 and {"insurer", "patient"} <= said and _who_share(column) >= 0.8:
            return column.name
    return ""


def _day_among(columns: list[Column]) -> str:
    days = [each for each in columns if each.dates]
    return max(days, key=lambda each: each.filled).name if days else ""


def _procedures_among(columns: list[Column]) -> str:
    return next((each.name for each in columns if each.procedures > 0.8), "")


def _account_among(columns: list[Column]) -> str:
    """What repeats and is nearly always there; the most different values first."""
    wanted = [
        each for each in columns
        if each.filled >= 0.8 * each.rows and not each.dates and not each.has_cents
        and (each.repeats or each.rows < 3)
        and each.distinct > 1 and not each.procedures
    ]  # fmt: skip
    return max(wanted, key=lambda each: each.distinct).name if wanted else ""


def _row_among(columns: list[Column]) -> str:
    words = ("number", "key", "record", "guid", "uid")
    return next(
        (each.name for each in columns
         if each.is_key and each.filled == each.rows and not each.dates and not each.has_cents
         and any(word in plain(each.name).split() for word in words)), "",
    )  # fmt: skip


def _names_among(columns: list[Column]) -> str:
    """A column of names as LAST, FIRST."""
    return next(
        (each.name for each in columns
         if each.share([v for v in each.values if v.count(",") == 1 and not any(
             sign.isdigit() for sign in v)]) > 0.8), "",
    )  # fmt: skip


def _void_among(columns: list[Column]) -> str:
    """A column such as *Status* that says of some rows, not of all, that they are void."""
    for column in columns:
        void = [value for value in column.values if value.lower() in SAY_VOID]
        if (
            void
            and column.distinct <= MOST_WHO
            and sum(column.values[each] for each in void) < column.rows
        ):
            return column.name
    return ""


def marks_of(column: Column) -> list[str]:
    """The values of a column that mark a row as void: where one says so in a word, only words."""
    words = [value for value in column.values if value.lower() in SAY_VOID]
    return words or [value for value in column.values if value.lower() in MARKED]


def _payer_among(columns: list[Column]) -> str:
    """A column whose values sound like insurers."""
    sounds = ("health", "medicare", "medicaid", "blue", "cigna", "aetna", "humana", "united",
              "insurance", "mutual", "tricare", "benefit", "hmo", "ppo", "bcbs")  # fmt: skip
    return next(
        (each.name for each in columns
         if each.repeats and each.share([
             v for v in each.values if any(word in v.lower() for word in sounds)]) > 0.5), "",
    )  # fmt: skip


def type_column(file: File, taken: Collection[str]) -> str:
    """The column that says what each entry is; empty where none does."""
    best, most = "", 0.0
    for column in file.columns.values():
        if column.name in taken or column.dates or column.has_cents:
            continue
        if not 0 < column.distinct <= MOST_KINDS:
            continue
        kinds = kinds_in(column)
        known = column.share([value for value, kind in kinds.items() if kind])
        different = {kind for kind in kinds.values() if kind}
        header = max(fit(column.name, "type"), 0)
        score = 60 * known + 20 * min(len(different) - 1, 2) + 0.4 * header
        score -= 40 * (column.procedures > 0.9)
        if header < LEAST_SURE and (known < 0.6 or len(different) < 2):
            continue
        if score > most:
            best, most = column.name, score
    return best


def kinds_in(column: Column) -> dict[str, str]:
    """What each value of a column stands for, by its words; empty where they do not say."""
    letters = all(len(value) <= 2 for value in column.values)
    letters = letters and fit(column.name, "type") >= LEAST_SURE
    if not letters or any(map(str.isdigit, column.values)):
        return column.kinds
    return {value: letter_kind(value) or kind for value, kind in column.kinds.items()}


def amounts_of(file: File, taken: Collection[str]) -> dict[str, str]:
    """The columns of amounts that say by their headers what they hold, and its kind."""
    found = {}
    for column in file.columns.values():
        kind = amount_kind(column.name)
        empty = not column.filled
        if kind and column.name not in taken and (empty or (column.is_money and not column.dates)):
            found[column.name] = kind
    return found


def kind_by_name(file: str) -> str:
    """The kind of a file's entries by its name.

    >>> kind_by_name("ins_payments.csv"), kind_by_name("Charges 2026.csv"), kind_by_name("x.csv")
    ('insurer_payment', 'charge', '')
    """
    return kind_of(plain(Path(file.partition("#")[2] or file).stem).replace("number", ""))
