"""The watched folder: a feed that is laid into it is imported; and the worker's sign of life."""

from datetime import date, datetime
from pathlib import Path

import structlog

from requite.domain.errors import RequiteError
from requite.office.intake.models import Import
from requite.office.intake.services import Ask, ask_import
from requite.office.people.queries import provider_of

READY = "READY"  # an empty file in a feed's folder that says: it is whole now
HEARTBEAT = "worker_alive"
log = structlog.get_logger()


def look(watched: Path, *, on: date, at: datetime) -> list[Import]:
    """Queue the feeds that lie ready as `<provider>/<name>/` with a file `READY` in them.

    The sign is taken away first, so that no feed is queued twice; what is refused is told in the
    log, and in a file `REFUSED` beside the feed.
    """
    queued = []
    for sign in sorted(watched.glob(f"*/*/{READY}")):
        feed = sign.parent
        provider = provider_of(feed.parent.name)
        if provider is None:
            continue
        sign.unlink()
        try:
            queued.append(ask_import(provider, Ask(feed.resolve(), on), actor=None, at=at))
        except RequiteError as refused:
            (feed / "REFUSED").write_text(f"{refused}\n", encoding="utf-8")
            log.warning("feed refused", provider=provider.slug, feed=feed.name)
    return queued


def note_alive(data_dir: Path, *, at: datetime) -> None:
    """Leave a sign that the worker works."""
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / HEARTBEAT).write_text(at.isoformat(), encoding="ascii")


def last_alive(data_dir: Path) -> datetime | None:
    """When the worker last left a sign; None where it never did."""
    sign = data_dir / HEARTBEAT
    return datetime.fromisoformat(sign.read_text(encoding="ascii")) if sign.is_file() else None
