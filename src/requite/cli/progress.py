"""How a command tells its steps while it works: on a screen, and without one not at all."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Tell each step of long work on the screen while it lasts; a pipe is told nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from requite.cli.terminal import status

    with status() as report:
        yield report
