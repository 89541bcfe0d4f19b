"""Epic hospital billing: buckets, payers, reversals and transfers, by both sets of names."""

from decimal import Decimal
from pathlib import Path

import pytest

from mapped_samples import Feed, laid_out, mapped
from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.plan import preset
from requite.engine.refusal import RefusedExtract

TX = "HSP_TRANSACTIONS.tsv"


def run(extract: Path, folder: Path) -> Feed:
    return Feed(map_extract(extract, preset("epic-hospital"), folder / "feed"), folder / "feed")


def test_every_row_is_where_it_was_posted_and_whose_it_is(tmp_path: Path) -> None:
    feed = mapped("epic-hospital", tmp_path)
    assert feed.balances() == {"H1": 0, "H2": Decimal("-30.00"), "H3": Decimal("-60.00")}
    assert feed.holds("H1") == {
        "charges": "900.00", "payment 7": "-400.00", "adjustment 7": "-400.00",
        "transfer 7": "-100.00", "transfer 8": "100.00", "payment 8": "-100.00",
    }  # fmt: skip
    assert feed.holds("H2") == {
        "charges": "350.00", "payment 8": "-460.00", "adjustment 8": "-100.00",
        "refund 8": "200.00", "payment patient": "-20.00",
    }  # fmt: skip
    entries = feed.by_id("transactions")
    assert (entries["2"]["bucket"], entries["2"]["paid_by"]) == ("self", "payer")
    assert (entries["3"]["group_code"], entries["3"]["payer_claim_number"]) == ("CO", "ICN1")
    assert entries["4"]["transfer_id"] == entries["5"]["transfer_id"] == "5"
    assert (entries["4"]["bucket"], entries["5"]["bucket"]) == ("primary", "secondary")
    assert entries["15"]["trace_number"] == "T3"
    charges = feed.by_id("charges")
    assert charges["12"]["voided_on"] == charges["13"]["voided_on"] == "2026-03-12"
    assert charges["11"]["voided_on"] == ""
    assert {row["payer_id"]: row["payer_class"] for row in feed.rows("payers")} == {
        "7": "medicare_ffs", "8": "other",
    }  # fmt: skip
    assert feed.made.told == [
        "Amounts are signed: 6 of 6 payments are negative. They are taken as they stand."
    ]
    assert feed.held_out(tmp_path) == []
    found = feed.findings(tmp_path)
    assert [(row["cause"], row["amount"]) for row in found["H3"]] == [
        ("prepayment_without_charges", "60.00")
    ]


def clarity(folder: Path) -> Path:
    """The sample by the names and numbers of Clarity, with the balances of its accounts."""
    extract = laid_out("epic-hospital", folder)
    kinds = {"Charge": "1", "Payment": "2", "Debit Adjustment": "3", "Credit Adjustment": "4"}
    path = extract / TX
    text = path.read_text().replace("TX_TYPE_HA_C_NAME", "TX_TYPE_HA_C")
    for name, number in kinds.items():
        text = text.replace(f"\t{name}\t", f"\t{number}\t")
    path.write_text(text)
    (extract / "HSP_ACCOUNT.tsv").write_text(
        "HSP_ACCOUNT_ID\tTOT_ACCT_BAL\tACCT_BASECLS_HA_C\nH1\t0.00\tInpatient\nH2\t-30.00\t2\n"
        "H3\t-60.00\t\n"
    )
    (extract / "HSP_BUCKET.tsv").write_text(
        "BUCKET_ID\tBKT_TYPE_HA_C\n51\t2\n52\t3\n53\t4\n54\t6\n55\t4\n56\t99\n"
    )
    return extract


def test_the_names_of_clarity_give_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    plain = mapped("epic-hospital", tmp_path / "a")
    feed = run(clarity(tmp_path / "b"), tmp_path / "b")
    for table in ("charges", "transactions", "coverages", "payers"):
        assert feed.rows(table) == plain.rows(table)
    assert (feed.made.balances.reported_cents, feed.made.balances.disagreeing) == (-9000, ())
    assert feed.by_id("accounts")["H1"]["patient_class"] == "inpatient"


def test_amounts_without_a_sign_have_that_of_their_type(tmp_path: Path) -> None:
    extract = laid_out("epic-hospital", tmp_path)
    head, *rows = (extract / TX).read_text().splitlines()
    turned = [row if row.startswith("13\t") else row.replace("\t-", "\t") for row in rows]
    (extract / TX).write_text("\n".join((head, *turned)) + "\n")
    feed = run(extract, tmp_path)
    assert feed.balances() == {"H1": 0, "H2": Decimal("-30.00"), "H3": Decimal("-60.00")}
    assert feed.made.told[0].startswith("Amounts have no sign")


def test_a_charge_taken_back_in_part_stands_on_its_line(tmp_path: Path) -> None:
    part = "31\tCharge\tH2\t-100.00\t3/12/2026\t3/5/2026\t99284\t0450\t56" + "\t" * 7 + "\n"
    feed = mapped("epic-hospital", tmp_path, {TX: part})
    charges = feed.by_id("charges")
    assert charges["31"]["line_no"] == charges["11"]["line_no"]
    assert charges["31"]["voided_on"] == ""
    assert any("TOT_CHGS: 1." in told for told in feed.made.told)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Payment\tH1\t-", "Payment\tH1\t", "Payment: 4 negative, 2 positive"),
        ("Credit Adjustment\tH1\t-", "Credit Adjustment\tH1\t", "Credit Adjustment: 1 neg"),
        ("Debit Adjustment", "Debit Memo", "Debit Memo"),
        ("PAYOR_ID", "PAYER", "column PAYOR_ID: the column is missing"),
    ],
)
def test_what_is_not_as_expected_stops_it(old: str, new: str, why: str, tmp_path: Path) -> None:
    extract = laid_out("epic-hospital", tmp_path)
    path = extract / TX
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(RefusedExtract, match=why):
        run(extract, tmp_path)


def test_charges_below_zero_stop_it(tmp_path: Path) -> None:
    extract = laid_out("epic-hospital", tmp_path)
    head, *rows = (extract / TX).read_text().splitlines()
    cells = [row.split("\t") for row in rows]
    for cell in cells:
        cell[3] = f"-{cell[3]}" if cell[1] == "Charge" and cell[3][0] != "-" else cell[3]
    text = "\n".join((head, *("\t".join(cell) for cell in cells)))
    (extract / TX).write_text(text + "\n")
    with pytest.raises(RefusedExtract, match="Charge: 5 negative, 0 positive"):
        run(extract, tmp_path)
