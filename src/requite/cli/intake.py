"""`requite import` and `requite worker`: feeds come into the office."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from requite.cli.detect import IsoDate, limit_option
from requite.cli.office import no_answer, open_prepared_office

if TYPE_CHECKING:
    from requite.office.intake.living import SignedOn
    from requite.office.intake.models import Import
    from requite.office.intake.observation import Observation

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
@click.option(
    "--may-flag-many",
    is_flag=True,
    help="It may flag more than a fifth of the accounts; asked of ledgers of 50 accounts and more.",
)
@limit_option
@click.option("--wait/--no-wait", default=True, help="Do it now, or leave it to the worker.")
def bring(
    feed: Path,
    provider: str,
    as_of: date | None,
    *,
    changes: bool,
    may_close: bool,
    may_flag_many: bool,
    hold_out_limit: float,
    wait: bool,
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
        may_flag_many,
        hold_out_limit,
    )
    made = ask_import(found, ask, actor=None, at=timezone.now())
    click.echo(f"Import {made.number} of {found.name} is in the queue.", err=True)
    if wait:
        _until_done(made)


def _until_done(made: "Import") -> None:
    """Take imports up until this one has ended, here or elsewhere."""
    from requite.cli.terminal import plain
    from requite.office.intake.status import Status

    with working() as worker:
        while made.status in {Status.WAITING, Status.RUNNING}:
            if not worker.work_once():
                time.sleep(PAUSE_SECONDS)
            made.refresh_from_db()
    if made.status != Status.DONE:
        raise click.ClickException(made.problem or f"The import was {made.status}.")
    for line in _rests_on(made):
        click.echo(plain(line), err=True)
    told = ", ".join(f"{count:,} {name}" for name, count in made.outcome.items() if count)
    click.echo(f"Done: cases {told or 'as they were'}.", err=True)


def _rests_on(made: "Import") -> list[str]:
    """What the findings of an import rest on, and what it held out of them."""
    from requite.engine.backing import gaps_told, told

    backing = made.summary.get("backing")
    held, problems = made.report.get("held_out", []), made.report.get("problems", [])
    lines = [told(backing), *gaps_told(backing)] if backing else []
    if held:
        unit = "account is" if len(held) == 1 else "accounts are"
        lines.append(f"{len(held):,} {unit} held out of the findings: see the page of the import.")
    return lines + [kind["told"] for kind in problems]


class Worker:
    """What takes imports up: its name, and what it saw of other workers."""

    def __init__(self, signed: "SignedOn", seen: "Observation") -> None:
        self._signed, self._seen = signed, seen

    def work_once(self) -> bool:
        """Take up one import; whether there was one."""
        from django.utils import timezone

        from requite.office.cases.arrival import take_in
        from requite.office.intake.worker import run_next

        return run_next(self._signed.name, take_in, timezone.now, self._seen)

    @property
    def is_waiting(self) -> bool:
        """Whether an import of another worker may yet come free."""
        return self._seen.is_waiting


@contextmanager
def working() -> Iterator[Worker]:
    """A worker that is seen to live, also while an import takes long."""
    from django.conf import settings

    from requite.office.intake.living import lives, signed_on
    from requite.office.intake.observation import Observation

    data_dir, over = Path(settings.DATA_DIR), threading.Event()
    with signed_on(data_dir) as signed:

        def beat() -> None:
            while not over.is_set():
                with suppress(OSError):  # a full disk: the import itself tells of it
                    signed.beat()
                over.wait(BEAT_SECONDS)

        beating = threading.Thread(target=beat, daemon=True)
        beating.start()
        try:
            yield Worker(signed, Observation(partial(lives, data_dir)))
        finally:
            over.set()
            beating.join()


@click.command()
@click.option("--once", is_flag=True, help="End when nothing waits.")
@click.option("--parent", type=int, hidden=True, help="End when this process is gone.")
def worker(*, once: bool, parent: int | None) -> None:
    """Take up imports one after another, until stopped.

    Told to end (SIGTERM), it puts the import back that it is at, for another worker; status 0.

    \b
    requite worker
    """
    with ending_when_told():
        open_prepared_office()
        if parent is not None:
            end_with(parent)
        _sweep()
        with working() as one:
            _work_on(one, once=once)


@contextmanager
def ending_when_told() -> Iterator[None]:
    """Let SIGTERM end what is done inside, as by itself: with what has to be put back put back."""

    def end(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # to be told twice breaks nothing off
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _work_on(one: Worker, *, once: bool) -> None:
    """Look and work until stopped, or until nothing waits."""
    from django.conf import settings
    from django.db import InterfaceError, OperationalError, connection
    from django.utils import timezone

    from requite.office.intake.watch import look

    anchored: date | None = None
    while True:
        try:
            if anchored != timezone.localdate():
                today = timezone.localdate()
                anchor_for_the_day(today)
                anchored = today
            if settings.WATCHED_DIR is not None:
                look(Path(settings.WATCHED_DIR), on=timezone.localdate(), at=timezone.now())
            if one.work_once():
                continue
        except (OperationalError, InterfaceError) as away:
            if once:
                raise no_answer(away) from away
            connection.close()
            time.sleep(AWAY_SECONDS)
            continue
        if once and not one.is_waiting:
            return
        time.sleep(PAUSE_SECONDS)


def anchor_for_the_day(on: date) -> None:
    """Sign the heads of the audit trail once a day; what hinders it stops no import."""
    import structlog
    from django.db import InterfaceError, OperationalError
    from django.utils import timezone

    from requite.cli.audit import anchor_today
    from requite.domain.errors import RequiteError

    try:
        anchor_today(at=timezone.now(), on=on)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the worker waits for it, and asks again
    except (RequiteError, click.ClickException) as problem:
        structlog.get_logger().warning("no anchor today", problem=str(problem))
    except Exception as fault:  # noqa: BLE001 - a fault of ours stops no import either
        structlog.get_logger().error("no anchor today", fault=type(fault).__name__)


def _sweep() -> None:
    """Remove what killed workers left; that something cannot be removed stops nobody."""
    from requite.office.intake.worker import sweep

    try:
        sweep()
    except OSError as problem:
        click.echo(f"Old uploads could not be removed: {problem.strerror}.", err=True)


def end_with(parent: int) -> None:
    """End this process when the one that started it is gone, however that ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PAUSE_SECONDS)
        os._exit(1)  # an import half-way is taken up again from the start

    threading.Thread(target=watch, daemon=True).start()
