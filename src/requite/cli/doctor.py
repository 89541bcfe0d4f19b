"""`requite doctor`: whether an installation is in order."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click

from requite.cli.office import open_office

LEAST_FREE = 1 << 30
QUIET = timedelta(minutes=5)


@click.command()
def doctor() -> None:
    """Check settings, database, data folder, disk and worker; say what to do where one fails.

    \b
    requite doctor
    """
    open_office()
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("Database", _database),
        ("Migrations", _migrations),
        ("Data folder", _data_folder),
        ("Disk", _disk),
        ("Worker", _worker),
        ("Security", _security),
    )
    problems = 0
    for name, check in checks:
        problem = check()
        problems += bool(problem)
        click.echo(f"{name:<12} {problem or 'in order'}")
    if problems:
        raise click.exceptions.Exit(1)


def _database() -> str:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer. Look at DATABASE_URL, and whether the server runs."
    return ""


def _migrations() -> str:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "cannot be read."
    return f"{len(waiting)} wait. Start `requite serve` once: it brings them in." if waiting else ""


def _data() -> Path:
    from django.conf import settings

    return Path(settings.DATA_DIR)


def _data_folder() -> str:
    probe = _data() / "probe"
    try:
        probe.parent.mkdir(parents=True, exist_ok=True)
        probe.write_text("x", encoding="ascii")
        probe.unlink()
    except OSError as error:
        return f"cannot be written: {error.strerror}. Set REQUITE_DATA_DIR to a folder that can."
    return ""


def _disk() -> str:
    free = shutil.disk_usage(_data()).free
    return "" if free >= LEAST_FREE else f"only {free >> 20:,} MB are free. Make room."


def _worker() -> str:
    from django.utils import timezone

    from requite.office.intake.watch import last_alive

    seen = last_alive(_data())
    if seen is None:
        return "never ran. `requite serve` starts one; or run `requite worker`."
    if timezone.now() - seen > QUIET:
        return f"was last seen at {seen:%Y-%m-%d %H:%M} UTC. Start it again."
    return ""


def _security() -> str:
    from django.conf import settings
    from django.core import checks

    if not settings.SECURE_SSL_REDIRECT:
        return "plain HTTP: for one machine only. Set REQUITE_HTTPS=true behind a TLS proxy."
    found = checks.run_checks(include_deployment_checks=True)
    serious = [message for message in found if message.level >= checks.WARNING]
    return "; ".join(str(message.msg) for message in serious)
