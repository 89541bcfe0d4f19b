"""The sockets at which this process listens: what it takes from them ends where nobody reads."""

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

UNREAD_SECONDS = 30
FILES = Path("/proc/self/fd")


@cache
def end_unread_connections() -> int:
    """Let the system end connections whose other side takes nothing; how many sockets were set.

    The server offers no limit for that, and an answer that it has taken over it holds until it
    is read. A connection inherits the limit from the socket at which it came. Done once; where
    the system has no such limit, nothing is done.
    """
    limit = getattr(socket, "TCP_USER_TIMEOUT", None)
    if limit is None or not FILES.is_dir():
        return 0
    count = 0
    for listener in _listeners():
        listener.setsockopt(socket.IPPROTO_TCP, limit, UNREAD_SECONDS * 1000)
        count += 1
    return count


def _listeners() -> Iterator[socket.socket]:
    """The listening TCP sockets of this process, each for as long as it is looked at."""
    for number in map(int, os.listdir(FILES)):  # noqa: PTH208 - numbers, no paths
        with suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as found:
                is_tcp = found.family in {socket.AF_INET, socket.AF_INET6}
                if is_tcp and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    yield found
