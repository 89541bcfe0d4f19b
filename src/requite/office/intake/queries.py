"""Reading of imports."""

import csv
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from requite.engine.backing import gaps_told, told
from requite.engine.store import NoSnapshot, Snapshot, Store
from requite.office.intake import folders
from requite.office.intake.models import Import
from requite.office.intake.status import UNDER_WAY, Status
from requite.office.people.models import Provider


def imports_of(provider: Provider) -> QuerySet[Import]:
    """The imports of a provider, the latest first."""
    return Import.objects.select_related("asked_by").filter(provider=provider).order_by("-number")


def import_of(provider: Provider, number: int) -> Import | None:
    """One import."""
    return imports_of(provider).filter(number=number).first()


def last_done(provider: Provider) -> Import | None:
    """The import whose ledger stands."""
    return imports_of(provider).filter(status=Status.DONE).first()


def busy_with(provider: Provider) -> Import | None:
    """The import of the provider that waits or runs, if any."""
    return Import.objects.filter(provider=provider, status__in=UNDER_WAY).first()


def is_busy(provider: Provider) -> bool:
    """Whether an import of the provider waits or runs."""
    return busy_with(provider) is not None


def parked_imports(provider: Provider | None = None) -> list[Import]:
    """Imports that could not be ended, and that no later import of their provider made up for."""
    later = Import.objects.filter(
        provider=OuterRef("provider"), status=Status.DONE, number__gt=OuterRef("number")
    )
    parked = Import.objects.select_related("provider").filter(~Exists(later), status=Status.PARKED)
    if provider is not None:
        parked = parked.filter(provider=provider)
    return list(parked.order_by("pk"))


def asking_imports(provider: Provider) -> list[Import]:
    """Imports that wait for a person's word; one at most, for a later one takes its place."""
    asking = imports_of(provider).select_related("provider").filter(status=Status.ASKING)
    return list(asking)


def running_imports() -> list[Import]:
    """The imports that a worker has."""
    running = Import.objects.select_related("provider").filter(status=Status.RUNNING)
    return list(running.order_by("pk"))


def problem_rows(provider: Provider, number: int) -> list[list[str]]:
    """Every row of an import that had a problem, below a header; nothing where none had."""
    path = folders.problems(provider, number)
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


# How 835 files are brought in a browser, where nobody sees a feed's folder.
BRING_REMITS: Final = (
    "Import again with your 835 files: Bring your own extract, on the Imports page, takes them "
    "together with the other files, and a ZIP may hold them in a folder remits."
)


class Rests(NamedTuple):
    """What the findings of a provider rest on, as its last import found it."""

    number: int
    told: str
    gaps: list[str]
    payers: list[dict[str, Any]]  # with a gap, and with money or findings


def rests_on(provider: Provider) -> Rests | None:
    """How much payer money an 835 backs, and which payers are known too little."""
    last = last_done(provider)
    backing = last.summary.get("backing") if last else None
    if last is None or not backing:
        return None
    payers = [payer for payer in backing["payers"] if payer["money_cents"] or payer["findings"]]
    return Rests(last.number, told(backing, BRING_REMITS), gaps_told(backing), payers)


def standing(provider: Provider) -> Snapshot:
    """The ledger that the cases rest on: of the last import that was done.

    Raises
    ------
    NoSnapshot
        Where there is none.
    """
    last, ledger = last_done(provider), Store(folders.store(provider))
    if last is None:
        raise NoSnapshot(ledger.root)
    return ledger.snapshot(last.snapshot)
