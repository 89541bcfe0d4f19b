"""The app of pages."""

from django.apps import AppConfig

from requite.web.logs import configure_logs


class WebConfig(AppConfig):
    """Pages, templates and static files."""

    name = "requite.web"
    label = "web"

    def ready(self) -> None:
        """Set the logs up once the settings stand."""
        configure_logs()
