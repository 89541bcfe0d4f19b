"""`requite backup`: the whole office as a folder of files, taken while people work."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fnmatch import fnmatch
from pathlib import Path

import click

from requite.cli.backup_manifest import DATABASES, FILES, SIGN, Copied, Manifest, copy, fingerprint
from requite.cli.office import open_prepared_office

KEYS = ("secret_key", "*.key", "*.pem", "people.json")  # of the demo: its passwords
# Made anew by itself, of the moment, or of one process.
PASSING = (
    "static", "turns", "workers", "worker_alive", "probe", "lock", "incoming-*", "extract-*",
    "*.new", ".coming-*", SIGN,
)  # fmt: skip
LAST = "providers"  # whose files are never changed once the database speaks of them
MAY_GO = {"uploads", "findings"}  # while an import ends


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--keys", type=click.Path(file_okay=False, path_type=Path), show_default="FOLDER.keys"
)
def backup(folder: Path, keys: Path | None) -> None:
    """Copy the office into FOLDER while it runs: database, ledgers, documents, with their hashes.

    The keys go into a folder of their own: keep it elsewhere than the backup. Both are there whole
    or not at all.

    \b
    requite backup /backups/2026-11-30 --keys /safe/2026-11-30.keys
    """
    open_prepared_office()
    from django.conf import settings

    keys = keys or folder.with_name(f"{folder.name}.keys")
    data = Path(settings.DATA_DIR)
    for place in (folder, keys):
        _refuse_place(place.absolute(), data)
    try:
        with _built(keys) as apart, _built(folder) as whole:
            made = _copy_office(folder.name, data, whole, apart)
            made.write(whole)
            os.sync()
    except OSError as problem:
        raise click.ClickException(
            f"The backup into {folder} failed: {problem.strerror}. Nothing of it is left. "
            "Free space on the disk, or name another folder, and run it again."
        ) from None
    size = sum(file.size for file in made.files)
    click.echo(f"{folder} holds the office: files {len(made.files):,}, bytes {size:,}.", err=True)
    click.echo(f"{keys} holds its keys ({len(made.keys)}): keep it elsewhere.", err=True)


def _refuse_place(place: Path, data: Path) -> None:
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise click.ClickException(f"{place} is there already. Name a folder that is not.")
    if place.is_relative_to(data.absolute()):
        raise click.ClickException(f"{place} lies in the data folder. Name one outside of it.")


@contextmanager
def _built(place: Path) -> Iterator[Path]:
    """A folder that gets its name when all of it is there."""
    part = place.with_name(f".{place.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield part
        if place.exists():
            place.rmdir()  # it is empty
        part.rename(place)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _copy_office(name: str, data: Path, whole: Path, apart: Path) -> Manifest:
    """Copy everything, in the order that keeps it in step.

    What the database speaks of comes after it: it was there before the database spoke of it, and
    is never changed. What speaks of the database, such as the anchors of the audit trail, is held
    still from before the database is copied until it is.
    """
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder
    from django.utils import timezone

    from requite.cli.database_copy import copy_out
    from requite.office.audit.backups import note_backup

    at = timezone.now()
    note_backup(name, at=at)
    keys = [path for path in data.iterdir() if path.is_file() and _is_of(path.name, KEYS)]
    copied_keys = [copy(path, apart, path.name) for path in sorted(keys)]
    database = DATABASES[connection.vendor]
    ours = (*KEYS, *PASSING, f"{Path(str(connection.settings_dict['NAME'])).name}*", LAST)
    with _held_still(data, ours):
        copied = list(_copied(data, whole, ours))
        copy_out(whole / database)
    copied.append(_told(whole, database))
    copied += _copied(data / LAST, whole, PASSING, LAST)
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        at.isoformat(), connection.vendor, tuple(sorted(map(".".join, applied))),
        fingerprint(settings.SECRET_KEY), tuple(copied), tuple(copied_keys),
    )  # fmt: skip


@contextmanager
def _held_still(data: Path, leaving: tuple[str, ...]) -> Iterator[None]:
    """Let nobody add to the files of the data folder who locks them to do so."""
    with ExitStack() as held:
        for path in sorted(data.iterdir()):
            if path.is_file() and not _is_of(path.name, leaving):
                fcntl.flock(held.enter_context(path.open("rb")), fcntl.LOCK_SH)
        yield


def _is_of(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _copied(root: Path, whole: Path, leaving: tuple[str, ...], under: str = "") -> Iterator[Copied]:
    """Copy the files under `root`, but for those of these names."""
    for place, folders, files in os.walk(root, followlinks=True):
        folders[:] = sorted(name for name in folders if not _is_of(name, leaving))
        for name in sorted(files):
            source = Path(place) / name
            path = Path(FILES, under, source.relative_to(root))
            if _is_of(name, leaving) or not source.is_file():
                continue
            try:
                yield copy(source, whole, path.as_posix())
            except FileNotFoundError:
                if not MAY_GO & set(path.parts):
                    raise
                (whole / path).unlink(missing_ok=True)


def _told(whole: Path, path: str) -> Copied:
    """A file that was made in its place."""
    from requite.engine.manifest import checksum

    return Copied(path, (whole / path).stat().st_size, checksum(whole / path))
