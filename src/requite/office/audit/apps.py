"""The app of the audit trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit trail."""

    name = "requite.office.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
