"""athenaOne: signed and unsigned amounts told apart, by report headings and warehouse names."""

from decimal import Decimal
from pathlib import Path

import pytest

from mapped_samples import Feed, laid_out, mapped
from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.plan import preset
from requite.engine.refusal import RefusedExtract

LEDGER = "transactions.csv"
# C902: the insurer paid twice, and was sent one payment back; the patient paid 5.00 too much.
MORE = {
    "claims.csv": "C902,($5.00),TX,P1,Mira,Quist\n",
    "insurances.csv": "C902,1,55,Larkspur,COMMERCIAL,M1\n",
    LEDGER: (
        "20,C902,7,CHARGE,100.00,03/06/2026,03/05/2026,99213,,1,,,,\n"
        "21,C902,7,PAYMENT,-80.00,04/04/2026,,,55,1,LK5,26L5,,\n"
        "22,C902,7,PAYMENT,-80.00,04/24/2026,,,55,1,LK6,26L6,,\n"
        "23,C902,7,PAYMENT,80.00,05/04/2026,,,55,1,8802,,,\n"
        "24,C902,7,TRANSFEROUT,-20.00,04/05/2026,,,,1,,,,\n"
        "25,C902,7,TRANSFERIN,20.00,04/05/2026,,,,p,,,,\n"
        "26,C902,7,PAYMENT,-25.00,04/20/2026,,,,p,,,,\n"
    ),
}


def test_the_sample_ends_as_it_must(tmp_path: Path) -> None:
    feed = mapped("athenaone", tmp_path)
    assert feed.balances() == {"C900": 0, "C901": Decimal("-40.00")}
    assert (feed.made.balances.reported_cents, feed.made.balances.disagreeing) == (-4000, ())
    assert feed.by_id("charges")["2"]["voided_on"] == "2026-02-01"
    out, into = (row for row in feed.rows("transactions") if row["type"] == "transfer")
    assert (out["bucket"], out["amount"], into["bucket"], into["amount"]) == (
        "primary", "-25.00", "self", "25.00",
    )  # fmt: skip
    assert feed.made.told == [
        "Amounts are signed: 3 of 3 payments are negative. They are taken as they stand."
    ]
    assert feed.held_out(tmp_path) == []
    found = feed.findings(tmp_path)
    assert [(row["cause"], row["amount"]) for row in found["C901"]] == [
        ("prepayment_without_charges", "40.00")
    ]
    assert "C900" not in found  # settled


def test_a_refund_lowers_what_its_payer_paid_and_a_transfer_cancels(tmp_path: Path) -> None:
    feed = mapped("athenaone", tmp_path, MORE)
    assert feed.holds("C902") == {
        "charges": "100.00", "payment 55": "-160.00", "refund 55": "80.00", "transfer": "0.00",
        "payment patient": "-25.00",
    }  # fmt: skip
    entries = feed.by_id("transactions")
    assert entries["24"]["transfer_id"] == entries["25"]["transfer_id"] == "T24"
    assert feed.made.balances.disagreeing == ()
    assert feed.held_out(tmp_path) == []


def unsigned(folder: Path) -> Path:
    extract = laid_out("athenaone", folder)
    path = extract / LEDGER
    path.write_text(path.read_text().replace(",-", ","))
    return extract


def test_amounts_without_a_sign_have_that_of_their_type(tmp_path: Path) -> None:
    made = map_extract(unsigned(tmp_path), preset("athenaone"), tmp_path / "feed")
    assert Feed(made, tmp_path / "feed").balances() == {"C900": 0, "C901": Decimal("-40.00")}
    assert made.told == [
        "Amounts have no sign: 3 of 3 payments are positive. The type gives the sign."
    ]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (",CHARGE,", ",CHARGE,-", "CHARGE: 2 negative, 0 positive"),
        (",PAYMENT,-65", ",PAYMENT,65", "PAYMENT: 2 negative, 1 positive"),
        (",ADJUSTMENT,-", ",ADJUSTMENT,", "ADJUSTMENT: 0 negative, 1 positive"),
        (",TRANSFEROUT,-", ",TRANSFEROUT,", "TRANSFEROUT: 0 negative, 1 positive"),
        (",ADJUSTMENT,", ",CREDIT MEMO,", "CREDIT MEMO"),
    ],
)
def test_signs_that_do_not_fit_are_never_taken_silently(
    old: str, new: str, why: str, tmp_path: Path
) -> None:
    extract = laid_out("athenaone", tmp_path)
    path = extract / LEDGER
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(RefusedExtract, match=why):
        map_extract(extract, preset("athenaone"), tmp_path / "feed")


WAREHOUSE = (
    "transaction_id,claim_id,charge_id,parent_charge_id,charge_void_parent_id,transaction_type,"
    "transaction_transfer_type,transaction_reason,transaction_method,transaction_patient_ins_id,"
    "amount,post_date,voided_date,reversal_flag\n"
    "1,C900,1,,,CHARGE,Primary,,,,125.00,2026-01-06,,N\n"
    "2,C900,1,,,PAYMENT,Primary,,CHECK,9,-65.00,2026-02-04,,N\n"
    "3,C900,1,,,ADJUSTMENT,Primary,CONTRACTUAL,,9,-35.00,2026-02-04,,N\n"
    "4,C900,1,,,TRANSFEROUT,Primary,,,,-25.00,2026-02-05,,N\n"
    "5,C900,2,1,,TRANSFERIN,Patient,,,,25.00,2026-02-05,,N\n"
    "6,C900,2,1,,PAYMENT,Patient,COPAY,CREDIT CARD,,-25.00,2026-02-20,,N\n"
    "7,C900,2,1,,PAYMENT,Patient,,CASH,,-25.00,2026-02-21,2026-02-22,N\n"
    "8,C901,3,,,PAYMENT,Patient,,CASH,,-40.00,2026-02-20,,N\n"
)


def test_the_names_of_the_warehouse_are_taken_too(tmp_path: Path) -> None:
    extract = laid_out("athenaone", tmp_path)
    (extract / LEDGER).write_text(WAREHOUSE)
    feed = Feed(map_extract(extract, preset("athenaone"), tmp_path / "feed"), tmp_path / "feed")
    entries = feed.by_id("transactions")
    assert feed.balances() == {"C900": 0, "C901": Decimal("-40.00")}
    assert (entries["3"]["group_code"], entries["2"]["payer_id"]) == ("CO", "55")
    assert (entries["6"]["line_no"], entries["6"]["tender"], entries["6"]["paid_by"]) == (
        "1", "card", "patient",
    )  # fmt: skip
    assert entries["7"]["voided_on"] == "2026-02-22"
    assert entries["4"]["transfer_id"] == entries["5"]["transfer_id"] != ""
    assert feed.held_out(tmp_path) == []
