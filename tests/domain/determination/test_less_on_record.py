"""What a sample of 30,000 accounts without remittances showed: each kept here as it happened."""

from datetime import date
from typing import Any

from requite.domain.determination.account import BankDeposit, PatientAccount
from requite.domain.determination.example import (
    Row,
    account,
    answer,
    charge,
    covered,
    entry,
    findings,
    negative,
    paid,
    patient_paid,
    service,
    written_off,
)

LINE = charge(1, "152.55")
LARK = covered("LARK")
SECOND = covered("TAM", 2)


def lark(line_no: int | None, amount: str, **columns: Any) -> Row:
    named: dict[str, Any] = {"trace_number": "A", **columns}
    return paid(line_no, amount, **named)


def moved(line_no: int | None, amount: str, leaves: str, arrives: str) -> tuple[Row, Row]:
    key = f"{leaves} {arrives} {line_no}"
    return (
        entry("transfer", line_no, negative(amount), bucket=leaves, transfer_id=key),
        entry("transfer", line_no, amount, bucket=arrives, transfer_id=key),
    )


def plain(line_no: int | None, amount: str, **columns: Any) -> Row:
    """A write-off without a code."""
    named: dict[str, Any] = {"bucket": "primary", **columns}
    return written_off(line_no, amount, group=None, **named)


WRITTEN_OFF_TWICE = (
    LINE,
    LARK,
    written_off(1, "25.93", posted_on=date(2026, 1, 18)),
    lark(1, "27.54"),
    written_off(1, "90.01", trace_number="A"),
    patient_paid(1, "35.00", tender="card"),
)


def test_what_was_moved_to_the_patient_and_paid_stays_the_patients() -> None:
    case: PatientAccount = account(*WRITTEN_OFF_TWICE, *moved(1, "35.00", "primary", "self"))
    assert findings(case) == ["line 1: $25.93 remit_missing, undetermined, review, person"]


def test_a_second_write_off_of_just_the_patients_excess_may_be_what_is_wrong() -> None:
    assert findings(account(*WRITTEN_OFF_TWICE)) == [
        "line 1: $25.93 patient_overcollection, undetermined, review, person"
    ]


def test_one_write_off_of_the_patients_excess_is_a_discount_like_any_other() -> None:
    case = account(
        charge(1, "100.00"), LARK, lark(1, "80.00"), written_off(1, "20.00"),
        patient_paid(1, "20.00", tender="card"),
    )  # fmt: skip
    assert findings(case) == [
        "line 1: $20.00 patient_overcollection, patient G1, refund_patient, likely"
    ]


def test_the_patient_paid_for_two_lines_on_the_first_of_them() -> None:
    case = account(
        charge(1, "100.00"), charge(2, "100.00"), LARK,
        lark(1, "50.00"), written_off(1, "20.00"), *moved(1, "30.00", "primary", "self"),
        lark(2, "40.00"), written_off(2, "20.00"), *moved(2, "40.00", "primary", "self"),
        patient_paid(1, "70.00", tender="card"),
    )  # fmt: skip
    assert findings(case) == []


def test_a_case_rate_above_the_charges_closes_its_account() -> None:
    case = account(
        charge(1, "47.25"), charge(2, "160.62"), LARK,
        written_off(None, "-30.55", trace_number="A"), lark(None, "238.42"),
    )  # fmt: skip
    assert findings(case) == []


def test_a_claim_reversed_and_paid_anew_leaves_one_write_off() -> None:
    case = account(
        charge(1, "50.79"), charge(2, "157.15"), LARK,
        lark(1, "26.29"), written_off(1, "17.80"), *moved(1, "6.70", "primary", "self"),
        lark(2, "62.53"), written_off(2, "67.28"), *moved(2, "27.34", "primary", "self"),
        lark(1, "-26.29"), written_off(1, "-17.80"), lark(2, "-62.53"), written_off(2, "-67.28"),
        lark(1, "26.29", trace_number="T2"), written_off(1, "17.80"),
        lark(2, "79.03", trace_number="T2"), written_off(2, "50.78"),
        patient_paid(None, "34.04", tender="card"),
    )  # fmt: skip
    assert findings(case) == []


def test_a_second_payer_that_paid_nothing_passed_all_on_to_the_patient() -> None:
    case = account(
        charge(1, "62.19"), charge(2, "244.05"), LARK, SECOND,
        written_off(1, "34.83"), lark(2, "109.82"), written_off(2, "134.23"),
        *moved(1, "27.36", "primary", "secondary"), *moved(1, "27.36", "secondary", "self"),
        patient_paid(1, "13.68", tender="card"),
    )  # fmt: skip
    assert findings(case) == []


def test_a_transfer_to_the_second_payer_that_was_moved_back_is_no_answer() -> None:
    case = account(
        charge(1, "62.19"), LARK, SECOND, written_off(1, "34.83"), lark(1, "0.00"),
        *moved(1, "27.36", "primary", "secondary"), *moved(1, "27.36", "secondary", "primary"),
        patient_paid(1, "13.68", tender="card"),
    )  # fmt: skip
    assert findings(case) == ["line 1: $13.68 adjudication_pending, undetermined, hold, likely"]


RETURNED = BankDeposit("D1", -16058, date(2026, 2, 20), trace_number="0031554")
PAID_AGAIN = (
    charge(1, "552.70"),
    LARK,
    lark(None, "210.02", trace_number=None),
    plain(None, "182.10"),
    *moved(None, "160.58", "primary", "self"),
    patient_paid(None, "160.58", tender="check", posted_on=date(2026, 2, 14)),
    patient_paid(None, "160.58", tender="check", posted_on=date(2026, 3, 16)),
)


def test_a_returned_check_without_a_number_is_asked_about() -> None:
    assert findings(account(*PAID_AGAIN, RETURNED)) == [
        "account: $160.58 returned_payment_unposted, undetermined, review, person"
    ]


def test_no_return_of_that_amount_no_question() -> None:
    other = RETURNED._replace(amount_cents=-16057)
    early = RETURNED._replace(deposited_on=date(2026, 2, 13))
    late = RETURNED._replace(deposited_on=date(2026, 6, 1))
    for deposit in (other, early, late):
        assert findings(account(*PAID_AGAIN, deposit)) == [
            "account: $160.58 patient_overcollection, patient G1, refund_patient, likely"
        ]


def test_a_card_does_not_bounce() -> None:
    by_card = [row if row.tender != "check" else row._replace(tender="card") for row in
               PAID_AGAIN if hasattr(row, "tender")]  # fmt: skip
    rest = [row for row in PAID_AGAIN if not hasattr(row, "tender")]
    assert findings(account(*rest, *by_card, RETURNED)) == [
        "account: $160.58 patient_overcollection, patient G1, refund_patient, likely"
    ]


def test_a_voided_charge_of_just_the_excess_is_asked_about() -> None:
    voided = charge(2, "176.40", voided_on=date(2026, 4, 15))
    case = account(
        charge(1, "236.74"), voided, LARK, lark(None, "60.00"), plain(None, "38.00"),
        patient_paid(None, "315.14", tender="card"),
    )  # fmt: skip
    assert findings(case) == [
        "account: $176.40 patient_overcollection, undetermined, review, person"
    ]


def test_write_offs_taken_back_together_are_no_refund() -> None:
    case = account(
        charge(1, "190.11"), LARK,
        answer("A", service(1, "190.11", "9.45", CO45="55.14", PR1="125.52")),
        lark(None, "9.45"), plain(None, "22.06"), plain(None, "33.08"),
        plain(None, "-55.14"), plain(None, "55.14"),
        *moved(None, "125.52", "primary", "self"), patient_paid(None, "125.52", tender="card"),
    )  # fmt: skip
    assert findings(case) == []


def test_the_second_payers_remittance_says_line_by_line_what_was_left() -> None:
    case = account(
        charge(1, "782.32"), charge(2, "3952.19"), LARK, SECOND,
        answer("A", service(1, "782.32", "254.72", OA23="527.60"),
               service(2, "3952.19", "296.41", OA23="3655.78"),
               payer_id="TAM", claim_status="2"),
        lark(None, "89.50", trace_number=None), lark(None, "2667.73", trace_number=None),
        plain(None, "438.10"), plain(None, "988.05"),
        *moved(None, "551.13", "primary", "secondary"),
        paid(None, "254.72", payer_id="TAM"), paid(None, "296.41", payer_id="TAM"),
    )  # fmt: skip
    assert findings(case) == []


def test_a_later_payers_uncoded_write_off_meets_what_was_asked_of_it() -> None:
    case = account(
        charge(1, "34.32"), LARK, SECOND,
        answer("A", service(1, "34.32", "7.88", CO45="8.93", PR1="17.51")),
        lark(None, "7.88"), plain(None, "8.93"), *moved(None, "17.51", "primary", "secondary"),
        paid(None, "14.00", payer_id="TAM"), plain(None, "3.51", bucket="secondary"),
    )  # fmt: skip
    assert findings(case) == []


def test_payments_without_a_line_find_the_lines_of_their_remittances() -> None:
    lines = (
        service(1, "131.36", "34.69", CO45="96.67"), service(2, "37.86", "10.00", CO45="27.86"),
    )  # fmt: skip
    case = account(
        charge(1, "131.36"), charge(2, "37.86"), LARK,
        answer("A", *lines), answer("B", *lines, payment_date=date(2026, 3, 28)),
        lark(None, "34.69", trace_number=None), lark(None, "10.00", trace_number=None),
        lark(None, "34.69", trace_number=None), lark(None, "10.00", trace_number=None),
        plain(None, "96.67"), plain(None, "27.86"),
    )  # fmt: skip
    assert findings(case) == ["account: $44.69 duplicate_payment, payer LARK, refund_payer, likely"]


def test_a_case_rate_above_the_charges_is_posted_without_a_code() -> None:
    case = account(
        charge(1, "47.25"), charge(2, "160.62"), LARK,
        answer("A", service(1, "47.25", "54.19", CO45="-6.94"),
               service(2, "160.62", "184.23", CO45="-23.61")),
        plain(None, "-30.55"), lark(None, "238.42"),
    )  # fmt: skip
    assert findings(case) == []


# Larkspur answered on 2026-02-12, leaving 30.00; the patient was served on 2026-01-05.
LEFT_30 = (charge(1, "200.00"), LARK, plain(None, "50.00"), paid(None, "120.00"))
PATIENTS = "patient_overcollection, patient G1, refund_patient, likely"
ASKED = "patient_overcollection, undetermined, review, person"


def by_card(amount: str, day: date) -> Row:
    return patient_paid(None, amount, tender="card", posted_on=day)


def test_a_part_of_what_the_patient_paid_by_his_bill_may_be_a_payers() -> None:
    """The bill said 44.32: interest, or another account's money, may stand in the 120.00."""
    case = account(*LEFT_30, by_card("44.32", date(2026, 3, 1)))
    assert findings(case) == [f"account: $14.32 {ASKED}"]


def test_what_the_patient_paid_before_any_answer_was_an_estimate() -> None:
    case = account(*LEFT_30, by_card("44.32", date(2026, 1, 6)))
    assert findings(case) == [f"account: $14.32 {PATIENTS}"]


def test_whole_payments_of_the_patient_that_are_too_much_are_his() -> None:
    for paid_first in (date(2026, 1, 5), date(2026, 2, 20)):
        case = account(
            *LEFT_30, by_card("14.32", paid_first), by_card("30.00", date(2026, 3, 1))
        )  # fmt: skip
        assert findings(case) == [f"account: $14.32 {PATIENTS}"]


def test_all_that_the_patient_paid_on_a_day_may_be_too_much() -> None:
    case = account(
        *LEFT_30, by_card("30.00", date(2026, 2, 20)),
        by_card("9.00", date(2026, 3, 1)), by_card("5.32", date(2026, 3, 1)),
    )  # fmt: skip
    assert findings(case) == [f"account: $14.32 {PATIENTS}"]


def test_a_payer_that_pays_more_after_the_bill_was_paid_may_have_paid_too_much() -> None:
    more = paid(None, "19.32", posted_on=date(2026, 4, 1))
    case = account(*LEFT_30, by_card("25.00", date(2026, 3, 1)), more)
    assert findings(case) == [f"account: $14.32 {ASKED}"]


def test_a_write_off_after_the_answer_may_be_what_is_too_much() -> None:
    case = account(
        charge(1, "200.00"), LARK, plain(None, "50.00"), by_card("164.32", date(2026, 3, 1))
    )  # fmt: skip
    assert findings(case) == [f"account: $14.32 {ASKED}"]


def test_a_payment_at_the_next_visit_is_no_bills() -> None:
    """The first visit was answered before the second; at each the patient paid an estimate."""
    next_visit = charge(2, "100.00", service_date=date(2026, 3, 9))
    case = account(
        *LEFT_30, next_visit, by_card("30.00", date(2026, 1, 5)), plain(None, "20.00"),
        paid(None, "60.00", posted_on=date(2026, 4, 2)), by_card("27.50", date(2026, 3, 9)),
    )  # fmt: skip
    assert findings(case) == [f"account: $7.50 {PATIENTS}"]
    billed = by_card("27.50", date(2026, 4, 20))
    case = account(
        *LEFT_30, next_visit, by_card("30.00", date(2026, 1, 5)), plain(None, "20.00"),
        paid(None, "60.00", posted_on=date(2026, 4, 2)), billed,
    )  # fmt: skip
    assert findings(case) == [f"account: $7.50 {ASKED}"]


def test_transfers_that_say_what_the_patient_was_asked_leave_no_doubt_of_his_bill() -> None:
    case = account(
        *LEFT_30, *moved(None, "30.00", "primary", "self"), by_card("44.32", date(2026, 3, 1))
    )  # fmt: skip
    assert findings(case) == [f"account: $14.32 {PATIENTS}"]
