"""Reading as of one moment, however long it takes, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is of the moment of its first reading; nobody waits for it.

    Inside of a transaction that is under way it is as that one has it.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _of_sqlite():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def _of_sqlite() -> Iterator[None]:
    """A transaction that only reads: the office's own begin by taking the place of the writer."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
