"""What the command line writes as CSV or Excel runs in no spreadsheet; Parquet holds it exactly."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from requite.cli.main import main
from requite.domain.spreadsheet import harmless
from requite.engine.csv_file import harmless_sql, write_csv
from requite.engine.worklist import write_worklist

STORY = Path(__file__).resolve().parents[1] / "golden" / "duplicate-payment-two-traces"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RUNS = "=HYPERLINK(1)"


@pytest.fixture(name="connection", scope="module")
def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@given(st.text(st.sampled_from("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20019,.aZ é"), max_size=10))
def test_sql_and_python_have_one_rule(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    (told,) = connection.sql("SELECT ? AS t", params=[text]).project(harmless_sql("t")).fetchall()
    assert told == (harmless(text),)


def test_amounts_and_nothing_stay_as_they_are(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    connection.execute(
        "CREATE OR REPLACE TABLE t AS SELECT '=1' AS id, -12.00::DECIMAL(9, 2) AS amount, "
        "NULL::VARCHAR AS none, '-7.50' AS text"
    )
    write_csv(connection, "t", tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text() == "id,amount,none,text\n'=1,-12.00,,-7.50\n"


def spoilt(folder: Path) -> Path:
    """The story with an account and a payer that are called like formulas."""
    feed = folder / "feed"
    for path in sorted((STORY / "feed").rglob("*")):
        if path.is_file():
            target = feed / path.relative_to(STORY / "feed")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (account,) = {row["account_id"] for row in read(feed / "accounts.csv")}
    for path in feed.glob("*.csv"):
        head, *rows = csv.reader(io.StringIO(path.read_text(), newline=""))
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            writer.writerows([RUNS if cell == account else cell for cell in row] for row in rows)
    return feed


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_findings_and_worklist_hold_no_formula_of_the_feed(tmp_path: Path) -> None:
    feed, out = spoilt(tmp_path), tmp_path / "out"
    ran = CliRunner().invoke(
        main, ["detect", str(feed), "--out", str(out), "--as-of", "2026-06-01"]
    )
    assert ran.exit_code == 0, ran.output
    for name in ("findings", "proof"):
        assert {row["account_id"] for row in read(out / f"{name}.csv")} == {f"'{RUNS}"}
        exact = pq.read_table(out / f"{name}.parquet")["account_id"].to_pylist()
        assert set(exact) == {RUNS}
    listed = CliRunner().invoke(main, ["worklist", str(out), "--format", "csv"]).stdout
    (case, *_) = csv.DictReader(io.StringIO(listed))
    assert case["account_id"] == f"'{RUNS}"
    assert Decimal(case["amount"]) > 0


def test_a_cell_of_the_workbook_is_text_and_edited_does_not_run(tmp_path: Path) -> None:
    row = {
        "account_id": RUNS, "line_no": 1, "party": "payer", "party_id": "@P",
        "cause": "dual_primary", "disposition": "review", "amount": Decimal("5.00"),
        "certainty": "proved", "rule_id": "x", "due_on": date(2026, 6, 20), "priority": 1,
        "evidence": "C1", "explanation": "-A sentence.",
    }  # fmt: skip
    table = pa.Table.from_pylist([row])
    for name in ("line_no", "priority"):
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].cast(pa.int32()))
    table = table.set_column(
        table.schema.get_field_index("rule_id"), "rule_id", pa.nulls(1, "string")
    )
    pq.write_table(table, tmp_path / "findings.parquet")
    order = {"priority": pa.array([1], pa.int32()), "rank": pa.array([1], pa.int32())}
    pq.write_table(pa.table(order), tmp_path / "order.parquet")
    write_worklist(tmp_path / "findings.parquet", tmp_path, as_of=date(2026, 6, 1), payers={})
    marked = quoted_texts((tmp_path / "worklist.xlsx").read_bytes())
    assert {RUNS, "@P", "-A sentence."} == marked


def quoted_texts(content: bytes) -> set[str]:
    """The texts of a workbook whose cells are marked as text."""
    found = set()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        styles = ET.fromstring(book.read("xl/styles.xml"))  # noqa: S314 - our own file
        formats = styles.find(f"{MAIN}cellXfs")
        assert formats is not None
        quoted = {str(n) for n, each in enumerate(formats) if each.get("quotePrefix") == "1"}
        for name in book.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            sheet = ET.fromstring(book.read(name))  # noqa: S314 - our own file
            for cell in sheet.iter(f"{MAIN}c"):
                if cell.get("s") in quoted:
                    assert cell.get("t") == "inlineStr"
                    found.add("".join(each.text or "" for each in cell.iter(f"{MAIN}t")))
    return found
