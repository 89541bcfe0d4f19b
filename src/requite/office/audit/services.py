"""Adding to the audit trail; nothing of it is ever changed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

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
    name = provider.slug if provider else ""
    chain = Chain.objects.select_for_update().filter(name=name).first()
    if chain is None:
        Chain.objects.get_or_create(name=name, defaults={"provider": provider})
        chain = Chain.objects.select_for_update().get(name=name)
    events = []
    for what in happenings:
        event = Event(
            chain=chain,
            number=chain.length + 1,
            at=at,
            actor=actor,
            actor_name=actor.get_username() if actor else "",
            name=what.name,
            subject=what.subject,
            before=dict(what.before) if what.before is not None else None,
            after=dict(what.after) if what.after is not None else None,
            facts=dict(what.facts),
            previous_hash=chain.head,
        )
        event.hash = hash_of(event)
        chain.length, chain.head = event.number, event.hash
        events.append(event)
    Event.objects.bulk_create(events, batch_size=500)
    chain.save(update_fields=["length", "head"])
    return events


def hash_of(event: Event) -> str:
    """The SHA-256 of an event's content and of the hash before it."""
    content = {
        "chain": event.chain_id,
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(),
        "actor": event.actor_id,
        "actor_name": event.actor_name,
        "name": event.name,
        "subject": event.subject,
        "before": event.before,
        "after": event.after,
        "facts": event.facts,
        "previous": event.previous_hash,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def note_export(provider: "Provider", name: str, *, actor: "User", at: datetime) -> Event:
    """Note that somebody took a list along: as a file, or through the interface."""
    return record("list.taken", name[:120], provider=provider, actor=actor, at=at)
