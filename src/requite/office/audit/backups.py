"""That the office was copied is an event, too: the copy holds all that the office does."""

from datetime import datetime

from django.db import transaction

from requite.office.audit.models import Event
from requite.office.audit.services import record


@transaction.atomic
def note_backup(folder: str, *, at: datetime) -> Event:
    """Note that somebody who runs the installation copies it, into a folder of this name."""
    return record("office.backed_up", folder[:120], provider=None, actor=None, at=at)
