"""What the ledger says by itself: readings that fit alike, what a finding rests on, money held."""

import pytest

from requite.domain.determination.account import Refund
from requite.domain.determination.determine import determine_account
from requite.domain.determination.example import (
    account,
    answer,
    book,
    charge,
    covered,
    entry,
    findings,
    paid,
    patient_paid,
    service,
    withheld,
    written_off,
)

BACK = {"bucket": "primary"}


def taken_back(*rows: object) -> list[str]:
    """A write-off of 40.00, and 40.00 the other way in the same bucket: of what?"""
    return findings(
        account(
            charge(1, "100.00"),
            covered("LARK"),
            entry("adjustment", 1, "-40.00", **BACK),
            entry("adjustment", 1, "40.00", posted_on="2026-03-01", **BACK),
            *rows,
        )
    )


def test_an_adjustment_that_two_readings_fit_takes_the_one_nearer_to_the_targets() -> None:
    # The write-off was taken back: 100.00 is paid.
    assert taken_back(paid(1, "100.00", check_number="1")) == []
    # The write-off stands, and 40.00 of what the payer paid went back.
    assert taken_back(paid(1, "60.00", check_number="1"), paid(1, "40.00", check_number="2")) == []


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"trace": "B"}, "records"),
        ({}, "order"),
        ({"trace": "lost"}, "ledger"),
    ],
)
def test_a_finding_says_what_it_rests_on(columns: dict[str, str], expected: str) -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00")),
        answer("B", service(1, "100.00", "100.00"), payment_date="2026-03-01"),
        paid(1, "100.00", "A"),
        paid(1, "100.00", posted_on="2026-03-02", **columns),
    )
    (found,) = determine_account(case, book()).findings
    assert found.rests_on == expected


def test_what_no_remittance_stands_behind_rests_on_the_ledger() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        paid(1, "80.00", check_number="1"),
        written_off(1, "20.00"),
        patient_paid(1, "15.00"),
    )
    (found,) = determine_account(case, book()).findings
    assert (found.cause, found.certainty, found.rests_on) == (
        "patient_overcollection",
        "likely",
        "ledger",
    )


def refunded_and_taken(*rows: object) -> int:
    """Paid twice, once too much; what of it the payer has twice is told by the rows."""
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00")),
        answer("B", service(1, "100.00", "100.00"), payment_date="2026-03-01"),
        paid(1, "100.00", "A"),
        paid(1, "100.00", "B"),
        *rows,
    )
    return determine_account(case, book()).held_by_payer_cents


def test_what_a_payer_got_back_twice_is_held_by_it() -> None:
    refund = Refund("R1", "payer", "LARK", 100_00, "cleared")
    took = withheld("C", "100.00", claim="B")
    assert refunded_and_taken(refund, took) == 100_00
    assert refunded_and_taken(refund) == refunded_and_taken(took) == 0
    assert refunded_and_taken(Refund("R1", "payer", "LARK", 100_00, "requested"), took) == 0
    posted = entry("refund", 1, "100.00", payer_id="LARK")
    assert refunded_and_taken(posted, took) == 100_00


@pytest.mark.parametrize("line_no", [1, None])
def test_what_went_back_lowers_the_repeat_before_anything_is_filled(line_no: int | None) -> None:
    case = account(
        charge(1, "65.00"),
        covered("LARK"),
        paid(line_no, "65.00", check_number="1"),
        paid(line_no, "65.00", check_number="2"),
        entry("refund", line_no, "30.00", payer_id="LARK"),
    )
    where = "account" if line_no is None else "line 1"
    assert findings(case) == [
        f"{where}: $35.00 duplicate_payment, payer LARK, refund_payer, likely"
    ]
    settled = case._replace(
        entries=[*case.entries, entry("recoupment", line_no, "35.00", payer_id="LARK")]
    )
    assert findings(settled) == []


@pytest.mark.parametrize("line_no", [1, None])
def test_what_a_later_payer_is_still_asked_for_is_not_the_patient_s(line_no: int | None) -> None:
    legs = [
        entry("transfer", line_no, cents, bucket=bucket, transfer_id="X")
        for cents, bucket in (("-30.00", "primary"), ("30.00", "secondary"))
    ]
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        written_off(1, "20.00"),
        paid(1, "50.00", check_number="1"),
        *legs,
        paid(line_no, "10.00", payer_id="TAM", check_number="2"),
        patient_paid(1, "15.00"),
    )._replace(transfer_gap_cents={"X": 0})
    assert findings(case) == ["line 1: $15.00 adjudication_pending, undetermined, hold, likely"]
