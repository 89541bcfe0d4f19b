"""Whose turn it is: while a page is waited for, whole files are read for each user one at a time.

Every thread that answers pages is one of a few, and a trial may take minutes: whoever asks for
many at once would keep the whole office from an answer. A lock goes with its process.
"""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

from requite.domain.errors import RequiteError
from requite.office.people.models import User

FOLDER: Final = "turns"
MOST_AT_ONCE: Final = 4  # of all users: fewer than one process has threads


class NotYet(RequiteError):
    """Something is asked for while something else is being read."""

    def __init__(self, whose: str) -> None:
        super().__init__(whose, remedy="Wait until it is done, then ask again.")


@contextmanager
def turn(user: User) -> Iterator[None]:
    """Let a user have something read, if nothing else is being read for her.

    Raises
    ------
    NotYet
        Something is, or as much for others as the office can do at once.
    """
    folder = Path(settings.DATA_DIR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        if not _hold(folder / f"user-{user.pk}", held):
            raise NotYet("What you asked for before is still being read.")
        if not any(_hold(folder / f"place-{place}", held) for place in range(MOST_AT_ONCE)):
            raise NotYet("The files of others are being read, as many as can be at once.")
        yield


def _hold(path: Path, held: ExitStack) -> bool:
    """Lock a file until the end, unless somebody has."""
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return False
    held.enter_context(file)
    return True
