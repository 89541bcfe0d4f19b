"""`requite doctor`: whether an installation is in order."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import click

from requite import __version__
from requite.cli.office import NEWER, open_office, shape
from requite.cli.private import close_to_others, open_to_others
from requite.domain.errors import RequiteError

LEAST_FREE = 1 << 30
BEAT_SECONDS = 25.0  # within which a worker of another machine gives a sign of life
WIDTH = 16
Check = Callable[[], str]


@click.command()
@click.option("--fix", is_flag=True, help="First close files that other users may read.")
def doctor(*, fix: bool) -> None:
    """Look at all that the office rests on, and say what to do where something is wrong.

    It reads every ledger and document, and follows the audit trail from its beginning; with much
    data that takes minutes. Exit status 1 says that something is not in order.

    \b
    requite doctor
    """
    open_office()
    if fix:
        close_to_others(_open_paths())
    problems = _run(BEFORE)
    for name, _ in AFTER if problems else ():
        click.echo(f"{name:<{WIDTH}} not looked at: first mend what is said above.")
    problems += 0 if problems else _run(AFTER)
    problems += _run(BESIDE)
    if problems:
        raise click.exceptions.Exit(1)


def _run(checks: tuple[tuple[str, Check], ...]) -> int:
    """Look, and tell; how many were not in order."""
    problems = 0
    for name, check in checks:
        problem = _told(check)
        problems += bool(problem)
        click.echo(f"{name:<{WIDTH}} {problem or 'in order'}")
    return problems


def _told(check: Check) -> str:
    """What a check finds; that it cannot look is a finding, too."""
    from django.db import DatabaseError

    try:
        return check()
    except RequiteError as problem:
        return str(problem)
    except DatabaseError as problem:
        return f"cannot be looked at: the database refuses ({type(problem).__name__})."
    except OSError as problem:
        return f"cannot be looked at: {problem.strerror}."


def _database() -> str:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer. Look at DATABASE_URL, and whether the server runs."
    return ""


def _migrations() -> str:
    from django.db import DatabaseError

    try:
        found = shape()
    except DatabaseError:
        return "cannot be read."
    if found.unknown:
        return NEWER.format(found.unknown[0], __version__)
    return f"{len(found.waiting)} wait. Run: requite migrate" if found.waiting else ""


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


def _open_paths() -> list[Path]:
    """What of the office other users of the machine may read; the watched folder is theirs too."""
    from django.conf import settings
    from django.db import connection

    named = [_data()]
    if connection.vendor == "sqlite":
        named.append(Path(settings.DATABASES["default"]["NAME"]).absolute())
    watched = Path(settings.WATCHED_DIR).absolute() if settings.WATCHED_DIR else None
    return sorted(set(open_to_others(*named, leaving=watched)))


def _permissions() -> str:
    found = _open_paths()
    if not found:
        return ""
    return (
        f"{len(found):,} folders and files are open to other users of this machine, {found[0]} "
        "among them. Run: requite doctor --fix"
    )


def _disk() -> str:
    free = shutil.disk_usage(_data()).free
    return "" if free >= LEAST_FREE else f"only {free >> 20:,} MB are free. Make room."


def _worker() -> str:
    from requite.office.intake.living import last_beat, workers

    data, known = _data(), workers(_data())
    if any(known.values()):
        return ""
    unseen = [name for name, is_alive in known.items() if is_alive is None]
    elsewhere = {name: last_beat(data, name) for name in unseen}
    until = time.monotonic() + (BEAT_SECONDS if elsewhere else 0)
    while time.monotonic() < until:
        if any(last_beat(data, name) != beat for name, beat in elsewhere.items()):
            return ""
        time.sleep(1)
    return "none lives. `requite serve` starts one; or run `requite worker`."


def _imports() -> str:
    from requite.office.intake.living import lives
    from requite.office.intake.queries import parked_imports, running_imports

    lost = [each for each in running_imports() if lives(_data(), each.worker) is False]
    told = [(each, "is parked: bring the feed in again.") for each in parked_imports()]
    told += [(each, "has lost its worker; the next one takes it up again.") for each in lost]
    return " ".join(f"Import {each.number} of {each.provider.slug} {what}" for each, what in told)


def _ledgers() -> str:
    from requite.office.intake.ledgers import ledger_problems

    found = list(ledger_problems())
    return (
        f"{'; '.join(found)}. Bring the whole ledger in again, or restore a backup."
        if found
        else ""
    )


def _documents() -> str:
    from requite.office.cases.damaged import damaged_documents

    found = damaged_documents()
    if not found:
        return ""
    named = "; ".join(found[:5])
    return f"{len(found):,} are gone or changed ({named}). Put their files back from a backup."


def _sealed() -> str:
    from requite.office.people.sealed import unopened_secrets

    count = unopened_secrets()
    if not count:
        return ""
    return (
        f"{count:,} second factors are not opened by this key. Put the secret key of this office "
        "back (from the keys of a backup), or reset them: requite people reset-password USER"
    )


def _audit() -> str:
    from requite.office.audit.queries import tampering

    found = [str(each) for each in tampering()]
    return f"{' '.join(found)} Keep this database as evidence." if found else ""


def _security() -> str:
    from django.conf import settings
    from django.core import checks

    if not settings.SECURE_SSL_REDIRECT:
        return "plain HTTP: for one machine only. Set REQUITE_HTTPS=true behind a TLS proxy."
    found = checks.run_checks(include_deployment_checks=True)
    serious = [message for message in found if message.level >= checks.WARNING]
    return "; ".join(str(message.msg) for message in serious)


# What has to be in order before the tables can be read; what is in them; what is beside them.
BEFORE: tuple[tuple[str, Check], ...] = (
    ("Database", _database),
    ("Migrations", _migrations),
    ("Data folder", _data_folder),
)
AFTER: tuple[tuple[str, Check], ...] = (
    ("Imports", _imports),
    ("Ledgers", _ledgers),
    ("Documents", _documents),
    ("Sealed values", _sealed),
    ("Audit trail", _audit),
)
BESIDE: tuple[tuple[str, Check], ...] = (
    ("Permissions", _permissions),
    ("Disk", _disk),
    ("Worker", _worker),
    ("Security", _security),
)
