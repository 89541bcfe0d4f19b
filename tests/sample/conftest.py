"""Samples made once for all tests."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
import pytest

from requite.sample.chunk import Chunk
from requite.sample.generate import Order, chunks
from requite.sample.write import write_sample


class Written(NamedTuple):
    """A sample on disk."""

    path: Path

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of a CSV table of the feed, or of the truth as `truth/findings`."""
        folder, _, name = table.rpartition("/")
        with (self.path / (folder or "feed") / f"{name}.csv").open(newline="") as lines:
            return list(csv.DictReader(lines))

    def remittances(self) -> Iterator[str]:
        """The text of every 835 file."""
        for path in sorted((self.path / "feed" / "remits").iterdir()):
            yield path.read_bytes().decode("ascii")

    def parquet(self, table: str) -> dict[str, list[object]]:
        """A Parquet table as columns."""
        columns: dict[str, list[object]] = pq.read_table(self.path / f"{table}.parquet").to_pydict()
        return columns


@pytest.fixture(scope="session")
def written() -> type[Written]:
    """A reader of a sample on disk."""
    return Written


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """4,000 accounts as CSV with 835 files."""
    path = tmp_path_factory.mktemp("sample")
    write_sample(Order(4000, 11), path)
    return Written(path)


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """2,000 accounts as Parquet with the remittances in both forms."""
    path = tmp_path_factory.mktemp("tables")
    write_sample(Order(2000, 11), path, remits="both", form="parquet")
    return Written(path)


@pytest.fixture(scope="session")
def chunk() -> Chunk:
    """20,000 accounts, before they are written."""
    return next(chunks(Order(20_000, 5)))
