"""What the commands of the office share: Django, set up once."""

import os

import click

from requite.domain.errors import RequiteError


def open_office() -> None:
    """Set Django up with the installation's settings; a wrong one is told, not traced."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "requite.web.settings")
    import django

    try:
        django.setup()
    except RequiteError as error:
        raise click.ClickException(str(error)) from None


def open_prepared_office() -> None:
    """Set Django up over a database that has its tables; say what to do where it has not."""
    open_office()
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        raise click.ClickException(
            "The database does not answer. Look at DATABASE_URL, then run: requite doctor"
        ) from None
    if waiting:
        raise click.ClickException("The database is not up to date. Run: requite migrate")
