"""The draft of a mapping for a whole extract: what is read of it, and what a person has to say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from requite.engine.database import identifier, literal
from requite.engine.mapping.extract import ROW
from requite.engine.mapping.guessing.answers import Answers, fitted
from requite.engine.mapping.guessing.controls import reported
from requite.engine.mapping.guessing.entries import Around, Made, Raw, entries
from requite.engine.mapping.guessing.facts import Survey, surveyed, text_of
from requite.engine.mapping.guessing.masters import accounts, coverages, patients, payers
from requite.engine.mapping.guessing.reading import Reading, has_amount, read_file, shown_kinds
from requite.engine.mapping.guessing.signs import turn
from requite.engine.mapping.guessing.ties import ties

TABLES: Final = ("facilities", "patients", "payers", "accounts", "coverages", "charges",
                 "transactions", "allocations")  # fmt: skip
DAY_ROLES: Final = ("posted_on", "service_date", "birth_date", "void")


@dataclass(frozen=True)
class Question:
    """What a person has to say before anything is imported: of which file, about what."""

    file: str
    about: str  # account, amount, day, kind, sign, entries
    key: str  # the value, or column, that it is of
    words: str
    rows: tuple[dict[str, str], ...] = ()  # some that it is of
    hint: str = ""


@dataclass
class Draft:
    """A mapping as far as it can be guessed."""

    name: str
    dates: str
    made: list[Made]
    readings: list[Reading]
    questions: list[Question] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)
    classes: dict[str, str] = field(default_factory=dict)  # of payers by name
    remarks: list[str] = field(default_factory=list)
    checks: list[Raw] = field(default_factory=list)
    reported: list[dict[str, int]] = field(default_factory=list)  # what the source says: see there

    @property
    def raw(self) -> Raw:
        """The mapping as TOML has it."""
        head: Raw = {"name": self.name, "dates": self.dates}
        if self.files:
            head["files"] = self.files
        made = head | {"tables": [each.part for each in self.made]}
        return made | ({"checks": self.checks} if self.checks else {})

    @property
    def files(self) -> list[Raw]:
        """How files are written, where that had to be found out."""
        return [
            {"file": each.name, "decimal_comma": list(each.file.decimal_comma)}
            for each in self.readings
            if each.file.decimal_comma
        ]


def draft(extract: Path, answers: Answers | None = None, name: str = "Ours") -> Draft:
    """Read an extract as far as it says something; the rest are questions.

    Raises
    ------
    RefusedExtract
        Where a file cannot be read.
    """
    with surveyed(extract) as survey:
        return _draft(survey, answers or Answers(), name)


def _draft(survey: Survey, answers: Answers, name: str) -> Draft:
    answers = fitted(answers, survey.files)
    readings = [read_file(survey, file, answers) for file in survey.files.values()]
    _set_lists_apart(survey, readings, answers)
    strangers = _lists_of_others(survey, readings)
    for each in readings:
        turn(each, answers)
    made_payers, keys, classes = payers(survey, readings, answers)
    ledgers = [each for each in readings if each.is_entries]
    charges = {
        each.name: each.role("row") for each in ledgers
        if each.role("row") and each.keys_of("charge")
    }  # fmt: skip
    around = Around(survey, len(ledgers) == 1, keys, charges)
    made = [*patients(survey, readings), *made_payers, *accounts(survey, readings)]
    made += coverages(survey, readings, keys)
    for each in ledgers:
        made += entries(each, around)
    made.sort(key=lambda each: TABLES.index(each.part["table"]))
    dates = answers.dates or _dates(readings)
    tied = ties(survey, readings, [each.part for each in made], dates, answers)
    if tied.table:
        made.append(
            Made(tied.table, ["Which charge they are of, by day of service and procedure."])
        )
    found = Draft(name, dates, made, readings, classes=classes)
    found.answers, found.checks = answers, tied.checks
    found.questions = list(_questions(survey, readings))
    found.remarks = list(_remarks(readings, made))
    found.remarks += _days_told(readings)
    found.remarks += [*strangers, *tied.remarks]
    found.remarks += [
        f"{each['file']}: a comma stands before the cents in {', '.join(each['decimal_comma'])}: "
        "1.234,50 is read as 1,234.50."
        for each in found.files
    ]
    found.remarks += [f"{name} is passed over: {why}" for name, why in survey.passed_over.items()]
    found.reported = reported(survey, readings)
    return found


def _set_lists_apart(survey: Survey, readings: list[Reading], answers: Answers) -> None:
    """Read a file with one row an account beside one with entries as a list of accounts."""
    ledgers = [each for each in readings if each.is_entries]
    for each in ledgers:
        account = each.file.columns.get(each.role("account"))
        others = [other for other in ledgers if other is not each]
        is_list = account is not None and account.is_key and each.role("balance") and any(
            other.role("account")
            and survey.holds(each.name, account.name, other.name, other.role("account")) > 0.5
            for other in others
        )  # fmt: skip
        if is_list and each.name not in answers.what:
            said = answers.model_copy(update={"what": {**answers.what, each.name: "accounts"}})
            readings[readings.index(each)] = read_file(survey, each.file, said)


def _lists_of_others(survey: Survey, readings: list[Reading]) -> list[str]:
    """Let go the accounts of a list that the ledgers do not know; told."""
    ledgers = [each for each in readings if each.is_entries and each.role("account")]
    told = []
    for each in readings:
        account = each.role("account")
        if each.is_entries or not account or not ledgers:
            continue
        known = max(
            survey.holds(ledger.name, ledger.role("account"), each.name, account)
            for ledger in ledgers
        )
        if known == 0 and each.file.rows:
            del each.roles["account"]
            told.append(f"{each.name}: {account} holds no account of the ledger; it is not used.")
    return told


def _dates(readings: list[Reading]) -> str:
    """The forms in which days are written, the most usual first; years of two digits before four.

    Four digits read a year of two as one of antiquity.
    """
    counts: dict[str, int] = {}
    for each in readings:
        for part in DAY_ROLES:
            column = each.file.columns.get(each.role(part))
            if column and column.dates:
                counts[column.dates] = counts.get(column.dates, 0) + column.filled
    forms = sorted(counts, key=lambda form: ("%y" not in form, -counts[form]))
    return " | ".join(forms) or "%Y-%m-%d"


def _questions(survey: Survey, readings: list[Reading]) -> Iterator[Question]:
    """What a guess leaves open, in the order in which it is to be said."""
    ledgers = [each for each in readings if each.is_entries]
    if not ledgers:
        yield Question("", "entries", "", "Which file holds charges and payments?")
    elif all(has_amount(each) and all(each.kinds.values()) for each in ledgers) and not any(
        each.keys_of("charge") for each in ledgers
    ):
        yield Question("", "entries", "", "Nothing was read as a charge. Where do charges stand?")
    for each in ledgers:
        if not each.role("account"):
            yield Question(each.name, "account", "", "Which column is the account number?")
        if not has_amount(each):
            yield Question(each.name, "amount", "", "Which column holds the amounts?")
            continue
        if not each.role("posted_on") and not each.role("service_date"):
            yield Question(each.name, "day", "", "Which column is the day of posting?")
        yield from _questions_of_keys(survey, each)


def _questions_of_keys(survey: Survey, found: Reading) -> Iterator[Question]:
    for key in shown_kinds(found):
        if not found.kinds[key]:
            hint = _hint(survey, found, key)
            rows = _rows(survey, found, key)
            yield Question(found.name, "kind", key, f"What is {key}?", rows, hint)
        elif found.turned.get(key, False) is None:
            words = f"Does {key} raise or lower what is owed?"
            yield Question(found.name, "sign", key, words, _rows(survey, found, key))


def _which(found: Reading, key: str) -> str:
    """The rows of a value, or of a column of amounts, as SQL has it."""
    if found.what == "wide":
        zeros = ", ".join(map(literal, found.file.columns[key].zeros))
        return f"{text_of(key)} NOT IN ({zeros})"
    return f"{text_of(found.role('type'))} = {literal(key)}"


HINTS: Final = (
    ("code", "Its rows have codes of procedures, as charges have."),
    ("payer", "Its rows name an insurer."),
    ("check", "Its rows name a check."),
)


def _hint(survey: Survey, found: Reading, key: str) -> str:
    """What the rows of an unknown value have, and others lack."""
    for role, words in HINTS:
        column = found.role(role)
        if not column:
            continue
        mine, all_mine, filled, rows = survey.ask(
            f"SELECT count(*) FILTER ({_which(found, key)} AND {text_of(column)} <> ''), "
            f"count(*) FILTER ({_which(found, key)}), count(*) FILTER ({text_of(column)} <> ''), "
            f"count(*) FROM {identifier(found.name)}"
        )[0]
        if mine >= 0.8 * all_mine and filled < 0.8 * rows:
            return words
    return ""


def _rows(survey: Survey, found: Reading, key: str) -> tuple[dict[str, str], ...]:
    """Some rows that a question is of, with the columns that play a part."""
    named = list(dict.fromkeys(filter(None, found.roles.values())))
    shown = named if found.what == "typed" else [*named, key]
    listed = ", ".join(text_of(column) for column in shown)
    rows = survey.ask(
        f"SELECT {listed} FROM {identifier(found.name)} WHERE {_which(found, key)} "
        f"ORDER BY {ROW} LIMIT 3"
    )
    return tuple(dict(zip(shown, row, strict=True)) for row in rows)


def _days_told(readings: list[Reading]) -> Iterator[str]:
    """Which days could be read in two ways, and how they are."""
    for each in readings:
        columns = dict.fromkeys(each.role(part) for part in DAY_ROLES)
        for column in filter(None, map(each.file.columns.get, columns)):
            if column.is_day_or_month:
                yield (
                    f"{each.name}: days of {column.name} such as {column.samples[0]} are read as "
                    "month, day, year; day, month, year fits as well. If that is meant, say in "
                    "every rule in full that days are written %d.%m.%Y."
                )


def _remarks(readings: list[Reading], made: list[Made]) -> Iterator[str]:
    """What is good to know of the whole."""
    tables = {each.part["table"] for each in made}
    for each in readings:
        if each.is_entries or each.what != "nothing":
            continue
        told = "nothing in it names an account" if not each.role("account") else "not used"
        yield f"{each.name}: {told}."
    if "payers" in tables and "coverages" not in tables:
        yield "Several insurers pay on one account, and nothing says which of them comes first."
    if "payers" not in tables:
        yield "No column names the insurers: whose a credit is, a person will have to say."
