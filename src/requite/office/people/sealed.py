"""Whether the key of the installation opens what was sealed with it."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken


def unopened_secrets() -> int:
    """How many second factors the key does not open; their owners cannot sign in by them."""
    return sum(not _opens(data) for data in Authenticator.objects.values_list("data", flat=True))


def _opens(data: dict[str, Any]) -> bool:
    try:
        for sealed in _sealed(data):
            decrypt(sealed)
    except InvalidToken:
        return False
    return True


def _sealed(data: dict[str, Any]) -> Iterator[str]:
    """An app's secret; the seed of recovery codes, or codes taken over from elsewhere."""
    yield from (data[name] for name in ("secret", "seed") if name in data)
    yield from data.get("migrated_codes", ())
