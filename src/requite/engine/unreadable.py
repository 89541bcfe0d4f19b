"""What DuckDB says of a broken file or a full disk, said to people without the line's content."""

import contextlib
import errno
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from requite.domain.errors import RequiteError
from requite.engine.refusal import Problem, RefusedFeed
from requite.engine.source import LONGEST_LINE, Sources

LINE = re.compile(r"CSV Error on Line: (\d+)")
FILE = re.compile(r"^\s*file = (.+?)\s*$", re.MULTILINE)
COLUMNS = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
# What the reader's message holds: what is then said, and the remedy.
CSV_COMPLAINTS = (
    ("not utf-8 encoded", "the text is not UTF-8.", "Save the file as CSV in UTF-8."),
    (
        "unterminated quote",
        "a quotation mark is not closed.",
        "Close it, or double it inside text.",
    ),
    (
        "Maximum line size",
        f"a line is longer than {LONGEST_LINE:,} bytes.",
        "Look for a quotation mark that is not closed, or a file that is no CSV.",
    ),
    (
        "too many columns",
        "the line has more values than the header has columns.",
        "Put text that holds commas between quotation marks.",
    ),
)
NOT_CSV = (
    "this is not CSV as RFC 4180 has it.",
    "Save the file as CSV, with one kind of line end.",
)
NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


class NotWritten(RequiteError):
    """The disk did not take what had to be written."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Writing failed: {reason}. What was there before stands unchanged.",
            remedy="Free space on the disk, or name another folder, and run it again.",
        )


class TooLittleMemory(RequiteError):
    """The database may not take the memory that a step needs."""

    def __init__(self) -> None:
        super().__init__(
            "A step needs more memory than it may take. What was there before stands unchanged.",
            remedy="Run it with fewer processes, or on a machine with more memory.",
        )


@contextlib.contextmanager
def told_plainly(sources: Sources) -> Iterator[None]:
    """Turn what goes wrong with files inside into errors that name file, line and remedy."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise TooLittleMemory from None
    except duckdb.IOException as error:
        raise _io_error(str(error), sources) from None
    except duckdb.InvalidInputException as error:
        raise RefusedFeed([_csv_problem(str(error), sources)]) from None
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise NotWritten(error.strerror or "the disk is full") from None


def _io_error(message: str, sources: Sources) -> RequiteError:
    for reason in ("No space left on device", "File too large", "Disk quota exceeded"):
        if reason in message:
            return NotWritten(reason)
    source = _named_in(message, sources)
    return RefusedFeed(
        [
            Problem(
                source or "a file",
                None,
                None,
                "the file cannot be read to its end.",
                "Write it again: it may have been cut off.",
            )
        ]
    )


def _named_in(message: str, sources: Sources) -> str | None:
    """The feed's name for the file that a message speaks of."""
    match = FILE.search(message)
    for group in sources.tables.values():
        for source in group:
            path = str(source.path)
            if (match and match[1] == path) or (match is None and path in message):
                return source.name
    return Path(match[1]).name if match else None


def _csv_problem(message: str, sources: Sources) -> Problem:
    line = LINE.search(message)
    where = f", line {line[1]}" if line else ""
    return Problem(
        f"{_named_in(message, sources) or 'a file'}{where}", None, None, *_complaint(message)
    )


def _complaint(message: str) -> tuple[str, str]:
    for sign, problem, remedy in CSV_COMPLAINTS:
        if sign.lower() in message.lower():
            return problem, remedy
    columns = COLUMNS.search(message)
    if columns:
        return (
            f"the line has {columns[2]} values, the header {columns[1]} columns.",
            "Give every line a value, if an empty one, for each column.",
        )
    return NOT_CSV
