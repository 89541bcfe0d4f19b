"""OpenEMR: its true columns, as phpMyAdmin and as mysqldump export them."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from mapped_samples import Feed, laid_out, mapped
from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.plan import preset
from requite.engine.refusal import RefusedExtract

# Encounter 5: settled by insurer and patient. 6: the patient paid 10.00 too much, without a code.
MORE = {
    "form_encounter.csv": (
        "3,2026-03-02 00:00:00,Cough,Clinic,3,7,5,,normal,,5,1,1,,0,1,0,\n"
        "4,2026-03-09 00:00:00,Cough,Clinic,3,7,6,,normal,,5,1,1,,0,1,0,\n"
    ),
    "billing.csv": (
        "6,2026-03-02 10:00:00,CPT4,99213,7,1,1,,1,5,Visit,1,1,5,2,,,,25,1,125.00,R05,,1,,,,s,,\n"
        "7,2026-03-09 10:00:00,CPT4,99212,7,1,1,,1,6,Visit,1,1,5,2,,,,,1,80.00,R05,,1,,,,s,,\n"
        "8,2026-03-09 10:00:00,COPAY,CO,7,1,1,Default,1,6,Copay,1,1,,0,,,,,1,-5.00,,,,,,,s,,\n"
    ),
    "drug_sales.csv": "2,9,1,0,7,6,admin,2026-03-09,1,18.00,1,1,,\n",
    "ar_session.csv": (
        "15,5,1,1,LK3,2026-03-20,2026-03-21,90.00,2026-03-21 10:00:00,2026-03-21 10:00:00,12.00,"
        "insurance,,insurance_payment,2026-03-21,0,electronic\n"
    ),
    "ar_activity.csv": (
        "7,5,1,CPT4,99213,25,1,2026-03-21 10:00:00,1,15,,90.00,0.00,,,,IPP,,,2026-03-21,26L5\n"
        "7,5,2,CPT4,99213,25,1,2026-03-21 10:00:00,1,15,Ins1 adjust code 45,0,35.00,,,,IA,,,,26L5\n"
        "7,6,1,,,,0,2026-03-09 10:00:00,1,12,,103.00,0.00,,,,PCP,,NULL,2026-03-09,\n"
    ),
}


def test_the_sample_ends_as_it_must(tmp_path: Path) -> None:
    feed = mapped("openemr", tmp_path)
    assert feed.holds("7-3") == {
        "charges": "127.06", "payment 5": "-130.00", "payment patient": "-25.00",
        "refund 5": "30.00", "adjustment 5": "-35.00",
    }  # fmt: skip
    assert feed.balance("7-3") == Decimal("-32.94")
    charges, entries = feed.by_id("charges"), feed.by_id("transactions")
    assert charges["2"]["voided_on"] == "2026-01-06"  # it was taken back, and no row says so
    assert entries["P7-3-4"]["voided_on"] == "2026-02-21"
    assert "3" not in charges  # a diagnosis is no charge
    assert charges["1"]["service_date"] == "2026-01-05"  # of the encounter, not of its entry
    assert (entries["P7-3-5"]["trace_number"], entries["P7-3-5"]["line_no"]) == ("LK2", "1")
    assert (entries["A7-3-2"]["carc"], entries["A7-3-2"]["bucket"]) == ("45", "primary")
    assert feed.balances() == {
        "7-3": Decimal("-32.94"), "7-4": 0, "7-3-D": 18, "7-unapplied": Decimal("-40.00"),
    }  # fmt: skip
    assert [(row["cob_order"], row["payer_id"]) for row in feed.rows("coverages")] == [
        ("1", "5"), ("2", "6"),
    ] * 2  # fmt: skip
    assert {row["payer_class"] for row in feed.rows("payers")} == {"auto", "medicaid"}
    assert feed.held_out(tmp_path) == []
    assert "7-4" not in feed.findings(tmp_path)  # settled


def test_each_kind_of_money_is_whose_it_is(tmp_path: Path) -> None:
    feed = mapped("openemr", tmp_path, MORE)
    assert feed.holds("7-5") == {
        "charges": "125.00", "payment 5": "-90.00", "adjustment 5": "-35.00",
    }  # fmt: skip
    entries = feed.by_id("transactions")
    assert entries["P7-5-1"]["line_no"] == "1"  # by code and modifier
    # The money of encounter 6 is for no code: it may have paid the drug, which is on the invoice.
    assert feed.holds("7-6") == {"charges": "98.00", "payment patient": "-108.00"}
    assert (entries["P7-6-1"]["line_no"], entries["C8"]["amount"]) == ("", "-5.00")
    assert any("12.00 in 1 sessions" in told for told in feed.made.told)
    assert feed.held_out(tmp_path) == []
    assert "7-5" not in feed.findings(tmp_path)


def dumped(folder: Path) -> Path:
    """The sample as `mysqldump --tab` writes it: no header, tabs, \\N, escapes, a schema beside."""
    extract = laid_out("openemr", folder)
    for path in sorted(extract.glob("*.csv")):
        with path.open(newline="") as file:
            head, *rows = csv.reader(file)
        lines = "".join(
            "\t".join(
                value.replace("\\", "\\\\").replace("Ins1", "Ins\\\t1") or "\\N" for value in row
            )
            + "\n"
            for row in rows
        )
        path.with_suffix(".txt").write_text(lines)
        columns = "".join(f"  `{name}` varchar(255) DEFAULT NULL,\n" for name in head)
        schema = f"CREATE TABLE `{path.stem}` (\n{columns}  PRIMARY KEY (`{head[0]}`)\n);\n"
        path.with_suffix(".sql").write_text(schema)
        path.unlink()
    return extract


def test_a_dump_of_mysql_gives_the_same_feed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    plain = mapped("openemr", tmp_path / "a")
    extract = dumped(tmp_path / "b")
    made = map_extract(extract, preset("openemr"), tmp_path / "b" / "feed")
    other = Feed(made, tmp_path / "b" / "feed")
    for table in ("accounts", "charges", "coverages", "payers", "patients"):
        assert other.rows(table) == plain.rows(table)
    for one, two in zip(plain.rows("transactions"), other.rows("transactions"), strict=True):
        told = two.pop("description").replace("Ins\t1", "Ins1")
        assert {**two, "description": told} == one


@pytest.mark.parametrize(
    ("file", "row", "why"),
    [
        (
            "ar_activity.csv",
            "7,4,3,,,,9,2026-02-04,1,11,,5.00,0,,,,,,,2026-02-04,\n",
            "ar_activity.csv, row 9, column payer_type: it is none of 0",
        ),
        (
            "ar_activity.csv",
            "7,4,3,,,,1,2026-02-04,1,99,,5.00,0,,,,,,,2026-02-04,\n",
            "no such sess",
        ),
        ("billing.csv", "9,2026-01-20,COPAY,,7,1,1,,1,4,,1,1,,,,,,,1,5.00,,,,,,,,,\n", "a COPAY"),
    ],
)
def test_what_is_not_as_expected_stops_it(file: str, row: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedExtract, match=why):
        mapped("openemr", tmp_path, {file: row})


def test_a_sign_that_turns_payments_into_charges_stops_it(tmp_path: Path) -> None:
    extract = laid_out("openemr", tmp_path)
    path = extract / "ar_activity.csv"
    path.write_text(
        path.read_text().replace(",165.00,", ",-165.00,").replace(",65.00,", ",-65.00,")
    )
    with pytest.raises(RefusedExtract, match="most payments are negative"):
        map_extract(extract, preset("openemr"), tmp_path / "feed")


def test_what_older_versions_lack_may_be_absent(tmp_path: Path) -> None:
    extract = laid_out("openemr", tmp_path)
    (extract / "drug_sales.csv").unlink()
    path = extract / "ar_activity.csv"
    with path.open(newline="") as file:
        rows = [row[:-1] for row in csv.reader(file)]  # without payer_claim_number
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    made = map_extract(extract, preset("openemr"), tmp_path / "feed")
    assert Feed(made, tmp_path / "feed").balance("7-3") == Decimal("-32.94")


def test_an_insurer_that_is_not_on_file_is_told_and_holds_nothing_out(tmp_path: Path) -> None:
    session = "16,77,1,1,X1,2026-02-03,2026-02-04,1,,,0,insurance,,,2026-02-04,0,electronic\n"
    entry = "7,4,9,CPT4,99214,,1,2026-02-04,1,16,,1.00,0,,,,,,,2026-02-04,\n"
    feed = mapped("openemr", tmp_path, {"ar_session.csv": session, "ar_activity.csv": entry})
    assert feed.by_id("transactions")["P7-4-9"]["payer_id"] == "77"
    assert "77" in {row["payer_id"] for row in feed.rows("payers")}
    assert any("1 insurers are named" in told for told in feed.made.told)
    (taken,) = feed.made.swallowed
    assert taken.codes == (("not on file", 1),)
    assert feed.held_out(tmp_path) == []
