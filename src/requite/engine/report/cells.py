"""The cells of a report: CSV of any separator, or a sheet of Excel, as texts row by row."""

import csv
import tempfile
from collections import Counter
from pathlib import Path

from requite.domain.errors import RequiteError
from requite.engine.disguise import unmasked
from requite.engine.within import opened
from requite.engine.workbook import BadWorkbook, sheet_of

LARGEST_FILE = 50_000_000  # bytes: a report is printed to be read
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 500  # characters
SEPARATORS = ",;\t|"
LOOKED_AT = 200  # lines from which the separator is told
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}

Rows = list[list[str]]


class UnreadableReport(RequiteError):
    """A report cannot be read, or its columns cannot be told apart."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file}: {problem}", remedy=remedy)


def cells_of(path: Path, sheet: str = "") -> Rows:
    """All rows of a report, blank ones too, so that the place of each in the file is known.

    Parameters
    ----------
    path : Path
        A file `.csv`, `.txt`, `.tsv` or `.xlsx`.
    sheet : str
        Of Excel the sheet; the first by default.

    Raises
    ------
    UnreadableReport
        Where it is neither, or too large.
    """
    if path.stat().st_size > LARGEST_FILE:
        told = f"the file has more than {LARGEST_FILE:,} bytes."
        raise UnreadableReport(path.name, told, "Print the report of fewer accounts.")
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        rows = _of_excel(path, sheet)
    elif suffix in {".csv", ".txt", ".tsv"}:
        rows = _of_text(path)
    else:
        raise UnreadableReport(path.name, "this is no CSV and no .xlsx.", "Save it as one of them.")
    if not any(cell for row in rows for cell in row):
        raise UnreadableReport(path.name, "nothing is in it.", "Print the report again.")
    return rows


def _of_excel(path: Path, sheet: str) -> Rows:
    with tempfile.TemporaryDirectory(prefix="requite-") as work:
        try:
            with sheet_of(path, sheet, Path(work)) as found:
                return _bounded(path, ([_text(value) for value in row] for row in found))
        except BadWorkbook as bad:
            raise UnreadableReport(path.name, bad.problem, bad.remedy) from None


def _of_text(path: Path) -> Rows:
    with opened(path) as file:
        data = file.read(LARGEST_FILE + 1)
    if other := unmasked(data):
        raise UnreadableReport(path.name, *other)
    text = _decoded(path, data)
    separator = _separator(text)
    csv.field_size_limit(1 << 20)
    try:
        return _bounded(path, csv.reader(text.splitlines(keepends=True), delimiter=separator))
    except csv.Error:
        told = "a value in it has no end, or is longer than a million signs."
        raise UnreadableReport(path.name, told, "Save the report as CSV again.") from None


def _decoded(path: Path, data: bytes) -> str:
    """The text of a file: UTF-8, or what Windows writes."""
    encoding = next((name for bom, name in BOMS.items() if data.startswith(bom)), "")
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise UnreadableReport(path.name, "this is no text.", "Save it as CSV or .xlsx.")
    return data.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The sign that cuts most lines into the same number of columns, and into several."""
    lines = [line for line in text.splitlines()[:LOOKED_AT] if line.strip()]

    def fits(sign: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        if not widths:
            return 0, 0
        width, times = widths.most_common(1)[0]
        return times, width

    return max(SEPARATORS, key=fits)


def _bounded(path: Path, rows: object) -> Rows:
    kept: Rows = []
    for row in rows:  # type: ignore[attr-defined]
        if len(kept) == MOST_ROWS or len(row) > MOST_COLUMNS:
            told = f"it has more than {MOST_ROWS:,} lines or {MOST_COLUMNS} columns."
            raise UnreadableReport(path.name, told, "Print the report of fewer accounts.")
        kept.append([" ".join(str(cell).split())[:LONGEST_CELL] for cell in row])
    return kept


def _text(value: object) -> str:
    """A cell of Excel as text: numbers without a fraction as whole ones, days as ISO.

    >>> _text(-12.5), _text(1042.0), _text(True), _text("007")
    ('-12.5', '1042', 'True', '007')
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat())[:10] if isoformat else str(value)
