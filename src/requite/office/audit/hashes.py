"""What binds an event to its place: a code that only who holds the audit key can make."""

import hashlib
import hmac
import json
from datetime import UTC
from typing import Any, Final

EVENT, CHAIN = b"event\0", b"chain\0"  # so that a code of one thing is never one of another
BROKEN: Final = "broken"  # the seal of a chain that was found changed: it never holds again


def content_of(event: Any) -> bytes:  # noqa: ANN401 - the model, also as a migration knows it
    """All that an event says, with its place and the code before it."""
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
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hash_of(event: Any, key: bytes) -> str:  # noqa: ANN401
    """The HMAC-SHA256 of an event's content and of the code before it."""
    return hmac.new(key, EVENT + content_of(event), hashlib.sha256).hexdigest()


def hash_before_seal(event: Any) -> str:  # noqa: ANN401
    """The SHA-256 that bound the events of before there was a key; anybody can make it."""
    return hashlib.sha256(content_of(event)).hexdigest()


def seal_of(chain: Any, key: bytes) -> str:  # noqa: ANN401
    """The HMAC-SHA256 of how long a chain is and how it ends."""
    told = json.dumps([chain.name, chain.provider_id, chain.length, chain.head])
    return hmac.new(key, CHAIN + told.encode(), hashlib.sha256).hexdigest()


def is_sealed(chain: Any, key: bytes) -> bool:  # noqa: ANN401
    """Whether a chain ends where the office left it."""
    return hmac.compare_digest(chain.seal, seal_of(chain, key))
