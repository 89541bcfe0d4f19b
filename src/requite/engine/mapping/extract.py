"""The files of an extract as text in DuckDB: CSV as it stands, sheets of Excel files."""

import csv
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineWorkbook

from requite.engine.csv_rows import LONGEST_ROW, count_rows
from requite.engine.database import identifier, literal
from requite.engine.refusal import Problem, RefusedExtract, RefusedFeed

ROW = "row__number"  # of the first row below the header: 1


def show(
    connection: duckdb.DuckDBPyConnection, extract: Path, file: str, work: Path,
    *, most: int | None = None,
) -> list[str]:  # fmt: skip
    """Make a file of the extract visible as a table of text named like it; its columns.

    Of a file that is only looked at, at `most` so many rows are read.

    Raises
    ------
    RefusedExtract
        Where the file is not there or cannot be read.
    """
    name, _, sheet = file.partition("#")
    path = extract / name if extract.is_dir() else extract
    if not path.is_file():
        raise _refused(name, "the extract has no such file.", "Add it, or correct the mapping.")
    if path.suffix == ".xlsx":
        path = _sheet_as_csv(path, sheet, work)
    relation = (
        f"read_csv({literal(path)}, all_varchar = true, header = true, delim = ',', "
        "quote = '\"', escape = '\"', nullstr = '', strict_mode = true, parallel = false, "
        f"max_line_size = {LONGEST_ROW + 2})"
    )
    try:
        counted = count_rows(path, file).rows
        made = connection.execute(
            f"CREATE OR REPLACE TABLE {identifier(file)} AS "
            f"SELECT row_number() OVER () AS {ROW}, * FROM {_rows(relation, most)}"
        ).fetchone()
    except duckdb.Error:
        raise _refused(name, "this is no CSV.", "Save it as CSV in UTF-8 with commas.") from None
    except RefusedFeed as refusal:
        raise RefusedExtract(refusal.problems) from None
    read = made[0] if made else 0
    if read != min(counted, counted if most is None else most):
        told = f"{read:,} rows were read, {counted:,} are in the file."
        raise _refused(name, told, "Save it as CSV in UTF-8 with commas.")
    described = connection.execute(f"DESCRIBE {identifier(file)}").fetchall()
    return [row[0] for row in described if row[0] != ROW]


def _rows(relation: str, most: int | None) -> str:
    return relation if most is None else f"(SELECT * FROM {relation} LIMIT {int(most)})"


def _sheet_as_csv(path: Path, sheet: str, work: Path) -> Path:
    """One sheet as CSV; numbers without a fraction as whole ones, days as ISO."""
    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet and sheet not in names:
            told = f"it has no sheet {sheet}."
            raise _refused(path.name, told, f"It has {', '.join(names)}.")
        rows = book.get_sheet_by_name(sheet or names[0]).to_python()
    except CalamineError:
        raise _refused(path.name, "this is no Excel file.", "Save it as .xlsx.") from None
    target = work / f"{path.stem}-{sheet or 'first'}.csv"
    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([_text(value) for value in row] for row in rows)
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
