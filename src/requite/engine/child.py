"""Processes that work for this one, and have nothing to do once it is gone."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent import futures
from functools import partial


def children(
    workers: int, begin: Callable[..., None] | None = None, *given: object
) -> "futures.ProcessPoolExecutor":
    """Processes that end with this one; each begins with `begin(*given)`.

    What a pool needs is imported with the first of them: a small feed is determined without any.
    """
    context = multiprocessing.get_context("spawn")
    return futures.ProcessPoolExecutor(workers, context, partial(_begin, begin, *given))


def _begin(begin: Callable[..., None] | None, *given: object) -> None:
    end_with_parent()
    if begin is not None:
        begin(*given)


def end_with_parent() -> None:
    """Let this process end when the one that started it is gone, however that ended.

    Does nothing in a process that `multiprocessing` did not start.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)  # what it did is kept only as a whole: nothing is half done

    threading.Thread(target=watch, daemon=True).start()
