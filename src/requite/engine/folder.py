"""The files of a folder and of the folders in it: all of them, or a refusal."""

import os
from pathlib import Path

from requite.engine.refusal import Problem, RefusedFeed

MOST_FILES = 250_000  # their names are kept in memory; five years of fifty payers' days are 90,000
DEEPEST_FOLDER = 16  # folders within folders
NOT_OPENED = ("it cannot be opened.", "Let the user that runs Requite read it, or send it again.")
TOO_DEEP = (f"folders nest deeper than {DEEPEST_FOLDER}.", "Lay its files higher up.")
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
        Where there are too many, they lie too deep, or one cannot be opened: none is left out.
    """
    found: list[Path] = []
    unread: list[OSError] = []
    for root, _, files in os.walk(folder, onerror=unread.append) if folder.is_dir() else ():
        place = Path(root)
        if len(place.relative_to(folder).parts) > DEEPEST_FOLDER:
            raise _refused(name, folder, place, TOO_DEEP)
        found += (place / file for file in files)
        if len(found) > MOST_FILES:
            raise _refused(name, folder, folder, TOO_MANY)
    closed = [Path(error.filename) for error in unread]
    closed += [path for path in found if not path.is_file() or not os.access(path, os.R_OK)]
    if closed:
        raise _refused(name, folder, closed[0], NOT_OPENED)
    return sorted(found)


def _refused(name: str, folder: Path, place: Path, why: tuple[str, str]) -> RefusedFeed:
    told = f"{name}/{place.relative_to(folder).as_posix()}".removesuffix("/.")
    return RefusedFeed([Problem(told, None, None, *why)])
