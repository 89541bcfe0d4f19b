"""Which workers live: each holds a file locked for as long as its process does.

A lock goes with its process, however that ends, so nobody has to compare times to know. What is
seen of another machine's worker is that its file goes on changing.
"""

import fcntl
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDER = "workers"
BOOT = Path("/proc/sys/kernel/random/boot_id")  # Linux: one for each start of a machine
HOST_LENGTH, MACHINE_LENGTH = 30, 12
A_WEEK = 7 * 24 * 3600.0
COMING = ".coming-"


def machine() -> str:
    """A short name of this machine since it was started, or of its host where there is no better.

    >>> len(machine())
    12
    """
    try:
        told = BOOT.read_text(encoding="ascii")
    except OSError:
        told = os.uname().nodename
    return hashlib.sha256(told.encode()).hexdigest()[:MACHINE_LENGTH]


class SignedOn:
    """A worker that is there: its name, and its sign of life."""

    def __init__(self, path: Path) -> None:
        self.name, self._path, self._beats = path.name, path, 0

    def beat(self) -> None:
        """Change the file, so that another machine sees that this worker lives."""
        self._beats += 1
        self._path.write_text(str(self._beats), encoding="ascii")


@contextmanager
def signed_on(data_dir: Path) -> Iterator[SignedOn]:
    """Let a worker be seen to live, until it ends."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    host = os.uname().nodename[:HOST_LENGTH]
    name = f"{host}-{os.getpid()}-{machine()}-{secrets.token_hex(4)}"
    coming, path = folder / f"{COMING}{name}", folder / name
    with coming.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        coming.rename(path)  # it is never seen without its lock
        try:
            yield SignedOn(path)
        finally:
            path.unlink(missing_ok=True)


def lives(data_dir: Path, name: str) -> bool | None:
    """Whether a worker lives; None where that cannot be seen from this machine."""
    if name.split("-")[-2:-1] != [machine()]:
        return None
    return _is_locked(data_dir / FOLDER / name)


def workers(data_dir: Path) -> dict[str, bool | None]:
    """The workers that signed on and did not sign off, and whether they live."""
    names = (path.name for path in (data_dir / FOLDER).glob("[!.]*"))
    return {name: lives(data_dir, name) for name in sorted(names)}


def last_beat(data_dir: Path, name: str) -> str:
    """The last sign of life of a worker: it changes while the worker lives."""
    try:
        return (data_dir / FOLDER / name).read_text(encoding="ascii")
    except OSError:
        return ""


def _is_locked(path: Path) -> bool | None:
    """Whether somebody holds the lock of a file; None where this file system has no locks."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    except OSError:
        return None
    return False


def _clear(folder: Path) -> None:
    """Remove the files of workers that are gone: of this machine, or without a sign for a week."""
    for path in folder.iterdir():
        with suppress(OSError):
            is_ours = path.name.split("-")[-2:-1] == [machine()]
            is_old = time.time() - path.stat().st_mtime > A_WEEK
            if (is_ours or is_old) and _is_locked(path) is False:
                path.unlink()
