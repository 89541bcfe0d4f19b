"""The processes that answer browsers: one that dies is started again, and it is said why."""

import resource
import time
from collections import deque
from collections.abc import Iterable
from typing import Any

import click
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from requite.cli.serve import told_ending

PAUSE_SECONDS = 1.0
MOST_RESTARTS, WITHIN_SECONDS = 5, 60.0
KILL_SECONDS = 20  # for which an answer may take when the office is stopped
HEADER_SECONDS = 10  # for the head of a request, from when it may begin
HEADER_BYTES = 32 << 10  # of the head of a request; also what is held of a body or answer at once
BACKLOG = 4096  # connections that wait to be taken
MOST_CONNECTIONS, OTHER_FILES = 4096, 256  # of each process


def connections_of_each() -> int:
    """How many connections each process may hold, once it may open as many files as it is let."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    if resource.RLIM_INFINITY != soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    files = wanted if soft == resource.RLIM_INFINITY else min(wanted, soft)
    return max(files - OTHER_FILES, files // 2)


class KeepsDying(Exception):
    """A process was started again as often as makes sense."""


class Answering(MPServer):
    """Granian's processes, watched: what it does when one of them dies is told, and limited."""

    def __init__(self, address: str, port: int, processes: int) -> None:
        super().__init__(
            "requite.web.asgi:application", address=address, port=port,
            interface=Interfaces.ASGINL, websockets=False, http=HTTPModes.http1,
            http1_settings=HTTP1Settings(
                header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=HEADER_BYTES
            ),
            workers=processes, backlog=BACKLOG, backpressure=connections_of_each(),
            log_enabled=False, respawn_failed_workers=True, workers_kill_timeout=KILL_SECONDS,
        )  # fmt: skip
        self._restarts: deque[float] = deque(maxlen=MOST_RESTARTS)
        self._last = ""

    def serve_until_stopped(self) -> None:
        """Answer until a signal; where that cannot go on, say so and end with a status."""
        try:
            self.serve()
        except KeepsDying:
            self.shutdown()
            raise click.ClickException(
                f"The server's processes end as soon as they are started ({self._last}). The "
                "lines above say more; `requite doctor` may, too."
            ) from None
        except (OSError, RuntimeError) as problem:
            raise click.ClickException(f"The server cannot be started: {problem}.") from None
        if not self.interrupt_signal:
            raise click.ClickException("The server stopped, and nobody had told it to.")

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0  # noqa: ANN401
    ) -> None:  # fmt: skip
        """Start processes again that died; not where the whole office is being stopped."""
        time.sleep(PAUSE_SECONDS)  # a signal to all of us reaches the others first
        if not self.interrupt_signal:
            self._tell(self.wrks[index].inner.exitcode for index in workers)
            super()._respawn_workers(workers, spawn_target, target_loader, delay)
            self.respawned_wrks.clear()  # the limit is ours
        if self.interrupt_signal:
            self.main_loop_interrupt.set()  # the signal may have come between two looks

    def _tell(self, codes: Iterable[int | None]) -> None:
        """Say how processes ended; refuse to start others where that leads to nothing."""
        for code in codes:
            if code is None:
                continue  # it lives: it is replaced because somebody asked for it
            self._last = told_ending(code)
            now = time.monotonic()
            too_many = len(self._restarts) == MOST_RESTARTS
            if too_many and now - self._restarts[0] < WITHIN_SECONDS:
                raise KeepsDying
            self._restarts.append(now)
            click.echo(f"A server process ended ({self._last}); another is started.", err=True)

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop all processes; that they end when they are told to is no failure."""
        self.interrupt_children.clear()
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]  # Granian leaves it bare
