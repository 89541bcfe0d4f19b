"""Files that people name or lay down: only plain ones inside of their folder are opened.

A mapping names files of its extract, a ZIP names its members, a feed is laid into a folder by
somebody else. None of them may lead to another file of the machine: by an absolute name, by `..`,
by a link of either kind, or to a pipe or device that would hold a reader up.
"""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from requite.domain.errors import RequiteError

LONGEST_NAME, LONGEST_PART = 500, 255  # bytes of a part: what file systems take
MOST_TOLD = 120
DEEPEST_FOLDER = 16  # folders within folders
KINDS = (
    (stat.S_ISLNK, "it is a link."),
    (stat.S_ISFIFO, "it is a pipe."),
    (stat.S_ISSOCK, "it is a socket."),
    (stat.S_ISBLK, "it is a device."),
    (stat.S_ISCHR, "it is a device."),
)
LINKED = "it has a second name elsewhere: it is a hard link."
HIGHER = "Lay its files higher up."
COPY = "Put a copy of the file there instead."
NAME_IT = "Name a file of this folder, without leading slash and without dots between slashes."


class RefusedFile(RequiteError):
    """A file is not opened, for what it is called or for what it is."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        self.name = told(name)
        super().__init__(f"The file {self.name} is not opened: {problem}", remedy=remedy)
        self.why = problem


class MissingFile(RefusedFile):
    """A file is not there; nobody tried to reach what is none of theirs."""


def told(name: str) -> str:
    r"""A name as it can be told: short, and printable.

    >>> told("a\nb.csv")
    'a?b.csv'
    """
    shown = "".join(sign if sign.isprintable() else "?" for sign in name[: MOST_TOLD + 1])
    return shown if len(shown) <= MOST_TOLD else f"{shown[:MOST_TOLD]}..."


def refusal_in(error: BaseException | None) -> RefusedFile | None:
    """The file that was refused, where an error comes of that; none for a file that is missing."""
    while error is not None:
        if isinstance(error, RefusedFile):
            return None if isinstance(error, MissingFile) else error
        error = error.__cause__
    return None


def plain_parts(name: str) -> tuple[str, ...]:
    """The parts of a name that leads nowhere but down.

    >>> plain_parts("remits/0107.835"), plain_parts("./accounts.csv")
    (('remits', '0107.835'), ('accounts.csv',))

    Raises
    ------
    RefusedFile
        Where it is absolute, goes up, or is no name.
    """
    parts = PurePosixPath(name).parts
    too_long = len(name) > LONGEST_NAME or any(len(os.fsencode(p)) > LONGEST_PART for p in parts)
    drive = bool(parts) and len(parts[0]) > 1 and parts[0][1] == ":" and parts[0][0].isalpha()
    for wrong, problem in (
        (not parts, "the name is empty."),
        (name.startswith("/") or drive, "its name is absolute."),
        (".." in parts, "its name leads out of the folder."),
        ("\\" in name, "its name holds a backslash."),
        (
            any(ord(sign) < 32 or ord(sign) == 127 for sign in name),
            "its name holds signs of control.",
        ),
        (too_long, "its name is too long."),
    ):
        if wrong:
            raise RefusedFile(name, problem, NAME_IT)
    return parts


def plain_file(
    folder: Path, name: str, *, fresh: bool = False, may_be_linked: bool = False
) -> Path:
    """The regular file of that name inside a folder, resolved and compared with it.

    Parameters
    ----------
    folder : Path
        The folder that it has to lie in.
    name : str
        As somebody gave it, relative to the folder.
    fresh : bool
        Whether the file is to be made: nothing of that name may lie there.
    may_be_linked : bool
        Whether it may have a second name, as a backup by hard links gives our own files.

    Raises
    ------
    MissingFile
        Where it is not there.
    RefusedFile
        Where the name leads elsewhere, or what lies there is no regular file.
    """
    home = folder.resolve()
    *above, last = plain_parts(name)
    place = home
    for part in above:
        place /= part
        _must_be_folder(place, name, fresh=fresh)
    place /= last
    if not place.resolve().is_relative_to(home):
        raise RefusedFile(name, "it is a link.", COPY)
    found = _look(place)
    if found is None and not fresh:
        raise MissingFile(name, "it is not there.", "Add it, or correct its name.")
    if found is not None and fresh:
        raise RefusedFile(name, "another of that name is there.", "Give each file its own name.")
    complaint = found and complaint_about(found, may_be_linked=may_be_linked)
    if complaint:
        raise RefusedFile(name, complaint, COPY)
    return place


def plain_folder(folder: Path, name: str) -> Path:
    """The folder of that name inside a folder: a real one, on every step of the way.

    Raises
    ------
    RefusedFile
        Where it leads elsewhere, or is none.
    """
    place = folder.resolve()
    for part in plain_parts(name):
        place /= part
        _must_be_folder(place, name, fresh=False)
    return place


def plain_files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below a folder, if there is one: its name relative to it, and its `lstat`.

    Raises
    ------
    RefusedFile
        Naming the first that is no regular file (a link, a pipe, a device), or lies too deep.
    """
    pending = [""] if folder.is_dir() else []
    while pending:
        under = pending.pop()
        if under.count("/") > DEEPEST_FOLDER:
            raise RefusedFile(under, f"folders nest deeper than {DEEPEST_FOLDER}.", HIGHER)
        with os.scandir(folder / under) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                name = f"{under}{entry.name}"
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode):
                    pending.append(f"{name}/")
                    continue
                complaint = complaint_about(found)
                if complaint:
                    raise RefusedFile(name, complaint, COPY)
                yield name, found


def complaint_about(found: os.stat_result, *, may_be_linked: bool = False) -> str:
    """Why a file is none to open, by what the file system says of it; empty where it is."""
    for is_kind, complaint in KINDS:
        if is_kind(found.st_mode):
            return complaint
    if not stat.S_ISREG(found.st_mode):
        return "it is a folder." if stat.S_ISDIR(found.st_mode) else "it is no file."
    return LINKED if found.st_nlink > 1 and not may_be_linked else ""


def opened(path: Path) -> BinaryIO:
    """A plain file opened to be read; what was laid in its place since is refused all the same."""
    try:
        file = open(path, "rb", opener=_never_a_link)  # noqa: SIM115 - the caller closes it
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise RefusedFile(path.name, "it is a link.", COPY) from None
    complaint = complaint_about(os.fstat(file.fileno()), may_be_linked=True)
    if complaint:
        file.close()
        raise RefusedFile(path.name, complaint, COPY)
    return file


def _never_a_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _look(place: Path) -> os.stat_result | None:
    try:
        return place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _must_be_folder(place: Path, name: str, *, fresh: bool) -> None:
    """Refuse a step of the way that is a link or a file; what is to be made need not be there."""
    found = _look(place)
    if found is None:
        if not fresh:
            raise MissingFile(name, "it is not there.", "Add it, or correct its name.")
    elif stat.S_ISLNK(found.st_mode):
        raise RefusedFile(name, "a folder on the way to it is a link.", COPY)
    elif not stat.S_ISDIR(found.st_mode):
        raise RefusedFile(name, "where a folder has to be, a file is.", "Take the file away.")
