"""The whole database as one file, by its own safe means: taken while it is in use, and put back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import connection, connections

LAST_LINES = 3
DAMAGED = "The database is damaged: {}. Restore an earlier backup."


def copy_out(target: Path) -> None:
    """Write the database as it is at one moment into a file; others go on writing."""
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(_setting("NAME")), target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def copy_in(source: Path) -> None:
    """Make the database what the file holds: all of it, or nothing."""
    connections.close_all()
    if connection.vendor == "sqlite":
        place = Path(_setting("NAME"))
        fresh = place.with_name(f"{place.name}.new")
        _copy_sqlite(source, fresh)
        fresh.replace(place)
    else:
        _run(
            "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
            "--no-privileges", str(source),
        )  # fmt: skip


def refuse_unreadable(source: Path) -> None:
    """See that a file can become the database, before anything of it is put back."""
    if connection.vendor == "sqlite":
        try:
            with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as given:
                (told,) = given.execute("PRAGMA quick_check").fetchone()
        except sqlite3.Error as problem:
            told = str(problem)
        if told != "ok":
            raise click.ClickException(DAMAGED.format(told))
    else:
        done = subprocess.run(  # noqa: S603 - found on this machine, with our own words
            [_found("pg_restore"), "--list", str(source)], capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if done.returncode:
            raise click.ClickException(DAMAGED.format(_last_lines(done.stderr)))


def is_empty() -> bool:
    """Whether the database holds no table."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def _copy_sqlite(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"file:{source}?mode=rw", uri=True)) as given,
        closing(sqlite3.connect(target)) as made,
    ):
        given.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")  # one file, which needs no other beside it
        (told,) = made.execute("PRAGMA quick_check").fetchone()
    if told != "ok":
        raise click.ClickException(DAMAGED.format(told))


def _setting(name: str) -> Any:  # noqa: ANN401
    return settings.DATABASES["default"].get(name) or ""


def _run(program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs over our database; the password is on no command line."""
    from psycopg.conninfo import make_conninfo

    given = {name.lower(): _setting(name) for name in ("HOST", "PORT", "USER")}
    given |= {"dbname": _setting("NAME")} | dict(_setting("OPTIONS") or {})
    named = make_conninfo(**{name: value for name, value in given.items() if value})
    environ = dict(os.environ)
    if _setting("PASSWORD"):
        environ["PGPASSWORD"] = _setting("PASSWORD")
    done = subprocess.run(  # noqa: S603 - found on this machine, with our own words
        [_found(program), f"--dbname={named}", "--no-password", *words],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise click.ClickException(f"{program} failed: {_last_lines(done.stderr)}")


def _last_lines(said: str) -> str:
    return " ".join(said.strip().splitlines()[-LAST_LINES:])


def _found(program: str) -> str:
    """Where a program of PostgreSQL lies: on the path, or where Debian puts it, the newest."""
    found = shutil.which(program)
    if found is None:
        versions = sorted(
            Path("/usr/lib/postgresql").glob(f"*/bin/{program}"),
            key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
        )
        found = str(versions[-1]) if versions else None
    if found is None:
        raise click.ClickException(
            f"{program} is not on this machine. Install PostgreSQL's client programs, of the "
            "server's version or a later one."
        )
    return found
