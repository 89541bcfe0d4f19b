"""DuckDB as the engine uses it: its settings, and its SQL kept in files."""

import os
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb

QUERIES = files("requite.engine") / "queries"


def connect(
    *, threads: int = 1, memory: str = "1GB", spill: Path | None = None, file: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a database that may spill to `spill` and loads nothing from outside.

    It lies in memory, or in a file that is made if it is not there.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "memory_limit": memory,
        "temp_directory": str(spill) if spill else "",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(str(file or ":memory:"), config=settings)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET asof_loop_join_threshold = 0")  # sorted, however few rows there are
    return connection


@cache
def query(name: str) -> str:
    """The SQL of `queries/<name>.sql`."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8").rstrip().rstrip(";")


def literal(text: str | Path) -> str:
    """`text` as a SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """`name` as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def parquet(paths: list[Path]) -> str:
    """A relation over Parquet files, exactly as they stand."""
    listed = ", ".join(literal(path) for path in paths)
    return f"read_parquet([{listed}], hive_partitioning = false)"


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
