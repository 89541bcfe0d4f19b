"""The files of a folder and of the folders in it: all of them, or a refusal."""

import os
from pathlib import Path

from requite.engine.refusal import Problem, RefusedFeed
from requite.engine.within import plain_files

MOST_FILES = 250_000  # their names are kept in memory; five years of fifty payers' days are 90,000
NOT_OPENED = ("it cannot be opened.", "Let the user that runs Requite read it, or send it again.")
TOO_MANY = (f"it has more than {MOST_FILES:,} files.", "Leave those that were read before.")


def files_below(folder: Path, name: str) -> list[Path]:
    """Every file of a folder, and of the folders in it, in the order of their names.

    Parameters
    ----------
    folder : Path
        The folder; none where there is no such folder.
    name : str
        What errors call it.

    Raises
    ------
    RefusedFeed
        Where there are too many, or one cannot be opened: none is left out.
    RefusedFile
        Where one is no regular file (a link, a pipe, a device), or lies too deep.
    """
    found: list[Path] = []
    try:
        for below, _ in plain_files(folder):
            found.append(folder / below)
            if len(found) > MOST_FILES:
                raise _refused(name, folder, folder, TOO_MANY)
    except PermissionError as error:
        raise _refused(name, folder, Path(error.filename), NOT_OPENED) from None
    closed = next((path for path in found if not os.access(path, os.R_OK)), None)
    if closed is not None:
        raise _refused(name, folder, closed, NOT_OPENED)
    return sorted(found)


def _refused(name: str, folder: Path, place: Path, why: tuple[str, str]) -> RefusedFeed:
    told = f"{name}/{place.relative_to(folder).as_posix()}".removesuffix("/.")
    return RefusedFeed([Problem(told, None, None, *why)])
