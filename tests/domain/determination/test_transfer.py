"""Transfers within an account move nothing; between accounts they move a party's money."""

import pytest
from tests.domain.determination.reading import excesses

from requite.domain.determination.example import (
    Row,
    account,
    answer,
    charge,
    covered,
    entry,
    findings,
    paid,
    patient_paid,
    service,
)


def moved(*rows: Row, gaps: dict[str, int]) -> dict[str, str]:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", PR3="30.00")),
        paid(1, "70.00", "A"),
        *rows,
        transfer_gap_cents=gaps,
    )
    return excesses(case)


def leg(line_no: int | None, amount: str, bucket: str | None = "self") -> Row:
    return entry("transfer", line_no, amount, bucket=bucket, transfer_id="X")


def test_a_transfer_within_the_account_moves_nothing() -> None:
    found = moved(leg(1, "-30.00", "primary"), leg(1, "30.00"), gaps={"X": 0})
    assert found == {"1 patient": "-30.00"}


@pytest.mark.parametrize(
    ("bucket", "expected"),
    [
        ("self", {}),
        ("undistributed", {}),
        (None, {}),
        ("secondary", {}),
        ("primary", {"1 patient": "-30.00", "1 LARK": "30.00"}),
    ],
)
def test_a_leg_from_another_account_is_money_of_its_bucket_s_party(
    bucket: str | None, expected: dict[str, str]
) -> None:
    assert moved(leg(1, "-30.00", bucket), gaps={"X": 0}) == expected


def test_a_leg_to_another_account_takes_the_party_s_money_along() -> None:
    assert moved(patient_paid(1, "75.00"), leg(1, "45.00"), gaps={"X": 0}) == {}


def test_a_transfer_that_arrived_short_is_unbalanced_by_the_gap() -> None:
    found = moved(
        patient_paid(1, "30.00"), leg(1, "-50.00", "primary"), leg(1, "20.00"), gaps={"X": -3000}
    )
    assert found == {"1 transfer": "30.00"}


def test_a_transfer_between_two_lines_that_is_short_belongs_to_the_account() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "100.00"),
        leg(1, "-50.00"),
        leg(2, "20.00"),
        patient_paid(None, "200.00"),
    )
    assert findings(case) == ["account: $30.00 transfer_unbalanced, none, transfer_posting, proved"]


def test_a_transfer_that_arrived_long_is_owed() -> None:
    found = moved(
        patient_paid(1, "30.00"), leg(1, "-20.00", "primary"), leg(1, "50.00"), gaps={"X": 3000}
    )
    assert found == {"1 transfer": "-30.00"}


def test_a_gap_between_accounts_explains_what_a_leg_brought() -> None:
    case = account(
        charge(1, "100.00"),
        patient_paid(1, "100.00"),
        leg(1, "-50.00"),
        transfer_gap_cents={"X": -30_00},
    )
    assert findings(case) == [
        "line 1: $20.00 patient_overcollection, patient G1, refund_patient, proved",
        "line 1: $30.00 transfer_unbalanced, none, transfer_posting, proved",
    ]


def test_a_gap_on_the_other_account_is_not_explained_here() -> None:
    case = account(
        charge(1, "100.00"),
        patient_paid(1, "150.00"),
        leg(1, "50.00"),
        transfer_gap_cents={"X": 30_00},
    )
    assert findings(case) == []


def test_a_gap_explains_the_payer_s_money_only_where_the_leg_brought_it() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00"), service(2, "100.00", "100.00")),
        paid(1, "100.00", "A"),
        paid(2, "100.00", "A"),
        paid(2, "100.00", "A"),
        leg(1, "-50.00", "primary"),
        transfer_gap_cents={"X": -50_00},
    )
    assert findings(case) == [
        "line 1: $50.00 transfer_unbalanced, none, transfer_posting, proved",
        "line 2: $100.00 duplicate_posting, none, reverse_posting, proved",
    ]
