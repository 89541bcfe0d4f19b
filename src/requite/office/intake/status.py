"""How far an import is, and what it brings."""

from django.db.models import TextChoices


class Status(TextChoices):
    """How far an import is."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    ASKING = "asking", "Asks for confirmation"  # a person has to allow what it would do
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
    PARKED = "parked", "Parked"  # it could not even be ended: somebody has to look at it


UNDER_WAY = (Status.WAITING, Status.RUNNING)


class Kind(TextChoices):
    """What an import brings."""

    WHOLE = "whole", "Whole ledger"
    CHANGES = "changes", "Changes"
    FALL_BACK = "fall_back", "Back to an earlier ledger"
