"""Figures that read every case of a provider: kept for a moment, and renewed beside the answers.

Nobody waits for what was counted a moment ago: an older value is shown while a new one is taken.
What is quickly counted is not kept at all, so that a short list is always exact.
"""

import threading
import time
from collections.abc import Callable
from typing import TypeVar, cast

import structlog
from django.core.cache import cache
from django.db import DatabaseError, connection

Value = TypeVar("Value")
OLDEST = 10  # times as old as it may be until somebody has to wait for a new one
RENEWAL_SECONDS = 60  # after which a renewal that came to nothing is tried again
log = structlog.get_logger()


def kept(
    key: str, seconds: float, make: Callable[[], Value], *,
    is_large: Callable[[Value], bool] = lambda _: True,
) -> Value:  # fmt: skip
    """A value that costs some time to make.

    Parameters
    ----------
    key : str
        What it is of; different for each provider.
    seconds : float
        How old it may be until a new one is made beside; 0 to make it each time.
    make : callable
        Makes it.
    is_large : callable, optional
        Whether a value is worth keeping.
    """
    if not seconds:
        return make()
    held = cast("tuple[float, Value] | None", cache.get(key))
    age = time.monotonic() - held[0] if held else 0.0
    if held is None or age > seconds * OLDEST:
        return _keep(key, seconds, make(), is_large)
    if age > seconds and cache.add(f"{key}/renewal", 1, RENEWAL_SECONDS):
        threading.Thread(target=_renew, args=(key, seconds, make, is_large), daemon=True).start()
    return held[1]


def _keep(key: str, seconds: float, value: Value, is_large: Callable[[Value], bool]) -> Value:
    if is_large(value):
        cache.set(key, (time.monotonic(), value), seconds * OLDEST)
    else:
        cache.delete(key)
    return value


def _renew(
    key: str, seconds: float, make: Callable[[], Value], is_large: Callable[[Value], bool]
) -> None:
    try:
        _keep(key, seconds, make(), is_large)
    except DatabaseError:
        log.warning("a figure could not be renewed")
    finally:
        cache.delete(f"{key}/renewal")
        connection.close()
