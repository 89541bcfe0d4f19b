"""What is a plain file of a folder: by its name, by what lies there, on every step of the way."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requite.engine.within import (
    MissingFile,
    RefusedFile,
    complaint_about,
    opened,
    plain_file,
    plain_files,
    plain_folder,
    plain_parts,
    refusal_in,
)


def lstat(mode: int, links: int = 1) -> os.stat_result:
    return os.stat_result((mode, 1, 1, links, 0, 0, 10, 0, 0, 0))


@pytest.mark.parametrize(
    ("kind", "complaint"),
    [
        (stat.S_IFREG, ""), (stat.S_IFLNK, "link"), (stat.S_IFIFO, "pipe"),
        (stat.S_IFSOCK, "socket"), (stat.S_IFBLK, "device"), (stat.S_IFCHR, "device"),
        (stat.S_IFDIR, "folder"), (0, "no file"),
    ],
)  # fmt: skip
def test_only_a_regular_file_is_opened(kind: int, complaint: str) -> None:
    told = complaint_about(lstat(kind | 0o600))
    assert complaint in told
    assert bool(told) == bool(complaint)


def test_a_hard_link_is_none_unless_the_file_is_ours() -> None:
    assert "hard link" in complaint_about(lstat(stat.S_IFREG, 2))
    assert complaint_about(lstat(stat.S_IFREG, 2), may_be_linked=True) == ""


@given(st.text(st.sampled_from("ab./\\:\0\n"), max_size=12))
def test_whatever_it_is_called_it_stays_inside(name: str) -> None:
    try:
        parts = plain_parts(name)
    except RefusedFile:
        return
    place = os.path.normpath(os.path.join("/room", *parts))  # noqa: PTH118 - as text
    assert place.startswith("/room/")


def test_a_device_is_refused_where_it_lies() -> None:
    with pytest.raises(RefusedFile, match="device"):
        plain_file(Path("/dev"), "null")
    with pytest.raises(RefusedFile, match="device"):
        opened(Path("/dev/zero"))


def test_a_step_of_the_way_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.csv").touch()
    (tmp_path / "sub").symlink_to(tmp_path / "real")
    assert plain_file(tmp_path, "real/x.csv").name == "x.csv"
    for act in (plain_file, plain_folder):
        with pytest.raises(RefusedFile, match="on the way to it is a link"):
            act(tmp_path, "sub/x.csv")
    with pytest.raises(RefusedFile, match="link"):
        list(plain_files(tmp_path))


def test_the_folder_itself_may_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.csv").touch()
    (tmp_path / "named").symlink_to(tmp_path / "real")
    assert plain_file(tmp_path / "named", "x.csv") == tmp_path.resolve() / "real" / "x.csv"
    assert [name for name, _ in plain_files(tmp_path / "named")] == ["x.csv"]


def test_what_is_laid_in_its_place_after_the_look_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "x.csv").touch()
    path = plain_file(tmp_path, "x.csv")
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(RefusedFile, match="link"):
        opened(path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(RefusedFile, match="pipe"):
        opened(path)


def test_a_fresh_file_is_laid_over_none(tmp_path: Path) -> None:
    assert plain_file(tmp_path, "sub/new.csv", fresh=True) == tmp_path.resolve() / "sub/new.csv"
    (tmp_path / "old.csv").touch()
    (tmp_path / "link.csv").symlink_to(tmp_path / "nothing")
    for name in ("old.csv", "link.csv", "old.csv/x.csv"):
        with pytest.raises(RefusedFile):
            plain_file(tmp_path, name, fresh=True)
    with pytest.raises(MissingFile):
        plain_file(tmp_path, "gone/x.csv")


def test_a_refusal_is_found_in_what_came_of_it() -> None:
    first = RefusedFile("x", "it is a link.", "Copy it.")
    came_of_it = ValueError()
    came_of_it.__cause__ = first
    assert refusal_in(came_of_it) is first
    assert refusal_in(MissingFile("x", "it is not there.", "Add it.")) is None
    assert refusal_in(ValueError()) is None
