"""How far a correction is."""

from django.db.models import TextChoices


class CorrectionStatus(TextChoices):
    """How far a correction is."""

    READY = "ready", "Ready to send"
    SENT = "sent", "Sent"
    DONE = "done", "Seen in the ledger"
    WITHDRAWN = "withdrawn", "Withdrawn"
