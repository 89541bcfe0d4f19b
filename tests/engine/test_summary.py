"""The figures of a run agree with its findings and its proofs."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from requite.domain.determination.account import Payer
from requite.engine.summary import SECTIONS, figures_of

DAY = date(2026, 6, 1)
PAYERS = {
    "ACME": Payer("ACME", "Acme Health", "commercial"),
    "MCR": Payer("MCR", "Medicare", "medicare_ffs"),
}
# account, party, payer, cause, disposition, dollars, certainty, due
FINDINGS = (
    ("A1", "payer", "MCR", "duplicate_payment", "refund_payer", "30.00", "proved",
     date(2026, 5, 1)),
    ("A1", "none", None, "duplicate_posting", "reverse_posting", "12.50", "likely", None),
    ("A2", "payer", "ACME", "duplicate_payment", "refund_payer", "7.50", "proved", None),
    ("A2", "payer", "GONE", "dual_primary", "refund_payer", "1.00", "proved", date(2026, 9, 1)),
    ("A3", "patient", "G1", "patient_overcollection", "refund_patient", "9.00", "proved",
     date(2026, 7, 1)),
)  # fmt: skip
# account, credit, masked credit, still owed
PROOFS = (("A1", "42.50", "2.50", "2.50"), ("A2", "8.50", "0.00", "0.00"),
          ("A3", "9.00", "9.00", "11.00"), ("A4", "0.00", "0.00", "5.00"))  # fmt: skip


def findings(rows: tuple[tuple[Any, ...], ...]) -> pa.Table:
    return pa.table(
        {
            "account_id": [row[0] for row in rows],
            "line_no": pa.array([1 for _ in rows], pa.int32()),
            "party": pa.array([row[1] for row in rows], pa.string()),
            "party_id": pa.array([row[2] for row in rows], pa.string()),
            "cause": pa.array([row[3] for row in rows], pa.string()),
            "disposition": pa.array([row[4] for row in rows], pa.string()),
            "amount": pa.array([Decimal(row[5]) for row in rows], pa.decimal128(18, 2)),
            "certainty": pa.array([row[6] for row in rows], pa.string()),
            "due_on": pa.array([row[7] for row in rows], pa.date32()),
            "rule_id": pa.array([None for _ in rows], pa.string()),
            "priority": pa.array(range(1, len(rows) + 1), pa.int32()),
            "evidence": pa.array(["T1" for _ in rows], pa.string()),
            "explanation": pa.array(["Said." for _ in rows], pa.string()),
        }
    )


def write(folder: Path, rows: tuple[tuple[Any, ...], ...]) -> None:
    found = findings(rows)
    pq.write_table(found, folder / "findings.parquet")
    ranks = pa.array([0 if row[2] == "MCR" else 2 for row in rows], pa.int32())
    order = pa.table({"priority": found["priority"], "rank": ranks})
    pq.write_table(order, folder / "order.parquet")


def proofs(rows: tuple[tuple[str, ...], ...], *, agrees: bool = True) -> pa.Table:
    names = ("account_id", "credit", "masked_credit", "still_owed")
    columns = {names[0]: pa.array([row[0] for row in rows], pa.string())}
    for place, name in enumerate(names[1:], start=1):
        amounts = [Decimal(row[place]) for row in rows]
        columns[name] = pa.array(amounts, pa.decimal128(18, 2))
    return pa.table({**columns, "agrees": pa.array([agrees for _ in rows], pa.bool_())})


@pytest.fixture
def figures(tmp_path: Path) -> dict[str, Any]:
    write(tmp_path, FINDINGS)
    pq.write_table(proofs(PROOFS), tmp_path / "proof.parquet")
    return figures_of(tmp_path, as_of=DAY, payers=PAYERS)


def test_the_credits_are_those_of_the_proofs(figures: dict[str, Any]) -> None:
    assert figures["as_of"] == "2026-06-01"
    assert figures["credits"] == {
        "accounts": 3,
        "masked_accounts": 2,
        "credit_cents": 6000,
        "masked_cents": 1150,
        "owed_cents": 1850,
        "disagreeing_accounts": 0,
    }


@pytest.mark.parametrize("section", [name for name in SECTIONS if name != "by_payer_class"])
def test_every_section_sums_to_the_credit(figures: dict[str, Any], section: str) -> None:
    sums = figures[section].values()
    assert sum(item["amount_cents"] for item in sums) == figures["credits"]["credit_cents"]
    assert sum(item["findings"] for item in sums) == len(FINDINGS)


def test_findings_are_counted_each_way(figures: dict[str, Any]) -> None:
    assert figures["by_party"]["payer"] == {"findings": 3, "amount_cents": 3850}
    assert figures["by_party_and_cause"]["none/duplicate_posting"]["amount_cents"] == 1250
    assert figures["by_certainty"]["likely"] == {"findings": 1, "amount_cents": 1250}
    assert figures["by_queue"]["first"] == {"findings": 1, "amount_cents": 3000}
    assert figures["by_payer_class"] == {
        "commercial": {"findings": 1, "amount_cents": 750},
        "medicare_ffs": {"findings": 1, "amount_cents": 3000},
        "unknown": {"findings": 1, "amount_cents": 100},
    }


def test_the_thirtieth_day_is_still_soon(figures: dict[str, Any]) -> None:
    assert {name: item["findings"] for name, item in figures["due"].items()} == {
        "past_due": 1,
        "within_30_days": 1,
        "later": 1,
        "no_date": 2,
    }


def test_a_feed_without_credits_sums_to_nothing(tmp_path: Path) -> None:
    write(tmp_path, ())
    pq.write_table(proofs((PROOFS[3],), agrees=False), tmp_path / "proof.parquet")
    figures = figures_of(tmp_path, as_of=DAY, payers={})
    assert figures["credits"]["credit_cents"] == 0
    assert figures["credits"]["disagreeing_accounts"] == 1
    assert [figures[section] for section in SECTIONS] == [{} for _ in SECTIONS]
