"""What a snapshot of the store consists of: its files, with their rows and checksums."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

SCHEMA = 3  # raised whenever the columns of the store change
CHUNK = 1 << 20
GIVEN = "given_"  # begins the names of tables that the store keeps as they were given


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One immutable file of a snapshot; `path` is relative to the store."""

    table: str
    part: int | None  # None: shared by all partitions
    path: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of a snapshot's files, and what the import reported about them."""

    snapshot: str
    bits: int
    accounts: int
    files: tuple[StoredFile, ...]
    report: dict[str, Any] = field(default_factory=dict)
    schema: int = SCHEMA

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a manifest that `write` wrote."""
        content = json.loads(path.read_text(encoding="utf-8"))
        content["files"] = tuple(StoredFile(**file) for file in content["files"])
        return cls(**content)

    def write(self, path: Path) -> None:
        """Write the manifest; the same snapshot gives the same bytes."""
        path.write_text(json.dumps(asdict(self), indent=1, sort_keys=True), encoding="utf-8")


def by_place(file: StoredFile) -> tuple[str, bool, int]:
    """The order of a snapshot's files, whatever the order in which they were written."""
    return file.table, file.part is None, file.part or 0


def snapshot_id(files: list[StoredFile], bits: int) -> str:
    """A name that tells two snapshots apart by what they hold, not by when they were made.

    What was given does not count: a ledger brought in at once or by changes is the same.
    """
    digest = hashlib.sha256(f"{SCHEMA}/{bits}".encode())
    read = (file for file in files if not file.table.startswith(GIVEN))
    for file in sorted(read, key=by_place):
        digest.update(f"{file.table}/{file.part}/{file.sha256}\n".encode())
    return digest.hexdigest()[:16]


def checksum(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
