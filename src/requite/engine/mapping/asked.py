"""Takes the SELECTs of a mapping apart, or runs them, in a process that may do nothing else.

It is started by `own_process.py` with one JSON object on its input, and answers a line for each SELECT.
Its database opens no file besides its own and loads nothing, its settings are locked, and the
system ends it where it takes more memory, time or disk than it may.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import duckdb

ADDRESSES = 2 << 30  # bytes of addresses beside what the database may take: code, threads, reserve


def parsed(asked: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Each SELECT as JSON, as the database's parser takes it apart; empty where it cannot."""
    with duckdb.connect(config={"threads": 1, "enable_external_access": False}) as connection:
        for select in asked["parse"]:
            try:
                query = "SELECT json_serialize_sql($1::VARCHAR)"
                found = connection.execute(query, [select]).fetchone()
            except (duckdb.Error, MemoryError):
                found = None
            yield {"parsed": found[0] if found else "{}"}


def answer(asked: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Make a table of each SELECT; of the first that cannot be, the last answer says why."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": f"{asked['memory_bytes']}B",
        "temp_directory": asked["spill"],
        "max_temp_directory_size": f"{asked['disk_bytes']}B",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
    }
    with duckdb.connect(asked["database"], config=settings) as connection:
        for shut in ("enable_external_access = false", "lock_configuration = true"):
            connection.execute(f"SET {shut}")
        for name, select in asked["selects"]:
            try:
                connection.execute(f"CREATE TABLE {name} AS\n{select}\n")
            except (duckdb.Error, MemoryError) as error:
                yield {"kind": type(error).__name__, "message": str(error)[:2_000]}
                return
            yield {}


def _hold_back(asked: dict[str, Any]) -> None:
    """Let the system end this process, or refuse it memory or disk, past its limits."""
    for limit, most in (
        (resource.RLIMIT_AS, asked["memory_bytes"] + ADDRESSES),
        (resource.RLIMIT_CPU, asked["seconds"] + 1),
        (resource.RLIMIT_FSIZE, asked["disk_bytes"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (wanted, wanted))


if __name__ == "__main__":
    question = json.load(sys.stdin)
    _hold_back(question)
    for line in parsed(question) if "parse" in question else answer(question):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
