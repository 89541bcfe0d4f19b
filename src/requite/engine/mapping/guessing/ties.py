"""Which charge a payment or write-off is of, where no column says it: by day of service and code.

An account may hold several visits. Without a charge its postings stand on the account as a whole,
where what is too much on one visit fills what is owed on another. A posting that names a day of
service and a procedure is tied to the charge of its account that bears both; one that names the day
alone to the charge of that day. It is tied only where exactly one living charge fits, and only
where the days that a file's postings name are those of charges.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from requite.engine.database import identifier, literal
from requite.engine.mapping.columns import day_sql, expressions, template_sql
from requite.engine.mapping.extract import called
from requite.engine.mapping.gaps import where
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.facts import SHEET, Survey
from requite.engine.mapping.guessing.kinds import PROCEDURE
from requite.engine.mapping.guessing.reading import Reading
from requite.engine.mapping.guessing.roles import LEAST_SURE
from requite.engine.mapping.guessing.words import fit
from requite.engine.mapping.plan import TableMap
from requite.engine.mapping.statement import LONGEST_SELECT

Raw = dict[str, Any]
# Of the rows that name a day, the share whose account has a charge of that day: below it the days
# are others, of the posting or of the bank.
LEAST_KNOWN: Final = 0.8
# Of the accounts with charges on several days, the share with postings of a later day than the
# first: below it a posting names the first day of its claim, not the day of its charge.
LEAST_LATER: Final = 0.2
# Of the accounts with several charges, the share that ties leave with too much on one charge though
# the account as a whole holds nothing too much: above it they are the wrong charges. Few may be so.
MOST_OVER: Final = 0.2
FEW_OVER: Final = 5
HOW: Final = "by account, day of service and procedure (by the day alone where they name none)"
NOT_TIED: Final = "fit no charge, or several, and stand on the account as a whole"
ROWS: Final = (
    "SELECT id AS transaction_id, charge_id, amount FROM tie WHERE charge_id IS NOT NULL\n"
)
TOLD: Final = (
    "SELECT concat('Payments and adjustments tied to their charge, ', "
    f"{literal(HOW)}, ': ', format('{{:,}}', count(charge_id)), ' of ', format('{{:,}}', "
    f"count(id)), '; ', format('{{:,}}', count(id) - count(charge_id)), {literal(f' {NOT_TIED}.')})"
    " AS told FROM tie\n"
)
NO_TEXT: Final = "CAST(NULL AS VARCHAR)"


@dataclass
class Ties:
    """The table that ties postings to charges, a check that tells how many, and remarks."""

    table: Raw = field(default_factory=dict)  # empty: nothing is tied
    checks: list[Raw] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Part:
    """Rows of a file that are charges or postings: their day of service and code as text in SQL."""

    table: TableMap
    day: str
    code: str
    may_be_charge: bool = False  # nobody has said yet what they are

    def select(self, relation: str, file: int) -> str:
        """Its living rows: id, account, day and code as text, amount, the number of their file."""
        made = {each.name: each.sql for each in expressions(self.table, "")}
        row = made["charge_id" if self.table.table == "charges" else "transaction_id"]
        alive = f" AND {_not_void(self.table)}" if self.table.void.policy != "offset" else ""
        return (
            f"SELECT {NO_TEXT if self.may_be_charge else row} AS id, "
            f"{made['account_id']} AS account, {self.day} AS day, {self.code} AS code, "
            f"CAST({made['amount']} AS DECIMAL(15,2)) AS amount, {file} AS file "
            f"FROM {identifier(relation)} WHERE {where(self.table)}{alive}"
        )


def _not_void(table: TableMap) -> str:
    """That a row is not marked as void; a day is taken for a mark, as it stands."""
    marks = ", ".join(map(literal, table.void.values))
    text = template_sql(table.void.column)
    return f"coalesce({text}, '') NOT IN ({marks})" if marks else f"{text} IS NULL"


def _read(entries: Sequence[str], dates: str) -> str:
    """Entries of all their parts, each day and code read."""
    joined = "\nUNION ALL ".join(entries)
    day = f"CAST({day_sql('day', dates)} AS DATE)"
    return f"SELECT id, account, {day} AS day, upper(code) AS code, amount, file FROM (\n{joined})"


def ties(
    survey: Survey, readings: Sequence[Reading], parts: Sequence[Raw], dates: str, answers: Answers
) -> Ties:
    """The ties of the postings that a draft's tables hold; linear in rows.

    Parameters
    ----------
    parts : sequence of dict
        The tables of the draft, those that say which charge their rows are of among them.
    dates : str
        The forms in which the mapping reads days.
    """
    found = {each.name: each for each in readings if each.is_entries}
    named = [_called(name) for name in survey.files]
    said = {each["file"] for each in parts if each["table"] == "allocations"}
    files = [
        name for name, each in found.items()
        if name not in said and named.count(_called(name)) == 1 and _has_days(each, answers)
    ]  # fmt: skip
    charges = [each for each in parts if each["table"] == "charges"]
    if not files or not charges or not all(map(_is_whole, charges)):
        return Ties()
    if any(named.count(_called(each["file"])) > 1 for each in charges):
        return Ties()  # a SELECT could not name it
    has_codes = any("procedure_code" in each["columns"] for each in charges)
    made = [
        _part(each, found[each["file"]], has_codes=has_codes)
        for each in parts
        if each["table"] in {"charges", "transactions"} and "amounts" in each
        and not ("type" in each["columns"] and all(found[each["file"]].kinds.values()))
    ]  # fmt: skip
    return _Tying(survey, dates, files, made).ties()


def _is_whole(charges: Raw) -> bool:
    """Whether a table of charges has what a posting is tied by."""
    return "amounts" in charges and "service_date" in charges["columns"]


def _has_days(found: Reading, answers: Answers) -> bool:
    """Whether a column of a file is called a day of service, and another is its day of posting."""
    day, posted = found.role("service_date"), found.role("posted_on")
    is_said = answers.roles.get(found.name, {}).get("service_date") == day
    return bool(day and posted) and (is_said or fit(day, "service_date") >= LEAST_SURE)


def _called(file: str) -> str:
    """What a SELECT calls a file, or a sheet of one.

    >>> _called("2026/Ledger.csv"), _called("Book.xlsx#May")
    ('ledger', 'book#May')
    """
    name, mark, sheet = file.partition(SHEET)
    return called(name) + mark + sheet


def _part(raw: Raw, found: Reading, *, has_codes: bool) -> _Part:
    table = TableMap.model_validate({**raw, "numbered": {}})
    day = table.columns.get("service_date", "") or found.role("service_date")
    code = table.columns.get("procedure_code", "") or found.role("code")
    return _Part(
        table,
        template_sql(day) if day else NO_TEXT,
        template_sql(code) if code and has_codes else NO_TEXT,
        may_be_charge=raw["table"] == "transactions" and "type" in table.columns,
    )


class _Tying:
    """The charges and postings of an extract, laid out to be counted, and what ties them."""

    def __init__(
        self, survey: Survey, dates: str, files: Sequence[str], parts: Sequence[_Part]
    ) -> None:
        self.survey, self.dates, self.files = survey, dates, files
        # What nobody has explained may be a second charge: nothing is tied to it, nor beside it.
        self.charges = [each for each in parts if _is_charge(each)]
        self.postings = [each for each in parts if not _is_charge(each)]

    def ties(self) -> Ties:
        """The table, the check and the remarks."""
        if not any(each.table.file in self.files for each in self.postings):
            return Ties()
        self._lay_out()
        made, trusted = Ties(), dict[str, tuple[bool, ...]]()
        for file in self.files:
            modes = tuple(self._is_trusted(file, alone=alone) for alone in (False, True))
            if any(modes):
                trusted[file] = modes
            made.remarks += self._remarks(file, modes)
        select = self._with(trusted, _called)
        if len(select) + len(TOLD) > LONGEST_SELECT:
            return Ties(remarks=["No row is tied to its charge: there are too many kinds of rows."])
        if trusted:
            made.table = {"table": "allocations", "select": select + ROWS}
            made.checks = [{"select": select + TOLD}]
        return made

    def _lay_out(self) -> None:
        """Hold the charges, ties and balances as tables of the survey."""
        both = dict.fromkeys(self.files, (True, True))
        for name in ("charge", "tie"):
            self.survey.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE all_{name} AS "
                f"{self._with(both, str)}SELECT * FROM {name}"
            )
        entries = " UNION ALL ".join(
            each.select(each.table.file, 0) for each in (*self.charges, *self.postings)
        )
        self.survey.connection.execute(
            "CREATE OR REPLACE TEMP TABLE over AS WITH filled AS (SELECT charge_id, "
            "sum(amount) AS amount FROM all_tie WHERE charge_id IS NOT NULL GROUP BY charge_id), "
            f"balance AS (SELECT account FROM ({entries}) GROUP BY account HAVING sum(amount) >= 0)"
            " SELECT c.id AS charge_id FROM all_charge c JOIN filled f ON f.charge_id = c.id "
            "JOIN balance b ON b.account = c.account WHERE c.amount + f.amount < 0"
        )

    def _with(self, trusted: Mapping[str, tuple[bool, ...]], relation: Callable[[str], str]) -> str:
        """The common tables of the SELECT: charge and tie, the latter with every posting.

        Parameters
        ----------
        trusted : mapping
            By file, whether its rows with a code, and those without, are tied.
        relation : callable
            What the SELECT calls a file.
        """
        charges = [each.select(relation(each.table.file), 0) for each in self.charges]
        postings = [
            each.select(relation(each.table.file), self.files.index(each.table.file))
            for each in self.postings
            if each.table.file in trusted
        ]
        if not postings:
            return ""
        coded, alone = (_numbers(self.files, trusted, mode) for mode in (0, 1))
        known = f"regexp_full_match(code, {literal(PROCEDURE.pattern)})"
        return f"""WITH charge AS (
{_read(charges, self.dates)} WHERE amount <> 0
), coded AS (
SELECT account, day, code, any_value(id) AS charge_id FROM charge
WHERE code IS NOT NULL GROUP BY account, day, code HAVING count(account) = 1
), dated AS (
SELECT account, day, any_value(id) AS charge_id FROM charge
GROUP BY account, day HAVING count(account) = 1
), posting AS (
{_read(postings, self.dates)}
), named AS (
SELECT id, account, day, amount, file,
CASE WHEN code IN (SELECT code FROM charge WHERE code IS NOT NULL) OR {known} THEN code END AS code
FROM posting
), tie AS (
SELECT p.id, p.account, p.day, p.amount, p.file, p.code,
coalesce(c.charge_id, d.charge_id) AS charge_id FROM named p
LEFT JOIN coded c ON c.account = p.account AND c.day = p.day AND c.code = p.code
AND p.file IN ({coded})
LEFT JOIN dated d ON d.account = p.account AND d.day = p.day AND p.code IS NULL
AND p.file IN ({alone})
)
"""

    def _is_trusted(self, file: str, *, alone: bool) -> bool:
        """Whether the days that rows of a file name, with or without a code, are those of charges.

        Rows whose day is another (of the posting, of a claim's first day) would be tied to the
        charge of another visit, and make credits that are none.
        """
        rows = f"file = {self.files.index(file)} AND code IS {'' if alone else 'NOT '}NULL"
        days = "SELECT account, min(day) AS first FROM all_charge GROUP BY account"
        ((dated, known),) = self.survey.ask(
            "SELECT count(day), count(*) FILTER ((account, day) IN "
            f"(SELECT account, day FROM all_charge)) FROM all_tie WHERE {rows}"
        )
        if not dated or known < LEAST_KNOWN * dated:
            return False
        ((several, later),) = self.survey.ask(
            f"SELECT count(*), count(*) FILTER (last > first) FROM ({days} "
            "HAVING count(DISTINCT day) > 1) JOIN (SELECT account, max(day) AS last FROM all_tie "
            f"WHERE {rows} AND day IS NOT NULL GROUP BY account) USING (account)"
        )
        if alone and later < LEAST_LATER * several:
            return False
        ((tied, over),) = self.survey.ask(
            "SELECT count(DISTINCT account), count(DISTINCT account) FILTER (charge_id IN "
            f"(FROM over)) FROM all_tie WHERE {rows} AND charge_id IS NOT NULL AND account IN "
            "(SELECT account FROM all_charge GROUP BY account HAVING count(*) > 1)"
        )
        return bool(over <= max(FEW_OVER, MOST_OVER * tied))

    def _remarks(self, file: str, modes: tuple[bool, ...]) -> list[str]:
        """How many rows of a file are tied, and why others are not."""
        coded, alone = modes
        ((rows, dated, tied),) = self.survey.ask(
            "SELECT count(*), count(day), count(charge_id) FILTER (CASE WHEN code IS NULL THEN "
            f"{alone} ELSE {coded} END) FROM all_tie WHERE file = {self.files.index(file)}"
        )
        if not dated:
            return []
        told = f"{file}: {tied:,} of {rows:,} payments and adjustments are tied to their charge, "
        told += f"{HOW}; {rows - tied:,} {NOT_TIED}."
        ((open_,),) = self.survey.ask(
            "SELECT count(DISTINCT code IS NULL) FROM all_tie WHERE day IS NOT NULL AND CASE WHEN "
            f"code IS NULL THEN NOT {alone} ELSE NOT {coded} END "
            f"AND file = {self.files.index(file)}"
        )
        if open_:
            which = "" if not any(modes) else f" of rows {'with' if alone else 'without'} procedure"
            told += f" The days of service{which} are not those of charges: they were not used."
        return [told]


def _is_charge(part: _Part) -> bool:
    return part.table.table == "charges" or part.may_be_charge


def _numbers(files: Sequence[str], trusted: Mapping[str, tuple[bool, ...]], mode: int) -> str:
    """The numbers of the files whose rows are tied in one of the two modes, as SQL lists them."""
    return ", ".join(
        str(number) for number, file in enumerate(files) if file in trusted and trusted[file][mode]
    ) or "NULL"  # fmt: skip
