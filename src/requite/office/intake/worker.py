"""The worker: takes imports up one after another, and turns each into a ledger and cases."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from requite.domain.errors import RequiteError
from requite.engine.case_feed import (
    accounts_flagged,
    case_accounts,
    entries_since,
    party_findings,
)
from requite.engine.cases import legend_of
from requite.engine.determine import determine_snapshot
from requite.engine.full_disk import is_full
from requite.engine.gather import payers_of
from requite.engine.importer import Scope, Tolerance, import_feed
from requite.engine.output import write_output
from requite.engine.problems import fresh
from requite.engine.store import NoSnapshot, Snapshot, Store, StoreBusy
from requite.office.intake import folders
from requite.office.intake.drafts import drop_old_drafts
from requite.office.intake.kept import drop_old_extracts
from requite.office.intake.models import Import
from requite.office.intake.observation import LEASE, Observation
from requite.office.intake.queries import last_done
from requite.office.intake.refused_file import note_refused_file
from requite.office.intake.services import (
    MOST_ATTEMPTS,
    LostLease,
    NeedsConfirmation,
    end_import,
    is_held,
    park_import,
    release_import,
    renew,
    take_import,
)
from requite.office.intake.status import UNDER_WAY, Kind, Status
from requite.office.people.models import Provider

Clock = Callable[[], datetime]
# What becomes of the findings: the office's own step, given so that intake looks only back.
Apply = Callable[[Import, "Found", datetime], dict[str, int]]
GONE = "import taken over, or cancelled"
log = structlog.get_logger()


class Found:
    """What an import's determination found, ready to become cases."""

    def __init__(self, snapshot: Snapshot, folder: Path, held: Import) -> None:
        self.snapshot, self.folder, self.as_of = snapshot, folder, held.as_of
        self.groups = party_findings(folder, legend_of(held.as_of, payers_of(snapshot)))
        self.accounts = case_accounts(snapshot, folder)
        report = snapshot.manifest.report
        self.flagged, self.largest = accounts_flagged(folder)
        self.held_accounts = frozenset(row["account_id"] for row in report.get("held_out", ()))

    def entries_since(self, account_id: str, day: Any) -> list[tuple[str, str, int]]:  # noqa: ANN401
        """What came onto an account after a day."""
        return entries_since(self.snapshot, account_id, day)


class FeedMoved(RequiteError):
    """A feed is not what it was when it was given."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"The files of import {number} changed after it was asked for.",
            remedy="Lay the feed down whole, then bring it in again.",
        )


def run_next(worker: str, apply: Apply, clock: Clock, seen: Observation | None = None) -> bool:
    """Take up one import, if any waits, and bring it to its end; whether there was one.

    Parameters
    ----------
    worker : str
        The name that the worker signed on with.
    apply : callable
        What becomes of the findings.
    clock : callable
        Gives the time that is written down; nothing is decided by it.
    seen : Observation, optional
        What this worker saw of other workers' imports at its last looks.
    """
    seen = seen or Observation()
    held = take_import(worker, at=clock(), seen=seen)
    if held is None:
        return False
    say = log.bind(provider=held.provider.slug, number=held.number, attempt=held.attempts)
    say.info("import taken")
    try:
        with _kept_alive(held):
            _bring_in(held, apply, clock)
    except (OperationalError, InterfaceError):
        say.warning("the database does not answer")  # it is taken up again once nothing moves
        raise
    except SystemExit:
        _put_back(held, clock)
        raise
    except Exception as problem:  # noqa: BLE001 - no import must stop the worker
        try:
            say.info(_stop(held, problem, clock))
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # noqa: BLE001 - not even where it cannot be ended
            say.exception("import cannot be ended")
            park_import(held, at=clock(), seen=seen)
    else:
        say.info("import done")
    return True


def _put_back(held: Import, clock: Clock) -> None:
    """Leave an import to another worker, since this one is told to end."""
    connection.close()  # what it was at is taken back
    with suppress(OperationalError, InterfaceError):  # else it is free as soon as this process ends
        _if_held(held, lambda: release_import(held, counts=False, at=clock()))


def sweep() -> None:
    """Remove the uploads that a killed worker left, of imports that are over, and old extracts."""
    for provider in Provider.objects.all():
        drop_old_extracts(provider)
        drop_old_drafts(provider)
    kept = (*UNDER_WAY, Status.ASKING)
    over = Import.objects.select_related("provider").exclude(status__in=kept)
    for held in over.filter(source__startswith=str(settings.DATA_DIR)):
        folders.remove_upload(held.provider, held.source)


def _stop(held: Import, problem: Exception, clock: Clock) -> str:
    """What becomes of an import that cannot go on, and how the log has it."""
    if isinstance(problem, LostLease) or not is_held(held):
        return GONE
    if isinstance(problem, StoreBusy):
        _if_held(held, lambda: release_import(held, at=clock()))
        return "the ledger is in use: import put back"
    if isinstance(problem, NeedsConfirmation):
        _end_badly(held, Status.ASKING, str(problem), clock, asks=problem.allows)
        return "import asks for confirmation"
    if isinstance(problem, RequiteError):
        where = f"import {held.number}"
        note_refused_file(held.provider, where, problem, actor=held.asked_by, at=clock())
        _end_badly(held, Status.REFUSED, str(problem), clock)
        return "import refused"
    log.error("fault", number=held.number, exc_info=problem)
    if held.attempts < MOST_ATTEMPTS:
        _if_held(held, lambda: release_import(held, at=clock()))
        return "import failed: put back for another attempt"
    _end_badly(held, Status.FAILED, _why(problem), clock)
    return "import failed"


def _end_badly(held: Import, status: Status, problem: str, clock: Clock, **values: str) -> None:
    """End an import of which nothing is kept: the ledger before it stands."""
    values["problem"] = problem
    if _if_held(held, lambda: end_import(held, status, values, at=clock())):
        _stand_on_last(held)


def _if_held(held: Import, act: Callable[[], None]) -> bool:
    """Do it, unless another has the import by now; whether it was done."""
    try:
        act()
    except LostLease:
        log.info("import taken over", provider=held.provider.slug, number=held.number)
        return False
    return True


def _stand_on_last(held: Import) -> str:
    """Let the store stand on the last import that was done; which ledger that is, if any."""
    last, store = last_done(held.provider), Store(folders.store(held.provider))
    if last is None:
        return ""
    with suppress(NoSnapshot):  # lost, or of an earlier version: a whole feed needs none
        if store.current().manifest.snapshot != last.snapshot:  # of an import that ended badly
            store.fall_back(last.snapshot)
    return last.snapshot


def _why(error: Exception) -> str:
    """What a reader is told of an import that did not come to its end."""
    if is_full(error):
        return "The disk is full. Make room, then bring the feed in again: nothing of it was kept."
    return "The import failed by a fault of ours. Nothing of it was kept."


def _bring_in(held: Import, apply: Apply, clock: Clock) -> None:
    """From the feed to the cases; the last step is one transaction."""

    def say(step: str) -> None:
        renew(held, step)

    store = folders.store(held.provider)
    previous = _stand_on_last(held)
    if held.kind == Kind.CHANGES and Store(store).current().manifest.snapshot != previous:
        raise NoSnapshot(store)  # theirs is lost: they belong over no other
    snapshot = _ledger(held, store, say)
    out = folders.findings(held.provider, held.number)
    shutil.rmtree(out, ignore_errors=True)
    work = out / "work"
    work.mkdir(parents=True)
    say("Determine whose money it is")
    determine_snapshot(snapshot, work, as_of=held.as_of)
    summary = write_output(snapshot, work, out, as_of=held.as_of, seconds={})
    shutil.rmtree(work)
    say("Bring the cases up to date")
    with transaction.atomic():
        Import.objects.select_for_update().get(pk=held.pk)  # before all that waits for others
        at = clock()
        outcome = apply(held, Found(snapshot, out, held), at)
        values = {
            "snapshot": snapshot.manifest.snapshot, "previous_snapshot": previous,
            "report": snapshot.manifest.report, "summary": summary, "outcome": outcome,
        }  # fmt: skip
        end_import(held, Status.DONE, values, at=at)


def _ledger(held: Import, store: Path, say: Callable[[str], None]) -> Snapshot:
    """The ledger that the import makes the current one."""
    if held.kind == Kind.FALL_BACK:
        return Store(store).fall_back(held.snapshot)
    if folders.feed_digest(Path(held.source)) != held.digest:
        raise FeedMoved(held.number)
    scope = Scope.CHANGES if held.kind == Kind.CHANGES else Scope.WHOLE
    listed = fresh(folders.problems(held.provider, held.number))
    tolerance = Tolerance(held.hold_out_limit, listed)
    return import_feed(
        Path(held.source), store, scope=scope, progress=say, tolerance=tolerance
    )  # fmt: skip


@contextmanager
def _kept_alive(held: Import) -> Iterator[None]:
    """Show that the import is worked on while a long step lasts."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(LEASE.total_seconds() / 4):
            try:
                renew(held)
            except RequiteError:
                return  # another has it: the next step of this one finds out
            except (OperationalError, InterfaceError):
                connection.close()  # it may be back at the next beat
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
