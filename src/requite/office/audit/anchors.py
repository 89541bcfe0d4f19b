"""Anchors: the heads of all chains, signed, in a file that the database's owner does not hold.

One line an anchor, each with the digest of the line before it. An event tells of every anchor, so
that the chains hold the file as the file holds the chains.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from requite.domain.errors import RequiteError
from requite.office.audit.keys import KeyMissing, anchor_key, make_anchor_key
from requite.office.audit.models import Chain
from requite.office.audit.services import record

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

ANCHORED: Final = "audit.anchored"
OWN = 0o600
INSTALLATION: Final = "@installation"  # no provider's short name begins like that


class BadAnchors(RequiteError):
    """The file of anchors cannot be added to."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"No anchor can be put into {path.name}: {why}.",
            remedy="Look at anchors_file, and run `requite audit verify`.",
        )


class BadHead(RequiteError):
    """What somebody kept of a chain is not as it was printed."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:100]!r} is no head of a chain.",
            remedy="Write it as it was printed: alder-creek:1234:9f3c… with all 64 signs.",
        )


@dataclass(frozen=True, slots=True)
class Head:
    """How long a chain was, and how it ended."""

    chain: str  # the provider's short name; nothing for the installation
    length: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain or INSTALLATION}:{self.length}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """A head as it was printed.

        >>> str(Head.parse("@installation:2:" + "0" * 64))[:20]
        '@installation:2:0000'
        """
        name, _, rest = text.strip().partition(":")
        length, _, told = rest.partition(":")
        number = length.isascii() and length.isdecimal() and len(length) < 19
        if not name or not number or len(told) != 64 or set(told) - set("0123456789abcdef"):
            raise BadHead(text)
        return cls("" if name == INSTALLATION else name, int(length), told)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The heads of all chains at one moment."""

    number: int
    at: datetime
    heads: tuple[Head, ...]
    previous: str  # the digest of the line before
    line: str

    @property
    def digest(self) -> str:
        """The SHA-256 of its line."""
        return hashlib.sha256(self.line.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class AnchorsRead:
    """What a file of anchors holds, up to where it does not hold any more."""

    anchors: tuple[Anchor, ...]
    problem: str = ""


def read_anchors(path: Path, key: "Ed25519PublicKey | None") -> AnchorsRead:
    """The anchors of a file, each signed and in its place; of the first that is not, what is wrong.

    Parameters
    ----------
    path : Path
        No file is a file without anchors.
    key : Ed25519PublicKey or None
        By which they are verified; None to take their signatures as they stand.
    """
    found: list[Anchor] = []
    if not path.is_file():
        return AnchorsRead(())
    previous = ""
    for place, line in enumerate(_lines(path.read_bytes()), 1):
        anchor = _anchor_of(line, key)
        if anchor is None:
            return AnchorsRead(tuple(found), f"anchor {place} was changed, or signed by another")
        if anchor.number != place or anchor.previous != previous:
            return AnchorsRead(tuple(found), f"anchor {place} does not follow the one before it")
        found.append(anchor)
        previous = anchor.digest
    return AnchorsRead(tuple(found))


def _lines(content: bytes) -> list[bytes]:
    """The lines of the file; one that power failed in the middle of is none."""
    *lines, rest = content.split(b"\n")
    return [*lines, rest] if _anchor_of(rest, None) is not None else lines


def _anchor_of(line: bytes, key: "Ed25519PublicKey | None") -> Anchor | None:
    try:
        held = json.loads(line)
        told = held["anchor"]
        if key is not None:
            key.verify(bytes.fromhex(held["signature"]), _signed(told))
        heads = tuple(Head(name, length, head) for name, length, head in told["heads"])
        at = datetime.fromisoformat(told["at"])
        text = line.decode("ascii")
        return Anchor(int(told["number"]), at, heads, str(told["previous"]), text)
    except (ValueError, KeyError, TypeError, InvalidSignature):
        return None


def _signed(told: dict[str, Any]) -> bytes:
    """What of an anchor is signed."""
    return b"requite anchor\0" + json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def heads() -> tuple[Head, ...]:
    """How every chain ends now; one statement, so that all are of one moment."""
    rows = Chain.objects.filter(length__gt=0).order_by("name").values_list("name", "length", "head")
    return tuple(Head(*row) for row in rows)


def anchor_heads(*, at: datetime) -> Anchor:
    """Sign the heads of all chains as they are now, and put them at the end of the file.

    Raises
    ------
    BadAnchors, KeyMissing, KeyUnreadable
    """
    path = Path(settings.ANCHORS_FILE)
    try:
        made = _append(path, at)
    except OSError as problem:
        raise BadAnchors(path, problem.strerror or "it cannot be written") from None
    with transaction.atomic():
        record(
            ANCHORED, str(made.number), provider=None, actor=None, at=at,
            number=made.number, digest=made.digest,
        )  # fmt: skip
    return made


@contextmanager
def anchors_held(path: Path) -> Iterator[IO[bytes]]:
    """Let nobody anchor meanwhile: what is copied inside, database first, fits together."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, OWN), "rb+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _append(path: Path, at: datetime) -> Anchor:
    """Put one anchor behind the others, on the disk when this returns; one process at a time."""
    with anchors_held(path) as file:
        held = read_anchors(path, None)
        if held.problem:
            raise BadAnchors(path, held.problem)
        key = _key(has_anchors=bool(held.anchors))
        last = held.anchors[-1] if held.anchors else None
        told = {
            "number": last.number + 1 if last else 1,
            "at": at.astimezone(UTC).isoformat(),
            "heads": [[head.chain, head.length, head.hash] for head in heads()],
            "previous": last.digest if last else "",
        }
        line = json.dumps({"anchor": told, "signature": key.sign(_signed(told)).hex()})
        _end_line(file)
        file.write(f"{line}\n".encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    made = _anchor_of(line.encode(), key.public_key())
    if made is None:
        raise BadAnchors(path, "what was written cannot be read")
    return made


def _end_line(file: IO[bytes]) -> None:
    """Let the file end with a whole line: one that power failed in was never an anchor."""
    file.seek(0)
    content = file.read()
    _, _, rest = content.rpartition(b"\n")
    if not rest:
        return
    if _anchor_of(rest, None) is not None:
        file.write(b"\n")
    else:
        file.truncate(len(content) - len(rest))


def _key(*, has_anchors: bool) -> "Ed25519PrivateKey":
    path = Path(settings.ANCHOR_KEY_FILE)
    try:
        return anchor_key(path)
    except KeyMissing:
        if has_anchors:
            raise
    make_anchor_key(path)
    return anchor_key(path)


def last_anchor() -> Anchor | None:
    """The last anchor of the file, its signature as it stands; None where there is none."""
    held = read_anchors(Path(settings.ANCHORS_FILE), None).anchors
    return held[-1] if held else None


def anchor_daily(*, at: datetime, on: date) -> Anchor | None:
    """Anchor the heads once a day; None where that was done, or there is nothing to anchor."""
    last = last_anchor()
    if (last is not None and localdate(last.at) >= on) or not heads():
        return None
    return anchor_heads(at=at)


def anchor_text(anchor: Anchor) -> str:
    """An anchor as it is printed and mailed: to be kept where nobody rewrites it."""
    told = [f"Anchor {anchor.number} of {anchor.at:%Y-%m-%d %H:%M} UTC", ""]
    told += [f"  {head}" for head in anchor.heads]
    told += ["", f"Digest: {anchor.digest}", "Check: requite audit verify --since HEAD"]
    return "\n".join(told)
