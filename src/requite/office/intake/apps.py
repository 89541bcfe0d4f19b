"""Feeds on their way in."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Feeds on their way in."""

    name = "requite.office.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
