"""Logs: one line of JSON an event, without patients' data, without secrets."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import Processor

SECRET = ("password", "secret", "token", "cookie", "authorization", "csrf", "session")
FRAMES = 6
QUIET = ("django.security.csrf",)


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


def place_of(error: BaseException) -> str:
    """What kind of error it was and where; never its words, which may speak of a patient.

    >>> place_of(ValueError("Mira Quist"))
    'ValueError'
    """
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return " < ".join([type(error).__name__, *reversed(places)])


def without_words(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put the kind and place of an error where it stands itself."""
    held = event.pop("exc_info", None)
    error = sys.exception() if held is True else held[1] if isinstance(held, tuple) else held
    if isinstance(error, BaseException):
        event["fault"] = place_of(error)
    return event


def configure_logs() -> None:
    """Write every log line as JSON to the error output."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
        without_words,
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
