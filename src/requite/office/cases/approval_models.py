"""How far each role may approve, and what a rule lets through: rows of `approval`."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ApprovalLimit(models.Model):
    """The most that a role may approve for a provider."""

    provider = models.ForeignKey("people.Provider", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    most_cents = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "role"], name="one_limit_of_a_role"),
            models.CheckConstraint(condition=Q(most_cents__gte=0), name="limit_is_an_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.most_cents}"


class AutomaticApproval(models.Model):
    """Proposals of a cause that a supervisor lets through by rule, within caps."""

    provider = models.ForeignKey("people.Provider", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=40)
    most_cents = models.BigIntegerField()  # of one case
    day_cents = models.BigIntegerField()
    month_cents = models.BigIntegerField()
    turned_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    turned_on_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "cause"], name="one_rule_of_a_cause"),
            models.CheckConstraint(
                condition=Q(most_cents__gt=0)
                & Q(day_cents__gte=F("most_cents"))
                & Q(month_cents__gte=F("day_cents")),
                name="caps_hold_one_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause} up to {self.most_cents}"


class AutomaticUse(models.Model):
    """What a rule let through: its caps count these, also where the case came back."""

    provider = models.ForeignKey("people.Provider", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=40)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="automatic_uses")
    on = models.DateField()
    cents = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["provider", "cause", "on"], name="uses_of_a_rule")
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.cents} on {self.on}"
