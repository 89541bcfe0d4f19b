"""A ZIP looked at before anything of it is unpacked: how many files, how large, how called.

What it says of itself is not believed: what comes out is counted as it comes, to its true end.
"""

import copy
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import SEEK_SET
from pathlib import PurePosixPath
from typing import IO, cast

from requite.domain.errors import RequiteError
from requite.engine.within import COPY, RefusedFile, told

CHUNK = 1 << 20
MOST_DIRECTORY = 8 << 20  # bytes of the list of members: 400 for each of 20,000
MOST_RATIO = 250  # unpacked to packed; ledgers pack to a tenth, a bomb to a thousandth
SMALL = 16 << 20  # bytes that a member may unpack to whatever its ratio
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others take memory as the file says
SEALED = 0x1  # of the flags: encrypted


class RefusedArchive(RequiteError):
    """A ZIP is not unpacked."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The ZIP is refused: {problem}.", remedy="Pack it anew, or send less.")
        self.why = problem


@dataclass(frozen=True, slots=True)
class Limits:
    """How many files a ZIP may hold, and how many bytes they may unpack to."""

    files: int
    unpacked_bytes: int


class _Bounded:
    """A file of which no single read takes more than the list of members may."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def read(self, size: int = -1) -> bytes:
        if size > MOST_DIRECTORY:
            raise RefusedArchive("its list of files is too long")
        return self.file.read(size if size >= 0 else MOST_DIRECTORY)

    def seek(self, place: int, whence: int = SEEK_SET) -> int:
        return self.file.seek(place, whence)

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return self.file.seekable()


@contextmanager
def looked_at(
    file: IO[bytes], limits: Limits
) -> Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]]:
    """A ZIP with its files, none of them unpacked yet.

    Raises
    ------
    RefusedArchive
        Where they are too many, too large, too tightly packed, or two have one name.
    RefusedFile
        Where one of them is a link.
    zipfile.BadZipFile
        Where it is no ZIP.
    """
    with zipfile.ZipFile(cast("IO[bytes]", _Bounded(file))) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        _judge_all(members, limits)
        for member in members:
            _judge(member)
        yield archive, members


def _judge_all(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.files:
        raise RefusedArchive(f"it holds more than {limits.files:,} files")
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise RefusedArchive(f"it unpacks to more than {limits.unpacked_bytes:,} bytes")
    seen = set[str]()
    for member in members:
        key = same_name(member.filename)
        if key in seen:
            raise RefusedArchive(f"two files in it have one name: {told(member.filename)}")
        seen.add(key)


def _judge(member: zipfile.ZipInfo) -> None:
    name = told(member.filename)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        what = "it is a link." if kind == stat.S_IFLNK else "it is no regular file."
        raise RefusedFile(member.filename, what, COPY)
    if member.flag_bits & SEALED:
        raise RefusedArchive(f"{name} is sealed with a password")
    if member.compress_type not in PACKED:
        raise RefusedArchive(f"{name} is packed in a way that is not taken; deflate is")
    if member.file_size > max(SMALL, MOST_RATIO * member.compress_size):
        raise RefusedArchive(f"{name} unpacks to more than {MOST_RATIO} times its size")


def same_name(name: str) -> str:
    """A name as file systems and people compare it: without case, in one form of each letter.

    >>> same_name("./Accounts.CSV") == same_name("accounts.csv")
    True
    """
    plain = PurePosixPath(name.replace("\\", "/")).as_posix()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold())


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a file, piece by piece; refused where it is of another size than it says."""
    whole = copy.copy(member)
    whole.file_size += CHUNK  # so that what comes after its end is seen, not cut off
    left = member.file_size
    with archive.open(whole) as source:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                break
            yield chunk
    if left:
        raise RefusedArchive(f"{told(member.filename)} is of another size than it says")
