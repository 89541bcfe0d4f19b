"""The store: immutable snapshots of a ledger, of which one is current."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from requite.domain.errors import RequiteError
from requite.engine.manifest import SCHEMA, Manifest
from requite.engine.partition import partition_of

CURRENT = "current"
FILES = "files"
SNAPSHOTS = "snapshots"
INCOMING = "incoming-"


class NoSnapshot(RequiteError):
    """A store was asked for what was never imported into it."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"{root} holds no snapshot that this version can read.",
            remedy="Bring a feed into it: requite detect FEED --out DIR --store DIR.",
        )


class StoreBusy(RequiteError):
    """Two imports into one store at once."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"Another import into {root} is running.", remedy="Wait for it to end, then try again."
        )


@dataclass(frozen=True)
class Snapshot:
    """One state of the ledger, as it was imported; its files never change."""

    root: Path
    manifest: Manifest

    @property
    def parts(self) -> range:
        """The partitions."""
        return range(1 << self.manifest.bits)

    def part_of(self, account_id: str) -> int:
        """The partition that an account's rows lie in."""
        return partition_of(account_id, self.manifest.bits)

    def file(self, table: str, part: int | None = None) -> Path:
        """The file of a table, of one partition or (None) shared by all.

        Raises
        ------
        NoSnapshot
            Where an earlier version, which kept no such table, made the snapshot.
        """
        path = self._paths.get((table, part))
        if path is None:
            raise NoSnapshot(self.root)
        return self.root / path

    def files(self, table: str) -> list[Path]:
        """All files of a table, in the order of their partitions."""
        return [
            self.root / path
            for (name, _), path in sorted(self._paths.items(), key=_by_part)
            if name == table
        ]

    @cached_property
    def _paths(self) -> dict[tuple[str, int | None], str]:
        return {(file.table, file.part): file.path for file in self.manifest.files}


def _by_part(item: tuple[tuple[str, int | None], str]) -> tuple[str, int]:
    (table, part), _ = item
    return table, -1 if part is None else part


class Store:
    """A folder of snapshots."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Snapshot:
        """The snapshot last imported.

        Raises
        ------
        NoSnapshot
            Where nothing was imported yet, or by a version that kept other columns.
        """
        try:
            name = (self.root / CURRENT).read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise NoSnapshot(self.root) from None
        return self.snapshot(name)

    def snapshot(self, name: str) -> Snapshot:
        """A snapshot by its name, be it the current one or not.

        Raises
        ------
        NoSnapshot
            Where the store holds none of that name, or one of other columns.
        """
        try:
            manifest = Manifest.read(self.root / SNAPSHOTS / f"{name}.json")
        except (FileNotFoundError, AttributeError, KeyError, TypeError, ValueError):
            raise NoSnapshot(self.root) from None  # gone, damaged, or of an earlier version
        if manifest.schema != SCHEMA:
            raise NoSnapshot(self.root)
        return Snapshot(self.root, manifest)

    def fall_back(self, snapshot: str) -> Snapshot:
        """Make an earlier snapshot the current one again.

        Raises
        ------
        NoSnapshot
            Where the store holds none of that name.
        """
        if not (self.root / SNAPSHOTS / f"{snapshot}.json").is_file():
            raise NoSnapshot(self.root)
        self._point_at(snapshot)
        return self.current()

    @contextlib.contextmanager
    def incoming(self) -> Iterator[Path]:
        """A folder to build a snapshot in, for one import at a time; it is gone afterwards."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise StoreBusy(self.root) from None
            for left in self.root.glob(f"{INCOMING}*"):  # of an import that was killed
                shutil.rmtree(left)
            folder = Path(tempfile.mkdtemp(prefix=INCOMING, dir=self.root))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def publish(self, manifest: Manifest, built: dict[str, Path]) -> Snapshot:
        """Make a built snapshot the current one: all of it at once, by one rename.

        `built` gives for each path of the manifest the file to move there.
        """
        for path, file in built.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
        snapshots = self.root / SNAPSHOTS
        snapshots.mkdir(exist_ok=True)
        fresh = snapshots / f"{manifest.snapshot}.json.new"
        manifest.write(fresh)
        _replace(fresh, snapshots / f"{manifest.snapshot}.json")
        self._point_at(manifest.snapshot)
        return Snapshot(self.root, manifest)

    def _point_at(self, snapshot: str) -> None:
        pointer = self.root / f"{CURRENT}.new"
        pointer.write_text(snapshot, encoding="ascii")
        _replace(pointer, self.root / CURRENT)


def _replace(fresh: Path, target: Path) -> None:
    """Rename durably: the content is on the disk before its name is."""
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(target)
