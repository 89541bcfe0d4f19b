"""What a backup consists of: its files with their hashes, and the version that made it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self

from requite import __version__
from requite.domain.errors import RequiteError
from requite.engine.manifest import CHUNK, checksum
from requite.engine.within import RefusedFile, opened, plain_file, plain_parts

FORMAT = 1
NAME = "manifest.json"
MOST_BYTES = 500_000_000  # of the manifest: some millions of files
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FILES = "files"  # what lies in the data folder, as it lies there
ANOTHER = "Restore another backup."
SIGN = "restoring"  # lies in a data folder while a backup is put into it


class BadBackup(RequiteError):
    """A folder is no backup that can be restored."""

    def __init__(self, problem: str, remedy: str = ANOTHER) -> None:
        super().__init__(f"The backup cannot be restored: {problem}.", remedy=remedy)


@dataclass(frozen=True, slots=True)
class Copied:
    """One file of a backup; `path` is relative to it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of a backup's files, and what they belong to."""

    made_at: str
    database: str  # the kind: a key of DATABASES
    migrations: tuple[str, ...]  # the shape of its tables
    secret_key: str  # a fingerprint, by which the right key is known again
    files: tuple[Copied, ...]
    keys: tuple[Copied, ...] = field(default=())  # these lie apart
    version: str = __version__
    format: int = FORMAT

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a backup.

        Raises
        ------
        BadBackup
            Where there is none, or one of a later version of Requite.
        """
        try:
            content = json.loads(_bounded(folder))
            if content["format"] > FORMAT:
                raise newer(content["version"])
            for name in ("files", "keys"):
                content[name] = tuple(Copied(**each) for each in content[name])
            made = cls(**{**content, "migrations": tuple(content["migrations"])})
            datetime.fromisoformat(made.made_at)
        except RefusedFile as refused:
            raise BadBackup(f"its {NAME} is not opened: {refused.why.rstrip('.')}") from None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            raise BadBackup(
                f"{folder.name} holds no {NAME} that can be read", "Name the folder of a backup."
            ) from None
        if made.database not in DATABASES or not all(map(_is_inside, (*made.files, *made.keys))):
            raise BadBackup(f"its {NAME} was changed")
        if DATABASES[made.database] not in {file.path for file in made.files}:
            raise BadBackup(f"its {NAME} names no {DATABASES[made.database]}")
        return made

    def write(self, folder: Path) -> None:
        """Write the manifest, the last file of a backup."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / NAME).write_text(text, encoding="utf-8")


def newer(version: str) -> BadBackup:
    """What is said of a backup that a later version made."""
    return BadBackup(
        f"it was made by Requite {version}, which is newer than this one ({__version__})",
        "Install that version, and restore with it.",
    )


def _bounded(folder: Path) -> bytes:
    """The manifest's bytes: of a plain file, and no more than a manifest has."""
    with opened(plain_file(folder, NAME, may_be_linked=True)) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(NAME)
    return content


def _is_inside(file: Copied) -> bool:
    try:
        plain_parts(file.path)
    except (RefusedFile, TypeError):
        return False
    return True


def copy(source: Path, root: Path, path: str) -> Copied:
    """Copy one file to its place under `root`; what was copied is what is hashed."""
    target, whole = root / path, hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as given, target.open("wb") as made:
        while chunk := given.read(CHUNK):
            whole.update(chunk)
            made.write(chunk)
    return Copied(path, target.stat().st_size, whole.hexdigest())


def verify(root: Path, files: Iterable[Copied], remedy: str = ANOTHER) -> None:
    """See that every file is there and holds what was copied.

    Raises
    ------
    BadBackup
        Naming the first that does not.
    """
    for file in files:
        path = root / file.path
        if not _is_plain(root, file.path):
            raise BadBackup(f"{file.path} is missing in {root}", remedy)
        if path.stat().st_size != file.size or checksum(path) != file.sha256:
            raise BadBackup(f"{file.path} in {root} is not what was copied", remedy)


def _is_plain(root: Path, path: str) -> bool:
    try:
        plain_file(root, path, may_be_linked=True)
    except RefusedFile:
        return False
    return True


def fingerprint(key: str) -> str:
    """By which a secret key is known again, and cannot be found out."""
    return hashlib.sha256(f"which key of Requite/{key}".encode()).hexdigest()[:32]
