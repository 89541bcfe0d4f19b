"""One sheet of an Excel file, measured before it is read.

A reader of Excel files lays a sheet out as the rectangle of its cells: two cells far apart, in a
file of a few hundred bytes, take all memory there is. So the sheet's XML is read as a stream for
how far its cells reach; and what is read then is a copy that holds the parts looked at, no others.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from requite.engine.archive import Limits, RefusedArchive, looked_at, unpacked
from requite.engine.within import opened

MOST_CELLS = 10_000_000  # of the rectangle that holds a sheet's cells: a gigabyte of memory at most
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet: Excel's own limits
MOST_SHEET_BYTES = 800_000_000  # of a sheet's XML: 10 million cells
MOST_PART_BYTES = 200_000_000  # of any other part: texts, formats, names
WHOLE = Limits(files=2_000, unpacked_bytes=4_000_000_000)  # pictures and other sheets are not read
COLUMN = re.compile(r"[A-Za-z]{1,3}")
DIGITS = "0123456789"
CONTENT = {"v", "is", "t"}
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# Parts that a reader needs besides the sheet.
NEEDED = {
    "[content_types].xml",
    "_rels/.rels",
    BOOK,
    LINKS,
    "xl/sharedstrings.xml",
    "xl/styles.xml",
}
BAD_FILE = (
    zipfile.BadZipFile, RuntimeError, zlib.error, EOFError, ValueError,
    expat.ExpatError, CalamineError,
)  # fmt: skip
NO_EXCEL = ("this is no Excel file.", "Save it as .xlsx.")
AS_CSV = "Save the sheet as CSV, or take away what lies far from the table."


class BadWorkbook(Exception):
    """An Excel file cannot be read: what is wrong, and the remedy."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


@contextmanager
def sheet_of(path: Path, sheet: str, work: Path) -> Iterator[Iterable[list[Any]]]:
    """The rows of a sheet, of the first where none is named.

    Parameters
    ----------
    path : Path
        The Excel file.
    sheet : str
        Name of the sheet; empty for the first.
    work : Path
        A folder for the copy that is read.

    Raises
    ------
    BadWorkbook
        Where it is no Excel file, has no such sheet, or the sheet is too large to be read.
    """
    target = work / f"sheet-{len(list(work.iterdir()))}.xlsx"
    try:
        name = _copy(path, sheet, target)
        cells = CalamineWorkbook.from_path(target).get_sheet_by_name(name)
        yield islice(cells.iter_rows(), (cells.start or (0, 0))[0], None)  # from its first row on
    except RefusedArchive as refused:
        raise BadWorkbook(f"{refused.why}.", AS_CSV) from None
    except BAD_FILE:
        raise BadWorkbook(*NO_EXCEL) from None
    finally:
        target.unlink(missing_ok=True)


def sheet_names(path: Path) -> list[str]:
    """The names of a file's sheets, in their order.

    Raises
    ------
    BadWorkbook
        Where it is no Excel file.
    """
    try:
        with opened(path) as file, looked_at(file, WHOLE) as (archive, members):
            parts = {member.filename.replace("\\", "/").lower(): member for member in members}
            if any(parts[key].file_size > MOST_PART_BYTES for key in NEEDED & set(parts)):
                raise BadWorkbook(
                    f"a part of it is of more than {MOST_PART_BYTES:,} bytes.", AS_CSV
                )
            return list(_sheets(archive, parts))
    except RefusedArchive as refused:
        raise BadWorkbook(f"{refused.why}.", AS_CSV) from None
    except BAD_FILE:
        raise BadWorkbook(*NO_EXCEL) from None


def _copy(path: Path, sheet: str, target: Path) -> str:
    """Copy what a reader needs to read one sheet, once that is measured; the sheet's name."""
    with opened(path) as file, looked_at(file, WHOLE) as (archive, members):
        parts = {member.filename.replace("\\", "/").lower(): member for member in members}
        if any(parts[key].file_size > MOST_PART_BYTES for key in NEEDED & set(parts)):
            raise BadWorkbook(f"a part of it is of more than {MOST_PART_BYTES:,} bytes.", AS_CSV)
        names = _sheets(archive, parts)
        name = sheet or next(iter(names))
        if name not in names:
            raise BadWorkbook(f"it has no sheet {sheet}.", f"It has {', '.join(names)}.")
        if names[name] not in parts:
            raise BadWorkbook(*NO_EXCEL)
        _measure(archive, parts[names[name]])
        with zipfile.ZipFile(target, "w") as out:
            for key in sorted({*NEEDED, names[name]} & set(parts)):
                _copy_part(archive, parts[key], out)
    return name


def _measure(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse a sheet that is too large; formats that reach far beyond the table do not count."""
    if member.file_size > MOST_SHEET_BYTES:
        raise BadWorkbook(f"its sheet is of more than {MOST_SHEET_BYTES:,} bytes.", AS_CSV)
    if Extent(only_filled=False).measure(unpacked(archive, member)):
        return
    extent = Extent(only_filled=True)
    if not extent.measure(unpacked(archive, member)):
        told = f"its cells reach over {extent.height:,} rows and {extent.width:,} columns"
        raise BadWorkbook(f"{told}; at most {MOST_CELLS:,} cells are read.", AS_CSV)


def _copy_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, out: zipfile.ZipFile) -> None:
    with out.open(member.filename, "w", force_zip64=True) as copied:
        for piece in unpacked(archive, member):
            copied.write(piece)


def _sheets(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The sheets by name, each with the part that holds its cells."""
    targets: dict[str, str] = {}
    found: dict[str, str] = {}

    def link(name: str, told: dict[str, str]) -> None:
        if name == "Relationship":
            place = posixpath.join("xl", told.get("Target", "")).lstrip("/")
            targets[told.get("Id", "")] = posixpath.normpath(place).lower()

    def sheet(name: str, told: dict[str, str]) -> None:
        if name == "sheet":
            found[told.get("name", "")] = targets.get(told.get("id", ""), "")

    for part, take in ((LINKS, link), (BOOK, sheet)):
        if part not in parts:
            raise BadWorkbook(*NO_EXCEL)
        _read(unpacked(archive, parts[part]), take)
    if not found:
        raise BadWorkbook(*NO_EXCEL)
    return found


def _read(pieces: Iterable[bytes], take: Any) -> None:  # noqa: ANN401 - a function of two
    """Tell of every element its name and attributes, without their prefixes."""
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: take(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _no_doctype(*_: object) -> None:
    raise BadWorkbook(*NO_EXCEL)  # no part of an Excel file has one; entities are declared there


def _local(name: str) -> str:
    return name.rpartition(":")[2]


@dataclass(slots=True)
class Extent:
    """How far the cells of a sheet reach: all of them, or those that hold something."""

    only_filled: bool
    top: int = MOST_ROWS + 1
    bottom: int = 0
    left: int = MOST_COLUMNS + 1
    right: int = 0
    row: int = 0
    column: int = 0
    is_new: bool = False  # the cell at hand is not counted yet
    digits: str = ""  # of the row, as the cell before had them
    columns: dict[str, int] = field(default_factory=dict)

    def measure(self, pieces: Iterable[bytes]) -> bool:
        """Whether the rectangle of the cells is one that is read; no further than needed."""
        parser = _parser()
        parser.StartElementHandler = self.start
        for piece in pieces:
            parser.Parse(piece, False)
            if not self.is_readable:
                return False
        parser.Parse(b"", True)
        return self.is_readable

    @property
    def is_readable(self) -> bool:
        """Whether it holds no more cells than are read."""
        return self.height * self.width <= MOST_CELLS

    @property
    def height(self) -> int:
        """Its rows."""
        return max(self.bottom - self.top + 1, 0)

    @property
    def width(self) -> int:
        """Its columns."""
        return max(self.right - self.left + 1, 0)

    def start(self, name: str, told: dict[str, str]) -> None:
        """Move to a row or a cell; count the cell, or once something stands in it."""
        local = name if ":" not in name else _local(name)
        if local == "c":
            self.cell(told.get("r"))
        elif local in CONTENT:
            if self.is_new:
                self.count()
        elif local == "row":
            self.row, self.column = _number(told.get("r"), self.row + 1), 0
            self.digits = ""

    def cell(self, place: str | None) -> None:
        """Go to a cell: to where it says it is, else to the next one."""
        if place is None:
            self.column += 1
        else:
            letters = place.rstrip(DIGITS)
            digits = place[len(letters) :]
            if digits != self.digits:
                self.digits, self.row = digits, _number(digits, 0)
            column = self.columns.get(letters)
            if column is None:
                column = self.columns[letters] = _column(letters)
            self.column = column
        self.is_new = True
        if not self.only_filled:
            self.count()

    def count(self) -> None:
        """Let the rectangle reach to this cell."""
        self.is_new = False
        row, column = self.row, self.column
        if not (self.top <= row <= self.bottom and self.left <= column <= self.right):
            self.top, self.bottom = min(self.top, row), max(self.bottom, row)
            self.left, self.right = min(self.left, column), max(self.right, column)


def _number(text: str | None, otherwise: int) -> int:
    """The number of a row, as it stands or the next; one that Excel cannot have is refused."""
    number = otherwise if text is None else int(text[:8]) if text.isdecimal() else 0
    if not 0 < number <= MOST_ROWS:
        raise BadWorkbook(*NO_EXCEL)
    return number


def _column(letters: str) -> int:
    """The number of a column.

    >>> _column("A"), _column("SF"), _column("XFD")
    (1, 500, 16384)
    """
    number = 0
    for letter in letters.upper() if COLUMN.fullmatch(letters) else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 0 < number <= MOST_COLUMNS:
        raise BadWorkbook(*NO_EXCEL)
    return number
