"""The app of users, providers and roles."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users, providers and roles."""

    name = "requite.office.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
