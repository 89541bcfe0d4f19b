"""`requite serve`: the office and its worker."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from requite.cli.office import open_office, prepare

WORKER = (sys.executable, "-c", "from requite.cli.main import main; main()", "worker")
RESTART_SECONDS, LONGEST_PAUSE = 2.0, 60.0
STEADY_SECONDS = 60.0  # a worker that ran so long did not die at once
END_SECONDS = 10.0  # that a worker has to end in by itself


@click.command()
@click.option("--address", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
def serve(address: str, port: int, workers: int) -> None:
    """Open the office in the browser: prepares the database, then serves until stopped.

    \b
    requite serve --port 8000
    DATABASE_URL=postgresql://requite@localhost/requite requite serve
    """
    if not is_free(address, port):
        raise click.ClickException(
            f"Port {port} of {address} is taken or not allowed. Choose another: --port {port + 1}"
        )
    open_office()
    prepare()
    from django.db import connections

    from requite.cli.answering import Answering

    connections.close_all()  # no process that answers inherits one
    click.echo(f"The office is open: http://{address}:{port}", err=True)
    with worker_beside():
        Answering(address, port, workers).serve_until_stopped()


def is_free(address: str, port: int) -> bool:
    """Whether a server can listen there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen()
        except OSError as problem:
            if problem.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise click.ClickException(f"{address}: {problem.strerror}.") from None
    return True


def told_ending(code: int) -> str:
    """How a process ended, in words.

    >>> told_ending(3), told_ending(-9)
    ('status 3', 'killed by signal 9: by somebody, or because memory ran out')
    """
    if code == -9:
        return "killed by signal 9: by somebody, or because memory ran out"
    return f"killed by signal {-code}" if code < 0 else f"status {code}"


@contextmanager
def worker_beside(command: tuple[str, ...] = WORKER) -> Iterator[None]:
    """A worker that runs as long as the office does; if it dies, another takes its place.

    One that dies at once is given ever more time: people go on working, and it is said each time.
    """
    over = threading.Event()
    running: list[subprocess.Popen[bytes]] = []
    line = (*command, "--parent", str(os.getpid())) if command == WORKER else command

    def keep() -> None:
        pause = RESTART_SECONDS
        while not over.is_set():
            started = time.monotonic()
            running[:] = [subprocess.Popen(line, process_group=0)]  # noqa: S603 - this program
            if over.is_set():
                _end_group(running[0])
            status = running[0].wait()
            _end_group(running[0], signal.SIGKILL)  # what it had started itself
            pause = RESTART_SECONDS if time.monotonic() - started > STEADY_SECONDS else pause * 2
            pause = min(pause, LONGEST_PAUSE)
            if not over.is_set():
                how = told_ending(status)
                click.echo(f"The worker ended ({how}); another is started.", err=True)
            over.wait(pause)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        for worker in running:
            _end_group(worker)
        keeper.join(END_SECONDS)
        for worker in running:
            _end_group(worker, signal.SIGKILL)
        keeper.join()


def _end_group(worker: "subprocess.Popen[bytes]", how: int = signal.SIGTERM) -> None:
    """Tell a worker, and the processes that it has started, to end."""
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, how)


@click.command()
def migrate() -> None:
    """Bring the office's database to its present shape, keeping all that it holds.

    \b
    requite migrate
    """
    open_office()
    prepare()
    click.echo("The database is up to date.", err=True)
