"""The office's tests run on the database that they are told to."""

import os

from django.db import connection


def test_the_database_is_the_one_that_was_asked_for() -> None:
    wanted = "postgresql" if "DATABASE_URL" in os.environ else "sqlite"
    assert connection.vendor == wanted
