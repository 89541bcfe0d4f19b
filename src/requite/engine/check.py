"""What the rows of a feed must be among themselves: keys that are unique, references that hold."""

import duckdb

from requite.engine.source import Sources


def check_feed(connection: duckdb.DuckDBPyConnection, sources: Sources) -> None:
    """Refuse a feed with bad values, duplicate keys or dangling references."""
