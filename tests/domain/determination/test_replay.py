"""What should each party have paid? One line, place after place."""

import pytest
from tests.domain.determination.reading import excesses, targets

from requite.domain.determination.example import (
    Row,
    Service,
    account,
    answer,
    charge,
    covered,
    entry,
    findings,
    paid,
    patient_paid,
    service,
    whole,
    written_off,
)


def one_line(*rows: Row, amount: str = "100.00") -> dict[str, str]:
    return targets(account(charge(1, amount), covered("LARK", 1), *rows))


def two_places(second: Service, *rows: Row, **columns: object) -> dict[str, str]:
    """Larkspur left 30.00 of 100.00; Tamarack's answer is given."""
    named = {"payer_id": "TAM", "claim_status": "2", **columns}
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00")),
        answer("B", second, **named),
        *rows,
    )
    return targets(case)


# The contractual part


@pytest.mark.parametrize(
    ("said", "contractual"),
    [
        ({"CO45": "20.00"}, "20.00"),
        ({"PI97": "20.00"}, "20.00"),
        ({"OA94": "20.00"}, "20.00"),
        ({"CO45": "12.00", "PI97": "8.00"}, "20.00"),
        ({"OA23": "20.00"}, None),
        ({"PR3": "20.00"}, None),
    ],
)
def test_co_pi_and_oa_other_than_23_are_contractual(
    said: dict[str, str], contractual: str | None
) -> None:
    found = one_line(answer("A", service(1, "100.00", "80.00", **said)))
    assert found["1 LARK"] == "80.00"
    assert found.get("1 contractual") == contractual


def test_interest_within_the_claim_is_left_out_of_payment_and_write_off() -> None:
    found = one_line(answer("A", service(1, "100.00", "83.20", CO45="20.00", CO225="-3.20")))
    assert found == {"1 contractual": "20.00", "1 LARK": "80.00"}


def test_a_case_rate_above_charges_makes_the_contractual_negative() -> None:
    found = one_line(answer("A", service(1, "100.00", "130.00", CO45="-30.00")))
    assert found == {"1 contractual": "-30.00", "1 LARK": "130.00"}


def test_the_first_payer_owes_no_more_than_the_write_off_leaves() -> None:
    found = one_line(answer("A", service(1, "100.00", "95.00", CO45="20.00")))
    assert found == {"1 contractual": "20.00", "1 LARK": "80.00"}


def test_a_line_that_nets_to_zero_owes_nothing() -> None:
    case = account(
        charge(1, "100.00"),
        charge(1, "-100.00", charge_id="C1b"),
        covered("LARK"),
        answer("A", service(1, "100.00", "80.00", CO45="20.00")),
    )
    assert targets(case) == {}


# Later places


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (
            service(1, "100.00", "30.00", OA23="70.00"),
            {"1 contractual": "20.00", "1 LARK": "50.00", "1 TAM": "30.00"},
        ),
        (
            service(1, "100.00", "40.00", OA23="60.00"),
            {"1 contractual": "20.00", "1 LARK": "50.00", "1 TAM": "30.00"},
        ),
        (
            service(1, "100.00", "10.00", OA23="70.00", PR2="20.00"),
            {"1 contractual": "20.00", "1 LARK": "50.00", "1 TAM": "10.00", "1 patient": "20.00"},
        ),
        (
            service(1, "100.00", "10.00", OA23="70.00", CO45="20.00"),
            {"1 contractual": "40.00", "1 LARK": "50.00", "1 TAM": "10.00"},
        ),
        (
            service(1, "100.00", "10.00", OA23="70.00", CO45="15.00", PR2="5.00"),
            {"1 contractual": "35.00", "1 LARK": "50.00", "1 TAM": "10.00", "1 patient": "5.00"},
        ),
        (
            service(1, "100.00", "10.00", CO45="60.00", PR2="30.00"),
            {"1 contractual": "20.00", "1 LARK": "50.00", "1 TAM": "10.00", "1 patient": "20.00"},
        ),
    ],
    ids=[
        "pays what is left",
        "pays more than is left",
        "leaves some to the patient",
        "writes the rest off",
        "writes off what it does not leave to the patient",
        "its own responsibility is above what is left",
    ],
)
def test_a_later_payer_owes_no_more_than_is_left_and_may_write_the_rest_off(
    second: Service, expected: dict[str, str]
) -> None:
    assert two_places(second) == expected


def test_the_write_off_of_a_second_that_answered_as_primary_is_ignored() -> None:
    found = two_places(service(1, "100.00", "60.00", CO45="40.00"), claim_status="1")
    assert found == {"1 contractual": "20.00", "1 LARK": "50.00", "1 TAM": "30.00"}


def test_a_later_denial_beside_an_earlier_payment_writes_off_what_is_left() -> None:
    denied = service(1, "100.00", "0.00", OA23="70.00", CO45="30.00")
    expected = {"1 contractual": "50.00", "1 LARK": "50.00"}
    assert two_places(denied, claim_status="4") == expected


def test_a_coverage_that_is_left_nothing_has_nothing_to_answer() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "80.00", CO45="20.00")),
        patient_paid(1, "5.00"),
        written_off(1, "20.00"),
        paid(1, "80.00", "A"),
    )
    assert targets(case) == {"1 contractual": "20.00", "1 LARK": "80.00"}
    assert findings(case) == [
        "line 1: $5.00 patient_overcollection, patient G1, refund_patient, proved"
    ]


# A place that has not answered


def test_what_remains_is_the_place_s_that_has_not_answered() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00")),
        written_off(1, "20.00"),
        paid(1, "50.00", "A"),
        patient_paid(1, "25.00"),
    )
    assert excesses(case) == {"1 TAM": "-30.00", "1 patient": "25.00"}
    assert findings(case) == ["line 1: $25.00 adjudication_pending, undetermined, hold, likely"]


def test_an_account_that_closes_waits_for_nobody() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00")),
        written_off(1, "20.00"),
        paid(1, "50.00", "A"),
        patient_paid(1, "30.00"),
    )
    assert excesses(case) == {}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (written_off(1, "40.00"), {"1 LARK": "-60.00"}),
        (written_off(1, "40.00", None), {"1 LARK": "-60.00"}),
        (entry("bad_debt", 1, "-40.00"), {"1 LARK": "-60.00"}),
        (written_off(1, "130.00"), {"1 contractual": "30.00"}),
        (written_off(1, "130.00", None), {"1 write_off": "30.00"}),
        (entry("interest", 1, "-4.00"), {"1 LARK": "-100.00", "1 interest": "4.00"}),
        (paid(None, "40.00"), {"1 patient": "-60.00"}),
    ],
    ids=[
        "contractual",
        "ungrouped",
        "bad debt",
        "contractual above it",
        "ungrouped above it",
        "interest",
        "money of the account",
    ],
)
def test_write_offs_lower_what_is_pending_and_money_of_the_account_answers(
    row: Row, expected: dict[str, str]
) -> None:
    assert excesses(account(charge(1, "100.00"), covered("LARK"), row)) == expected


def test_a_second_payer_that_answered_shows_that_the_first_did() -> None:
    case = account(
        charge(1, "160.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("B", service(1, "160.00", "32.00", OA23="128.00"), payer_id="TAM", claim_status="2"),
        paid(1, "32.00", "B", payer_id="TAM"),
    )
    assert excesses(case) == {"1 LARK": "-128.00"}
    assert findings(case) == []


# On paper


def test_postings_without_a_remittance_stand_for_an_answer() -> None:
    found = one_line(paid(1, "70.00", "lost"), written_off(1, "20.00"), patient_paid(1, "10.00"))
    assert found == {"1 contractual": "20.00", "1 LARK": "70.00", "1 patient": "10.00"}


def test_on_paper_no_more_counts_than_remains() -> None:
    case = account(charge(1, "100.00"), covered("LARK"), paid(1, "130.00", "lost"))
    assert targets(case) == {"1 LARK": "100.00"}
    assert findings(case) == ["line 1: $30.00 remit_missing, undetermined, review, person"]


def test_a_paper_payment_may_come_after_an_answer_of_the_first() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00")),
        written_off(1, "20.00"),
        paid(1, "50.00", "A"),
        paid(1, "25.00", "lost", payer_id="TAM"),
        patient_paid(1, "5.00"),
    )
    assert findings(case) == []


def test_the_next_payer_s_oa_23_bounds_what_paper_paid_and_wrote_off_together() -> None:
    case = account(
        charge(1, "300.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        paid(1, "200.00", "lost"),
        written_off(1, "100.00"),
        answer("B", service(1, "300.00", "20.00", OA23="280.00"), payer_id="TAM", claim_status="2"),
        paid(1, "20.00", "B", payer_id="TAM"),
    )
    assert targets(case) == {"1 contractual": "80.00", "1 LARK": "200.00", "1 TAM": "20.00"}


def test_equal_paper_postings_of_one_trace_count_once() -> None:
    case = account(charge(1, "100.00"), covered("LARK"), paid(1, "60.00", "lost"),
                   paid(1, "60.00", "lost"), written_off(1, "40.00"))  # fmt: skip
    assert targets(case) == {"1 contractual": "40.00", "1 LARK": "60.00"}
    assert findings(case) == ["line 1: $60.00 duplicate_posting, none, reverse_posting, likely"]


def test_equal_paper_write_offs_count_once_where_more_is_held_than_charged() -> None:
    case = account(charge(1, "80.00"), covered("LARK"), paid(1, "60.00", "lost"),
                   written_off(1, "20.00"), written_off(1, "20.00"))  # fmt: skip
    assert targets(case) == {"1 contractual": "20.00", "1 LARK": "60.00"}
    assert findings(case) == [
        "line 1: $20.00 contractual_overposted, none, reverse_posting, likely"
    ]
    case = account(charge(1, "100.00"), covered("LARK"), paid(1, "60.00", "lost"),
                   written_off(1, "20.00"), written_off(1, "20.00"))  # fmt: skip
    assert findings(case) == []


def test_equal_paper_postings_of_two_traces_both_count() -> None:
    found = one_line(paid(1, "50.00", "lost 1"), paid(1, "50.00", "lost 2"))
    assert found == {"1 LARK": "100.00"}


def test_money_of_another_account_s_claim_is_no_paper() -> None:
    stray = answer("A", service(1, "88.00", "88.00"), account_id="A2", remit_claim_id="A/2")
    case = account(charge(1, "100.00"), covered("LARK"), stray, paid(1, "88.00", "A"))
    assert excesses(case) == {"1 LARK": "-12.00"}  # 100.00 to come, 88.00 to move
    assert findings(case) == ["line 1: $88.00 wrong_account, none, transfer_posting, proved"]


# Uncollectable, capitated


def test_what_may_not_be_collected_joins_the_contractual() -> None:
    case = account(
        charge(1, "100.00"),
        covered("MCR", 1),
        covered("MCD", 2, responsibility_collectable=False),
        answer("A", service(1, "100.00", "60.00", CO45="20.00", PR2="20.00"), payer_id="MCR"),
        answer("B", service(1, "100.00", "5.00", OA23="80.00", PR2="15.00"), payer_id="MCD",
               claim_status="2"),
    )  # fmt: skip
    assert targets(case) == {"1 contractual": "35.00", "1 MCR": "60.00", "1 MCD": "5.00"}


def test_an_uncollectable_part_waits_for_the_payer_first() -> None:
    case = account(
        charge(1, "100.00"),
        covered("MCD", responsibility_collectable=False),
        patient_paid(1, "10.00"),
    )
    assert targets(case) == {"1 MCD": "100.00"}
    assert findings(case) == ["line 1: $10.00 adjudication_pending, undetermined, hold, likely"]


def test_on_a_capitated_coverage_only_the_copay_stays_due() -> None:
    case = account(
        charge(1, "200.00"),
        covered("LARK", capitated=True),
        answer("A", service(1, "200.00", "0.00", CO24="185.00", PR3="15.00")),
        written_off(1, "185.00"),
        patient_paid(1, "15.00"),
    )
    assert targets(case) == {"1 contractual": "185.00", "1 patient": "15.00"}
    assert findings(case) == []


def test_a_capitated_visit_that_nobody_adjudicated_is_written_off_whole() -> None:
    case = account(charge(1, "200.00"), covered("LARK", capitated=True), patient_paid(1, "15.00"))
    assert targets(case) == {"1 contractual": "200.00"}
    assert findings(case) == ["line 1: $15.00 adjudication_pending, undetermined, hold, likely"]


# Charges changed after the answer


def test_a_charge_credited_in_part_after_the_answer_is_for_a_person() -> None:
    case = account(
        charge(1, "100.00"),
        charge(1, "-40.00", charge_id="C1b", posted_on="2026-03-01"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", CO45="20.00", PR3="10.00")),
        written_off(1, "20.00"),
        paid(1, "70.00", "A"),
        patient_paid(1, "10.00"),
    )
    assert findings(case) == ["line 1: $40.00 voided_charge, undetermined, review, person"]
    assert excesses(case) == {"1 LARK": "30.00", "1 patient": "10.00"}


def test_money_without_a_line_is_for_a_person_as_far_as_the_changed_line_let_go_of_it() -> None:
    case = account(
        charge(1, "100.00"),
        charge(1, "-40.00", charge_id="C1b", posted_on="2026-03-01"),
        covered("LARK"),
        answer("A", whole("100.00", "70.00", CO45="20.00", PR3="10.00")),
        written_off(None, "20.00"),
        paid(None, "70.00", "A"),
        patient_paid(None, "17.00"),
    )
    assert excesses(case) == {"account LARK": "30.00", "account patient": "17.00"}
    assert findings(case) == [
        "account: $7.00 patient_overcollection, patient G1, refund_patient, proved",
        "account: $40.00 voided_charge, undetermined, review, person",
    ]


def test_a_charge_reversed_below_the_write_off_is_for_a_person_too() -> None:
    case = account(
        charge(1, "100.00"),
        charge(1, "-90.00", charge_id="C1b", posted_on="2026-03-01"),
        covered("LARK"),
        answer("A", whole("100.00", "80.00", CO45="20.00")),
        written_off(None, "20.00"),
    )
    assert findings(case) == ["account: $10.00 voided_charge, undetermined, review, person"]
