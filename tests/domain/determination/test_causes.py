"""Why is it there, and whose is it? Voided charges, patients, write-offs, and several at once."""

import pytest

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
    withheld,
    written_off,
)

# Voided charges


def voided(*rows: Row, **said: str) -> list[str]:
    """A charge of 100.00, answered, then voided; a second line stands or not."""
    case = account(
        charge(1, "100.00", voided_on="2026-04-02"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", **(said or {"CO45": "20.00", "PR3": "10.00"}))),
        *rows,
    )
    return findings(case)


def test_the_patient_gets_back_the_responsibility_the_rest_is_an_over_collection() -> None:
    assert voided(patient_paid(1, "25.00")) == [
        "line 1: $15.00 patient_overcollection, patient G1, refund_patient, proved",
        "line 1: $10.00 voided_charge, patient G1, refund_patient, proved",
    ]


def test_bad_debt_of_a_voided_line_falls_away() -> None:
    assert voided(entry("bad_debt", 1, "-10.00")) == [
        "line 1: $10.00 voided_charge, none, reverse_posting, proved"
    ]


def test_a_line_voided_before_any_answer_is_the_patient_s() -> None:
    case = account(charge(1, "100.00", voided_on="2026-02-01"), patient_paid(1, "40.00"))
    assert findings(case) == [
        "line 1: $40.00 patient_overcollection, patient G1, refund_patient, proved"
    ]


def test_money_of_a_payer_that_never_answered_a_voided_line_is_for_a_person() -> None:
    case = account(
        charge(1, "100.00", voided_on="2026-02-01"), covered("LARK"), paid(1, "40.00", "lost")
    )
    assert findings(case) == ["line 1: $40.00 voided_charge, undetermined, review, person"]


def test_patient_money_on_a_voided_line_is_held_while_another_line_waits() -> None:
    assert voided(patient_paid(1, "10.00"), charge(2, "50.00")) == [
        "line 1: $10.00 adjudication_pending, undetermined, hold, likely"
    ]


# Patients


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        (None, "refund_patient"),
        ("2026-05-31", "refund_patient"),
        ("2026-06-01", "hold"),
        ("2026-07-02", "hold"),
    ],
    ids=["none", "yesterday", "today", "coming"],
)
def test_a_prepayment_is_refunded_or_held_for_a_coming_visit(
    visit: str | None, expected: str
) -> None:
    case = account(patient_paid(None, "90.00"), next_visit_on=visit)
    assert findings(case) == [
        f"account: $90.00 prepayment_without_charges, patient G1, {expected}, proved"
    ]


def test_the_guarantor_is_refunded_else_the_patient() -> None:
    case = account(patient_paid(None, "90.00"), guarantor_id=None)
    assert "patient P1" in findings(case)[0]


def test_money_on_an_account_whose_charges_are_all_voided_is_no_prepayment() -> None:
    case = account(charge(1, "90.00", voided_on="2026-02-01"), patient_paid(None, "90.00"))
    assert findings(case) == [
        "account: $90.00 patient_overcollection, patient G1, refund_patient, proved"
    ]


def test_what_the_coverage_forbids_to_collect_goes_back_whole() -> None:
    case = account(
        charge(1, "180.00"),
        covered("MCD", responsibility_collectable=False),
        answer("A", service(1, "180.00", "96.00", CO45="60.00", PR2="24.00"), payer_id="MCD"),
        written_off(1, "60.00"),
        paid(1, "96.00", "A", payer_id="MCD"),
        patient_paid(1, "24.00"),
    )
    assert findings(case) == [
        "line 1: $24.00 uncollectable_responsibility, patient G1, refund_patient, proved"
    ]


# Write-offs


def test_a_write_off_above_everything_that_nobody_paid_was_too_high_from_the_start() -> None:
    case = account(charge(1, "70.00"), entry("bad_debt", 1, "-90.00"))
    assert findings(case) == [
        "line 1: $20.00 contractual_overposted, none, reverse_posting, likely"
    ]


def test_a_write_off_of_an_unpaid_balance_is_no_credit() -> None:
    assert findings(account(charge(1, "70.00"), entry("bad_debt", 1, "-70.00"))) == []


def test_a_write_off_is_reversed_only_as_far_as_somebody_paid() -> None:
    case = account(charge(1, "70.00"), entry("bad_debt", 1, "-90.00"), patient_paid(1, "30.00"))
    assert findings(case) == [
        "line 1: $20.00 contractual_overposted, none, reverse_posting, likely",
        "line 1: $30.00 writeoff_then_payment, none, reverse_posting, proved",
    ]


# One cell, several causes


def test_a_cell_splits_among_its_causes() -> None:
    """Taken back in part, refunded in part, the rest still owed."""
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00")),
        answer("B", service(1, "100.00", "100.00")),
        paid(1, "100.00", "A"),
        paid(1, "100.00", "B"),
        withheld("C", "30.00", "B"),
        entry("refund", 1, "20.00", payer_id="LARK"),
    )
    assert findings(case) == [
        "line 1: $50.00 duplicate_payment, payer LARK, refund_payer, proved",
        "line 1: $30.00 takeback_unposted, none, post_recoupment, proved",
    ]
