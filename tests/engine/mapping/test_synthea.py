"""Synthea: the public sample to the cent, and each kind of row that the exporter writes."""

from decimal import Decimal
from pathlib import Path

import pytest

from mapped_samples import laid_out, mapped
from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.plan import preset
from requite.engine.refusal import RefusedExtract

LEDGER = "claims_transactions.csv"


def test_the_public_sample_ends_as_it_must(tmp_path: Path) -> None:
    feed = mapped("synthea", tmp_path, sample="synthea-public")
    balances = feed.balances()
    credits_ = [amount for amount in balances.values() if amount < 0]
    assert (len(balances), len(credits_), sum(credits_)) == (1267, 190, Decimal("-11101.22"))
    assert all(amount <= 0 for amount in balances.values())
    # Each is a line on which the patient's copay is more than the charge.
    lines: dict[tuple[str, str], dict[str, Decimal]] = {}
    for row in (*feed.rows("charges"), *feed.rows("transactions")):
        line = lines.setdefault((row["account_id"], row["line_no"]), {})
        party = row.get("paid_by") or row.get("type") or "charge"
        line[party] = line.get(party, Decimal()) + Decimal(row["amount"])
    over = {key: line for key, line in lines.items() if sum(line.values()) < 0}
    assert len(over) == 190
    shared = [line for line in over.values() if "payer" in line]
    assert [sum(line.values()) for line in shared] == [Decimal("-0.01")]  # halves of a cent
    assert all(-line["patient"] > line["charge"] for line in over.values() if line not in shared)
    assert feed.held_out(tmp_path) == []
    assert {row["payer_class"] for row in feed.rows("payers")} == {
        "medicare_ffs", "medicaid", "commercial",
    }  # fmt: skip
    days = {row["posted_on"] for row in feed.rows("transactions")}
    assert "1970-01-01" not in days


def test_a_settled_claim_with_its_transfer_yields_nothing(tmp_path: Path) -> None:
    feed = mapped("synthea", tmp_path)
    assert feed.holds("K1") == {
        "charges": "125.00", "payment Y1": "-100.00", "transfer": "0.00",
        "payment patient": "-25.00",
    }  # fmt: skip
    out, into = (row for row in feed.rows("transactions") if row["type"] == "transfer")
    assert (out["bucket"], out["amount"], out["line_no"]) == ("primary", "-25.00", "1")
    assert (into["bucket"], into["amount"], into["transfer_id"]) == (
        "self", "25.00", out["transfer_id"],
    )  # fmt: skip
    assert feed.findings(tmp_path) == {}


K2 = (
    "v0,K2,0,P1,CHARGE,80.00,,2026-02-05T08:00:00Z,1970-01-01T00:00:00Z,99212,,1,0,0,,0\n"
    "v1,K2,1,P1,CHARGE,20.00,,2026-02-05T08:00:00Z,1970-01-01T00:00:00Z,85025,,1,0,0,,0\n"
    "v2,K2,2,P1,PAYMENT,,COPAY,2026-02-05T08:00:00Z,1970-01-01T00:00:00Z,85025,,,30.00,0,,0\n"
    "v3,K2,3,P1,PAYMENT,,ECHECK,2026-02-05T08:00:00Z,1970-01-01T00:00:00Z,99212,,,50.00,0,,30\n"
    "v4,K2,4,P1,ADJUSTMENT,,SYSTEM,2026-02-05T08:00:00Z,1970-01-01T00:00:00Z,99212,,,0,10,,20\n"
    "v5,K2,5,P1,TRANSFEROUT,,,2026-02-05T08:00:00Z,1970-01-01T00:00:00Z,99212,,,0,0,20.00,20\n"
    "v6,K2,6,P1,TRANSFERIN,20.00,,2026-02-05T08:00:00Z,1970-01-01T00:00:00Z,99212,5,2,0,0,20.00,20\n"
    "v7,K2,7,P1,PAYMENT,,ECHECK,2026-02-05T08:00:00Z,1970-01-01T00:00:00Z,99212,,,20.00,0,,0\n"
)


def test_each_row_goes_to_its_line_its_party_and_its_place(tmp_path: Path) -> None:
    feed = mapped("synthea", tmp_path, {"claims.csv": "K2,P1,Y1,Y2\n", LEDGER: K2})
    entries = feed.by_id("transactions")
    assert {
        key: (row["line_no"], row["paid_by"], row["payer_id"], row["bucket"], row["amount"])
        for key, row in entries.items()
        if key.startswith("v")
    } == {
        "v2": ("2", "patient", "", "self", "-30.00"),
        "v3": ("1", "payer", "Y1", "primary", "-50.00"),
        "v4": ("1", "", "", "primary", "-10.00"),
        "v5": ("1", "", "", "primary", "-20.00"),
        "v6": ("1", "", "", "secondary", "20.00"),
        "v7": ("1", "payer", "Y2", "secondary", "-20.00"),
    }
    assert entries["v4"]["type"] == "adjustment"
    assert {row["posted_on"] for key, row in entries.items() if key.startswith("v")} == {
        "2026-02-05"
    }
    assert feed.balance("K2") == Decimal("-10.00")  # the copay above the cost of 85025
    classes = {row["payer_id"]: row["payer_class"] for row in feed.rows("payers")}
    assert classes == {"Y1": "commercial", "Y2": "medicaid"}


@pytest.mark.parametrize(
    ("file", "row", "why"),
    [
        (LEDGER, "w,K1,9,P1,REFUND,,,2026-01-05,2026-01-05,99213,,,0,0,,0\n", "TYPE, METHOD"),
        (LEDGER, "w,K1,9,P1,PAYMENT,,BARTER,2026-01-05,2026-01-05,99213,,,5,0,,0\n", "BARTER"),
        (LEDGER, "w,K1,9,P1,PAYMENT,,CASH,2026-01-05,2026-01-05,99213,,,-5,0,,0\n", "negative"),
        (LEDGER, "w,K1,9,P1,PAYMENT,,CASH,2026-01-05,2026-01-05,00000,,,5,0,,0\n", "no CHARGE"),
        ("payers.csv", "Y3,County Plan,GOVERNMENT\n", "neither Medicare nor Medicaid"),
    ],
)
def test_what_is_not_as_expected_stops_it(file: str, row: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedExtract, match=why):
        mapped("synthea", tmp_path, {file: row})


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    extract = laid_out("synthea", tmp_path)
    head = "Id,PRIMARYPATIENTINSURANCEID,SECONDARYPATIENTINSURANCEID\n"
    (extract / "claims.csv").write_text(f"{head}K1,Y1,\n")
    with pytest.raises(RefusedExtract, match=r"claims.csv, column PATIENTID: the column is miss"):
        map_extract(extract, preset("synthea"), tmp_path / "feed")
