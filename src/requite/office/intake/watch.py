"""The watched folder: a feed that is laid into it is imported."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import structlog
from django.db import InterfaceError, OperationalError

from requite.domain.errors import RequiteError
from requite.engine.within import RefusedFile, opened, plain_file, plain_folder
from requite.office.intake.folders import READY, REFUSED
from requite.office.intake.models import Import
from requite.office.intake.queries import is_busy
from requite.office.intake.refused_file import note_refused_file, noting_refused_files
from requite.office.intake.services import Ask, ImportBusy, ask_import
from requite.office.intake.status import Kind
from requite.office.people.models import Provider
from requite.office.people.queries import provider_of

KINDS = {"": Kind.WHOLE, "whole": Kind.WHOLE, "changes": Kind.CHANGES}
READABLE = 0o644  # whoever laid the feed down is seldom the user that the worker runs as
MOST_WORDS = 100  # bytes of READY that are read
log = structlog.get_logger()
_stays: dict[Path, tuple[int, ...]] = {}  # signs that this process could not take away, as they are


def look(watched: Path, *, on: date, at: datetime) -> list[Import]:
    """Queue the feeds that lie ready as `<provider>/<name>/` with a file `READY` in them.

    The sign is taken away once the feed is in the queue: what cannot be queued yet, because an
    import is under way, waits. What is refused is told in the log, and in a file `REFUSED` in
    the feed; a feed that is a link is not touched: the file lies beside it, as `<name>.REFUSED`.
    A sign that cannot be taken away is looked at once, and again when it changes. No feed keeps
    another from coming in.
    """
    queued = []
    for sign in sorted(watched.glob(f"*/*/{READY}")):
        if _stays.get(sign) == _mark(sign):
            continue
        provider = provider_of(sign.parent.parent.name)
        if provider is None or is_busy(provider):
            continue
        try:
            plain_folder(watched, f"{provider.slug}/{sign.parent.name}")
        except RefusedFile as refused:
            _refuse_link(provider, watched, sign, refused, at=at)
            continue
        made = _take_in(provider, sign, on=on, at=at)
        if made is not None:
            queued.append(made)
    return queued


def _take_in(provider: Provider, sign: Path, *, on: date, at: datetime) -> Import | None:
    """Queue one feed; None where it waits, or was refused."""
    try:
        made = _queue(provider, sign, on=on, at=at)
    except ImportBusy:
        return None
    except (OperationalError, InterfaceError):
        raise  # the database is away
    except RequiteError as refused:
        why = str(refused)
    except (OSError, UnicodeError):
        why = "The feed cannot be read. Look at its files and their owner."
    except Exception:  # whatever is wrong with it, the other feeds come in
        log.exception("feed failed", provider=provider.slug, feed=sign.parent.name)
        why = "The feed failed by a fault of ours. The log of the worker says more."
    else:
        _take_away(sign)
        return made
    _refuse(provider, sign, why)
    return None


def _queue(provider: Provider, sign: Path, *, on: date, at: datetime) -> Import:
    with noting_refused_files(provider, "watched folder", actor=None, at=at):
        plain_file(sign.parent, READY)
    with opened(sign) as file:
        words = file.read(MOST_WORDS).decode("utf-8").strip().lower()
    if words not in KINDS:
        raise BadSign(words)
    ask = Ask(sign.parent.resolve(), on, KINDS[words])
    return ask_import(provider, ask, actor=None, at=at)


def _refuse(provider: Provider, sign: Path, why: str) -> None:
    log.warning("feed refused", provider=provider.slug, feed=sign.parent.name)
    told = sign.parent / REFUSED
    with suppress(OSError):  # a folder that cannot be written to: the log has it
        told.unlink(missing_ok=True)  # be it a link: what it leads to is not written over
        _write_new(told, why)
    _take_away(sign)


def _refuse_link(
    provider: Provider, watched: Path, sign: Path, refused: RefusedFile, *, at: datetime
) -> None:
    """Tell once of a feed that is a link; what it leads to is left as it is."""
    steps = (sign.parent.parent, sign.parent)
    link = next((each for each in steps if each.is_symlink()), sign.parent)
    try:
        _write_new(
            watched / link.relative_to(watched).with_name(f"{link.name}.{REFUSED}"), str(refused)
        )
    except FileExistsError:
        return  # told before
    except OSError:
        log.warning("REFUSED cannot be written", feed=link.name)
    log.warning("feed refused", provider=provider.slug, feed=link.name)
    note_refused_file(provider, "watched folder", refused, actor=None, at=at)


def _write_new(path: Path, why: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(f"{why}\n")
    path.chmod(READABLE)


def _take_away(sign: Path) -> None:
    try:
        sign.unlink(missing_ok=True)
    except OSError:
        log.warning("READY cannot be taken away", feed=sign.parent.name)
        _stays[sign] = _mark(sign)


def _mark(sign: Path) -> tuple[int, ...]:
    """By which it is seen that a sign was laid anew; nothing where it is gone."""
    try:
        found = sign.lstat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns


class BadSign(RequiteError):
    """A file READY says what is not understood."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"READY says {words[:40]!r}.",
            remedy="Leave it empty for a whole ledger, or write `changes` into it.",
        )
