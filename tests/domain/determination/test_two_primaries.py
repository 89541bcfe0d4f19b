"""Two payers both answered as the first: whose is the excess?"""

from typing import Any

import pytest

from requite.domain.determination.account import Refund
from requite.domain.determination.example import (
    account,
    answer,
    charge,
    covered,
    findings,
    paid,
    patient_paid,
    service,
    written_off,
)


def both_primary(first: str, second: str, *rows: Any, status: str = "1") -> list[str]:
    """The first paid 50.00 of 100.00 and left 30.00; the second paid 60.00, as if first."""
    return findings(
        account(
            charge(1, "100.00"),
            *rows,
            answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00"), payer_id=first),
            answer("B", service(1, "100.00", "60.00", CO45="40.00"), payer_id=second,
                   claim_status=status),
            written_off(1, "20.00"),
            paid(1, "50.00", "A", payer_id=first),
            paid(1, "60.00", "B", payer_id=second),
        )
    )  # fmt: skip


@pytest.mark.parametrize("status", ["1", "19"])
def test_the_later_of_two_primaries_is_owed_all_above_what_the_first_left(status: str) -> None:
    assert both_primary("LARK", "TAM", covered("LARK", 1), covered("TAM", 2), status=status) == [
        "line 1: $30.00 dual_primary, payer TAM, refund_payer, proved"
    ]


def test_a_refund_once_made_to_a_payer_that_is_not_on_file_leaves_the_order_as_it_is() -> None:
    to_stranger = Refund("R1", "payer", "WREN", 500, "issued")
    assert both_primary("LARK", "TAM", covered("LARK", 1), covered("TAM", 2), to_stranger) == [
        "line 1: $30.00 dual_primary, payer TAM, refund_payer, proved"
    ]


def test_where_the_later_is_medicare_it_is_a_secondary_payer_case() -> None:
    assert both_primary("LARK", "MCR", covered("LARK", 1), covered("MCR", 2)) == [
        "line 1: $30.00 medicare_secondary_payer, payer MCR, refund_payer, proved"
    ]


def test_where_medicare_comes_first_the_other_is_a_dual_primary() -> None:
    assert both_primary("MCR", "TAM", covered("MCR", 1), covered("TAM", 2)) == [
        "line 1: $30.00 dual_primary, payer TAM, refund_payer, proved"
    ]


def test_two_primaries_of_one_place_on_file_have_no_order() -> None:
    """The earlier coverage was never ended: by its day, or the alphabet, no payer is the second."""
    before = covered("LARK", 1, effective_from="2024-01-01")
    since = covered("TAM", 1, effective_from="2026-01-01")
    assert both_primary("LARK", "TAM", before, since) == [
        "line 1: $30.00 dual_primary, undetermined, review, person"
    ]
    assert both_primary("TAM", "LARK", before, since) == [
        "line 1: $50.00 dual_primary, undetermined, review, person"
    ]


def test_a_first_payer_whose_coverage_had_ended_is_not_proved_to_be_the_first() -> None:
    """Larkspur paid after its end; Tamarack, which covers the day, was the first."""
    ended = covered("LARK", 1, effective_to="2025-12-31")
    assert both_primary("LARK", "TAM", ended, covered("TAM", 2)) == [
        "line 1: $50.00 dual_primary, undetermined, review, person"
    ]


def test_a_first_payer_whose_coverage_had_ended_before_one_of_two_services() -> None:
    case = account(
        charge(1, "100.00"), charge(2, "40.00", service_date="2025-12-30"),
        covered("LARK", 1, effective_to="2025-12-31"), covered("TAM", 2),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00"),
               service(2, "40.00", "40.00")),
        answer("B", service(1, "100.00", "60.00", CO45="40.00"), payer_id="TAM"),
        written_off(1, "20.00"), paid(1, "50.00", "A"), paid(2, "40.00", "A"),
        paid(1, "60.00", "B", payer_id="TAM"),
    )  # fmt: skip
    assert findings(case) == ["line 1: $30.00 dual_primary, undetermined, review, person"]


def test_one_payer_whose_coverage_was_renewed_has_an_order() -> None:
    before = covered("LARK", 1, effective_from="2024-01-01", effective_to="2025-12-31")
    since = covered("LARK", 1, effective_from="2026-01-01")
    assert both_primary("LARK", "TAM", before, since, covered("TAM", 2)) == [
        "line 1: $30.00 dual_primary, payer TAM, refund_payer, proved"
    ]


def test_a_primary_that_is_not_on_file_is_for_a_person() -> None:
    assert both_primary("LARK", "TAM", covered("LARK", 1)) == [
        "line 1: $30.00 dual_primary, undetermined, review, person"
    ]


def test_a_primary_whose_coverage_had_ended_is_for_a_person() -> None:
    ended = covered("TAM", 2, effective_to="2025-12-31")
    assert both_primary("LARK", "TAM", covered("LARK", 1), ended) == [
        "line 1: $30.00 dual_primary, undetermined, review, person"
    ]


def test_patient_money_beside_a_dual_primary_is_held() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00")),
        answer("B", service(1, "100.00", "60.00", CO45="40.00"), payer_id="TAM"),
        written_off(1, "20.00"),
        paid(1, "50.00", "A"),
        paid(1, "60.00", "B", payer_id="TAM"),
        patient_paid(1, "30.00"),
    )
    assert findings(case) == [
        "line 1: $30.00 adjudication_pending, undetermined, hold, likely",
        "line 1: $30.00 dual_primary, payer TAM, refund_payer, proved",
    ]


def test_a_first_payer_that_says_another_comes_first_is_passed_over() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "0.00", CO22="100.00"), claim_status="4"),
        answer("B", service(1, "100.00", "60.00", CO45="40.00"), payer_id="TAM"),
        paid(1, "60.00", "B", payer_id="TAM"),
    )
    assert findings(case) == []
    assert findings(case._replace(entries=[*case.entries, patient_paid(1, "5.00")])) == [
        "line 1: $5.00 patient_overcollection, patient G1, refund_patient, likely"
    ]


def after_a_denial(status: str, then: str, **denial: str) -> list[str]:
    """Larkspur paid nothing; Tamarack paid 60.00 of 100.00, wrote 25.00 off and left 15.00."""
    return findings(
        account(
            charge(1, "100.00"), covered("LARK", 1), covered("TAM", 2),
            answer("A", service(1, "100.00", "0.00", **denial), claim_status=status),
            answer("B", service(1, "100.00", "60.00", CO45="25.00", PR2="15.00"), payer_id="TAM",
                   claim_status=then),
            written_off(1, "25.00"), paid(1, "60.00", "B", payer_id="TAM"),
            patient_paid(1, "20.00"),
        )
    )  # fmt: skip


@pytest.mark.parametrize("status", ["1", "4"])
@pytest.mark.parametrize("denial", ["CO27", "PR27", "CO26", "OA31", "PI200"])
def test_a_first_payer_that_did_not_insure_the_patient_is_passed_over(
    denial: str, status: str
) -> None:
    """Tamarack was the first: its share of the patient stands, and its money is its own."""
    assert after_a_denial(status, "1", **{denial: "100.00"}) == [
        "line 1: $5.00 patient_overcollection, patient G1, refund_patient, likely"
    ]


@pytest.mark.parametrize("status", ["1", "4"])
@pytest.mark.parametrize("denial", ["CO29", "CO50", "CO96"])
def test_what_a_later_payer_paid_as_first_beside_a_denial_is_not_proved_to_be_its(
    denial: str, status: str
) -> None:
    """What the first denied it wrote off; the second did not read it so, and left a share."""
    assert after_a_denial(status, "1", **{denial: "100.00"}) == [
        "line 1: $20.00 adjudication_pending, undetermined, hold, likely",
        "line 1: $60.00 dual_primary, undetermined, review, person",
    ]


@pytest.mark.parametrize("status", ["1", "4"])
@pytest.mark.parametrize("denial", ["CO27", "CO50"])
def test_what_a_later_payer_paid_as_second_after_a_denial_is_for_a_person(
    denial: str, status: str
) -> None:
    assert after_a_denial(status, "2", **{denial: "100.00"}) == [
        "line 1: $20.00 patient_overcollection, undetermined, review, person",
        "line 1: $60.00 secondary_over_responsibility, undetermined, review, person",
    ]


def test_a_second_payer_that_did_not_insure_the_patient_leaves_him_his_share() -> None:
    case = account(
        charge(1, "100.00"), covered("LARK", 1), covered("TAM", 2),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00")),
        answer("B", service(1, "100.00", "0.00", OA23="70.00", CO27="30.00"), payer_id="TAM",
               claim_status="2"),
        written_off(1, "20.00"), paid(1, "50.00", "A"), patient_paid(1, "30.00"),
    )  # fmt: skip
    assert findings(case) == []


def test_a_payer_that_did_not_insure_the_patient_and_took_its_money_back() -> None:
    """It paid 50.00, reversed that and denied; the 50.00 still posted are its, not Tamarack's."""
    case = account(
        charge(1, "100.00"), covered("LARK", 1), covered("TAM", 2),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00")),
        answer("R", service(1, "-100.00", "-50.00", CO45="-20.00", PR2="-30.00"),
               claim_status="22", payer_claim_number="A", payment_date="2026-03-01"),
        answer("D", service(1, "100.00", "0.00", CO27="100.00"), payer_claim_number="A",
               payment_date="2026-03-01"),
        answer("B", service(1, "100.00", "60.00", CO45="40.00"), payer_id="TAM",
               payment_date="2026-03-20"),
        written_off(1, "40.00"), paid(1, "50.00", "A"), paid(1, "60.00", "B", payer_id="TAM"),
    )  # fmt: skip
    found = findings(case)
    assert len(found) == 1
    assert "$50.00 takeback_unposted" in found[0]


def test_a_line_that_both_denied_leaves_the_others_proved() -> None:
    case = account(
        charge(1, "100.00"), charge(2, "40.00"), covered("LARK", 1), covered("TAM", 2),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00"),
               service(2, "40.00", "0.00", CO97="40.00")),
        answer("B", service(1, "100.00", "45.00", OA23="55.00"),
               service(2, "40.00", "0.00", OA23="40.00"), payer_id="TAM", claim_status="2"),
        written_off(None, "60.00"), paid(None, "50.00", "A"),
        paid(None, "45.00", "B", payer_id="TAM"), patient_paid(None, "5.00"),
    )  # fmt: skip
    assert findings(case) == [
        "account: $5.00 patient_overcollection, patient G1, refund_patient, proved",
        "account: $15.00 secondary_over_responsibility, payer TAM, refund_payer, proved",
    ]
