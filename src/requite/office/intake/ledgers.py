"""Whether the ledgers that the cases rest on are what was imported, byte by byte."""

from collections.abc import Iterator

from requite.engine.manifest import StoredFile, checksum
from requite.engine.store import NoSnapshot, Snapshot
from requite.office.intake.queries import last_done, standing
from requite.office.people.models import Provider


def ledger_problems() -> Iterator[str]:
    """What is wrong with the ledger of each provider's last import; reads all of their files."""
    for provider in Provider.objects.order_by("slug"):
        if last_done(provider) is None:
            continue
        try:
            snapshot = standing(provider)
        except NoSnapshot:
            yield f"{provider.slug}: the ledger of the last import is gone"
            continue
        wrong = [file.path for file in snapshot.manifest.files if not is_whole(snapshot, file)]
        if wrong:
            told = f"{len(wrong):,} files of the ledger are gone or changed, {wrong[0]} among them"
            yield f"{provider.slug}: {told}"


def is_whole(snapshot: Snapshot, file: StoredFile) -> bool:
    """Whether a file of a ledger is there, and holds what was written."""
    path = snapshot.root / file.path
    try:
        return path.stat().st_size == file.size and checksum(path) == file.sha256
    except OSError:
        return False
