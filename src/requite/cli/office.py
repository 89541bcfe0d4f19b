"""What the commands of the office share: Django, set up once, over a database that it knows."""

import os
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage

import click

from requite import __version__
from requite.domain.errors import RequiteError
from requite.engine.full_disk import is_full

AWAY = "The database does not answer. Look at DATABASE_URL, then run: requite doctor"
FULL = "The disk is full. Nothing was half done. Make room, then run it again."
LEAST_ROOM = 1 << 16  # bytes
RETIRED = {"axes"}  # apps of earlier versions, whose tables are left alone
NEWER = (
    "The database was made by a newer version of Requite ({} is not known to {}). Install that "
    "version, or restore a backup that this one made. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How the database stands to the migrations of this version."""

    waiting: tuple[str, ...]  # known here, not yet applied there
    unknown: tuple[str, ...]  # applied there, not known here


class OfficeCommand(click.Command):
    """A command over the prepared office; its help and a wrong call need none."""

    def invoke(self, ctx: click.Context) -> object:
        """Open the office, then run the command."""
        open_prepared_office()
        return super().invoke(ctx)


class OfficeGroup(click.Group):
    """A group of such commands."""

    command_class = OfficeCommand


def open_office() -> None:
    """Set Django up with the installation's settings; a wrong one is told, not traced."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "requite.web.settings")
    import django

    try:
        django.setup()
    except RequiteError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(
            f"The data folder cannot be used: {error.strerror}. Look at REQUITE_DATA_DIR."
        ) from None


def open_prepared_office() -> None:
    """Set Django up over a database that has its tables; say what to do where it has not."""
    open_office()
    if known_shape().waiting:
        raise click.ClickException("The database is not up to date. Run: requite migrate")


def shape() -> Shape:
    """How the database stands to the migrations of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    loader = executor.loader
    waiting = executor.migration_plan(loader.graph.leaf_nodes())
    unknown = sorted(
        key for key in set(loader.applied_migrations) - set(loader.disk_migrations)
        if key[0] not in RETIRED
    )  # fmt: skip
    return Shape(
        tuple(f"{each.app_label}.{each.name}" for each, _ in waiting),
        tuple(".".join(key) for key in unknown),
    )


def known_shape() -> Shape:
    """The same, where the database answers and is of this version or an earlier one."""
    from django.db import DatabaseError

    try:
        found = shape()
    except DatabaseError as error:
        raise no_answer(error) from None
    if found.unknown:
        raise click.ClickException(NEWER.format(found.unknown[0], __version__))
    return found


def no_answer(error: BaseException) -> click.ClickException:
    """What is told of a database that gave an error instead of an answer.

    SQLite that cannot even make its index of who reads says only that the disk has a fault.
    """
    from django.conf import settings
    from django.db import connection

    data = Path(settings.DATA_DIR)
    room = disk_usage(data).free if data.is_dir() else LEAST_ROOM
    beside = connection.vendor == "sqlite" and room < LEAST_ROOM
    return click.ClickException(FULL if beside or is_full(error) else AWAY)


def prepare() -> None:
    """Bring the database to the present shape, and lay out the static files."""
    from django.core.management import call_command
    from django.db import DatabaseError
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    waiting = known_shape().waiting
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except (DatabaseError, InconsistentMigrationHistory) as problem:
        left = known_shape().waiting or waiting
        why = (str(problem).splitlines() or [type(problem).__name__])[0]
        raise click.ClickException(
            f"The database cannot be brought to the present shape: {left[0] if left else ''} "
            f"fails ({why}). It is not a database of Requite, or somebody changed its tables. What "
            "had been done of this migration was taken back. Restore a backup, or name another "
            "database."
        ) from None
    call_command("collectstatic", verbosity=0, interactive=False)
