"""All changes to imports: asked for, taken up by a worker, done, refused, undone.

A worker holds an import by a counter that it raises at each step and in between. Where a worker was
killed the counter stands still; another sees that, and takes the import up again from the start,
which is safe: a snapshot is published whole or not at all, and its cases are written in one
transaction.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F, Max, QuerySet
from django.utils.timezone import localdate

from requite.domain.errors import RequiteError
from requite.engine.gate import LIMIT
from requite.office.audit.services import record
from requite.office.intake import folders
from requite.office.intake.models import Import
from requite.office.intake.observation import Observation
from requite.office.intake.queries import asking_imports, busy_with, last_done
from requite.office.intake.refused_file import noting_refused_files
from requite.office.intake.status import UNDER_WAY, Kind, Status
from requite.office.people.models import Provider, User

MOST_ATTEMPTS = 5
EARLIEST = date(2000, 1, 1)
ENDLESS = (
    "The import was begun {} times and never came to its end: its worker was stopped, or its "
    "ledger was in use. Nothing of it was kept. Look into the worker's log, then bring the feed in "
    "again."
)
PARKED = (
    "The import could be neither finished nor recorded as failed. Nothing of it was kept, and "
    "other imports go on. Bring the feed in again; if it is parked again, send the worker's log to "
    "whoever looks after Requite."
)
log = structlog.get_logger()


class SameFeed(RequiteError):
    """A feed was given that is the provider's ledger already."""

    def __init__(self, earlier: Import) -> None:
        super().__init__(
            f"This is the feed of import {earlier.number}, of {earlier.asked_at:%Y-%m-%d}: "
            "nothing in it is new.",
            remedy="Nothing needs doing. Give the next extract when there is one.",
        )


class BadDay(RequiteError):
    """A feed was given as of a day that cannot be."""

    def __init__(self, as_of: date, first: date, last: date) -> None:
        super().__init__(
            f"A feed as of {as_of} cannot be brought in.",
            remedy=f"Name the day of the extract: from {first} to {last}.",
        )


class ImportBusy(RequiteError):
    """An import of the provider waits or runs already."""

    def __init__(self, other: Import) -> None:
        super().__init__(
            f"Import {other.number} is {other.get_status_display().lower()}.",
            remedy="Wait for it to end, then try again.",
        )


class NoLedger(RequiteError):
    """Changes were given before there is anything that they change."""

    def __init__(self) -> None:
        super().__init__(
            "There is no ledger yet that these changes could be laid over.",
            remedy="Bring the whole ledger first.",
        )


class NothingToUndo(RequiteError):
    """There is no earlier ledger to fall back to."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Import {number} cannot be undone.",
            remedy="Only the last import can be, and only if another came before it.",
        )


class NothingToCancel(RequiteError):
    """An import was to be cancelled that is over."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Import {number} is over.", remedy="If it was done, it can be undone instead."
        )


class NothingToAllow(RequiteError):
    """An import was to be allowed that asks for nothing."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Import {number} does not ask for confirmation.",
            remedy="Look at the imports: it may be over, or another came after it.",
        )


class NeedsConfirmation(RequiteError):
    """An import would do more than is done without a person's word; `allows` is what it asks."""

    allows = ""


class LostLease(RequiteError):
    """A worker was so slow that another took its import over."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Import {number} was taken over.", remedy="Nothing needs doing.")


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be imported, and as of which day."""

    feed: Path
    as_of: date
    kind: Kind = Kind.WHOLE
    may_close: bool = False  # most cases, although nothing came onto their accounts
    may_flag_many: bool = False  # more than a fifth of the accounts
    hold_out_limit: float = LIMIT  # the share of accounts that may be held out for problems


def ask_import(provider: Provider, ask: Ask, *, actor: User | None, at: datetime) -> Import:
    """Put a feed into the queue of the worker; it is read whole before the database is held."""
    with noting_refused_files(provider, f"feed {ask.feed.name}"[:100], actor=actor, at=at):
        digest = folders.feed_digest(ask.feed)
    return _ask(provider, ask, digest, actor=actor, at=at)


@transaction.atomic
def _ask(provider: Provider, ask: Ask, digest: str, *, actor: User | None, at: datetime) -> Import:
    last = _not_busy(provider)
    first = last.as_of if last else EARLIEST
    latest = max(first, localdate(at))  # this clock may be behind that of the last import
    if not first <= ask.as_of <= latest:
        raise BadDay(ask.as_of, first, latest)
    if last is None and ask.kind == Kind.CHANGES:
        raise NoLedger
    earlier = _given_before(provider, digest)
    if earlier is not None and (earlier != last or last.as_of == ask.as_of):
        raise SameFeed(earlier)
    values = {
        "source": str(ask.feed), "digest": digest, "as_of": ask.as_of, "kind": ask.kind,
        "may_close": ask.may_close, "may_flag_many": ask.may_flag_many,
        "hold_out_limit": ask.hold_out_limit,
    }  # fmt: skip
    return _queue(provider, values, actor=actor, at=at)


def _given_before(provider: Provider, digest: str) -> Import | None:
    """The import that brought just this feed, if it is not undone."""
    done = Import.objects.filter(provider=provider, status=Status.DONE).order_by("-number")
    undone = done.filter(kind=Kind.FALL_BACK).first()
    since = undone.number if undone else 0
    return done.filter(digest=digest, number__gte=since).first()


@transaction.atomic
def ask_undo(provider: Provider, number: int, *, actor: User, at: datetime) -> Import:
    """Put the way back to the ledger before the last import into the queue of the worker."""
    last = _not_busy(provider)
    if last is None or last.number != number or not last.previous_snapshot:
        raise NothingToUndo(number)
    earlier = Import.objects.filter(
        provider=provider, status=Status.DONE, snapshot=last.previous_snapshot, number__lt=number
    )
    before = earlier.order_by("-number").first()
    if before is None:
        raise NothingToUndo(number)
    values = {
        "source": f"Ledger of import {before.number}", "digest": before.digest,
        "as_of": last.as_of, "kind": Kind.FALL_BACK, "snapshot": before.snapshot,
    }  # fmt: skip
    return _queue(provider, values, actor=actor, at=at)


def refuse_if_busy(provider: Provider) -> None:
    """Refuse where an import waits or runs."""
    found = busy_with(provider)
    if found is not None:
        raise ImportBusy(found)


def _not_busy(provider: Provider) -> Import | None:
    """The last import that was done; refuses where another waits or runs."""
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)  # one asks at a time
    refuse_if_busy(provider)
    return last_done(provider)


def _queue(
    provider: Provider, values: dict[str, Any], *, actor: User | None, at: datetime
) -> Import:
    for asking in asking_imports(provider):
        told = f"{asking.problem}\nNobody allowed it before another import came."
        _withdraw(asking, Status.CANCELLED, told, actor=actor, at=at)
    last = Import.objects.filter(provider=provider).aggregate(last=Max("number"))["last"] or 0
    made = Import.objects.create(
        provider=provider, number=last + 1, asked_by=actor, asked_at=at, **values
    )
    record(
        "import.asked", str(made.number), provider=provider, actor=actor, at=at,
        feed=Path(made.source).name, as_of=made.as_of.isoformat(), digest=made.digest,
        kind=str(made.kind), may_close=made.may_close, may_flag_many=made.may_flag_many,
        hold_out_limit=made.hold_out_limit,
    )  # fmt: skip
    return made


def take_import(worker: str, *, at: datetime, seen: Observation | None = None) -> Import | None:
    """Take up the import that waits longest, or one whose worker is gone.

    One that cannot be taken up, nor given up, keeps no other out: it is parked.
    """
    seen = seen or Observation()
    under_way = Import.objects.select_related("provider").filter(status__in=UNDER_WAY)
    for found in seen.free(under_way.order_by("pk")):
        try:
            taken = _take(found, worker, at=at)
        except (OperationalError, InterfaceError):
            raise  # the database is away
        except Exception:  # whatever is wrong with it, the others go on
            log.exception("import cannot be taken up", pk=found.pk)
            park_import(found, at=at, seen=seen)
        else:
            if taken is not None:
                return taken
    return None


@transaction.atomic
def _take(found: Import, worker: str, *, at: datetime) -> Import | None:
    """Take an import up, if nobody was quicker; give it up where it was begun too often."""
    if found.attempts >= MOST_ATTEMPTS:
        _give_up(found, at=at)
        return None
    as_seen = Import.objects.filter(
        pk=found.pk, status=found.status, attempts=found.attempts, beat=found.beat
    )  # fmt: skip
    try:
        with transaction.atomic():
            won = as_seen.update(
                status=Status.RUNNING, worker=worker, beat=found.beat + 1, started_at=at,
                attempts=found.attempts + 1, step="",
            )  # fmt: skip
    except IntegrityError:
        return None  # another import of this provider runs
    if not won:
        return None
    record(
        "import.taken", str(found.number), provider=found.provider, actor=None, at=at,
        attempt=found.attempts + 1,
    )  # fmt: skip
    return Import.objects.select_related("provider").get(pk=found.pk)


def _give_up(found: Import, *, at: datetime) -> None:
    """End an import that no worker brings to its end."""
    values = {"problem": ENDLESS.format(found.attempts)}
    with suppress(LostLease):  # another worker has seen it too
        end_import(found, Status.FAILED, values, at=at)


def park_import(held: Import, *, at: datetime, seen: Observation) -> None:
    """Put an import aside that cannot even be ended; where that fails too, leave it alone."""
    try:
        _park(held, at=at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # the last thing that can be done for it
        log.exception("import cannot be parked", pk=held.pk)
        seen.avoid(held)


@transaction.atomic
def _park(held: Import, *, at: datetime) -> None:
    parked = _held(held).update(
        status=Status.PARKED, ended_at=at, step="", worker="", problem=PARKED
    )  # fmt: skip
    if parked:  # else another has it, or has ended it
        record("import.parked", str(held.number), provider=held.provider, actor=None, at=at)


@transaction.atomic
def release_import(held: Import, *, counts: bool = True, at: datetime) -> None:
    """Put an import back for another attempt, after a rest: its ledger is in use just now.

    An attempt that does not count, since its worker was told to end, asks for no rest.
    """
    released = _held(held).update(
        status=Status.WAITING, worker="", step="", beat=F("beat") + 1,
        attempts=F("attempts") - (0 if counts else 1),
    )  # fmt: skip
    if not released:
        raise LostLease(held.number)
    record("import.released", str(held.number), provider=held.provider, actor=None, at=at)


@transaction.atomic
def cancel_import(provider: Provider, number: int, *, actor: User, at: datetime) -> None:
    """End an import before it is done; a worker that has it stops at its next step."""
    stopped = (*UNDER_WAY, Status.ASKING)
    found = Import.objects.filter(provider=provider, number=number, status__in=stopped)
    source = found.values_list("source", flat=True).first()
    if source is None or not found.update(status=Status.CANCELLED, ended_at=at, step=""):
        raise NothingToCancel(number)
    transaction.on_commit(partial(folders.remove_upload, provider, source))
    record("import.cancelled", str(number), provider=provider, actor=actor, at=at)


@transaction.atomic
def allow_import(provider: Provider, number: int, *, actor: User, at: datetime) -> Import:
    """Allow what an import asks for, and put it back into the queue of the worker."""
    _not_busy(provider)
    found = Import.objects.select_for_update().filter(
        provider=provider, number=number, status=Status.ASKING
    )  # fmt: skip
    asking = found.first()
    if asking is None:
        raise NothingToAllow(number)
    allowed, asking.asks = asking.asks, ""
    setattr(asking, allowed, True)
    asking.status, asking.problem, asking.worker = Status.WAITING, "", ""
    asking.attempts, asking.ended_at, asking.beat = 0, None, asking.beat + 1
    asking.save()
    record("import.allowed", str(number), provider=provider, actor=actor, at=at, allowed=allowed)
    return asking


def _withdraw(
    asking: Import, status: Status, problem: str, *, actor: User | None, at: datetime
) -> None:
    """End an import that asked in vain."""
    asking.status, asking.problem, asking.asks, asking.ended_at = status, problem, "", at
    asking.save(update_fields=["status", "problem", "asks", "ended_at"])
    transaction.on_commit(partial(folders.remove_upload, asking.provider, asking.source))
    record("import.cancelled", str(asking.number), provider=asking.provider, actor=actor, at=at)


def is_held(held: Import) -> bool:
    """Whether this worker has the import still."""
    return _held(held).exists()


def _held(held: Import) -> QuerySet[Import]:
    """The import, as long as this worker has it."""
    return Import.objects.filter(
        pk=held.pk, worker=held.worker, attempts=held.attempts, status=held.status
    )  # fmt: skip


def renew(held: Import, step: str | None = None) -> None:
    """Show that an import is worked on, and at which step it is."""
    values: dict[str, Any] = {"beat": F("beat") + 1}
    if step is not None:
        values["step"] = step[:80]
    if not _held(held).update(**values):
        raise LostLease(held.number)


@transaction.atomic
def end_import(held: Import, status: Status, values: dict[str, Any], *, at: datetime) -> None:
    """Note how an import ended; in the transaction of the cases that it made."""
    ended = _held(held).update(status=status, ended_at=at, step="", **values)
    if not ended:
        raise LostLease(held.number)
    if status != Status.ASKING:  # it may yet be allowed
        transaction.on_commit(partial(folders.remove_upload, held.provider, held.source))
    record(
        f"import.{status}", str(held.number), provider=held.provider, actor=None, at=at,
        snapshot=values.get("snapshot", ""), outcome=values.get("outcome", {}),
        **({"asks": values["asks"]} if "asks" in values else {}),
    )  # fmt: skip
