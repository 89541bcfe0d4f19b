"""Where the feeds, ledgers and findings of a provider lie."""

import hashlib
import shutil
from pathlib import Path, PurePath

from django.conf import settings

from requite.domain.errors import RequiteError
from requite.engine.within import opened, plain_files
from requite.office.people.models import Provider

CHUNK = 1 << 20
READY, REFUSED = "READY", "REFUSED"  # signs that lie beside a feed, and are no part of it
SIGNS = {READY, REFUSED}


class NothingThere(RequiteError):
    """A feed was named that is no folder with files."""

    def __init__(self, feed: Path) -> None:
        super().__init__(
            f"{feed.name} holds no files to import.",
            remedy="Name the folder that holds accounts, charges and transactions.",
        )


def home(provider: Provider) -> Path:
    """The provider's folder."""
    return Path(settings.DATA_DIR) / "providers" / provider.slug


def store(provider: Provider) -> Path:
    """The ledger of the provider, as `--store` keeps it."""
    return home(provider) / "store"


def findings(provider: Provider, number: int) -> Path:
    """What the determination of an import found."""
    return home(provider) / "findings" / f"{number:06}"


def problems(provider: Provider, number: int) -> Path:
    """The list of every row of an import that had a problem; not there where none had."""
    return home(provider) / "findings" / f"{number:06}-problems.csv"


def uploads(provider: Provider) -> Path:
    """Feeds that came through the browser."""
    return home(provider) / "uploads"


def remove_upload(provider: Provider, source: str) -> None:
    """Remove a feed that came through the browser; one that lies elsewhere is left alone."""
    home_of_uploads = uploads(provider).resolve()
    feed = Path(source).resolve()
    for folder in (feed, *feed.parents):
        if folder.parent == home_of_uploads:
            shutil.rmtree(folder, ignore_errors=True)


def feed_digest(feed: Path) -> str:
    """The SHA-256 of a feed's files, by name and content.

    Raises
    ------
    RefusedFile
        Where one of them is no regular file of the feed.
    """
    names = sorted(PurePath(name) for name, _ in plain_files(feed))
    files = [name for name in names if name.name not in SIGNS]
    if not files:
        raise NothingThere(feed)
    whole = hashlib.sha256()
    for name in files:
        content = hashlib.sha256()
        with opened(feed / name) as file:
            while chunk := file.read(CHUNK):
                content.update(chunk)
        whole.update(f"{name.as_posix()} {content.hexdigest()}\n".encode())
    return whole.hexdigest()
