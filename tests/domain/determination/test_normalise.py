"""Voids, reversal pairs, dates, places: what an account is before anything is judged."""

from datetime import date

import pytest
from tests.domain.determination.reading import excesses, targets

from requite.domain.determination.account import Allocation, Claim, Payer
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
    written_off,
)

ONE_PAYMENT = answer("A", service(1, "100.00", "70.00", CO45="20.00", PR3="10.00"))


def test_a_voided_charge_counts_as_zero() -> None:
    case = account(charge(1, "100.00"), charge(2, "50.00", voided_on="2026-02-01"), covered("LARK"))
    assert targets(case) == {"1 LARK": "100.00"}


def test_a_charge_voided_later_still_stands() -> None:
    case = account(charge(1, "100.00", voided_on="2026-07-01"), covered("LARK"))
    assert targets(case) == {"1 LARK": "100.00"}


def test_a_voided_entry_counts_as_zero() -> None:
    case = account(charge(1, "100.00"), patient_paid(1, "100.00", voided_on="2026-02-20"))
    assert excesses(case) == {"1 patient": "-100.00"}


def test_an_entry_and_its_reversal_cancel() -> None:
    case = account(
        charge(1, "100.00"),
        patient_paid(1, "100.00", transaction_id="T1"),
        patient_paid(1, "-100.00", reverses_transaction_id="T1"),
    )
    assert excesses(case) == {"1 patient": "-100.00"}


def test_a_reversal_in_part_is_a_posting_of_its_own() -> None:
    case = account(
        charge(1, "100.00"),
        patient_paid(1, "100.00", transaction_id="T1"),
        patient_paid(1, "-40.00", reverses_transaction_id="T1"),
    )
    assert excesses(case) == {"1 patient": "-40.00"}


def test_one_entry_is_reversed_once() -> None:
    case = account(
        charge(1, "100.00"),
        patient_paid(1, "100.00", transaction_id="T1"),
        patient_paid(1, "-100.00", transaction_id="T2", reverses_transaction_id="T1"),
        patient_paid(1, "-100.00", transaction_id="T3", reverses_transaction_id="T1"),
    )
    assert excesses(case) == {"1 patient": "-200.00"}


def test_a_reversal_of_an_entry_that_is_not_here_stands() -> None:
    case = account(charge(1, "100.00"), patient_paid(1, "30.00", reverses_transaction_id="gone"))
    assert excesses(case) == {"1 patient": "-70.00"}


@pytest.mark.parametrize(
    "late",
    [
        patient_paid(1, "100.00", posted_on="2026-06-02"),
        charge(2, "100.00", posted_on="2026-06-02"),
        answer("A", service(1, "100.00", "100.00"), payment_date="2026-06-02"),
    ],
    ids=["entry", "charge", "remittance"],
)
def test_what_is_dated_after_the_day_is_not_there_yet(late: object) -> None:
    without = account(charge(1, "100.00"), covered("LARK"))
    with_it = account(charge(1, "100.00"), covered("LARK"), late)
    assert determine_account(with_it, book()) == determine_account(without, book())


def test_charges_of_one_line_are_one_amount() -> None:
    case = account(charge(1, "100.00"), charge(1, "-30.00", charge_id="C1b"), covered("LARK"))
    assert targets(case) == {"1 LARK": "70.00"}


def test_an_account_without_coverage_is_the_patient_s() -> None:
    assert targets(account(charge(1, "100.00"))) == {"1 patient": "100.00"}


def test_a_coverage_counts_where_its_dates_cover_the_service() -> None:
    case = account(
        charge(1, "100.00", service_date="2026-01-05"),
        charge(2, "50.00", service_date="2026-02-05"),
        covered("LARK", effective_to="2026-01-31"),
        covered("TAM", 2, effective_from="2026-02-01"),
    )
    assert targets(case) == {"1 LARK": "100.00", "2 TAM": "50.00"}


@pytest.mark.parametrize("in_december", [True, False])
def test_a_coverage_that_was_renewed_has_one_place(in_december: bool) -> None:
    """Else the payer's answer would stand at the old place, and the new one wait for its own."""
    before = covered("LARK", effective_from="2025-01-01", effective_to="2025-12-31")
    since = covered("LARK", effective_from="2026-01-01")
    visit = charge(2, "50.00", service_date="2025-12-20") if in_december else charge(2, "50.00")
    case = account(
        charge(1, "100.00"), visit, before, since, patient_paid(1, "35.00"),
        answer("A", service(1, "100.00", "70.00", CO45="10.00", PR3="20.00"),
               service(2, "50.00", "50.00")),
        written_off(1, "10.00"), paid(1, "70.00", "A"), paid(2, "50.00", "A"),
    )  # fmt: skip
    assert findings(case) == [
        "line 1: $15.00 patient_overcollection, patient G1, refund_patient, proved"
    ]


def test_the_first_bucket_is_that_of_the_first_coverage_that_covers_a_service() -> None:
    ended = covered("LARK", effective_to="2025-12-31")
    since = covered("TAM", effective_from="2026-01-01")
    row = entry("payment", 1, "-10.00", bucket="primary")
    case = account(ended, since, row, service_from="2026-01-05")
    assert list(excesses(case)) == ["1 TAM"]
    assert list(excesses(case._replace(coverages=[ended]))) == ["1 LARK"]


def test_a_coverage_without_dates_always_counts() -> None:
    case = account(
        charge(1, "100.00", service_date=None), covered("LARK", effective_to="2025-12-31")
    )
    assert targets(case) == {"1 LARK": "100.00"}


def test_the_account_s_day_stands_for_a_charge_without_one() -> None:
    case = account(
        charge(1, "100.00", service_date=None),
        covered("LARK", effective_to="2025-12-31"),
        service_from="2026-01-05",
    )
    assert targets(case) == {"1 patient": "100.00"}


def test_allocations_override_the_line_of_an_entry() -> None:
    case = account(
        charge(1, "60.00"),
        charge(2, "40.00"),
        patient_paid(2, "100.00", transaction_id="T1"),
        Allocation("T1", 1, -60_00),
        Allocation("T1", 2, -30_00),
    )
    assert excesses(case) == {}  # the 10.00 left over has no line, and fills line 2


def test_an_allocation_that_was_undone_allocates_nothing() -> None:
    case = account(
        charge(1, "60.00"),
        patient_paid(1, "60.00", transaction_id="T1"),
        Allocation("T1", 9, -60_00, date(2026, 2, 20)),
        Allocation("T1", 1, -60_00),
    )
    assert findings(case) == []


# Whose place is it?


def both_parents(**columns: object) -> dict[str, str]:
    """Larkspur stands first and second; one answer pays 70.00 of 100.00."""
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1, member_id="MOTHER"),
        covered("LARK", 2, member_id="FATHER"),
        answer("A", service(1, "100.00", "70.00", CO45="20.00", PR3="10.00"), **columns),
        Claim("K1", "LARK", 1, payer_claim_number="N1"),
        Claim("K2", "LARK", 2, payer_claim_number="N2"),
    )
    return targets(case)


FIRST = {"1 contractual": "20.00", "1 LARK": "80.00"}  # 70.00 as first, 10.00 waits for the second
SECOND = {"1 LARK": "100.00"}  # the first place has not answered
PASSED = {"1 contractual": "20.00", "1 LARK": "70.00", "1 patient": "10.00"}  # as a second it shows


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"payer_claim_number": "N1", "member_id": "FATHER", "claim_status": "2"}, FIRST),
        ({"payer_claim_number": "N2", "member_id": "MOTHER", "claim_status": "1"}, SECOND),
        ({"member_id": "MOTHER", "claim_status": "2"}, FIRST),
        ({"member_id": "FATHER", "claim_status": "1"}, SECOND),
        ({"claim_status": "1"}, FIRST),
        ({"claim_status": "19"}, FIRST),
        ({"claim_status": "2"}, PASSED),
        ({"claim_status": "20"}, PASSED),
        ({"claim_status": "4"}, FIRST),
    ],
)
def test_an_answer_belongs_to_the_place_of_its_claim_else_member_else_status(
    columns: dict[str, object], expected: dict[str, str]
) -> None:
    assert both_parents(**columns) == expected


def test_the_third_place_answers_with_status_3() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        covered("TAM", 3),
        answer("A", service(1, "100.00", "60.00", PR3="40.00")),
        answer("B", service(1, "100.00", "0.00", PR3="40.00", OA23="60.00"), payer_id="TAM",
               claim_status="2"),
        answer("C", service(1, "100.00", "40.00", OA23="60.00"), payer_id="TAM", claim_status="3"),
    )  # fmt: skip
    assert targets(case) == {"1 LARK": "60.00", "1 TAM": "40.00"}


def test_the_payer_s_only_place_is_its_place_whatever_the_status() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        answer("A", service(1, "100.00", "70.00", CO45="30.00"), claim_status="3"),
    )
    assert targets(case) == {"1 contractual": "30.00", "1 LARK": "70.00"}


RELATIVE = Payer("LARK-PPO", "Larkspur PPO", "commercial", "GROUP", frozenset({"E1"}))
GROUP = Payer("GROUP", "Larkspur Group", "commercial")
SISTER = Payer("LARK-HMO", "Larkspur HMO", "commercial", "GROUP", frozenset({"E1", "E2"}))


@pytest.mark.parametrize(
    ("on_file", "answering"),
    [("LARK-PPO", "LARK-HMO"), ("GROUP", "LARK-PPO"), ("LARK-PPO", "GROUP")],
    ids=["same parent", "its child", "its parent"],
)
def test_a_relative_of_the_one_payer_on_file_is_that_payer(on_file: str, answering: str) -> None:
    case = account(
        charge(1, "100.00"),
        covered(on_file),
        answer("A", service(1, "100.00", "70.00", CO45="30.00"), payer_id=answering),
        written_off(1, "30.00"),
        paid(1, "70.00", "A", payer_id=answering),
    )
    seen = book(more=(RELATIVE, GROUP, SISTER))
    assert targets(case, seen) == {"1 contractual": "30.00", f"1 {on_file}": "70.00"}
    assert findings(case, seen) == []


def test_a_shared_era_identifier_makes_a_relative() -> None:
    one = Payer("ONE", "One", "commercial", None, frozenset({"E7"}))
    two = Payer("TWO", "Two", "commercial", None, frozenset({"E7", "E8"}))
    case = account(
        charge(1, "100.00"),
        covered("ONE"),
        answer("A", service(1, "100.00", "100.00"), payer_id="TWO"),
    )
    assert targets(case, book(more=(one, two))) == {"1 ONE": "100.00"}


def test_a_relative_of_two_payers_on_file_is_neither() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK-PPO", 1),
        covered("LARK-HMO", 2),
        answer("A", service(1, "100.00", "100.00"), payer_id="GROUP"),
    )
    assert targets(case, book(more=(RELATIVE, GROUP, SISTER))) == {"1 LARK-PPO": "100.00"}


def test_a_payer_that_is_not_on_file_comes_after_all_that_are() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        ONE_PAYMENT,
        answer("B", service(1, "100.00", "25.00", CO45="75.00"), payer_id="TAM"),
    )
    assert targets(case) == {"1 contractual": "20.00", "1 LARK": "70.00", "1 TAM": "10.00"}


def test_an_answer_of_an_unknown_payer_is_the_one_that_the_ledger_posted() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00"), payer_id=None),
        paid(1, "100.00", "A"),
    )
    assert targets(case) == {"1 LARK": "100.00"}


# Whose column is an entry in?


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (entry("payment", 1, "-10.00", payer_id="LARK", bucket="self"), "1 LARK"),
        (entry("payment", 1, "-10.00", bucket="primary"), "1 LARK"),
        (entry("payment", 1, "-10.00", bucket="primary", tender="card"), "1 patient"),
        (entry("payment", 1, "-10.00", bucket="primary", paid_by="patient"), "1 patient"),
        (entry("payment", 1, "-10.00", bucket="self"), "1 patient"),
        (entry("payment", 1, "-10.00", bucket="undistributed"), "1 ?"),
        (entry("payment", 1, "-10.00", bucket="self", paid_by="payer"), "1 LARK"),
        (entry("payment", 1, "-10.00", bucket="secondary"), "1 ?"),
        (entry("recoupment", 1, "10.00"), "1 LARK"),
        (entry("refund", 1, "10.00"), "1 patient"),
        (entry("recoupment", 1, "10.00", payer_id="LARK"), "1 LARK"),
        (entry("returned_payment", 1, "10.00"), "1 patient"),
        (entry("adjustment", 1, "10.00", group_code="CO"), "1 contractual"),
        (entry("adjustment", 1, "10.00", group_code="PI"), "1 contractual"),
        (entry("adjustment", 1, "-10.00", group_code="PR"), "1 write_off"),
        (entry("adjustment", 1, "10.00"), "1 write_off"),
        (entry("bad_debt", 1, "-10.00"), "1 write_off"),
        (entry("interest", 1, "-10.00", payer_id="LARK"), "1 interest"),
        (entry("interest", 1, "10.00", payer_id="LARK"), "1 LARK"),
        (entry("interest", 1, "10.00"), "1 patient"),
        (entry("adjustment", 1, "10.00", group_code="CO", carc="225"), "1 LARK"),
        (entry("transfer", 1, "10.00", transfer_id="X"), "1 transfer"),
    ],
)
def test_an_entry_is_the_money_of_who_paid_it_not_of_its_bucket(row: object, expected: str) -> None:
    found = excesses(account(covered("LARK"), row))
    assert list(found) == [expected]


LARK_PAID_50 = (
    charge(1, "100.00"), covered("LARK"), covered("TAM", 2, effective_to="2025-01-01"),
    answer("A", service(1, "100.00", "50.00", CO45="30.00", PR3="20.00")),
    written_off(1, "30.00"), entry("payment", 1, "-20.00", bucket="self", tender="card"),
)  # fmt: skip


@pytest.mark.parametrize("bucket", ["self", "bad_debt", None])
def test_the_trace_of_a_remittance_names_its_payer_whatever_the_bucket(bucket: str | None) -> None:
    """It would else be refunded to the patient, as proved."""
    of_remittance = entry("payment", 1, "-50.00", bucket=bucket, trace_number="A")
    assert findings(account(*LARK_PAID_50, of_remittance)) == []
    twice = account(*LARK_PAID_50, of_remittance, of_remittance)
    assert findings(twice) == ["line 1: $50.00 duplicate_posting, none, reverse_posting, proved"]


def test_a_card_is_the_patient_s_and_a_later_remittance_names_nobody_yet() -> None:
    by_card = entry("payment", 1, "-50.00", trace_number="A", tender="card")
    unpaid = {"1 LARK": "-50.00", "1 patient": "50.00"}
    assert excesses(account(*LARK_PAID_50, by_card)) == unpaid
    after = entry("payment", 1, "-50.00", bucket="self", trace_number="B")
    later = answer("B", service(1, "100.00", "50.00"), payment_date="2026-06-02")
    assert excesses(account(*LARK_PAID_50, later, after)) == unpaid
