"""Should have paid, did pay: how money fills targets, and what is left over."""

import pytest
from tests.domain.determination.reading import excesses

from requite.domain.determination.determine import determine_account
from requite.domain.determination.example import (
    Row,
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
    whole,
    written_off,
)


def self_pay(*rows: Row) -> dict[str, str]:
    """Three lines of 100.00, the second the earliest service; the patient owes them all."""
    return excesses(
        account(
            charge(1, "100.00", service_date="2026-01-08"),
            charge(2, "100.00", service_date="2026-01-05"),
            charge(3, "100.00", service_date="2026-01-08"),
            *rows,
        )
    )


# Money without a line


def test_money_without_a_line_fills_targets_by_day_then_line() -> None:
    found = self_pay(patient_paid(None, "250.00"))
    assert found == {"3 patient": "-50.00"}


def test_money_without_a_line_that_is_too_much_stays_with_the_account() -> None:
    assert self_pay(patient_paid(None, "340.00")) == {"account patient": "40.00"}


def test_a_negative_amount_without_a_line_lowers_the_excesses_in_the_same_order() -> None:
    case = account(
        charge(1, "100.00", service_date="2026-01-08"),
        charge(2, "100.00", service_date="2026-01-05"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00"), service(2, "100.00", "100.00")),
        answer("B", service(1, "100.00", "100.00"), service(2, "100.00", "100.00")),
        *(paid(number, "100.00", trace) for trace in "AB" for number in (1, 2)),
        entry("refund", None, "130.00", payer_id="LARK"),
    )
    assert excesses(case) == {"1 LARK": "70.00"}


def test_a_negative_amount_above_all_excesses_is_owed() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00")),
        paid(1, "100.00", "A"),
        entry("refund", None, "30.00", payer_id="LARK"),
    )
    assert excesses(case) == {"account LARK": "-30.00"}


def test_money_linked_to_a_claim_fills_that_claim_s_lines_first() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "50.00"),
        covered("LARK"),
        answer("A", service(2, "50.00", "50.00")),
        answer("B", service(1, "100.00", "100.00")),
        paid(None, "50.00", "A"),
    )
    assert excesses(case) == {"1 LARK": "-100.00"}


def test_what_a_claim_s_lines_do_not_need_fills_other_targets_of_its_payer() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "50.00"),
        covered("LARK"),
        answer("A", service(2, "50.00", "50.00")),
        answer("B", service(1, "100.00", "100.00")),
        paid(None, "80.00", "A"),
    )
    assert excesses(case) == {"1 LARK": "-70.00"}


def test_a_payer_s_line_never_fills_another_line_nor_another_party() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "100.00"),
        covered("LARK"),
        answer(
            "A",
            service(1, "100.00", "80.00", PR3="20.00"),
            service(2, "100.00", "80.00", PR3="20.00"),
        ),
        paid(1, "160.00", "A"),
    )
    assert excesses(case) == {
        "1 LARK": "80.00", "2 LARK": "-80.00", "1 patient": "-20.00", "2 patient": "-20.00"
    }  # fmt: skip


def test_a_claim_without_lines_serves_all_its_lines_wherever_it_was_keyed() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "50.00"),
        covered("LARK"),
        answer("A", whole("150.00", "120.00", CO45="30.00")),
        paid(2, "120.00", "A"),
        written_off(1, "30.00"),
    )
    assert excesses(case) == {}


def test_a_write_off_that_names_a_claim_fills_its_lines_first() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "50.00"),
        covered("LARK"),
        answer("A", service(2, "50.00", "40.00", CO45="10.00"), payer_claim_number="N1"),
        answer("B", service(1, "100.00", "80.00", CO45="20.00")),
        written_off(None, "10.00", payer_claim_number="N1"),
    )
    assert excesses(case) == {"1 contractual": "-20.00", "1 LARK": "-80.00", "2 LARK": "-40.00"}


def test_a_negative_write_off_without_a_line_lowers_what_was_written_off_too_much() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "80.00", CO45="20.00")),
        paid(1, "80.00", "A"),
        written_off(1, "35.00"),
        written_off(None, "-15.00"),
    )
    assert excesses(case) == {}


# The patient is one party


def test_a_line_that_holds_too_much_fills_the_lines_that_are_owed_by_day_then_line() -> None:
    assert self_pay(patient_paid(3, "280.00")) == {"1 patient": "-20.00"}


def test_what_is_left_stays_on_the_line_it_was_posted_to() -> None:
    assert self_pay(patient_paid(3, "320.00")) == {"3 patient": "20.00"}


def test_a_voided_line_s_money_fills_the_others_too() -> None:
    case = account(
        charge(1, "100.00", voided_on="2026-03-01"),
        charge(2, "70.00"),
        patient_paid(1, "100.00"),
    )
    assert excesses(case) == {"1 patient": "30.00"}


def test_money_on_a_line_without_charge_fills_the_others_too() -> None:
    assert self_pay(patient_paid(9, "310.00")) == {"9 patient": "10.00"}


def test_account_money_comes_before_what_lines_hold_too_much() -> None:
    assert self_pay(patient_paid(1, "220.00"), patient_paid(None, "100.00")) == {
        "1 patient": "20.00"
    }


def test_what_the_patient_paid_comes_before_the_write_off_target() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "100.00"),
        entry("bad_debt", 2, "-100.00"),
        patient_paid(1, "200.00"),
    )
    assert excesses(case) == {"2 write_off": "100.00"}
    assert findings(case) == [
        "line 2: $100.00 writeoff_then_payment, none, reverse_posting, proved"
    ]


# Write-offs that are not contractual


def answered(*rows: Row) -> dict[str, str]:
    """Two lines of 100.00 = 20.00 + 70.00 + 10.00, the second the earlier service."""
    said = {"CO45": "20.00", "PR3": "10.00"}
    case = account(
        charge(1, "100.00", service_date="2026-01-08"),
        charge(2, "100.00", service_date="2026-01-05"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", **said), service(2, "100.00", "70.00", **said)),
        paid(1, "70.00", "A"),
        paid(2, "70.00", "A"),
        *rows,
    )
    return excesses(case)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [written_off(1, "20.00", None), written_off(2, "20.00", None)],
            {"1 patient": "-10.00", "2 patient": "-10.00"},
        ),
        (
            [written_off(1, "35.00", None)],
            {"2 contractual": "-5.00", "1 patient": "-10.00", "2 patient": "-10.00"},
        ),
        (
            [written_off(None, "25.00", None)],
            {"1 contractual": "-15.00", "1 patient": "-10.00", "2 patient": "-10.00"},
        ),
        ([written_off(1, "50.00", None)], {"2 patient": "-10.00"}),
        ([written_off(None, "50.00", None)], {"1 patient": "-10.00"}),
        ([written_off(1, "60.00", None)], {}),
        ([written_off(1, "63.00", None)], {"1 write_off": "3.00"}),
        (
            [entry("bad_debt", 1, "-10.00")],
            {"1 contractual": "-20.00", "2 contractual": "-20.00", "2 patient": "-10.00"},
        ),
        (
            [entry("bad_debt", None, "-15.00")],
            {"1 contractual": "-20.00", "2 contractual": "-20.00", "1 patient": "-5.00"},
        ),
        (
            [entry("bad_debt", 1, "-10.00"), entry("bad_debt", None, "10.00")],
            {"1 contractual": "-20.00", "2 contractual": "-20.00", "2 patient": "-10.00",
             "account write_off": "-10.00"},
        ),
        (
            [written_off(1, "20.00", None), written_off(1, "-5.00", None)],
            {"1 contractual": "-5.00", "2 contractual": "-20.00", "1 patient": "-10.00",
             "2 patient": "-10.00"},
        ),
    ],
    ids=[
        "each on its line",
        "its line, then the other",
        "without a line, the earlier service first",
        "the rest settles the patient's debt on its line",
        "the rest settles the earlier debt",
        "the rest settles the other line's debt, too",
        "what nobody owed is too much",
        "bad debt never fills the contractual",
        "bad debt without a line settles the earlier service first",
        "bad debt taken back",
        "an ungrouped write-off taken back in part",
    ],
)  # fmt: skip
def test_an_ungrouped_write_off_fills_the_contractual_first_and_bad_debt_never(
    rows: list[Row], expected: dict[str, str]
) -> None:
    assert answered(*rows) == expected


# Credit, debt, balance


def test_the_credit_is_masked_by_what_others_owe() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", PR3="30.00")),
        paid(1, "70.00", "A"),
        paid(1, "70.00", "A"),
    )
    found = determine_account(case, book())
    assert (found.balance_cents, found.credit_cents, found.owed_cents) == (-40_00, 70_00, 30_00)
    assert found.masked_cents == 30_00


def test_charges_below_zero_are_an_excess_of_their_own() -> None:
    case = account(charge(1, "80.00"), charge(1, "-110.00", charge_id="C1b"))
    assert excesses(case) == {"1 charges": "30.00"}


def test_an_account_without_rows_has_nothing_to_say() -> None:
    found = determine_account(account(), book())
    assert found.findings == ()
    assert (found.balance_cents, found.credit_cents, found.masked_cents) == (0, 0, 0)
