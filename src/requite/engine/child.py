"""A process that works for another, and has nothing to do once that one is gone."""

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def end_with_parent() -> None:
    """Let this process end when the one that started it is gone, however that ended.

    Does nothing in a process that `multiprocessing` did not start.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)  # what it did is kept only as a whole: nothing is half done

    threading.Thread(target=watch, daemon=True).start()
