"""A feed that comes as one ZIP file: taken apart with care, outside of what the web serves."""

import errno
import lzma
import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from requite.domain.errors import RequiteError
from requite.office.intake import folders
from requite.office.people.models import Provider

MOST_FILES = 20_000
CHUNK = 1 << 20
TABLES = {".csv", ".parquet"}
# What the reading of a ZIP raises: damaged, sealed with a password, packed in an unknown way.
BAD_ZIP = (
    zipfile.BadZipFile, RuntimeError, zlib.error, lzma.LZMAError, EOFError, ValueError,
)  # fmt: skip
BAD_NAME = {errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EINVAL}


class BadUpload(RequiteError):
    """An uploaded file cannot be a feed."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The upload is refused: {problem}.",
            remedy="Pack the folder of the feed as one ZIP file and try again.",
        )


def unpack(provider: Provider, file: IO[bytes], *, most_bytes: int) -> Path:
    """Unpack a feed into a folder of its own, and return that folder.

    Raises
    ------
    BadUpload
        Where the file is no ZIP, holds names that lead elsewhere, or unpacks to too much.
    """
    home = folders.uploads(provider)
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="feed-", dir=home))
    try:
        with zipfile.ZipFile(file) as archive:
            _take_apart(archive, folder, most_bytes)
    except BAD_ZIP:
        shutil.rmtree(folder)
        raise BadUpload("it is no ZIP file, or one that cannot be read") from None
    except OSError as problem:
        shutil.rmtree(folder)
        if problem.errno in BAD_NAME:
            raise BadUpload("a name in it cannot be kept here") from None
        if problem.errno is None:  # of the unpacking itself, not of the disk
            raise BadUpload("it is no ZIP file, or one that cannot be read") from None
        raise
    except BadUpload:
        shutil.rmtree(folder)
        raise
    return _root(folder)


def _take_apart(archive: zipfile.ZipFile, folder: Path, most_bytes: int) -> None:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        raise BadUpload(f"it holds more than {MOST_FILES:,} files")
    left = most_bytes
    for member in members:
        name = PurePosixPath(member.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in member.filename:
            raise BadUpload("a file in it would lie outside of its folder")
        if any(part.startswith((".", "__MACOSX")) for part in name.parts):
            continue
        target = folder.joinpath(*name.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, target.open("wb") as out:
            while chunk := source.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise BadUpload(f"it unpacks to more than {most_bytes:,} bytes")
                out.write(chunk)


def _root(folder: Path) -> Path:
    """The folder of the feed: what was packed, or the one folder that was packed as a whole."""
    inside = list(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir() and inside[0].name != "remits":
        has_tables = any(path.suffix in TABLES for path in inside[0].iterdir())
        return inside[0] if has_tables else folder
    return folder
