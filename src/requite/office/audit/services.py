"""Adding to the audit trail; nothing of it is ever changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import transaction

from requite.office.audit.hashes import BROKEN, hash_of, is_sealed, seal_of
from requite.office.audit.keys import KeyMissing, audit_key, make_audit_key
from requite.office.audit.models import Chain, Event

if TYPE_CHECKING:
    from requite.office.people.models import Provider, User

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event says, before it has a place in a chain."""

    name: str
    subject: str
    before: Values | None = None
    after: Values | None = None
    facts: Values = field(default_factory=dict)


def record(  # noqa: PLR0913 - an event says all of this
    event: str,
    subject: str,
    *,
    provider: "Provider | None",
    actor: "User | None",
    at: datetime,
    before: Values | None = None,
    after: Values | None = None,
    **facts: object,
) -> Event:
    """Add one event, inside the transaction of the write that it tells of.

    Parameters
    ----------
    event : str
        What happened: a thing and a past participle, such as `case.moved`.
    subject : str
        The number or name of what it happened to; never a patient's name.
    provider : Provider or None
        Whose chain it goes into; None for what concerns the installation.
    actor : User or None
        Who did it; None for the system.
    at : datetime
        When, with its time zone.
    before, after : mapping, optional
        What changed, as values that JSON can hold.
    """
    what = Happening(event, subject, before, after, facts)
    return record_all([what], provider=provider, actor=actor, at=at)[0]


def record_all(
    happenings: Iterable[Happening],
    *,
    provider: "Provider | None",
    actor: "User | None",
    at: datetime,
) -> list[Event]:
    """Add several events of one moment, in their order."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit event belongs into the transaction of the write it tells of.")
    key = key_for_writing()
    chain = _held_chain(provider, key)
    who = (actor.pk, actor.get_username()) if actor else (None, "")
    return extend(chain, Event, list(happenings), who=who, at=at, key=key)


def hold_trail(provider: "Provider") -> None:
    """Hold a provider's chain until the transaction ends, before what is elsewhere held after it.

    Whoever holds two things in another order than somebody else waits in a ring with them.
    """
    _held_chain(provider, key_for_writing())


def _held_chain(provider: "Provider | None", key: bytes) -> Chain:
    """The provider's chain, or that of the installation, held until the transaction ends."""
    name = provider.slug if provider else ""
    chain = Chain.objects.select_for_update().filter(name=name).first()
    if chain is None:
        seal = seal_of(Chain(name=name, provider=provider), key)
        Chain.objects.get_or_create(name=name, defaults={"provider": provider, "seal": seal})
        chain = Chain.objects.select_for_update().get(name=name)
    return chain


def key_for_writing() -> bytes:
    """The audit key, made where an office begins.

    Raises
    ------
    KeyMissing
        Where events are there already.
    """
    path = Path(settings.AUDIT_KEY_FILE)
    try:
        return audit_key(path)
    except KeyMissing:
        if Event.objects.exists():
            raise
    make_audit_key(path)
    return audit_key(path)


AnyEvent = TypeVar("AnyEvent", bound=Any)


def extend(  # noqa: PLR0913 - a migration says of which models, of which time
    chain: Any,  # noqa: ANN401
    model: type[AnyEvent],
    happenings: Sequence[Happening],
    *,
    who: tuple[int | None, str],
    at: datetime,
    key: bytes,
) -> list[AnyEvent]:
    """Put events behind the last one of a chain that is held.

    A chain that does not end where the office left it was changed from outside. The office goes
    on, and its seal never holds again: what was cut off is not covered by what comes after.
    """
    holds = is_sealed(chain, key)
    events = []
    for what in happenings:
        event = model(
            chain=chain,
            number=chain.length + 1,
            at=at,
            actor_id=who[0],
            actor_name=who[1],
            name=what.name,
            subject=what.subject,
            before=dict(what.before) if what.before is not None else None,
            after=dict(what.after) if what.after is not None else None,
            facts=dict(what.facts),
            previous_hash=chain.head,
        )
        event.hash = hash_of(event, key)
        chain.length, chain.head = event.number, event.hash
        events.append(event)
    chain.seal = seal_of(chain, key) if holds else BROKEN
    model._default_manager.bulk_create(events, batch_size=500)  # noqa: SLF001 - Django's own name
    chain.save(update_fields=["length", "head", "seal"])
    return events


def listed(what: str, accounts: Iterable[str]) -> Happening:
    """That a list was read: which, and the accounts that stood in it; never a name, or a search."""
    return Happening("list.read", what, facts={"accounts": list(dict.fromkeys(accounts))})


@transaction.atomic
def note_lists(
    provider: "Provider", read: Iterable[Happening], *, actor: "User", at: datetime
) -> None:
    """Note that somebody read lists that show patients' data."""
    record_all(read, provider=provider, actor=actor, at=at)


@transaction.atomic
def note_export(
    provider: "Provider", name: str, accounts: Iterable[str] = (), *, actor: "User", at: datetime
) -> Event:
    """Note that somebody took a list along: as a file, or through the interface."""
    told = list(dict.fromkeys(accounts))
    return record("list.taken", name[:120], provider=provider, actor=actor, at=at, accounts=told)
