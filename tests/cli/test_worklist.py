import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from requite.cli.main import main
from requite.domain.determination.account import Payer
from requite.engine.worklist import write_worklist

DAY = date(2026, 6, 1)
PAYERS = {"MCR": Payer("MCR", "Medicare", "medicare_ffs")}
ROWS = [
    {
        "account_id": f"00{number}",
        "line_no": None if number == 2 else number,
        "party": party,
        "party_id": party_id,
        "cause": cause,
        "disposition": disposition,
        "amount": Decimal(f"{number}0.05"),
        "certainty": "proved",
        "due_on": due_on,
        "rule_id": "mcr.60day.v2025" if due_on else None,
        "priority": number,
        "evidence": "C1|T1",
        "explanation": "A sentence, with figures.",
    }
    for number, party, party_id, cause, disposition, due_on in (
        (1, "payer", "MCR", "duplicate_payment", "refund_payer", date(2026, 5, 20)),
        (2, "patient", "G1", "patient_overcollection", "refund_patient", date(2026, 6, 20)),
        (3, "payer", "ZETA", "dual_primary", "refund_payer", None),
        (4, "none", None, "duplicate_posting", "reverse_posting", None),
    )
]


def write_findings(folder: Path) -> Path:
    path = folder / "findings.parquet"
    table = pa.Table.from_pylist(ROWS)
    types = {"due_on": pa.date32(), "priority": pa.int32(), "line_no": pa.int32()}
    for name, kind in types.items():
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(kind))
    pq.write_table(table, path)
    ranks = pa.array([0, 1, 2, 2], pa.int32())
    order = pa.table({"priority": table["priority"], "rank": ranks})
    pq.write_table(order, folder / "order.parquet")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_worklist(write_findings(tmp_path), tmp_path, as_of=DAY, payers=PAYERS)
    return tmp_path


def call(folder: Path, *arguments: str, width: int = 80) -> Result:
    runner = CliRunner(env={"COLUMNS": str(width)})
    return runner.invoke(main, ["worklist", str(folder), *arguments])


def shown(folder: Path, *arguments: str, width: int = 80) -> str:
    result = call(folder, *arguments, width=width)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("width", [80, 120])
def test_cases_are_told_in_words_and_fit_the_width(folder: Path, width: int) -> None:
    lines = shown(folder, width=width).splitlines()
    text = " ".join(" ".join(lines).split())
    for words in (
        "12 days past due", "19 days left", "Medicare", "Payer paid the same", "Refund the payer",
        "the patient", "nobody (false", "Reverse the posting", "$10.05", "001", "ZETA",
    ):  # fmt: skip
        assert words in text
    table = [line for line in lines if "worklist.xlsx" not in line]
    assert max(map(len, table)) <= width
    assert [line for line in table if line != line.rstrip()] == []


def test_a_line_is_named_and_the_whole_account_is_not_a_line(folder: Path) -> None:
    text = shown(folder)
    assert "line 1" in text
    assert "line 2" not in text


def test_the_closing_line_says_where_the_whole_lies(folder: Path) -> None:
    last = shown(folder, "--first", "2").splitlines()[-1]
    assert last == f"2 of 4 cases. The whole worklist: {folder / 'worklist.xlsx'}"


def test_one_queue_can_be_asked_for(folder: Path) -> None:
    text = shown(folder, "--queue", "patients")
    assert "Patient paid more than the final responsibility"[:20] in text
    assert "Medicare" not in text
    assert "1 of 1 cases in the queue 'Patients'." in text


def test_an_empty_queue_says_so(folder: Path) -> None:
    assert shown(folder, "--queue", "holds").startswith("0 of 0 cases in the queue 'Holds'.")


def test_csv_goes_to_stdout_and_the_remark_does_not(folder: Path) -> None:
    result = call(folder, "--format", "csv", "--first", "0")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["amount"] for row in rows] == ["10.05", "20.05", "30.05", "40.05"]
    assert [row["queue"] for row in rows] == ["first", "patients", "payers", "corrections"]
    assert rows[0]["account_id"] == "001"
    assert rows[1]["line_no"] == ""
    assert "4 of 4 cases" in result.stderr


def test_json_carries_codes_and_cents(folder: Path) -> None:
    (case,) = json.loads(shown(folder, "--format", "json", "--first", "1"))
    assert (case["amount_cents"], case["due_on"], case["days_left"]) == (1005, "2026-05-20", -12)
    assert (case["payer_name"], case["cause"]) == ("Medicare", "duplicate_payment")


def test_findings_without_a_workbook_are_shown_all_the_same(tmp_path: Path) -> None:
    write_findings(tmp_path)
    text = shown(tmp_path, "--first", "1")
    assert "MCR" in text
    assert text.splitlines()[-1].endswith("findings.csv")


def test_a_folder_without_findings_ends_in_a_sentence_with_the_remedy(tmp_path: Path) -> None:
    result = call(tmp_path)
    assert result.exit_code == 1
    assert "holds no findings" in result.stderr
    assert "requite detect FEED --out" in result.stderr
