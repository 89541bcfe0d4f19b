"""Imports: a feed on its way in, what became of it, and the ledger it made."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from requite.office.intake.status import Kind, Status


class Import(models.Model):
    """One feed brought in: the job, its progress, its report. A worker holds it while it beats."""

    provider = models.ForeignKey(
        "people.Provider", on_delete=models.PROTECT, related_name="imports"
    )
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=300)  # the folder or file as it was given
    digest = models.CharField(max_length=64)  # of the feed's content
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.WHOLE)
    as_of = models.DateField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    may_close = models.BooleanField(default=False)  # most cases, although nothing came onto them
    may_flag_many = models.BooleanField(default=False)  # more than a fifth of the accounts
    hold_out_limit = models.FloatField(default=0.01)  # the share of accounts held out for problems
    asks = models.CharField(max_length=20, blank=True)  # which of these it waits to be allowed
    step = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    beat = models.PositiveBigIntegerField(default=0)  # raised again and again while it is held
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    snapshot = models.CharField(max_length=16, blank=True)
    previous_snapshot = models.CharField(max_length=16, blank=True)  # what it came over
    problem = models.TextField(blank=True)
    report = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)  # cases opened, changed, closed, reopened

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "number"], name="import_number_once"),
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(status="running"),
                name="one_import_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | ~Q(worker=""),
                name="a_running_import_has_a_worker",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "asked_at"], name="imports_to_run")]

    def __str__(self) -> str:
        return f"{self.provider}, import {self.number}"


class SavedMapping(models.Model):
    """How a provider's extract becomes a feed: TOML, as `requite map` reads it."""

    provider = models.OneToOneField(
        "people.Provider", on_delete=models.PROTECT, related_name="mapping"
    )
    text = models.TextField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Mapping of {self.provider}"
