"""How a file of an extract is written, and the one form that it is brought into to be read.

That form is text in UTF-8 with a header, values between one sign, RFC 4180 quotation marks. What
is in it already is read as it lies; the rest (packed, in another encoding, without a header, as
`mysqldump --tab` writes) is written anew beside it, and its rows are counted before and after.
"""

import codecs
import csv
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from gzip import BadGzipFile, GzipFile
from pathlib import Path
from typing import BinaryIO

from requite.engine.archive import CHUNK, MOST_RATIO, SMALL
from requite.engine.csv_rows import LARGEST_FILE, LONGEST_HEADER, LONGEST_ROW
from requite.engine.disguise import LONGEST_SIGN, unmasked
from requite.engine.mapping.plan import DELIMITERS, FileForm
from requite.engine.within import RefusedFile, opened, plain_file

PACKED = ".gz"
SCHEMA = ".sql"  # beside each file of `mysqldump --tab`: the table that it is of
COLUMN_OF_SCHEMA = re.compile(r"^\s+`((?:[^`]|``)+)`\s", re.MULTILINE)
LARGEST_SCHEMA = 1_000_000  # bytes
NULL = b"\\N"
VALUE = re.compile(rb"(?:[^\\\t]|\\.)*", re.DOTALL)
ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
MEANT = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"0": b"\0", b"Z": b"\x1a"}
BAD_PACKING = ("it is no whole file of gzip.", "Pack it anew: it may have been cut off.")


class Unreadable(Exception):
    """A file cannot be brought into the form that is read: what is wrong, and the remedy."""

    def __init__(self, problem: str, remedy: str, row: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.row = problem, remedy, row


@dataclass(frozen=True, slots=True)
class Readable:
    """A file in the form that is read, the sign between its values, and its rows where counted."""

    path: Path
    delimiter: str
    rows: int | None = None  # by a count of the file as it was; None: it is read as it lies


def readable(path: Path, form: FileForm, work: Path) -> Readable:
    """A file in the form that is read: itself, or what is written in its place into `work`.

    Raises
    ------
    Unreadable
        Where it is not written as its form says.
    """
    form, place = _completed(path, form), path
    if path.suffix.lower() == PACKED:
        place = _write(work / "unpacked", _unpacked(path))
    _refuse_disguised(place)
    if form.encoding != "utf-8":
        place = _write(work / "text", _in_utf8(place, form.encoding))
    if form.escapes == "backslash":
        rows = _dump_rows(place)
        return Readable(_write_dump(place, form, work / "dump.csv"), ",", rows)
    delimiter = DELIMITERS.get(form.delimiter) or _delimiter(place)
    if form.header:
        head = delimiter.join(_quoted(name) for name in form.header)
        place = _write(work / "headed", _headed(place, head))
    return Readable(place, delimiter)


def _refuse_disguised(path: Path) -> None:
    """Say what a file is that is no text at all, or that nothing is in it."""
    with opened(path) as file:
        head = file.read(LONGEST_SIGN)
    if not head:
        raise Unreadable("nothing is in it.", "Export it again.")
    if told := unmasked(head):
        raise Unreadable(*told)


def _completed(path: Path, form: FileForm) -> FileForm:
    """The form with what the schema beside the file says, where `mysqldump --tab` wrote both."""
    stem = path.name.removesuffix(PACKED)
    schema = path.with_name(f"{Path(stem).stem}{SCHEMA}")
    if form.header or form.delimiter or Path(stem).suffix != ".txt" or not schema.exists():
        return form
    try:
        with opened(plain_file(schema.parent, schema.name)) as file:
            text = file.read(LARGEST_SCHEMA).decode("utf-8", "replace")
    except RefusedFile as refused:
        raise Unreadable(refused.why, refused.remedy) from refused
    names = [name.replace("``", "`") for name in COLUMN_OF_SCHEMA.findall(text)]
    if not names:
        raise Unreadable(
            f"{schema.name} beside it names no columns.",
            "Give the file that mysqldump --tab wrote with it, or name the columns in its header.",
        )
    return form.model_copy(update={"header": names, "escapes": "backslash"})


def _write(target: Path, pieces: Iterable[bytes]) -> Path:
    with target.open("xb") as out:
        for piece in pieces:
            out.write(piece)
    return target


def _unpacked(path: Path) -> Iterator[bytes]:
    """What a file of gzip holds, to its true end and no more than it may unpack to."""
    most = min(max(SMALL, MOST_RATIO * path.stat().st_size), LARGEST_FILE)
    with opened(path) as packed, GzipFile(fileobj=packed) as file:
        try:
            while piece := file.read(CHUNK):
                most -= len(piece)
                if most < 0:
                    told = f"it unpacks to more than {MOST_RATIO} times its size."
                    raise Unreadable(told, "Give it unpacked.")
                yield piece
        except (BadGzipFile, EOFError, zlib.error):
            raise Unreadable(*BAD_PACKING) from None


def _in_utf8(path: Path, encoding: str) -> Iterator[bytes]:
    """A text in another encoding as UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with opened(path) as file:
        try:
            while piece := file.read(CHUNK):
                yield decoder.decode(piece).encode("utf-8")
            yield decoder.decode(b"", final=True).encode("utf-8")
        except UnicodeDecodeError:
            told = f"the text is not {encoding}, as the mapping says."
            raise Unreadable(told, "Correct the encoding in the mapping.") from None


def _delimiter(path: Path) -> str:
    """The sign that stands most often in a file's first line, outside of quotation marks."""
    with opened(path) as file:
        line = file.readline(LONGEST_HEADER)
    plain = re.sub(rb'"[^"]*"', b"", line).decode("utf-8", "replace")
    return max(DELIMITERS.values(), key=plain.count)  # of two as often the first: the comma


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _headed(path: Path, head: str) -> Iterator[bytes]:
    """A file with a header before it, which ends as its first line does."""
    with opened(path) as file:
        first = file.read(CHUNK).removeprefix(codecs.BOM_UTF8)
        line = first.partition(b"\n")[0]
        yield head.encode() + (b"\r\n" if line.endswith(b"\r") else b"\n") + first
        while piece := file.read(CHUNK):
            yield piece


def _write_dump(path: Path, form: FileForm, target: Path) -> Path:
    """A file of `mysqldump --tab` as CSV."""
    with opened(path) as file, target.open("x", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(form.header)
        for number, line in enumerate(_dump_lines(file), 1):
            values = _dump_values(line)
            if len(values) != len(form.header):
                raise Unreadable(
                    f"the row has {len(values)} values, its header {len(form.header)} columns.",
                    "Give the .sql file that was written with it, or correct the header.", number,
                )  # fmt: skip
            try:
                writer.writerow([value.decode("utf-8") for value in values])
            except UnicodeDecodeError:
                told = "the text is not UTF-8."
                raise Unreadable(told, "Say its encoding in the mapping.", number) from None
    return target


def _dump_lines(file: BinaryIO) -> Iterator[bytes]:
    """The rows of a dump: a line end behind a backslash belongs to a value."""
    row = b""
    while line := file.readline(LONGEST_ROW + 1):
        row += line
        if len(row) > LONGEST_ROW:
            told = f"a row is longer than {LONGEST_ROW:,} bytes."
            raise Unreadable(told, "Look for a file that is no dump.")
        whole = row.removesuffix(b"\n")
        if whole != row and _backslashes(whole) % 2:
            continue
        yield whole
        row = b""
    if row:
        raise Unreadable("it ends within a row.", "Dump it again: it may have been cut off.")


def _dump_values(line: bytes) -> list[bytes]:
    r"""The values of a row.

    >>> _dump_values(b"7\t\\N\ta\\\tb\\\\")
    [b'7', b'', b'a\tb\\']
    """
    if b"\\" not in line:
        return line.split(b"\t")
    values, place = [], 0
    while place <= len(line):
        found = VALUE.match(line, place)
        value = found.group() if found else b""
        values.append(b"" if value == NULL else ESCAPED.sub(_meant, value))
        place += len(value) + 1
    return values


def _meant(found: re.Match[bytes]) -> bytes:
    return MEANT.get(found[1], found[1])


def _backslashes(line: bytes) -> int:
    return len(line) - len(line.rstrip(b"\\"))


def _dump_rows(path: Path) -> int:
    """How many rows a dump holds, by its line ends alone: the second witness beside its reader."""
    rows, carried = 0, 0  # backslashes at the end of what was read
    with opened(path) as file:
        while piece := file.read(CHUNK):
            for before in piece.split(b"\n")[:-1]:
                run = _backslashes(before)
                run += carried if run == len(before) else 0
                rows += not run % 2
                carried = 0
            last = piece.rpartition(b"\n")[2]
            run = _backslashes(last)
            carried = run + (carried if run == len(last) and b"\n" not in piece else 0)
    return rows
