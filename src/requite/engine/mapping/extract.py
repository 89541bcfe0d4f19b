"""The files of an extract as text in DuckDB: CSV as it stands, sheets of Excel files."""

import csv
from io import TextIOWrapper
from pathlib import Path

import duckdb

from requite.engine.csv_rows import LONGEST_ROW, count_rows
from requite.engine.database import identifier, literal
from requite.engine.mapping.title import below_title, delimiter_of
from requite.engine.refusal import Problem, RefusedExtract, RefusedFeed
from requite.engine.within import (
    MissingFile,
    RefusedFile,
    opened,
    plain_file,
    plain_files,
    plain_parts,
)
from requite.engine.workbook import BadWorkbook, sheet_of

ROW = "row__number"  # of the first row below the header: 1
EXCEL = ".xlsx"
TABLES = {".csv", ".tsv", ".tab", ".psv", EXCEL}
DELIMITERS = ("\t", "|")  # besides the comma


def show(
    connection: duckdb.DuckDBPyConnection, extract: Path, file: str, work: Path,
    *, most: int | None = None,
) -> list[str]:  # fmt: skip
    """Make a file of the extract visible as a table of text named like it; its columns.

    Of a file that is only looked at, at `most` so many rows are read.

    Raises
    ------
    RefusedExtract
        Where the file is not there, lies elsewhere, is none to open, or cannot be read.
    """
    name, _, sheet = file.partition("#")
    path = _named(extract, name)
    plain = work / f"{len(list(work.iterdir()))}.csv"
    if path.suffix.lower() == EXCEL:
        _write_sheet(path, sheet, plain)
    elif (delimiter := delimiter_of(path)) in DELIMITERS:
        _write_with_commas(path, delimiter, plain)
    else:
        plain.symlink_to(path)  # under a name of ours: no sign of the other means anything to SQL
    relation = (
        f"read_csv({literal(plain)}, all_varchar = true, header = true, delim = ',', "
        "quote = '\"', escape = '\"', nullstr = '', strict_mode = true, parallel = false, "
        f"compression = 'none', max_line_size = {LONGEST_ROW + 2})"
    )
    try:
        counted = count_rows(plain.resolve(), file).rows
        made = connection.execute(
            f"CREATE OR REPLACE TABLE {identifier(file)} AS "
            f"SELECT row_number() OVER () AS {ROW}, * FROM {_rows(relation, most)}"
        ).fetchone()
    except duckdb.Error:
        raise _refused(name, "this is no CSV.", "Save it as CSV in UTF-8 with commas.") from None
    except RefusedFeed as refusal:
        raise RefusedExtract(refusal.problems) from None
    finally:
        plain.unlink()
    read = made[0] if made else 0
    if read != min(counted, counted if most is None else most):
        told = f"{read:,} rows were read, {counted:,} are in the file."
        raise _refused(name, told, "Save it as CSV in UTF-8 with commas.")
    described = connection.execute(f"DESCRIBE {identifier(file)}").fetchall()
    return [row[0] for row in described if row[0] != ROW]


def tables_in(extract: Path) -> list[str]:
    """The CSV and Excel files of an extract by their names, in their order.

    Raises
    ------
    RefusedExtract
        Where something in it is no regular file.
    """
    try:
        found = [name for name, _ in plain_files(extract)]
    except RefusedFile as refused:
        raise _refused(refused.name, refused.why, refused.remedy) from refused
    return sorted(name for name in found if Path(name).suffix.lower() in TABLES)


def _named(extract: Path, name: str) -> Path:
    """The file that a mapping names: a plain one of the extract, which may be that file itself."""
    try:
        plain_parts(name)
        if extract.is_dir():
            return plain_file(extract, name)
        itself = extract.resolve()
        return plain_file(itself.parent, itself.name, may_be_linked=True)
    except MissingFile as missing:
        problem, remedy = "the extract has no such file.", "Add it, or correct the mapping."
        raise _refused(missing.name, problem, remedy) from None
    except RefusedFile as refused:
        raise _refused(refused.name, refused.why, refused.remedy) from refused


def _write_with_commas(path: Path, delimiter: str, target: Path) -> None:
    """The same rows with commas between their values."""
    try:
        with opened(path) as file, target.open("x", newline="", encoding="utf-8") as made:
            text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
            csv.writer(made).writerows(csv.reader(text, delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error):
        target.unlink(missing_ok=True)
        told = "its text cannot be read."
        raise _refused(path.name, told, "Save it as CSV in UTF-8 with commas.") from None


def _rows(relation: str, most: int | None) -> str:
    return relation if most is None else f"(SELECT * FROM {relation} LIMIT {int(most)})"


def _write_sheet(path: Path, sheet: str, target: Path) -> None:
    """One sheet as CSV; numbers without a fraction as whole ones, days as ISO."""
    try:
        with (
            sheet_of(path, sheet, target.parent) as rows,
            target.open("x", newline="", encoding="utf-8") as file,
        ):
            csv.writer(file).writerows([_text(value) for value in row] for row in below_title(rows))
    except BadWorkbook as bad:
        target.unlink(missing_ok=True)
        raise _refused(path.name, bad.problem, bad.remedy) from None


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
