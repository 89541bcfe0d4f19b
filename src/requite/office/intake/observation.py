"""What a worker has seen of imports that others began: for how long nothing moved.

Times of two machines are never compared. Each renewal raises a counter; a worker that sees the
same counter for a lease by its own steady clock, or knows that the other's process is gone, takes
the import over.
"""

import time
from collections.abc import Callable, Iterable
from datetime import timedelta

from requite.office.intake.models import Import
from requite.office.intake.status import Status

LEASE = timedelta(minutes=2)
Ticks = Callable[[], float]
Lives = Callable[[str], bool | None]


def _unknown(_worker: str) -> None:
    """Of no worker is it known whether it lives."""


class Observation:
    """One worker's view of the imports under way."""

    def __init__(self, lives: Lives = _unknown, ticks: Ticks = time.monotonic) -> None:
        self._lives, self._ticks = lives, ticks
        self._seen: dict[int, tuple[tuple[str, str, int, int], float]] = {}
        self._avoided: set[tuple[int, int]] = set()

    def free(self, under_way: Iterable[Import]) -> list[Import]:
        """Those that may be taken up: not begun, or nothing moved in them for a lease."""
        known, self._seen = self._seen, {}
        return [
            found for found in under_way
            if (found.pk, found.attempts) not in self._avoided and self._is_free(found, known)
        ]  # fmt: skip

    def avoid(self, found: Import) -> None:
        """Leave an attempt alone from here on: it can neither be brought in nor be ended."""
        self._avoided.add((found.pk, found.attempts))

    @property
    def is_waiting(self) -> bool:
        """Whether there was an import at the last look that may yet come free."""
        return bool(self._seen)

    def _is_free(
        self, found: Import, known: dict[int, tuple[tuple[str, str, int, int], float]]
    ) -> bool:
        if not found.attempts:
            return True
        if found.status == Status.RUNNING and self._lives(found.worker) is False:
            return True
        now, state = self._ticks(), (found.status, found.worker, found.attempts, found.beat)
        before, since = known.get(found.pk, (state, now))
        if before != state:
            since = now
        if now - since >= LEASE.total_seconds():
            return True
        self._seen[found.pk] = (state, since)
        return False
