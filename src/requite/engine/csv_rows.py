"""What a CSV file holds, counted byte by byte: the second witness beside the database's reader.

The database reads the values; this module knows the form alone, so that a row which one of the
two loses is found by the other. It also keeps out what the database's reader passes over in
silence: rows of any length, bytes of nothing, line ends of several kinds.
"""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import numpy as np

from requite.engine.csv_block import COMMA, Block
from requite.engine.refusal import Problem, RefusedFeed
from requite.engine.within import opened

LONGEST_ROW = 2_000_000  # bytes; the database's reader keeps whole rows in memory
LONGEST_HEADER = 100_000  # bytes
LONGEST_NAME = 200  # characters of a column's name; ours have thirty at most
MOST_COLUMNS = 1_000
LARGEST_FILE = 200_000_000_000  # bytes; that of ten million accounts has a tenth of it

CHUNK = 1 << 20  # bytes that are looked at together
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

NO_HEADER = ("the file has no header.", "Write the column names in its first line.")
NULS = (
    "the file holds NUL bytes: it was cut off as it was written, or is no UTF-8 text.",
    "Write it again, as CSV in UTF-8.",
)
NOT_UTF8 = ("the text is not UTF-8.", "Save it as CSV in UTF-8.")
ONE_LINE_END = "Save the file as CSV with one kind of line end, CRLF or LF."
CR_ALONE = ("its lines end in CR alone.", ONE_LINE_END)
CLOSE = "Close it, or double it inside text."


@dataclass(slots=True)
class Count:
    """The columns of a CSV file, and the rows below its header, as far as it was looked at."""

    file: str  # as errors call it
    columns: list[str] = field(default_factory=list)
    rows: int = -1  # the header counts
    ends_in_crlf: bool = False
    delimiter: int = COMMA
    may_trail: bool = False  # whether a row may have more values than columns, all of them empty
    widest: int = 0  # values of the widest row, where they may trail

    def take(self, data: bytes) -> int:
        """Count the whole rows that `data` starts with; their length in bytes."""
        block = Block(data, self.delimiter)
        self._refuse_bytes(block)
        if block.length:
            if not self.columns:
                self._read_header(data[: block.ends[0]])
                self.ends_in_crlf = bool(block.has_return[0])
            self._refuse_line_ends(block)
            self._refuse_rows(block)
            counts = block.is_filled if len(self.columns) > 1 else block.ends + 1
            self.rows += int(np.count_nonzero(counts))
        return block.length

    def refuse(self, row: int | None, problem: str, remedy: str) -> NoReturn:
        """Refuse the file; row 0 is its header."""
        raise RefusedFeed([Problem(self.file, row or None, None, problem, remedy)])

    def refuse_unended(self, rest: bytes) -> None:
        """Refuse a file whose next row is too long to be one."""
        if len(rest) > LONGEST_ROW:
            if b"\n" not in rest and b"\r" in rest:
                self.refuse(None, *CR_ALONE)
            self._refuse_length(self.rows + 1)

    def _refuse_length(self, row: int) -> NoReturn:
        told = f"{'the row' if row else 'the first line'} is longer than {LONGEST_ROW:,} bytes."
        remedy = "Look for a quotation mark that is not closed, or a file that is no CSV."
        self.refuse(row, told, remedy)

    def _row_at(self, block: Block, place: int) -> int:
        return self.rows + 1 + block.filled_before(place)

    def _refuse_bytes(self, block: Block) -> None:
        """Refuse bytes that are no text, and quotation marks that are no pairs."""
        at = block.data.find(0)
        if at >= 0:
            self.refuse(self._row_at(block, at), *NULS)
        whole = block.data[: block.length]
        if not whole.isascii():
            try:
                whole.decode("utf-8")
            except UnicodeDecodeError as error:
                self.refuse(self._row_at(block, error.start), *NOT_UTF8)
        unpaired = block.unpaired_at()
        if unpaired is not None:
            told = "a quotation mark is not closed, or stands single within quoted text."
            self.refuse(self._row_at(block, unpaired), told, CLOSE)

    def _refuse_line_ends(self, block: Block) -> None:
        """Refuse line ends of several kinds: readers do not agree on where such lines end."""
        odd = block.ends[block.has_return != self.ends_in_crlf]
        if len(odd):
            told = "the line ends unlike the first one."
            self.refuse(self._row_at(block, int(odd[0])), told, ONE_LINE_END)
        alone = block.lone_return_at()
        if alone is not None:
            self.refuse(self._row_at(block, alone), "the line holds a CR alone.", ONE_LINE_END)

    def _refuse_rows(self, block: Block) -> None:
        """Refuse rows that are too long, or have not a value for each column."""
        longest = block.lengths.argmax()
        if block.lengths[longest] > LONGEST_ROW:
            self._refuse_length(self._row_at(block, int(block.ends[longest])))
        columns = len(self.columns)
        if self.may_trail:
            widest, odd = block.widths(columns)
            self.widest = max(self.widest, widest)
        else:
            odd = block.odd_width(columns)
        if odd is not None:
            place, values = odd
            self.refuse(
                self._row_at(block, place),
                f"the row has {values} values, the header {len(self.columns)} columns.",
                "Give every row a value, if an empty one, for each column; put text that holds "
                "commas between quotation marks, with no blank before them.",
            )

    def _read_header(self, line: bytes) -> None:
        """Read the names of the columns; one without a name gets its number."""
        line = line.removesuffix(b"\r")
        complaint = _header_complaint(line)
        if complaint:
            self.refuse(None, *complaint)
        try:
            text = io.StringIO(line.decode("utf-8"), newline="")
            (names,) = csv.reader(text, strict=True, delimiter=chr(self.delimiter))
        except (ValueError, csv.Error):
            self.refuse(None, "the first line is no line of column names.", NO_HEADER[1])
        self.columns = [name or f"(column {number})" for number, name in enumerate(names, 1)]
        complaint = names_complaint(self.columns)
        if complaint:
            self.refuse(None, *complaint)


def count_rows(
    path: Path, file: str, *, delimiter: str = ",", may_trail: bool = False
) -> Count:  # fmt: skip
    """Look at a CSV file from its first byte to its last.

    Parameters
    ----------
    path : Path
        The file.
    file : str
        What errors call it.
    delimiter : str
        What stands between the values of a row.
    may_trail : bool
        Whether a row may have more values than the header has columns, where they are empty.

    Raises
    ------
    RefusedFeed
        Naming file and row, where the file is not whole or no CSV within the limits.
    """
    count = Count(file, delimiter=ord(delimiter), may_trail=may_trail)
    if path.stat().st_size > LARGEST_FILE:
        count.refuse(None, f"it has more than {LARGEST_FILE:,} bytes.", "Split it into files.")
    with opened(path) as stream:
        rest, read = b"", stream.read(CHUNK).removeprefix(BYTE_ORDER_MARK)
        while read:
            data = rest + read
            rest = data[count.take(data) :]
            count.refuse_unended(rest)
            read = stream.read(CHUNK)
    if rest:
        end = b"\r\n" if count.ends_in_crlf and not rest.endswith(b"\r") else b"\n"
        if not count.take(rest + end):
            count.refuse(count.rows + 1, "a quotation mark is not closed.", CLOSE)
    if not count.columns:
        count.refuse(None, *NO_HEADER)
    return count


def _header_complaint(line: bytes) -> tuple[str, str] | None:
    """What is wrong with a header line, and the remedy."""
    if not line.strip():
        return NO_HEADER
    if b"\r" in line and b"\n" not in line:
        return CR_ALONE
    if len(line) > LONGEST_HEADER:
        return f"the first line is longer than {LONGEST_HEADER:,} bytes.", "Save it as CSV."
    return None


def names_complaint(names: list[str]) -> tuple[str, str] | None:
    """What is wrong with the names of a file's columns, and the remedy."""
    if len(names) > MOST_COLUMNS:
        return f"it has more than {MOST_COLUMNS:,} columns.", "Leave those that nobody reads."
    for number, name in enumerate(names, 1):
        if len(name) > LONGEST_NAME:
            told = f"the name of column {number} is longer than {LONGEST_NAME} characters."
            return told, NO_HEADER[1]
    return None
