"""Logs: one line of JSON an event, without patients' data, without secrets."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

SECRET = ("password", "secret", "token", "cookie", "authorization", "csrf", "session")
QUIET = ("axes", "django.security.csrf")


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Blank what may be a secret, by its name.

    >>> redact(None, "info", {"event": "x", "csrf_token": "abc"})
    {'event': 'x', 'csrf_token': '[hidden]'}
    """
    for name in event:
        if any(word in name.lower() for word in SECRET):
            event[name] = "[hidden]"
    return event


def configure_logs() -> None:
    """Write every log line as JSON to the error output."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=structlog.processors.JSONRenderer(), foreign_pre_chain=shared
        )
    )
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.WARNING
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
