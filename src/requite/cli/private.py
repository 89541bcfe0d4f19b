"""Whether what the office keeps is for its owner alone: folders 0700, files 0600."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077


def open_to_others(*roots: Path, leaving: Path | None = None) -> Iterator[Path]:
    """Folders and files under `roots` that other users of the machine may read, write or enter.

    Parameters
    ----------
    roots : Path
        Folders or files; what is not there is passed over.
    leaving : Path, optional
        A folder that others are meant to write into, with all that lies in it.
    """
    for root in roots:
        for path in (root, *_under(root, leaving)):
            try:
                mode = path.lstat().st_mode
            except FileNotFoundError:
                continue  # a file of the moment
            if not stat.S_ISLNK(mode) and mode & OTHERS:
                yield path


def _under(root: Path, leaving: Path | None) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = [name for name in folders if here / name != leaving]
        yield from (here / name for name in (*folders, *files))


def close_to_others(paths: list[Path]) -> None:
    """Take from others what they may do with these."""
    for path in paths:
        path.chmod(FOLDER if path.is_dir() else FILE)
