"""No query compares every row of a relation with every row of another."""

import re
from pathlib import Path
from typing import Any, Self

import duckdb
import pytest
from click.testing import CliRunner

from requite.cli.main import main

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
STORIES = ("request-for-money-already-returned", "takeback-names-nothing", "transfer-arrived-short")
READS = re.compile(r"\s*(COPY\s*\(|CREATE[^(]*?\bAS\s|SELECT\b|WITH\b)", re.IGNORECASE)
ALL_WITH_ALL = re.compile(r"(Nested Loop|Blockwise Nl) Join|Cross Product")


class Explained:
    """A connection that tells the plan of every query that it runs."""

    plans: dict[str, str]

    def __init__(self, connection: duckdb.DuckDBPyConnection, plans: dict[str, str]) -> None:
        self.connection = connection
        self.plans = plans

    def execute(self, sql: str, *rest: Any) -> duckdb.DuckDBPyConnection:
        if READS.match(sql):
            rows = self.connection.execute(f"EXPLAIN {sql}", *rest).fetchall()
            self.plans[sql] = "\n".join(row[1] for row in rows)
        return self.connection.execute(sql, *rest)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def __enter__(self) -> Self:
        self.connection.__enter__()
        return self

    def __exit__(self, *what: object) -> None:
        self.connection.__exit__(*what)


def test_no_query_compares_every_row_with_every_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plans: dict[str, str] = {}
    connect = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda *a, **k: Explained(connect(*a, **k), plans))
    for story in STORIES:
        as_of = (GOLDEN / story / "as_of.txt").read_text("utf-8").strip()
        for command in ("detect", "requests"):
            call = [command, str(GOLDEN / story / "feed"), "--out", str(tmp_path / story / command)]
            result = CliRunner().invoke(main, [*call, "--as-of", as_of], catch_exceptions=False)
            assert result.exit_code == 0, result.output
    assert len(plans) > 100
    assert any("Hash Join" in plan for plan in plans.values())
    assert [sql for sql, plan in plans.items() if ALL_WITH_ALL.search(plan)] == []
