"""`requite serve`: the office and its worker."""

import subprocess
import sys

import click

from requite.cli.office import open_office

WORKER = (sys.executable, "-c", "from requite.cli.main import main; main()", "worker")


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
    open_office()
    prepare()
    from granian import Granian
    from granian.constants import Interfaces

    click.echo(f"The office is open: http://{address}:{port}", err=True)
    helper = subprocess.Popen(WORKER)  # noqa: S603 - this program itself
    try:
        Granian(
            "requite.web.wsgi:application", address=address, port=port, interface=Interfaces.WSGI,
            workers=workers, blocking_threads=8, log_enabled=False,
        ).serve()  # fmt: skip
    finally:
        helper.terminate()
        helper.wait()


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
