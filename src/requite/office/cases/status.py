"""In which queue a case lies, and how far a correction is."""

from typing import Final

from django.db.models import TextChoices

from requite.domain.case import OPEN_HANDS, State

# Queue: its words, and the states whose cases lie in it.
QUEUES: Final[dict[str, tuple[str, tuple[State, ...]]]] = {
    "work": ("To work", OPEN_HANDS),
    "payer": ("Waiting for payer", (State.WAITING_PAYER,)),
    "provider": ("Waiting for provider", (State.WAITING_PROVIDER,)),
    "posting": ("Waiting for posting", (State.WAITING_POSTING,)),
    "approval": ("For approval", (State.WAITING_APPROVAL,)),
    "pay": ("To pay", (State.TO_PAY,)),
    "reconcile": ("To reconcile", (State.TO_RECONCILE,)),
    "done": ("Done", (State.RESOLVED,)),
}


# How a resolved case ended, as its resolution begins: the words of it.
ENDINGS: Final[dict[str, str]] = {
    "reconciled": "money returned, account even",
    "corrected": "posting corrected",
    "gone": "the credit went away",
    "dismissed": "dismissed: no action needed",
}


class CorrectionStatus(TextChoices):
    """How far a correction is."""

    READY = "ready", "Ready to send"
    SENT = "sent", "Sent"
    DONE = "done", "Seen in the ledger"
    WITHDRAWN = "withdrawn", "Withdrawn"
