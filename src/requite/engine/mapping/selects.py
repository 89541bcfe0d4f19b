"""The SELECTs of a mapping: what they read is shown to them, and their answers become tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from requite.engine.database import connect, identifier, literal
from requite.engine.mapping.ask import NO_AMOUNT, NO_DAY, Ask, NotAnswered, ask
from requite.engine.mapping.columns import day_sql, dollars_sql
from requite.engine.mapping.extract import ROW, Reading, called, file_called, form_of, show
from requite.engine.mapping.plan import Check, Mapping
from requite.engine.mapping.statement import RefusedSelect, Statement, look_at_all
from requite.engine.refusal import MOST_SHOWN, Problem, RefusedExtract

LONGEST_TOLD = 300  # characters of what a check tells
SPLITS = "allocations"  # says which charges rows are of that another table holds
NO_FILE = "Name a file of the extract without its ending, or add the file."


@dataclass(frozen=True, slots=True)
class Question:
    """One SELECT of a mapping: what errors call it, and the table that holds its answer."""

    source: str
    statement: Statement
    answer: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The SELECTs of a mapping, and what they read: columns by file, files that are read whole."""

    questions: list[Question] = field(default_factory=list)  # those of the checks first
    reads: dict[str, set[str]] = field(default_factory=dict)  # names in small letters
    whole: set[str] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)  # those whose rows become rows of a table
    database: Path | None = None  # holds what was read, and the answers


def questions(mapping: Mapping) -> list[Question]:
    """The SELECTs of a mapping, each looked at; those of its checks come first.

    Raises
    ------
    RefusedExtract
        Naming each that is not to be run, and why.
    """
    wanted = [(check_source(place), check.select) for place, check in enumerate(mapping.checks, 1)]
    wanted += [(part.source, part.select) for part in mapping.tables if part.select]
    looked = look_at_all([select for _, select in wanted])
    found, problems = list[Question](), list[Problem]()
    for place, ((source, _), seen) in enumerate(zip(wanted, looked, strict=True)):
        if isinstance(seen, RefusedSelect):
            problems.append(Problem(source, None, None, seen.problem, seen.remedy))
        else:
            found.append(Question(source, seen, f"answer {place}"))
    if problems:
        raise RefusedExtract(problems)
    return found


def check_source(place: int) -> str:
    """What errors call a check of a mapping."""
    return f"check {place} of the mapping"


def answer_all(
    mapping: Mapping, extract: Path, work: Path, have: dict[str, list[str]], *, seconds: int
) -> Asked:
    """Answer the SELECTs of a mapping, in a database of their own.

    Parameters
    ----------
    have : dict
        By file the columns that were shown; those that are shown for the SELECTs are added.

    Raises
    ------
    RefusedExtract
        Where one is not to be run or has no answer, or a file that it names is not there.
    """
    if not mapping.asks:
        return Asked()
    database = work / "extract.duckdb"
    asked = Asked(questions(mapping), database=database)
    enter = {part.source for part in mapping.tables if part.select and part.table != SPLITS}
    with connect(spill=work / "spill", file=database) as connection:
        _make_functions(connection, mapping.dates)
        for question in asked.questions:
            for name in sorted(question.statement.tables):
                file = _show_file(connection, (mapping, extract, work), question.source, name, have)
                asked.reads.setdefault(file, set()).update(
                    column.lower() for column in question.statement.columns
                )
                if question.statement.is_all:
                    asked.whole.add(file)
                if question.source in enter:
                    asked.entered.add(file)
    asks = [Ask(question.answer, question.statement.text) for question in asked.questions]
    try:
        ask(database, asks, spill=work / "spill", seconds=seconds)
    except NotAnswered as none:
        why, source = none.why, asked.questions[min(none.place, len(asks) - 1)].source
        problem = Problem(source, None, None, why.problem, why.remedy)
        raise RefusedExtract([problem]) from None
    return asked


def _make_functions(connection: duckdb.DuckDBPyConnection, dates: str) -> None:
    """What a SELECT may call besides the database's own: amounts and days out of text."""
    text = "nullif(trim(raw::VARCHAR), '')"
    for name, value, kind, wrong in (
        ("dollars", dollars_sql(text), "DECIMAL(15,2)", NO_AMOUNT),
        ("day_of", day_sql(text, dates), "DATE", NO_DAY),
    ):
        # What a CAST cannot turn ends the SELECT; error() would, too, but no window takes it.
        connection.execute(
            f"CREATE MACRO {name}(raw) AS CASE WHEN {text} IS NULL THEN NULL ELSE "
            f"CAST(coalesce(CAST(CAST({value} AS {kind}) AS VARCHAR), {literal(wrong)}) "
            f"AS {kind}) END"
        )


def _show_file(
    connection: duckdb.DuckDBPyConnection, where: tuple[Mapping, Path, Path], source: str,
    name: str, have: dict[str, list[str]],
) -> str:  # fmt: skip
    """Show a SELECT the file that it calls by a name; which file that is."""
    mapping, extract, work = where
    base, mark, sheet = name.partition("#")
    file = file_called(extract, base)
    if file is not None:
        file += mark + sheet
    if file is None and form_of(mapping, name).optional:
        file = form_of(mapping, name).file
    if file is None:
        told = f"the extract has no file that is called {name[:80]}."
        raise RefusedExtract([Problem(source, None, None, told, NO_FILE)])
    if file not in have:
        have[file] = show(connection, extract, file, work, Reading(mapping))
    texts = ", ".join(
        f"nullif(trim({identifier(column)}), '') AS {identifier(column)}" for column in have[file]
    )
    if file.lower() == name.lower():  # an absent file, which the mapping calls so itself
        return file
    connection.execute(
        f"CREATE VIEW IF NOT EXISTS {identifier(name)} AS "
        f"SELECT {ROW}{', ' if texts else ''}{texts} FROM {identifier(file)}"
    )
    return file


def show_answers(
    connection: duckdb.DuckDBPyConnection, asked: Asked, have: dict[str, list[str]]
) -> None:
    """Show the answers to a mapping's SELECTs as its other tables are: text, with numbered rows."""
    for question in asked.questions:
        described = connection.execute(f"DESCRIBE {identifier(question.answer)}").fetchall()
        columns = [row[0] for row in described if row[0] != ROW]
        if not columns:
            told = f"it gives no column besides {ROW}."
            remedy = "Call the columns as the feed, or the check, does."
            raise RefusedExtract([Problem(question.source, None, None, told, remedy)])
        have[question.source] = columns
        texts = ", ".join(
            f"CAST({identifier(column)} AS VARCHAR) AS {identifier(column)}" for column in columns
        )
        connection.execute(
            f"CREATE TABLE {identifier(question.source)} AS SELECT row_number() OVER () AS {ROW}, "
            f"{texts} FROM {identifier(question.answer)}"
        )


def checked(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, files: Iterable[str]
) -> tuple[list[Problem], list[str]]:
    """What a mapping's checks found: what is wrong, and what is only to be told."""
    problems, told = list[Problem](), list[str]()
    by_name = {called(file): file for file in files}  # a check calls them as SELECTs do
    for place, check in enumerate(mapping.checks, 1):
        relation = connection.execute(
            f"SELECT * EXCLUDE ({ROW}) FROM {identifier(check_source(place))} LIMIT {MOST_SHOWN}"
        )
        names = [column[0].lower() for column in relation.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
        if check.problem:
            problems += _wrong(check, check_source(place), rows, by_name)
        else:
            told += [str(row.get("told"))[:LONGEST_TOLD] for row in rows if row.get("told")]
    return problems, told


def _wrong(
    check: Check, source: str, rows: Iterable[dict[str, str | None]], by_name: dict[str, str]
) -> list[Problem]:
    found = []
    for row in rows:
        number, file = row.get("row") or "", row.get("file") or source
        file = by_name.get(called(file), file)
        place = int(number) if number.isdecimal() else None
        more = f" {row['told']}"[:LONGEST_TOLD] if row.get("told") else ""
        told = check.problem + more
        found.append(Problem(file, place, row.get("column"), told, check.remedy))
    return found
