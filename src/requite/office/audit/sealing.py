"""How an office that had no audit key gets one: its chains are closed as they are, once."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from requite.office.audit.hashes import hash_before_seal, hash_of, seal_of
from requite.office.audit.keys import KeyExists, audit_key, make_audit_key
from requite.office.audit.services import Happening, extend

SEALED: Final = "audit.sealed"


def seal_old_chains(chains: Any, events: Any) -> int:  # noqa: ANN401 - models as a migration knows
    """Close every chain that no key binds yet; how many there were.

    The key is made here and seals once: who has it already, and finds a chain that it does not
    bind, is looking at events that somebody may have written without it.

    Raises
    ------
    KeyExists
    """
    waiting = list(chains.objects.filter(length__gt=0).order_by("pk"))
    if not waiting:
        return 0
    path = Path(settings.AUDIT_KEY_FILE)
    made = make_audit_key(path)
    try:
        return sum(_seal(chain, events, audit_key(path), is_new=made) for chain in waiting)
    except BaseException:
        if made:
            path.unlink()
        raise


def _seal(chain: Any, events: Any, key: bytes, *, is_new: bool) -> int:  # noqa: ANN401
    last = events.objects.filter(chain_id=chain.pk, number=chain.length).first()
    if last is not None and last.hash == chain.head == hash_of(last, key):
        chain.seal = seal_of(chain, key)  # it was bound before, and the way back was gone
        chain.save(update_fields=["seal"])
        return 0
    if not is_new:
        raise KeyExists(chain.name or "installation")
    chain.seal = seal_of(chain, key)
    what = Happening(SEALED, chain.name or "installation", facts=_told(chain, last))
    extend(chain, events, [what], who=(None, ""), at=timezone.now(), key=key)
    return 1


def _told(chain: Any, last: Any) -> dict[str, object]:  # noqa: ANN401
    """How the old chain ended; whether its last event was whole is said, not mended."""
    whole = last is not None and last.hash == chain.head == hash_before_seal(last)
    return {"length": chain.length, "head": chain.head, "whole": whole}
