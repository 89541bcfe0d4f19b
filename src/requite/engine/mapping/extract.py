"""The files of an extract as text in DuckDB: CSV and its kin, and sheets of Excel files."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from requite.engine.csv_rows import LONGEST_ROW, NOT_UTF8, Count, count_rows
from requite.engine.database import identifier, literal
from requite.engine.mapping.plan import FileForm, Mapping
from requite.engine.mapping.title import below_title
from requite.engine.mapping.written import PACKED, SCHEMA, Readable, Unreadable, readable
from requite.engine.refusal import Problem, RefusedExtract, RefusedFeed
from requite.engine.source import REMITS_FOLDER
from requite.engine.unreadable import TooLittleMemory
from requite.engine.within import MissingFile, RefusedFile, plain_file, plain_files, plain_parts
from requite.engine.workbook import BadWorkbook, sheet_of

ROW = "row__number"  # of the first row below the header: 1
EXCEL = ".xlsx"
DUMPED = ".txt"  # a table where a schema lies beside it, or a mapping names it
TABLES = {".csv", ".tsv", ".tab", ".psv", EXCEL}
DECIMAL_COMMA = r"[^0-9.,]*([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?[^0-9.,]*"
NO_FILE = ("the extract has no such file.", "Add it, or correct the mapping.")


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: as a mapping says they are written, and at most so many of their rows."""

    mapping: Mapping | None = None
    most: int | None = None


def show(
    connection: duckdb.DuckDBPyConnection, extract: Path, file: str, work: Path,
    reading: Reading | None = None,
) -> list[str]:  # fmt: skip
    """Make a file of the extract visible as a table of text named like it; its columns.

    Raises
    ------
    RefusedExtract
        Where the file is not there, lies elsewhere, is none to open, or cannot be read.
    """
    name, _, sheet = file.partition("#")
    reading = reading or Reading()
    form = form_of(reading.mapping, file)
    path = _named(extract, name)
    if path is None and form.optional:
        return _show_none(connection, file, form)
    if path is None:
        raise _refused(name, *NO_FILE)
    folder = work / f"file-{len(list(work.iterdir()))}"
    folder.mkdir()
    nulls = [*form.nulls, *(reading.mapping.nulls if reading.mapping else ())]
    try:
        if path.suffix.lower() == EXCEL:
            found = Readable(_write_sheet(path, sheet, folder / "sheet.csv"), ",")
        else:
            found = readable(path, form, folder)
        _read(connection, file, found, folder, (nulls, reading.most))
        _turn_commas(connection, file, form)
    except Unreadable as bad:
        raise RefusedExtract([Problem(file, bad.row, None, bad.problem, bad.remedy)]) from None
    finally:
        for each in folder.iterdir():
            each.unlink()
    return _completed(connection, file, form)


def form_of(mapping: Mapping | None, file: str) -> FileForm:
    """What a mapping says of how a file is written."""
    name = file.partition("#")[0]
    for form in mapping.files if mapping else ():
        if form.file in {file, name} or called(form.file) == called(name):
            return form
    return FileForm(file=file)


def called(name: str) -> str:
    """What SELECTs call a file: its name without folder and ending, in small letters.

    >>> called("2026/Ar_Activity.csv.gz"), called("ar_activity")
    ('ar_activity', 'ar_activity')
    """
    plain = Path(name.lower()).name.removesuffix(PACKED)
    ending = Path(plain).suffix
    return plain.removesuffix(ending) if ending in {*TABLES, DUMPED} else plain


def _read(
    connection: duckdb.DuckDBPyConnection, file: str, found: Readable, folder: Path,
    wanted: tuple[Sequence[str], int | None],
) -> None:  # fmt: skip
    """Read a file in the form that is read, and let a count of our own say whether that is all."""
    nulls, most = wanted
    plain = folder / "plain.csv"
    if found.path != plain:
        plain.symlink_to(found.path)  # under a name of ours: no sign of the other means SQL
    try:
        count = count_rows(plain.resolve(), file, delimiter=found.delimiter, may_trail=True)
        relation = _relation(plain, found.delimiter, count)
        columns = [row[0] for row in connection.execute(f"DESCRIBE FROM {relation}").fetchall()]
        columns = columns[: len(count.columns)]
        selected = ", ".join(_selected(column, nulls) for column in columns)
        made = connection.execute(
            f"CREATE OR REPLACE TABLE {identifier(file)} AS "
            f"SELECT row_number() OVER () AS {ROW}, {selected} FROM {_rows(relation, most)}"
        ).fetchone()
    except duckdb.OutOfMemoryException:
        raise TooLittleMemory from None
    except duckdb.IOException:
        raise  # of the disk, not of the file
    except duckdb.Error:
        raise _refused(file, "this is no CSV.", "Save it as CSV in UTF-8 with commas.") from None
    except RefusedFeed as refusal:
        raise RefusedExtract([_of_encoding(each) for each in refusal.problems]) from None
    read, counted = made[0] if made else 0, count.rows
    if read != min(counted, counted if most is None else most):
        told = f"{read:,} rows were read, {counted:,} are in the file."
        raise _refused(file, told, "Save it as CSV in UTF-8 with commas.")
    if found.rows is not None and found.rows != counted:
        told = f"{counted:,} rows were read, {found.rows:,} are in the file."
        raise _refused(file, told, "Write it again: it may have been cut off.")


def _of_encoding(problem: Problem) -> Problem:
    """A text that is not UTF-8 need not be saved anew: a mapping may say what it is."""
    if problem.problem != NOT_UTF8[0]:
        return problem
    return replace(problem, remedy="Say its encoding under files in the mapping, or save it anew.")


def _relation(plain: Path, delimiter: str, count: Count) -> str:
    """The SQL that reads a file; values that trail behind the columns are given names, and left."""
    extra = ""
    if count.widest > len(count.columns):
        names = _told_apart(count.columns)
        names += [f"(beyond {number})" for number in range(count.widest - len(names))]
        extra = f"names = [{', '.join(map(literal, names))}], null_padding = true, "
    return (
        f"read_csv({literal(plain)}, all_varchar = true, header = true, {extra}"
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', nullstr = '', "
        "strict_mode = true, parallel = false, compression = 'none', "
        f"max_line_size = {LONGEST_ROW + 2})"
    )


def _told_apart(names: Sequence[str]) -> list[str]:
    """The names of columns, those that come again with a number as the database gives them."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        number = seen.get(name.lower(), 0)
        seen[name.lower()] = number + 1
        made.append(f"{name}_{number}" if number else name)
    return made


def _selected(column: str, nulls: Sequence[str]) -> str:
    """A column as it stands, less what stands for nothing."""
    name = identifier(column)
    if not nulls:
        return name
    listed = ", ".join(map(literal, nulls))
    return f"CASE WHEN trim({name}) NOT IN ({listed}) THEN {name} END AS {name}"


def _turn_commas(connection: duckdb.DuckDBPyConnection, file: str, form: FileForm) -> None:
    """Write the amounts of the columns that a mapping names with a point before the cents."""
    described = connection.execute(f"DESCRIBE {identifier(file)}").fetchall()
    for name in form.decimal_comma:
        column = next((row[0] for row in described if row[0].lower() == name.lower()), None)
        if column is None:
            raise RefusedExtract([no_column(file, name)])
        turn_commas(connection, file, column)


def turn_commas(connection: duckdb.DuckDBPyConnection, file: str, column: str) -> None:
    """Write the amounts of a column anew: `1.234,50` becomes `1234.50`; other texts stay.

    Cents of three digits stay three digits, and are no amount to whoever reads them: `62,720` in
    such a column is not 62,720 dollars.
    """
    name = identifier(column)
    turned = f"replace(replace({name}, '.', ''), ',', '.')"
    connection.execute(
        f"UPDATE {identifier(file)} SET {name} = {turned} "
        f"WHERE regexp_full_match(trim({name}), {literal(DECIMAL_COMMA)})"
    )


def _completed(connection: duckdb.DuckDBPyConnection, file: str, form: FileForm) -> list[str]:
    """The columns of a table that was shown, with those that it may lack."""
    described = connection.execute(f"DESCRIBE {identifier(file)}").fetchall()
    columns = [row[0] for row in described if row[0] != ROW]
    small = {name.lower() for name in columns}
    lacking = [name for name in form.columns if name.lower() not in small]
    if lacking:
        raise RefusedExtract([no_column(file, name) for name in lacking])
    for name in form.may_lack:
        if name.lower() not in small:
            connection.execute(f"ALTER TABLE {identifier(file)} ADD COLUMN {identifier(name)} TEXT")
            columns.append(name)
            small.add(name.lower())  # capitals tell no columns apart
    return columns


def no_column(file: str, name: str) -> Problem:
    """That a file lacks a column which a mapping reads."""
    return Problem(file, None, name, "the column is missing.", "Add it, or correct the mapping.")


def _show_none(connection: duckdb.DuckDBPyConnection, file: str, form: FileForm) -> list[str]:
    """A file that may be absent, and is: a table without rows."""
    named = {name.lower(): name for name in reversed([*form.columns, *form.may_lack])}
    columns = list(reversed(named.values()))
    made = ", ".join(f"{identifier(column)} TEXT" for column in columns)
    comma = ", " if made else ""
    connection.execute(f"CREATE OR REPLACE TABLE {identifier(file)} ({ROW} BIGINT{comma}{made})")
    return columns


def tables_in(extract: Path) -> list[str]:
    """The files of an extract that hold tables by their names, in their order.

    Raises
    ------
    RefusedExtract
        Where something in it is no regular file.
    """
    found = _names(extract)
    return sorted(name for name in found if _is_table(name, found))


def _names(extract: Path) -> set[str]:
    """The files of an extract besides its remittances."""
    if not extract.is_dir():
        return {extract.name}
    try:
        found = {name for name, _ in plain_files(extract)}
    except RefusedFile as refused:
        raise _refused(refused.name, refused.why, refused.remedy) from refused
    return {name for name in found if name.partition("/")[0] != REMITS_FOLDER}


def _is_table(name: str, names: set[str]) -> bool:
    plain = Path(name[: -len(PACKED)] if name.lower().endswith(PACKED) else name)
    has_schema = str(plain.with_suffix(SCHEMA)) in names
    return plain.suffix.lower() in TABLES or (plain.suffix.lower() == DUMPED and has_schema)


def file_called(extract: Path, name: str) -> str | None:
    """The file that a SELECT calls by a name; None where there is none.

    Raises
    ------
    RefusedExtract
        Where several are called so.
    """
    found = [
        each
        for each in _names(extract)
        if called(each) == name.lower()
        and Path(each.lower().removesuffix(PACKED)).suffix in {*TABLES, DUMPED}
    ]
    if len(found) > 1:
        told = f"several files are called so: {', '.join(sorted(found)[:3])}."
        raise _refused(name, told, "Leave one of them.")
    return found[0] if found else None


def _named(extract: Path, name: str) -> Path | None:
    """The file that a mapping names: a plain one of the extract, which may be that file itself."""
    try:
        plain_parts(name)
        if extract.is_dir():
            return plain_file(extract, name)
        itself = extract.resolve()
        return plain_file(itself.parent, itself.name, may_be_linked=True)
    except MissingFile:
        return None
    except RefusedFile as refused:
        raise _refused(refused.name, refused.why, refused.remedy) from refused


def _rows(relation: str, most: int | None) -> str:
    return relation if most is None else f"(SELECT * FROM {relation} LIMIT {int(most)})"


def _write_sheet(path: Path, sheet: str, target: Path) -> Path:
    """One sheet as CSV; numbers without a fraction as whole ones, days as ISO."""
    try:
        with (
            sheet_of(path, sheet, target.parent) as rows,
            target.open("x", newline="", encoding="utf-8") as file,
        ):
            csv.writer(file).writerows([_text(value) for value in row] for row in below_title(rows))
    except BadWorkbook as bad:
        raise _refused(path.name, bad.problem, bad.remedy) from None
    return target


def _text(value: object) -> str:
    """A cell as text.

    >>> _text(7.0), _text(7.25), _text("007")
    ('7', '7.25', '007')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat())[:10] if isoformat else str(value)


def _refused(file: str, problem: str, remedy: str) -> RefusedExtract:
    return RefusedExtract([Problem(file, None, None, problem, remedy)])
