"""`requite import` and `requite worker`: feeds come into the office."""

import os
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from requite.cli.detect import IsoDate
from requite.cli.office import open_prepared_office

if TYPE_CHECKING:
    from requite.office.intake.models import Import

PAUSE_SECONDS = 1.0
BEAT_SECONDS = 20.0
AWAY_SECONDS = 5.0


@click.command("import")
@click.argument("feed", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--provider", required=True, help="Short name of the provider.")
@click.option("--as-of", type=IsoDate(), default=None, show_default="today")
@click.option("--changes", is_flag=True, help="FEED holds only what changed since the last import.")
@click.option(
    "--may-close",
    is_flag=True,
    help="It may close most of the open cases, although nothing came onto their accounts.",
)
@click.option("--wait/--no-wait", default=True, help="Do it now, or leave it to the worker.")
def bring(
    feed: Path, provider: str, as_of: date | None, *, changes: bool, may_close: bool, wait: bool
) -> None:
    """Bring FEED into the office: its ledger, its findings, its cases.

    \b
    requite import nightly --provider alder-creek --as-of 2026-11-26
    """
    open_prepared_office()
    from django.utils import timezone

    from requite.office.intake.services import Ask, ask_import
    from requite.office.intake.status import Kind
    from requite.office.people.queries import provider_of

    found = provider_of(provider)
    if found is None:
        raise click.ClickException(f"There is no provider {provider!r}. See: requite people --help")
    ask = Ask(
        feed.resolve(),
        as_of or timezone.localdate(),
        Kind.CHANGES if changes else Kind.WHOLE,
        may_close,
    )
    made = ask_import(found, ask, actor=None, at=timezone.now())
    click.echo(f"Import {made.number} of {found.name} is in the queue.", err=True)
    if wait:
        _until_done(made)


def _until_done(made: "Import") -> None:
    """Take imports up until this one has ended, here or elsewhere."""
    from requite.office.intake.status import Status

    while made.status in {Status.WAITING, Status.RUNNING}:
        if not work_once():
            time.sleep(PAUSE_SECONDS)
        made.refresh_from_db()
    if made.status != Status.DONE:
        raise click.ClickException(made.problem or f"The import was {made.status}.")
    told = ", ".join(f"{count:,} {name}" for name, count in made.outcome.items() if count)
    click.echo(f"Done: cases {told or 'as they were'}.", err=True)


def work_once() -> bool:
    """Take up one import; whether there was one."""
    from django.utils import timezone

    from requite.office.cases.arrival import take_in
    from requite.office.intake.worker import run_next

    return run_next(f"{os.uname().nodename}/{os.getpid()}", take_in, timezone.now)


@click.command()
@click.option("--once", is_flag=True, help="End when nothing waits.")
def worker(*, once: bool) -> None:
    """Take up imports one after another, until stopped.

    \b
    requite worker
    """
    open_prepared_office()
    from django.conf import settings
    from django.db import InterfaceError, OperationalError, connection
    from django.utils import timezone

    from requite.office.intake.watch import look
    from requite.office.intake.worker import sweep

    sweep()
    _leave_signs_of_life(Path(settings.DATA_DIR))
    anchored: date | None = None
    while True:
        try:
            if anchored != timezone.localdate():
                anchored = timezone.localdate()
                anchor_for_the_day(anchored)
            if settings.WATCHED_DIR is not None:
                look(Path(settings.WATCHED_DIR), on=timezone.localdate(), at=timezone.now())
            if work_once():
                continue
        except (OperationalError, InterfaceError) as away:
            if once:
                raise click.ClickException("The database does not answer.") from away
            connection.close()
            time.sleep(AWAY_SECONDS)
            continue
        if once:
            return
        time.sleep(PAUSE_SECONDS)


def anchor_for_the_day(on: date) -> None:
    """Sign the heads of the audit trail once a day; what hinders it stops no import."""
    import structlog
    from django.utils import timezone

    from requite.cli.audit import anchor_today
    from requite.domain.errors import RequiteError

    try:
        anchor_today(at=timezone.now(), on=on)
    except (RequiteError, click.ClickException) as problem:
        structlog.get_logger().warning("no anchor today", problem=str(problem))


def _leave_signs_of_life(data_dir: Path) -> None:
    """Say every few seconds that the worker lives, also while an import takes long."""
    from django.utils import timezone

    from requite.office.intake.watch import note_alive

    def beat() -> None:
        while True:
            with suppress(OSError):  # a full disk: the import itself tells of it
                note_alive(data_dir, at=timezone.now())
            time.sleep(BEAT_SECONDS)

    note_alive(data_dir, at=timezone.now())
    threading.Thread(target=beat, daemon=True).start()
