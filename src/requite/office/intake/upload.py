"""A feed that comes as one ZIP file: taken apart with care, outside of what the web serves."""

import errno
import lzma
import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import IO

from requite.domain.errors import RequiteError
from requite.engine.archive import Limits, RefusedArchive, looked_at, unpacked
from requite.engine.within import RefusedFile, plain_file, plain_parts
from requite.office.intake import folders
from requite.office.people.models import Provider

MOST_FILES = 20_000
TABLES = {".csv", ".parquet", ".tsv", ".tab", ".psv", ".txt", ".gz", ".xlsx"}
# What the reading of a ZIP raises: damaged, sealed with a password, packed in an unknown way.
BAD_ZIP = (
    zipfile.BadZipFile, RuntimeError, zlib.error, lzma.LZMAError, EOFError, ValueError,
)  # fmt: skip
BAD_NAME = {errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EINVAL}


class BadUpload(RequiteError):
    """An uploaded file cannot be a feed."""

    def __init__(
        self,
        problem: str,
        remedy: str = "Pack the folder of the feed as one ZIP file and try again.",
    ) -> None:
        super().__init__(f"The upload is refused: {problem}.", remedy=remedy)


def elsewhere(refused: RefusedFile) -> str:
    """What is wrong with an upload that holds a file which is not to be opened."""
    why = refused.why.rstrip(".")
    return f"a file in it would lie or lead outside of its folder ({refused.name}: {why})"


def unpack(provider: Provider, file: IO[bytes], *, most_bytes: int) -> Path:
    """Unpack a feed into a folder of its own, and return that folder.

    Raises
    ------
    BadUpload
        Where the file is no ZIP, holds names that lead elsewhere or that are one name, or unpacks
        to too much.
    """
    home = folders.uploads(provider)
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="feed-", dir=home))
    try:
        with looked_at(file, Limits(MOST_FILES, most_bytes)) as (archive, members):
            _take_apart(archive, members, folder)
    except RefusedFile as refused:
        shutil.rmtree(folder)
        raise BadUpload(elsewhere(refused)) from refused
    except RefusedArchive as refused:
        shutil.rmtree(folder)
        raise BadUpload(refused.why) from None
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
    return _root(folder)


def _take_apart(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path
) -> None:  # fmt: skip
    for name in archive.namelist():  # of folders too: the whole ZIP is good, or none of it
        if name != "./":  # the folder that was packed
            plain_parts(name)
    for member in members:
        parts = plain_parts(member.filename)
        if any(part.startswith((".", "__MACOSX")) for part in parts):
            continue
        folder.joinpath(*parts).parent.mkdir(parents=True, exist_ok=True)
        with plain_file(folder, member.filename, fresh=True).open("xb") as out:
            for piece in unpacked(archive, member):
                out.write(piece)


def _root(folder: Path) -> Path:
    """The folder of the feed: what was packed, or the one folder that was packed as a whole."""
    inside = list(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir() and inside[0].name != "remits":
        has_tables = any(path.suffix in TABLES for path in inside[0].iterdir())
        return inside[0] if has_tables else folder
    return folder
