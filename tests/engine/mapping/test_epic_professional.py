"""Epic professional billing: the names of the EHI export and of Clarity, and what matches say."""

from decimal import Decimal
from pathlib import Path

import pytest

from mapped_samples import Feed, laid_out, mapped
from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.plan import preset
from requite.engine.refusal import RefusedExtract

TX, HX = "ARPB_TRANSACTIONS.csv", "ARPB_TX_MATCH_HX.csv"
DAY = "3/10/2026 12:00:00 AM"
# 43: a voided charge; the insurer paid twice, 70.00 were sent back and came undone; the patient
# paid 20.00, which stand on no charge, and 7.00 too much.
MORE = {
    "ACCOUNT.csv": "43,Wisconsin,-27.00\n",
    "ACCT_COVERAGE.csv": "43,1,9002\n43,2,9003\n",
    "COVERAGE.csv": "9002,101\n9003,102\n",
    "CLARITY_EPM.csv": "102,Fern Medicaid\n",
    TX: (
        f"41,{DAY},{DAY},Charge,43,Debit,100.00,0,,23870,,9002,11,\n"
        f"42,{DAY},{DAY},Charge,43,Debit,80.00,0,{DAY},23871,,9002,11,\n"
        f"43,{DAY},{DAY},Charge,43,Debit,50.00,0,,23872,,9002,11,\n"
        f"51,{DAY},,Payment,43,Credit,-70.00,0,,7080,101,,,Electronic Funds Transfer\n"
        f"52,{DAY},,Adjustment,43,Credit,-30.00,0,,10226,101,,,\n"
        f"53,{DAY},,Payment,43,Credit,-70.00,0,,7080,101,,,Check\n"
        f"54,{DAY},,Adjustment,43,Debit,70.00,0,,10300,101,,,\n"
        f"55,{DAY},,Payment,43,Credit,-77.00,0,,7081,,,,Credit Card\n"
    ),
    HX: (
        f"41,1,{DAY},51,70.00,,,\n41,2,{DAY},52,30.00,,,\n51,1,{DAY},41,70.00,,,\n"
        f"52,1,{DAY},41,30.00,,,\n53,1,{DAY},43,20.00,,,{DAY}\n53,2,{DAY},54,70.00,,,\n"
        f"55,1,{DAY},43,50.00,,,\n"
    ),
}
# The columns of adjustments stand in a table with the others: the sample's has none of them.
FLAGS = ("IS_REFUND_ADJ_YN", "IS_RECOUPMENT_YN", "IS_SYSTEM_ADJ_YN", "ALLOWANCE_ADJ_YN")


def flagged(folder: Path, flags: dict[str, str]) -> Path:
    """The sample with MORE, and with flags on some of its transactions."""
    extract = laid_out("epic-professional", folder, MORE)
    path = extract / TX
    head, *rows = path.read_text().splitlines()
    made = [",".join((head, *FLAGS))]
    for row in rows:
        flag = flags.get(row.split(",", 1)[0], "")
        made.append(",".join((row, *("Y" if name == flag else "N" for name in FLAGS))))
    path.write_text("\n".join(made) + "\n")
    (extract / "ARPB_TX_MODERATE.csv").write_text("TX_ID,REFERENCE_NUM\n53,LK9\n55,2207\n")
    return extract


def test_the_sample_ends_as_it_must(tmp_path: Path) -> None:
    feed = mapped("epic-professional", tmp_path)
    assert feed.balances() == {"42": 0}
    assert (feed.made.balances.reported_cents, feed.made.balances.disagreeing) == (0, ())
    assert [tuple(row.values()) for row in feed.rows("allocations")] == [
        ("21", "11", "-70.00", ""), ("31", "11", "-30.00", ""),
    ]  # fmt: skip
    assert feed.rows("accounts")[0]["state"] == "TX"
    assert feed.held_out(tmp_path) == []
    assert feed.findings(tmp_path) == {}


def test_each_kind_of_money_is_whose_it_is(tmp_path: Path) -> None:
    extract = flagged(tmp_path, {"52": "ALLOWANCE_ADJ_YN", "54": "IS_REFUND_ADJ_YN"})
    feed = Feed(
        map_extract(extract, preset("epic-professional"), tmp_path / "feed"), tmp_path / "feed"
    )
    assert feed.holds("43") == {
        "charges": "150.00", "payment 101": "-140.00", "adjustment 101": "-30.00",
        "refund 101": "70.00", "payment patient": "-77.00",
    }  # fmt: skip
    entries, charges = feed.by_id("transactions"), feed.by_id("charges")
    assert charges["42"]["voided_on"] == "2026-03-10"
    assert [charges[key]["line_no"] for key in ("41", "42", "43")] == ["1", "2", "3"]
    assert (entries["52"]["group_code"], entries["54"]["type"]) == ("CO", "refund")
    assert (entries["53"]["trace_number"], entries["53"]["tender"]) == ("LK9", "check")
    assert (entries["55"]["bucket"], entries["55"]["paid_by"], entries["55"]["tender"]) == (
        "self", "patient", "card",
    )  # fmt: skip
    shares = {
        (row["transaction_id"], row["charge_id"]): (row["amount"], row["undone_on"])
        for row in feed.rows("allocations")
        if row["charge_id"] in {"41", "43"}
    }
    assert shares == {
        ("51", "41"): ("-70.00", ""), ("52", "41"): ("-30.00", ""),
        ("53", "43"): ("-20.00", "2026-03-10"), ("55", "43"): ("-50.00", ""),
    }  # fmt: skip
    assert feed.made.balances.disagreeing == ()
    assert {row["payer_class"] for row in feed.rows("payers")} == {"other", "medicaid"}
    assert feed.held_out(tmp_path) == []
    assert feed.by_id("accounts")["43"]["state"] == "WI"


def test_a_transfer_of_the_system_is_a_pair(tmp_path: Path) -> None:
    legs = (
        f"61,{DAY},,Adjustment,43,Credit,-30.00,0,,1,101,,,\n"
        f"62,{DAY},,Adjustment,43,Debit,30.00,0,,1,102,,,\n"
        f"63,{DAY},,Adjustment,43,Credit,-5.00,0,,1,,,,\n"
    )
    (tmp_path / "x").mkdir()
    extract = flagged(tmp_path, {})
    text = (extract / TX).read_text()
    marked = "".join(f"{line},N,N,Y,N\n" for line in legs.splitlines())
    (extract / TX).write_text(text + marked)
    feed = Feed(
        map_extract(extract, preset("epic-professional"), tmp_path / "feed"), tmp_path / "feed"
    )
    entries = feed.by_id("transactions")
    assert [entries[key]["type"] for key in ("61", "62", "63")] == [
        "transfer", "transfer", "adjustment",
    ]  # fmt: skip
    assert entries["61"]["transfer_id"] == entries["62"]["transfer_id"] == "62"
    assert (entries["61"]["bucket"], entries["62"]["bucket"]) == ("primary", "secondary")


CLARITY = {
    "ACCOUNT.csv": "ACCOUNT_ID,TOTAL_BALANCE\n0042,-30.00\n",
    "CLARITY_EPM.csv": "PAYOR_ID,PAYOR_NAME,FINANCIAL_CLASS\n101,MEDICARE HMO PLUS,3\n",
    "ACCT_COVERAGE.csv": "ACCOUNT_ID,LINE,COVERAGE_ID\n0042,1,9\n",
    "COVERAGE.csv": "COVERAGE_ID,PAYOR_ID,SUBSCR_NUM\n9,101,M1\n",
    TX: (
        "TX_ID,ACCOUNT_ID,TX_TYPE_C,AMOUNT,SERVICE_DATE,POST_DATE,VOID_DATE,CPT_CODE,PAYOR_ID\n"
        "11,0042,1,100.00,2026-01-05,2026-01-06,,99213,\n"
        "12,0042,1,80.00,2026-01-05,2026-01-06,2026-01-20,99214,\n"
        "13,0042,1,50.00,2026-01-05,2026-01-06,,85025,\n"
        "21,0042,2,-130.00,,2026-02-10,,,101\n31,0042,3,-20.00,,2026-02-10,,,101\n"
        "22,0042,2,-30.00,,2026-02-15,,,\n"
    ),
    # here from the payment's side alone
    HX: (
        "TX_ID,MTCH_TX_HX_ID,MTCH_TX_HX_AMT,MTCH_TX_HX_UN_DT\n"
        "21,11,80.00,\n21,13,50.00,\n31,11,20.00,\n22,13,30.00,2026-02-20\n"
    ),
}


def test_the_names_of_clarity_are_taken_too(tmp_path: Path) -> None:
    extract = tmp_path / "extract"
    extract.mkdir()
    for name, text in CLARITY.items():
        (extract / name).write_text(text)
    feed = Feed(
        map_extract(extract, preset("epic-professional"), tmp_path / "feed"), tmp_path / "feed"
    )
    assert feed.balances() == {"0042": Decimal("-30.00")}  # leading zeros stay
    assert feed.made.balances.disagreeing == ()
    assert {(row["transaction_id"], row["charge_id"]) for row in feed.rows("allocations")} == {
        ("21", "11"), ("21", "13"), ("31", "11"), ("22", "13"),
    }  # fmt: skip
    assert [row["payer_class"] for row in feed.rows("payers")] == ["medicare_advantage"]
    assert feed.by_id("charges")["11"]["procedure_code"] == "99213"
    assert feed.held_out(tmp_path) == []


def test_a_payer_that_is_known_by_name_alone_is_the_one_of_that_name(tmp_path: Path) -> None:
    extract = laid_out("epic-professional", tmp_path)
    text = (extract / TX).read_text().replace("PAYOR_ID", "PAYOR_ID_PAYOR_NAME")
    text = text.replace(",7080,101,", ",7080,Larkspur Health,").replace("10226,101", "10226,Moss")
    (extract / TX).write_text(text.replace(",23870,101,", ",23870,,"))
    feed = Feed(
        map_extract(extract, preset("epic-professional"), tmp_path / "feed"), tmp_path / "feed"
    )
    entries = feed.by_id("transactions")
    assert (entries["21"]["payer_id"], entries["31"]["payer_id"]) == ("101", "Moss")
    assert {row["payer_id"] for row in feed.rows("payers")} == {"101", "Moss"}


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        (TX, "-70.00", "70.00", "Payment: 0 negative, 1 positive"),
        (TX, ",100.00", ",-100.00", "Charge: 1 negative, 0 positive"),
        (TX, "42,Debit,100.00", "42,Credit,100.00", "the opposite of its sign"),
        (TX, "Adjustment", "Voucher", "Voucher"),
        (TX, "AMOUNT", "AMT", "column AMOUNT: the column is missing"),
        (HX, "11,2,2/10/2026 12:00:00 AM,31", "98,2,2/10/2026 12:00:00 AM,99", "either side"),
        (TX, "PAYOR_ID", "PAYER", "no payment names a payer"),
        ("CLARITY_EPM.csv", "PAYOR_NAME", "NAME", "column PAYOR_NAME: the column is missing"),
    ],
)
def test_what_is_not_as_expected_stops_it(
    file: str, old: str, new: str, why: str, tmp_path: Path
) -> None:
    extract = laid_out("epic-professional", tmp_path)
    path = extract / file
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(RefusedExtract, match=why):
        map_extract(extract, preset("epic-professional"), tmp_path / "feed")


def test_files_of_the_export_come_as_tabs(tmp_path: Path) -> None:
    extract = laid_out("epic-professional", tmp_path)
    for path in sorted(extract.glob("*.csv")):
        path.with_suffix(".tsv").write_text(path.read_text().replace(",", "\t"))
        path.unlink()
    feed = Feed(
        map_extract(extract, preset("epic-professional"), tmp_path / "feed"), tmp_path / "feed"
    )
    assert feed.balances() == {"42": 0}
