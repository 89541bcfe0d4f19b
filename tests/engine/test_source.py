"""The files of a feed are looked at before anything is read of them."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from requite.engine.feed import TABLES
from requite.engine.source import Sources


def test_the_headers_of_all_parquet_files_take_one_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, connect = [], duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda: opened.append(1) or connect())
    sources = Sources()
    for name in ("guarantors", "patients", "payers"):
        path = tmp_path / f"{name}.parquet"
        columns = {column.name: pa.array(["X1"]) for column in TABLES[name].columns}
        pq.write_table(pa.table(columns), path)
        sources.add(TABLES[name], path, path.name)
    assert sources.problems == []
    assert [len(found) for found in sources.tables.values()] == [1, 1, 1]
    assert len(opened) == 1
