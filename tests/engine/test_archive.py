"""A ZIP is judged by what it says before it is unpacked, and by what comes out while it is."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest

from requite.engine import archive
from requite.engine.archive import Limits, RefusedArchive, looked_at, unpacked
from requite.engine.within import RefusedFile

LIMITS = Limits(files=5, unpacked_bytes=50_000_000)


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as made:
        for name, piece in members:
            made.writestr(zipfile.ZipInfo(name), piece, method)
    return content


def read(content: io.BytesIO) -> dict[str, bytes]:
    content.seek(0)
    with looked_at(content, LIMITS) as (opened, members):
        return {each.filename: b"".join(unpacked(opened, each)) for each in members}


@pytest.mark.parametrize(
    "second",
    ["accounts.csv", "Accounts.CSV", "./accounts.csv", "account\uff53.csv", "accounts.csv/."],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(second: str) -> None:
    with pytest.raises(RefusedArchive, match="two files in it have one name"):
        read(packed(("accounts.csv", b"a"), (second, b"b")))


def test_two_forms_of_one_letter_are_one_name() -> None:
    with pytest.raises(RefusedArchive, match="one name"):
        read(packed(("caf\u00e9.csv", b"a"), ("cafe\u0301.csv", b"b")))


def test_files_of_different_folders_are_different() -> None:
    assert read(packed(("a/x.csv", b"1"), ("b/x.csv", b"2"))) == {"a/x.csv": b"1", "b/x.csv": b"2"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (lambda: packed(*((f"{n}.csv", b"x") for n in range(6))), "more than 5 files"),
        (lambda: packed(("a", b"ab" * 15_000_000), ("b", b"ab" * 15_000_000)), "more than 50,000"),
        (lambda: packed(("a.csv", b"0" * 20_000_000)), "more than 250 times its size"),
        (lambda: packed(("a.csv", b"x"), method=zipfile.ZIP_LZMA), "packed in a way"),
        (lambda: packed(("a.csv", b"x"), method=zipfile.ZIP_BZIP2), "packed in a way"),
    ],
    ids=["files", "total", "ratio", "lzma", "bzip2"],
)
def test_a_zip_that_is_too_much_is_refused_before_it_is_unpacked(
    content: Callable[[], io.BytesIO], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("nothing is unpacked")

    packed_now = content()
    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    with pytest.raises(RefusedArchive, match=problem):
        read(packed_now)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_a_device_in_a_zip_is_refused(kind: int) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        member = zipfile.ZipInfo("accounts.csv")
        member.external_attr = (kind | 0o777) << 16
        made.writestr(member, "/etc/passwd")
    with pytest.raises(RefusedFile, match="link" if kind == stat.S_IFLNK else "no regular file"):
        read(content)


@pytest.mark.parametrize("said", [3, 4_000_000])
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_file_of_another_size_than_it_says_is_refused(said: int, method: int) -> None:
    content = packed(("a.csv", b"0123456789" * 100_000), method=method)
    data = bytearray(content.getvalue())
    place = data.rindex(b"PK\1\2")
    struct.pack_into("<L", data, place + 24, said)  # in the list of members, which is believed
    with pytest.raises((RefusedArchive, zipfile.BadZipFile)):
        read(io.BytesIO(bytes(data)))


def test_a_list_of_files_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed(*((f"{n:04}.csv", b"x") for n in range(3)))
    assert len(read(content)) == 3
    monkeypatch.setattr(archive, "MOST_DIRECTORY", 100)
    with pytest.raises((RefusedArchive, zipfile.BadZipFile)):
        read(content)


def test_a_sealed_file_is_refused() -> None:
    data = bytearray(packed(("a.csv", b"x")).getvalue())
    place = data.rindex(b"PK\1\2")
    data[place + 8] |= 1
    with pytest.raises(RefusedArchive, match="sealed with a password"):
        read(io.BytesIO(bytes(data)))
