"""The audit trail: one chain of events for each provider, and one for the installation."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Chain(models.Model):
    """The end of a chain, which the next event takes up; one row is locked at a time."""

    name = models.CharField(max_length=40, unique=True)  # the provider's short name, or none
    provider = models.OneToOneField(
        "people.Provider", null=True, on_delete=models.PROTECT, related_name="chain"
    )
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)  # by the audit key, over all of the above

    def __str__(self) -> str:
        return self.name or "installation"


class Event(models.Model):
    """Something that happened; rows are added and never change (the database refuses it)."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    actor_name = models.CharField(max_length=150, blank=True)
    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_event_for_each_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["chain", "subject", "number"], name="events_of_a_subject")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"
