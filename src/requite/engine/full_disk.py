"""How a full disk is known: by the error of the file system, or by what a database says of it."""

import errno
from typing import Final

# SQLite, DuckDB and Linux, PostgreSQL.
WORDS: Final = ("disk is full", "no space left", "disk full", "could not extend file")


def is_full(error: BaseException | None) -> bool:
    """Whether an error says that a disk is full, here or at the database.

    >>> is_full(OSError(errno.ENOSPC, "")), is_full(OSError(errno.ENOENT, "")), is_full(None)
    (True, False, False)
    >>> is_full(RuntimeError("database or disk is full"))
    True
    """
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    words = str(error).lower()
    return any(sign in words for sign in WORDS)
