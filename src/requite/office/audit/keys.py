"""The keys of the audit trail: files outside the database, made once, never made anew.

The audit key binds every event, and every process of the office reads it. The anchor key signs the
heads of the chains once a day; whoever runs that may be the only one to hold it.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from requite.domain.errors import RequiteError

KEY_BYTES: Final = 32
OWN = 0o600


class KeyMissing(RequiteError):
    """A key is gone, and what it is for is still there."""

    def __init__(self, what: str, path: Path) -> None:
        super().__init__(
            f"The {what} {path.name} is missing, and it is never made anew.",
            remedy="Put it back from where it is kept apart from the database, or name its file "
            f"in {'audit_key_file' if what == AUDIT_KEY else 'anchor_key_file'}.",
        )


class KeyUnreadable(RequiteError):
    """A file that should hold a key holds none."""

    def __init__(self, what: str, path: Path) -> None:
        super().__init__(
            f"The file {path.name} holds no {what}.",
            remedy="Put the right file back from where it is kept.",
        )


class KeyExists(RequiteError):
    """Events without a key are there, and a key too: they cannot both be of one office."""

    def __init__(self, chain: str) -> None:
        super().__init__(
            f"The chain {chain} is not bound by the audit key, and the key was made before.",
            remedy="A key seals once. If this is another database, name another audit_key_file; "
            "if an upgrade was cut off before any event was made, remove the key and migrate.",
        )


AUDIT_KEY, ANCHOR_KEY, PUBLIC_KEY = "audit key", "anchor key", "public key of the anchors"


def audit_key(path: Path) -> bytes:
    """The key that binds events.

    Raises
    ------
    KeyMissing, KeyUnreadable
    """
    return _audit_key(path)


@lru_cache(maxsize=8)
def _audit_key(path: Path) -> bytes:
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise KeyMissing(AUDIT_KEY, path) from None
    except (OSError, UnicodeDecodeError):
        raise KeyUnreadable(AUDIT_KEY, path) from None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnreadable(AUDIT_KEY, path)
    return key


def make_audit_key(path: Path) -> bool:
    """Make the key where there is none; whether it was made now."""
    return _write_once(path, f"{secrets.token_hex(KEY_BYTES)}\n".encode())


def make_anchor_key(path: Path) -> bool:
    """Make the key that signs anchors, its public half beside it; whether it was made now."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    if not _write_once(path, private):
        return False
    _write_once(public_file(path), public_pem(key.public_key()))
    return True


def anchor_key(path: Path) -> Ed25519PrivateKey:
    """The key that signs anchors.

    Raises
    ------
    KeyMissing, KeyUnreadable
    """
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise KeyMissing(ANCHOR_KEY, path) from None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyUnreadable(ANCHOR_KEY, path) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnreadable(ANCHOR_KEY, path)
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The key that anchors are verified by.

    Raises
    ------
    KeyMissing, KeyUnreadable
    """
    try:
        key = load_pem_public_key(path.read_bytes())
    except FileNotFoundError:
        raise KeyMissing(PUBLIC_KEY, path) from None
    except (OSError, ValueError, UnsupportedAlgorithm):
        raise KeyUnreadable(PUBLIC_KEY, path) from None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyUnreadable(PUBLIC_KEY, path)
    return key


def public_file(path: Path) -> Path:
    """Where the public half of the anchor key lies.

    >>> public_file(Path("data/anchor.key")).name
    'anchor.pub'
    """
    return path.with_suffix(".pub")


def public_pem(key: Ed25519PublicKey) -> bytes:
    """A public key as its file holds it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _write_once(path: Path, content: bytes) -> bool:
    """Write a file for the owner alone, whole or not at all; whether it was not there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}.new")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWN), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # refused where another has made it in the meantime
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True
