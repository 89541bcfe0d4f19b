"""Open Dental: fees, insurers' payments, patients' splits, prepayments, refunds."""

from decimal import Decimal
from pathlib import Path

import pytest

from mapped_samples import laid_out, mapped
from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.plan import preset
from requite.engine.refusal import RefusedExtract


def test_each_kind_of_money_is_whose_it_is(tmp_path: Path) -> None:
    feed = mapped("open-dental", tmp_path)
    assert {key: Decimal(value) for key, value in feed.holds("1").items()} == {
        "charges": 120, "payment 55": -80, "adjustment 55": -30, "payment patient": -10,
    }  # fmt: skip
    assert {key: Decimal(value) for key, value in feed.holds("2").items()} == {
        "charges": 1000, "payment 55": -1200, "recoupment 55": 100, "adjustment 55": -200,
        "payment patient": -40,
    }  # fmt: skip
    assert {key: Decimal(value) for key, value in feed.holds("3").items()} == {
        "charges": 105, "payment patient": -120, "refund patient": 15, "adjustment": -5,
    }  # fmt: skip
    entries = feed.by_id("transactions")
    assert (entries["W1"]["group_code"], entries["W1"]["carc"], entries["W2"]["carc"]) == (
        "CO", "45", "",
    )  # fmt: skip
    assert (entries["I3"]["trace_number"], entries["I3"]["posted_on"]) == ("LK3", "2026-03-20")
    assert (entries["P2"]["line_no"], entries["P2"]["description"]) == ("", "Prepayment")
    assert "I5" not in entries  # not received yet
    assert set(feed.by_id("charges")) == {"101", "103", "105", "A2"}  # 102 was deleted
    assert feed.by_id("charges")["103"]["amount"] == "1000.00"  # two units
    order = {row["cob_order"]: row["payer_id"] for row in feed.rows("coverages")
             if row["account_id"] == "2"}  # fmt: skip
    assert order == {"1": "55", "2": "56"}
    assert feed.held_out(tmp_path) == []
    assert "1" not in feed.findings(tmp_path)  # settled
    assert any("are no refund by their name: 1, $5.00" in told for told in feed.made.told)


def test_an_adjustment_that_is_called_a_refund_is_one(tmp_path: Path) -> None:
    more = {
        "definition.csv": "202,Refund to patient\n",
        "adjustment.csv": "3,2026-05-01,7,3,202,0\n",
    }
    entry = mapped("open-dental", tmp_path, more).by_id("transactions")["A3"]
    assert (entry["type"], entry["paid_by"], entry["amount"]) == ("refund", "patient", "7.00")


def test_the_tables_that_may_be_absent_may_be(tmp_path: Path) -> None:
    extract = laid_out("open-dental", tmp_path)
    (extract / "definition.csv").unlink()
    (extract / "procedurecode.csv").unlink()
    made = map_extract(extract, preset("open-dental"), tmp_path / "feed")
    assert made.rows["charges"] == 4


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("claimproc.csv", ",1,80,", ",1,-80,", "none"),
        ("paysplit.csv", ",70,", ",-700,", "paysplit.csv, column SplitAmt: most payments are"),
        (
            "insplan.csv",
            "7,55",
            "9,55",
            "claimproc.csv, rows 1, 2, 3 and 1 more, column PlanNum: the plan",
        ),
        ("claimproc.csv", "InsPayAmt", "Paid", "column InsPayAmt: the column is missing"),
    ],
)
def test_what_is_not_as_expected_stops_it(
    file: str, old: str, new: str, why: str, tmp_path: Path
) -> None:
    extract = laid_out("open-dental", tmp_path)
    path = extract / file
    text = path.read_text().replace(old, new)
    if why == "none":
        text, why = (
            text.replace(",600,", ",-600,"),
            "claimproc.csv, column InsPayAmt: most payments",
        )
    path.write_text(text)
    with pytest.raises(RefusedExtract, match=why):
        map_extract(extract, preset("open-dental"), tmp_path / "feed")
