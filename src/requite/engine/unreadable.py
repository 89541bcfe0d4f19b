"""What DuckDB says of a broken file or a full disk, said to people without the line's content."""

import contextlib
import errno
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from requite.domain.errors import RequiteError
from requite.engine.refusal import Problem, RefusedFeed
from requite.engine.source import Source, Sources

LINE = re.compile(r"CSV Error on Line: (\d+)")
FILE = re.compile(r"^\s*file = (.+?)\s*$", re.MULTILINE)
CUT_OFF = ("the file cannot be read to its end.", "Write it again: it may have been cut off.")
NOT_CSV = ("this is not CSV as RFC 4180 has it.", "Save the file as CSV in UTF-8.")
# What a file system answers to somebody who writes, also within what DuckDB says of it.
REFUSALS = {
    errno.ENOSPC: "No space left on device",
    errno.EFBIG: "File too large",
    errno.EDQUOT: "Disk quota exceeded",
    errno.EACCES: "Permission denied",
    errno.EPERM: "Operation not permitted",
    errno.EROFS: "Read-only file system",
    errno.ENOTDIR: "Not a directory",
    errno.EISDIR: "Is a directory",
    errno.EEXIST: "File exists",
    errno.ENAMETOOLONG: "File name too long",
}


class NotWritten(RequiteError):
    """The disk did not take what had to be written."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(
            f"Writing into {folder} failed: {reason}. What was imported before stands unchanged; "
            "what lies in the folder may be incomplete.",
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
def writing_into(folder: Path) -> Iterator[None]:
    """Turn what the file system refuses inside into an error that names the folder."""
    try:
        yield
    except NotWritten as error:
        if error.folder.is_relative_to(folder):  # nobody knows a folder that only we have made
            raise NotWritten(folder, error.reason) from error
        raise
    except (OSError, duckdb.IOException) as error:
        reason = _no_folder(folder, error) or _refusal_in(error)
        if reason is None:
            raise
        raise NotWritten(folder, reason) from error


@contextlib.contextmanager
def work_folder(out: Path) -> Iterator[Path]:
    """A folder to work in below `out`, which is made if it is not there; gone afterwards."""
    with writing_into(out):
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="work-", dir=out) as folder:
            yield Path(folder)


@contextlib.contextmanager
def told_plainly(sources: Sources) -> Iterator[None]:
    """Turn what goes wrong with files inside into errors that name file, line and remedy."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise TooLittleMemory from None
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        if _refusal_in(error):
            raise
        files = [source for group in sources.tables.values() for source in group]
        raise _refusal(error, files) from error


@contextlib.contextmanager
def reading(sources: list[Source]) -> Iterator[None]:
    """Turn whatever goes wrong while these files are read into a refusal that names one of them."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        if _refusal_in(error) or not sources:
            raise
        raise _refusal(error, sources) from error


def rows_lost(sources: list[Source], read: int, counted: int) -> RefusedFeed:
    """The refusal of a table of which its reader saw other rows than a count of its files did."""
    names = dict.fromkeys(source.name for source in sources)
    told = f"{read:,} rows were read, {counted:,} are in the files."
    remedy = "Import it when nobody writes it; if it is said again, write the file anew."
    return RefusedFeed([Problem(name, None, None, told, remedy) for name in names])


def _no_folder(folder: Path, error: Exception) -> str | None:
    """That the folder to write into is not there, or its file system makes none."""
    missing = isinstance(error, FileNotFoundError) and not folder.is_dir()
    return "No such file or directory" if missing else None


def _refusal_in(error: OSError | duckdb.Error) -> str | None:
    """The words of a file system that did not let us write, where an error holds them."""
    if isinstance(error, OSError):
        return REFUSALS.get(error.errno or 0)
    message = str(error)
    return next((words for words in REFUSALS.values() if words in message), None)


def _refusal(error: duckdb.Error, sources: list[Source]) -> RefusedFeed:
    message = str(error)
    line = LINE.search(message)
    told = NOT_CSV if line else CUT_OFF
    where = f", line {line[1]}" if line else ""
    return RefusedFeed([Problem(f"{_named_in(message, sources)}{where}", None, None, *told)])


def _named_in(message: str, sources: list[Source]) -> str:
    """The feed's name for the file that a message speaks of, else for all that it may mean."""
    match = FILE.search(message)
    for source in sources:
        path = str(source.path)
        if (match and match[1] == path) or (match is None and path in message):
            return source.name
    names = {source.name for source in sources}
    return names.pop() if len(names) == 1 else "a file of the feed"
