"""All changes to imports: asked for, taken up by a worker, done, refused, undone.

A worker holds an import by a lease that it renews at each step. A worker that was killed lets its
lease run out; the next one takes the import up again from the start, which is safe: a snapshot is
published whole or not at all, and its cases are written in one transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from requite.domain.errors import RequiteError
from requite.office.audit.services import record
from requite.office.intake import folders
from requite.office.intake.models import Import
from requite.office.intake.status import Kind, Status
from requite.office.people.models import Provider, User

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 5


class SameFeed(RequiteError):
    """A feed was given that is the provider's ledger already."""

    def __init__(self, earlier: Import) -> None:
        super().__init__(
            f"This is the feed of import {earlier.number}, of {earlier.asked_at:%Y-%m-%d}: "
            "nothing in it is new.",
            remedy="Nothing needs doing. Give the next extract when there is one.",
        )


class ImportBusy(RequiteError):
    """An import of the provider waits or runs already."""

    def __init__(self, other: Import) -> None:
        super().__init__(
            f"Import {other.number} is {other.get_status_display().lower()}.",
            remedy="Wait for it to end, then try again.",
        )


class NothingToUndo(RequiteError):
    """There is no earlier ledger to fall back to."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Import {number} cannot be undone.",
            remedy="Only the last import can be, and only if another came before it.",
        )


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


def ask_import(provider: Provider, ask: Ask, *, actor: User | None, at: datetime) -> Import:
    """Put a feed into the queue of the worker; it is read whole before the database is held."""
    return _ask(provider, ask, folders.feed_digest(ask.feed), actor=actor, at=at)


@transaction.atomic
def _ask(provider: Provider, ask: Ask, digest: str, *, actor: User | None, at: datetime) -> Import:
    last = _not_busy(provider)
    if last is not None and (last.digest, last.as_of) == (digest, ask.as_of):
        raise SameFeed(last)
    values = {"source": str(ask.feed), "digest": digest, "as_of": ask.as_of, "kind": ask.kind}
    return _queue(provider, values, actor=actor, at=at)


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


def _not_busy(provider: Provider) -> Import | None:
    """The last import that was done; refuses where another waits or runs."""
    Provider.objects.select_for_update().get(pk=provider.pk)  # one asks at a time
    mine = Import.objects.select_for_update().filter(provider=provider).order_by("-number")
    busy = mine.filter(status__in=[Status.WAITING, Status.RUNNING]).first()
    if busy is not None:
        raise ImportBusy(busy)
    return mine.filter(status=Status.DONE).first()


def _queue(
    provider: Provider, values: dict[str, Any], *, actor: User | None, at: datetime
) -> Import:
    last = Import.objects.filter(provider=provider).aggregate(last=Max("number"))["last"] or 0
    made = Import.objects.create(
        provider=provider, number=last + 1, asked_by=actor, asked_at=at, **values
    )
    record(
        "import.asked", str(made.number), provider=provider, actor=actor, at=at,
        feed=Path(made.source).name, as_of=made.as_of.isoformat(), digest=made.digest,
        kind=str(made.kind),
    )  # fmt: skip
    return made


@transaction.atomic
def take_import(worker: str, *, at: datetime) -> Import | None:
    """Take up the import that waits longest, or one whose worker is gone."""
    free = Q(status=Status.WAITING) | Q(status=Status.RUNNING, leased_until__lt=at)
    for found in Import.objects.filter(free).order_by("asked_at")[:20]:
        values: dict[str, Any] = {
            "status": Status.RUNNING, "worker": worker, "leased_until": at + LEASE,
            "started_at": at, "attempts": found.attempts + 1, "step": "",
        }  # fmt: skip
        try:
            with transaction.atomic():
                won = Import.objects.filter(
                    free, pk=found.pk, attempts=found.attempts
                ).update(**values)  # fmt: skip
        except IntegrityError:
            continue  # another import of this provider runs
        if won:
            record(
                "import.taken", str(found.number), provider=found.provider, actor=None, at=at,
                attempt=found.attempts + 1,
            )  # fmt: skip
            return Import.objects.select_related("provider").get(pk=found.pk)
    return None


def renew(held: Import, step: str, *, at: datetime) -> None:
    """Say which step an import is at, and keep it for some more time."""
    kept = Import.objects.filter(
        pk=held.pk, worker=held.worker, attempts=held.attempts, status=Status.RUNNING
    ).update(step=step[:80], leased_until=at + LEASE)
    if not kept:
        raise LostLease(held.number)


@transaction.atomic
def end_import(held: Import, status: Status, values: dict[str, Any], *, at: datetime) -> None:
    """Note how an import ended; in the transaction of the cases that it made."""
    ended = Import.objects.filter(
        pk=held.pk, worker=held.worker, attempts=held.attempts, status=Status.RUNNING
    ).update(status=status, ended_at=at, step="", leased_until=None, **values)
    if not ended:
        raise LostLease(held.number)
    record(
        f"import.{status}", str(held.number), provider=held.provider, actor=None, at=at,
        snapshot=values.get("snapshot", ""), outcome=values.get("outcome", {}),
    )  # fmt: skip
