"""`requite serve`: the office and its worker."""

import errno
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from requite.cli.office import open_office

WORKER = (sys.executable, "-c", "from requite.cli.main import main; main()", "worker")
RESTART_SECONDS = 2.0


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
    from granian import Granian
    from granian.constants import Interfaces

    click.echo(f"The office is open: http://{address}:{port}", err=True)
    with worker_beside():
        Granian(
            "requite.web.wsgi:application", address=address, port=port, interface=Interfaces.WSGI,
            workers=workers, blocking_threads=8, log_enabled=False,
        ).serve()  # fmt: skip


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


@contextmanager
def worker_beside(command: tuple[str, ...] = WORKER) -> Iterator[None]:
    """A worker that runs as long as the office does; if it dies, another takes its place."""
    over = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not over.is_set():
            running[:] = [subprocess.Popen(command)]  # noqa: S603 - this program itself
            if over.is_set():
                running[0].terminate()
            status = running[0].wait()
            if not over.wait(RESTART_SECONDS):
                click.echo(f"The worker ended (status {status}); another is started.", err=True)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        for worker in running:
            worker.terminate()
        keeper.join()


@click.command()
def migrate() -> None:
    """Bring the office's database to its present shape, keeping all that it holds.

    \b
    requite migrate
    """
    open_office()
    prepare()
    click.echo("The database is up to date.", err=True)


def prepare() -> None:
    """Bring the database to the present shape, and lay out the static files."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
