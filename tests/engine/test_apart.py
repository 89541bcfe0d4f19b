"""Nothing is written into the folder that is read."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from requite.cli.main import main
from requite.engine.apart import WritesIntoFeed, keep_apart

TABLES = ("accounts.csv", "charges.csv", "transactions.csv")


@pytest.fixture(name="feed")
def _feed(tmp_path: Path) -> Path:
    feed = tmp_path / "feed"
    feed.mkdir()
    for name in TABLES:
        (feed / name).touch()
    (tmp_path / "way").symlink_to(feed)
    return feed


@pytest.mark.parametrize("out", ["feed", "feed/out", "way/deep/out", "feed/../feed/out"])
@pytest.mark.parametrize(
    "call",
    [
        ("detect", "FEED", "--out", "OUT"),
        ("detect", "FEED", "--out", "ELSE", "--store", "OUT"),
        ("requests", "FEED", "--out", "OUT"),
    ],
)
def test_what_would_be_written_into_the_feed_is_refused_by_name(
    feed: Path, tmp_path: Path, out: str, call: tuple[str, ...]
) -> None:
    said = {"FEED": str(feed), "OUT": str(tmp_path / out), "ELSE": str(tmp_path / "else")}
    refused = CliRunner().invoke(main, [said.get(word, word) for word in call])
    assert refused.exit_code == 1
    assert f"{tmp_path / out} " in refused.stderr
    assert "Name a folder outside of it." in refused.stderr
    assert sorted(path.name for path in feed.iterdir()) == sorted(TABLES)
    assert not (tmp_path / "else").exists()


def test_a_place_beside_or_above_the_feed_is_good(feed: Path, tmp_path: Path) -> None:
    keep_apart(feed, tmp_path, tmp_path / "feed-out", None)
    with pytest.raises(WritesIntoFeed, match="is the folder that is read"):
        keep_apart(feed, feed)


@pytest.mark.parametrize("out", ["feed", "way"])
def test_a_feed_is_not_written_over_the_extract_that_it_is_made_of(
    feed: Path, tmp_path: Path, out: str
) -> None:
    call = ["map", str(feed), "--preset", "epic-professional", "--out", str(tmp_path / out)]
    refused = CliRunner().invoke(main, call)
    assert (refused.exit_code, "Name a folder outside of it." in refused.stderr) == (1, True)
