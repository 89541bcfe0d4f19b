"""`requite restore`: a backup becomes an office again, where there is none."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from requite.cli.backup_manifest import (
    DATABASES,
    FILES,
    SIGN,
    BadBackup,
    Manifest,
    fingerprint,
    newer,
    verify,
)
from requite.cli.office import RETIRED, no_answer, open_office

PRIVATE = 0o600
KEY_FILE = "secret_key"
OTHER_KEYS = "Name the folder of the keys that this backup made, by --keys."
KEYLESS = (
    "Without audit.key it records nothing, so nobody can work in it: put that key back from where "
    "it is kept. Without the secret key, second factors stay sealed: "
    "`requite people reset-password`."
)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--keys", type=click.Path(file_okay=False, path_type=Path), show_default="FOLDER.keys"
)
@click.option("--without-keys", is_flag=True, help="Put back the rest, and the keys later.")
def restore(folder: Path, keys: Path | None, *, without_keys: bool) -> None:
    """Put the backup in FOLDER into an empty data folder and an empty database.

    Every file is compared with its hash before anything is written. Nothing that is there is ever
    replaced: name another data folder, and another database, and look before you drop the old.

    \b
    requite restore /backups/2026-11-30 --keys /safe/2026-11-30.keys
    REQUITE_DATA_DIR=fresh requite restore /backups/2026-11-30
    """
    keys, made = keys or folder.with_name(f"{folder.name}.keys"), Manifest.read(folder)
    verify(folder, made.files)
    open_office()
    with _or_as_before() as data:
        _refuse_newer(made)
        _refuse_full(made, data)
        if not without_keys:
            _verify_keys(made, keys)
        _refuse_unreadable(folder / DATABASES[made.database])
        try:
            _put_back(made, folder, data, None if without_keys else keys)
        except OSError as problem:
            raise click.ClickException(
                f"The backup could not be put back: {problem.strerror}. Mend that, and do it again."
            ) from None
    at = datetime.fromisoformat(made.made_at)
    click.echo(f"This is the office as of {at:%Y-%m-%d %H:%M} UTC. Now run:", err=True)
    click.echo("  requite migrate\n  requite audit verify\n  requite doctor", err=True)
    if without_keys:
        click.echo(KEYLESS, err=True)


@contextmanager
def _or_as_before() -> Iterator[Path]:
    """The data folder, which holds nothing new where the backup is refused or cannot be put back.

    To look at an office makes a secret key and, for SQLite, an empty database.
    """
    from django.conf import settings
    from django.db import connections

    data, database = Path(settings.DATA_DIR), settings.DATABASES["default"]["NAME"]
    beside = {Path(f"{database}{end}") for end in ("", "-wal", "-shm", "-journal", ".new")}
    before = _below(data) | {path for path in beside if path.exists()}
    if not settings.HAD_SECRET_KEY:
        before.discard(data / KEY_FILE)
    try:
        yield data
    except BaseException:
        connections.close_all()
        for path in sorted((_below(data) | beside) - before, reverse=True):
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        if not settings.HAD_DATA_DIR and data.is_dir():
            data.rmdir()
        raise


def _below(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def _refuse_unreadable(source: Path) -> None:
    from requite.cli.database_copy import refuse_unreadable

    refuse_unreadable(source)


def _refuse_newer(made: Manifest) -> None:
    """Refuse a backup whose tables this version does not know."""
    from django.db.migrations.loader import MigrationLoader

    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if any(name not in known and name.split(".")[0] not in RETIRED for name in made.migrations):
        raise newer(made.version)


def _refuse_full(made: Manifest, data: Path) -> None:
    """Refuse an office that holds anything, or a database of another kind."""
    from django.db import DatabaseError, connection

    from requite.cli.database_copy import is_empty

    if connection.vendor != made.database:
        raise BadBackup(
            f"it is of {made.database}, and this office is set to {connection.vendor}",
            "Set DATABASE_URL to a database of its kind.",
        )
    try:
        empty = is_empty()
    except DatabaseError as error:
        raise no_answer(error) from None
    if not empty:
        raise click.ClickException(
            "The database is not empty. Set DATABASE_URL to an empty one, or REQUITE_DATA_DIR to "
            "a new folder where the database lies in it."
        )
    if (data / "providers").exists() and not (data / SIGN).exists():
        raise click.ClickException(
            "The data folder holds an office. Set REQUITE_DATA_DIR to a new folder."
        )


def _verify_keys(made: Manifest, keys: Path) -> None:
    """See that the keys are those of the backup: its own, or the one that is set here."""
    from django.conf import settings

    if made.keys and not keys.is_dir():
        raise BadBackup(
            f"its keys are not in {keys}",
            "Name their folder by --keys; if they are lost, --without-keys goes on without.",
        )
    verify(keys, made.keys, OTHER_KEYS)
    brings_key = any(key.path == KEY_FILE for key in made.keys)
    if not brings_key and fingerprint(settings.SECRET_KEY) != made.secret_key:
        raise BadBackup(
            "the secret key that is set here is another one",
            "Set REQUITE_SECRET_KEY to the one of that office, or give --without-keys.",
        )


def _put_back(made: Manifest, folder: Path, data: Path, keys: Path | None) -> None:
    """Files first, the database last: killed before that is there, it can all be done again."""
    from requite.cli.database_copy import copy_in

    data.mkdir(parents=True, exist_ok=True)
    (data / SIGN).touch()
    for file in made.files:
        if file.path.startswith(f"{FILES}/"):
            _place(folder / file.path, data / Path(file.path).relative_to(FILES))
    for key in made.keys if keys else ():
        _place((keys or folder) / key.path, data / key.path)
    copy_in(folder / DATABASES[made.database])
    (data / SIGN).unlink()


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(PRIVATE)
