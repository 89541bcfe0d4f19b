"""Cases and how they are resolved."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases and how they are resolved."""

    name = "requite.office.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
