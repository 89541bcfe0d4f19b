"""What a remittance says of which line: resolution and proration."""

from tests.domain.determination.reading import targets

from requite.domain.determination.example import (
    Remittance,
    Service,
    account,
    answer,
    charge,
    covered,
    findings,
    paid,
    service,
    whole,
    written_off,
)

NO_NUMBER = {"line_control_number": None}


def two_lines(*answers: Remittance, **second: object) -> dict[str, str]:
    """Targets of an account with a visit (line 1) and a test of the same price (line 2)."""
    case = account(
        charge(1, "100.00", procedure_code="99213", service_date="2026-01-05"),
        charge(2, "100.00", procedure_code="80053", service_date="2026-01-06", **second),
        covered("LARK"),
        *answers,
    )
    return targets(case)


ONE_EACH = {
    "1 contractual": "40.00",
    "2 contractual": "70.00",
    "1 LARK": "60.00",
    "2 LARK": "30.00",
}


def test_a_line_is_found_by_the_charge_that_it_names() -> None:
    found = two_lines(
        answer(
            "A",
            service(1, "100.00", "30.00", CO45="70.00", line_control_number="C2"),
            service(2, "100.00", "60.00", CO45="40.00", line_control_number="C1"),
        )
    )
    assert found == ONE_EACH


def test_a_line_is_found_by_the_line_number_that_it_names() -> None:
    found = two_lines(
        answer(
            "A",
            service(1, "100.00", "30.00", CO45="70.00", line_control_number="2"),
            service(2, "100.00", "60.00", CO45="40.00", line_control_number="1"),
        )
    )
    assert found == ONE_EACH


def test_a_control_number_that_names_nothing_leaves_the_line_to_its_service() -> None:
    found = two_lines(
        answer(
            "A",
            service(1, "100.00", "30.00", CO45="70.00", line_control_number="77",
                    procedure_code="80053"),
            service(2, "100.00", "60.00", CO45="40.00", line_control_number="x",
                    procedure_code="99213"),
        )
    )  # fmt: skip
    assert found == ONE_EACH


def test_a_line_is_found_by_procedure_day_and_charge_together() -> None:
    case = account(
        charge(1, "100.00", procedure_code="99213", service_date="2026-01-06"),
        charge(2, "100.00", procedure_code="99213", service_date="2026-01-05"),
        covered("LARK"),
        answer(
            "A",
            service(1, "100.00", "60.00", CO45="40.00", procedure_code="99213",
                    service_date="2026-01-05", **NO_NUMBER),
        ),
    )  # fmt: skip
    assert targets(case) == {"2 contractual": "40.00", "1 LARK": "100.00", "2 LARK": "60.00"}


def test_twin_lines_are_told_apart_by_their_modifiers() -> None:
    case = account(
        charge(1, "100.00", procedure_code="73030", modifiers="LT"),
        charge(2, "100.00", procedure_code="73030", modifiers="RT"),
        covered("LARK"),
        answer(
            "A",
            service(1, "100.00", "60.00", CO45="40.00", procedure_code="73030", modifiers="RT",
                    **NO_NUMBER),
        ),
    )  # fmt: skip
    assert targets(case) == {"2 contractual": "40.00", "1 LARK": "100.00", "2 LARK": "60.00"}


def test_a_line_is_found_by_procedure_and_charge() -> None:
    found = two_lines(
        answer(
            "A",
            service(1, "100.00", "30.00", CO45="70.00", procedure_code="80053", **NO_NUMBER),
            service(2, "100.00", "60.00", CO45="40.00", procedure_code="99213", **NO_NUMBER),
        )
    )
    assert found == ONE_EACH


def test_what_is_found_by_order_alone_is_not_proved() -> None:
    by_order = service(1, "100.00", "60.00", CO45="40.00", **NO_NUMBER)
    by_number = service(1, "100.00", "60.00", CO45="40.00")
    for line, certainty in ((by_order, "likely"), (by_number, "proved")):
        case = account(
            charge(1, "100.00", procedure_code="99213"),
            covered("LARK"),
            answer("A", line),
            answer("B", line, payment_date="2026-03-01"),
            written_off(1, "40.00"),
            paid(1, "60.00", "A"),
            paid(1, "60.00", "B"),
        )
        told = f"line 1: $60.00 duplicate_payment, payer LARK, refund_payer, {certainty}"
        assert findings(case) == [told]


def test_by_order_the_same_procedure_comes_first() -> None:
    found = two_lines(
        answer(
            "A",
            service(1, "90.00", "30.00", CO45="60.00", procedure_code="80053", **NO_NUMBER),
            service(2, "90.00", "60.00", CO45="30.00", procedure_code="99213", **NO_NUMBER),
        )
    )
    assert found["2 LARK"] == "30.00"
    assert found["1 LARK"] == "60.00"


def test_more_remittance_lines_than_charges_add_up_on_the_first() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "60.00", "50.00", CO45="10.00"),
               service(2, "40.00", "30.00", CO45="10.00", **NO_NUMBER)),
    )  # fmt: skip
    assert targets(case) == {"1 contractual": "20.00", "1 LARK": "80.00"}


def test_two_remittance_lines_of_one_ledger_line_are_one_answer() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "60.00", "50.00", CO45="10.00"),
               service(1, "40.00", "30.00", CO45="10.00")),
    )  # fmt: skip
    assert targets(case) == {"1 contractual": "20.00", "1 LARK": "80.00"}


# Claims without lines


def stay(*answers: Remittance, **columns: object) -> dict[str, str]:
    """Targets of a stay of three lines, the last in February."""
    case = account(
        charge(1, "1000.00", service_date="2026-01-05"),
        charge(2, "500.00", service_date="2026-01-20"),
        charge(3, "1500.00", service_date="2026-02-10"),
        covered("LARK"),
        *answers,
        **columns,
    )
    return targets(case)


def test_a_claim_without_lines_is_prorated_over_all_lines_by_charge() -> None:
    found = stay(answer("A", whole("3000.00", "1800.00", CO45="900.00", PR1="300.00")))
    assert found == {
        "1 contractual": "300.00", "2 contractual": "150.00", "3 contractual": "450.00",
        "1 LARK": "600.00", "2 LARK": "300.00", "3 LARK": "900.00",
        "1 patient": "100.00", "2 patient": "50.00", "3 patient": "150.00",
    }  # fmt: skip


def test_an_interim_claim_is_prorated_over_the_lines_within_its_dates() -> None:
    found = stay(
        answer("A", whole("1500.00", "900.00", CO45="600.00"), service_from="2026-01-05",
               service_to="2026-01-31")
    )  # fmt: skip
    assert found == {
        "1 contractual": "400.00", "2 contractual": "200.00",
        "1 LARK": "600.00", "2 LARK": "300.00", "3 LARK": "1500.00",
    }  # fmt: skip


def test_a_claim_of_one_day_takes_the_lines_of_that_day() -> None:
    found = stay(answer("A", whole("500.00", "500.00"), service_from="2026-01-20"))
    assert found == {"1 LARK": "1000.00", "2 LARK": "500.00", "3 LARK": "1500.00"}


def test_a_claim_whose_dates_hold_no_line_is_prorated_over_all() -> None:
    found = stay(answer("A", whole("3000.00", "3000.00"), service_from="2025-01-01"))
    assert found["3 LARK"] == "1500.00"


def three_tens(claim: Service) -> dict[str, str]:
    lines = [charge(number, "10.00") for number in (3, 1, 2)]
    return targets(account(*lines, covered("LARK"), answer("A", claim)))


def test_equal_remainders_go_to_the_lower_line() -> None:
    assert three_tens(whole("30.00", "20.00", PR1="10.00")) == {
        "1 LARK": "6.67", "2 LARK": "6.67", "3 LARK": "6.66",
        "1 patient": "3.33", "2 patient": "3.33", "3 patient": "3.34",
    }  # fmt: skip


def test_a_cent_of_rounding_never_lifts_a_line_above_its_charge() -> None:
    assert three_tens(whole("30.00", "20.00", CO45="10.00")) == {
        "1 contractual": "3.34", "2 contractual": "3.33", "3 contractual": "3.33",
        "1 LARK": "6.66", "2 LARK": "6.67", "3 LARK": "6.67",
    }  # fmt: skip


def test_a_voided_line_takes_part_where_the_claim_charged_for_it() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "100.00", voided_on="2026-03-01"),
        covered("LARK"),
        answer("A", whole("200.00", "200.00")),
    )
    assert targets(case) == {"1 LARK": "100.00"}


def test_a_line_that_was_never_billed_takes_no_part() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "100.00", voided_on="2026-01-06"),
        covered("LARK"),
        answer("A", whole("100.00", "100.00")),
    )
    assert targets(case) == {"1 LARK": "100.00"}


def test_adjustments_of_the_claim_are_shared_by_its_lines() -> None:
    case = account(
        charge(1, "300.00"),
        charge(2, "100.00"),
        covered("LARK"),
        answer("A", service(1, "300.00", "300.00"), service(2, "100.00", "100.00"),
               whole("0.00", "-100.00", CO45="80.00", PR1="20.00")),
    )  # fmt: skip
    assert targets(case) == {
        "1 contractual": "60.00", "2 contractual": "20.00",
        "1 LARK": "225.00", "2 LARK": "75.00",
        "1 patient": "15.00", "2 patient": "5.00",
    }  # fmt: skip


def test_interest_of_the_whole_claim_is_left_out() -> None:
    case = account(
        charge(1, "300.00"),
        charge(2, "100.00"),
        covered("LARK"),
        answer("A", whole("400.00", "304.00", CO45="100.00", CO225="-4.00")),
        written_off(None, "100.00"),
        paid(None, "304.00", "A"),
    )
    assert findings(case) == ["account: $4.00 interest_as_payment, none, reclassify, proved"]
