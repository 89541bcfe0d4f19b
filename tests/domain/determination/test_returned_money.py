"""Refunds that went out and payments that the bank took back, posted or not."""

from datetime import date

import pytest

from requite.domain.determination.account import BankDeposit, Refund
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

OWED = "line 1: $100.00 duplicate_payment, payer LARK, refund_payer, proved"
REFUNDED = "line 1: $100.00 refund_unposted, none, post_refund, proved"


def a_duplicate(*rows: Row, **second: object) -> list[str]:
    """Findings where Larkspur paid 100.00 twice, with what happened afterwards."""
    return findings(
        account(
            charge(1, "100.00"),
            covered("LARK"),
            answer("A", service(1, "100.00", "100.00"), payer_claim_number="NA"),
            answer("B", service(1, "100.00", "100.00"), payer_claim_number="NB", **second),
            paid(1, "100.00", "A"),
            paid(1, "100.00", "B"),
            *rows,
        )
    )


# Refunds


def refund(status: str = "cleared", **columns: object) -> Refund:
    row = Refund("F1", "payer", "LARK", 100_00, status, date(2026, 3, 20))
    return row._replace(**columns)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("issued", REFUNDED),
        ("cleared", REFUNDED),
        ("requested", OWED),
        ("approved", OWED),
        ("voided", OWED),
        ("returned", OWED),
    ],
)
def test_only_a_refund_issued_or_cleared_gave_money_back(status: str, expected: str) -> None:
    assert a_duplicate(refund(status)) == [expected]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"issued_on": date(2026, 6, 2)}, OWED),
        ({"issued_on": None}, REFUNDED),
        ({"payee_id": None}, REFUNDED),
        ({"payee_id": "TAM"}, OWED),
        ({"payee": "patient"}, OWED),
    ],
    ids=["after the day", "undated", "payee unnamed", "another payer", "the patient"],
)
def test_a_refund_counts_for_its_payee_by_its_day(
    columns: dict[str, object], expected: str
) -> None:
    assert a_duplicate(refund(**columns)) == [expected]


@pytest.mark.parametrize(
    ("row", "posted"),
    [
        (refund(transaction_id="T9"), {"transaction_id": "T9"}),
        (refund(check_number="4411"), {"check_number": "4411"}),
        (refund(), {}),
        (refund(check_number="4411"), {}),
    ],
    ids=["by its entry", "by check", "by amount", "by amount, check not keyed"],
)
def test_a_posted_refund_is_not_posted_again(row: Refund, posted: dict[str, object]) -> None:
    assert a_duplicate(row, entry("refund", 1, "100.00", payer_id="LARK", **posted)) == []


def test_a_refund_posted_under_another_check_is_another_refund() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        *(answer(trace, service(1, "100.00", "100.00")) for trace in "ABC"),
        *(paid(1, "100.00", trace) for trace in "ABC"),
        refund(check_number="4411"),
        entry("refund", 1, "100.00", payer_id="LARK", check_number="9999"),
    )
    assert findings(case) == [REFUNDED]


def test_a_refund_whose_entry_was_voided_is_to_be_posted_again() -> None:
    voided = entry("refund", 1, "100.00", payer_id="LARK", transaction_id="T9",
                   voided_on="2026-03-25")  # fmt: skip
    assert a_duplicate(refund(transaction_id="T9"), voided) == [REFUNDED]


def test_one_entry_posts_one_refund() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        *(answer(trace, service(1, "100.00", "100.00")) for trace in "ABC"),
        *(paid(1, "100.00", trace) for trace in "ABC"),
        refund(),
        refund(refund_id="F2"),
        entry("refund", 1, "100.00", payer_id="LARK"),
    )
    assert findings(case) == [REFUNDED]


def test_a_patient_s_refund_is_the_patient_s() -> None:
    row = refund(payee="patient", payee_id="G1", amount_cents=30_00)
    case = account(charge(1, "70.00"), patient_paid(1, "100.00"), row)
    assert findings(case) == ["line 1: $30.00 refund_unposted, none, post_refund, proved"]


# Payments that the bank returned


def returned(number: str = "2207", amount: str = "85.00", on: str = "2026-02-17") -> BankDeposit:
    cents = -int(amount.replace(".", ""))
    return BankDeposit("D1", cents, date.fromisoformat(on), number)


def bounced(*rows: Row) -> list[str]:
    """A check for 85.00 of 85.00 due, and a card payment of as much."""
    return findings(
        account(
            charge(1, "85.00"),
            patient_paid(1, "85.00", check_number="2207", transaction_id="T1"),
            patient_paid(1, "85.00", tender="card", transaction_id="T2"),
            *rows,
        )
    )


KEPT = "line 1: $85.00 patient_overcollection, patient G1, refund_patient, proved"
BOUNCED = "line 1: $85.00 returned_payment_unposted, none, post_returned_payment, proved"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (returned(), BOUNCED),
        (returned(number="9999"), KEPT),
        (returned(amount="84.00"), KEPT),
        (returned(on="2026-06-02"), KEPT),
        (returned()._replace(amount_cents=85_00), KEPT),
        (returned()._replace(trace_number=None), KEPT),
    ],
    ids=["fits", "another check", "another amount", "after the day", "a deposit", "no number"],
)
def test_the_bank_s_own_row_proves_a_returned_payment(row: BankDeposit, expected: str) -> None:
    assert bounced(row) == [expected]


def test_a_posted_return_leaves_nothing_to_post() -> None:
    assert bounced(returned(), entry("returned_payment", 1, "85.00")) == []


def test_one_return_one_payment() -> None:
    case = account(
        charge(1, "85.00"),
        *(patient_paid(1, "85.00", check_number="2207") for _ in range(3)),
        returned(),
        returned()._replace(deposit_id="D2"),
    )
    assert findings(case) == [
        "line 1: $170.00 returned_payment_unposted, none, post_returned_payment, proved"
    ]
    once = case._replace(deposits=case.deposits[:1])
    assert findings(once) == [
        "line 1: $85.00 patient_overcollection, patient G1, refund_patient, proved",
        BOUNCED,
    ]


def test_a_payer_s_payment_may_be_returned_too() -> None:
    case = account(
        charge(1, "85.00"),
        covered("LARK"),
        answer("A", service(1, "85.00", "85.00")),
        answer("B", service(1, "85.00", "85.00")),
        paid(1, "85.00", "A"),
        paid(1, "85.00", "B"),
        returned(number="B"),
    )
    assert findings(case) == [BOUNCED]


def test_an_entry_of_another_amount_is_another_refund() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        *(answer(trace, service(1, "100.00", "100.00")) for trace in "ABC"),
        *(paid(1, "100.00", trace) for trace in "ABC"),
        refund(check_number="4411"),
        entry("refund", 1, "60.00", payer_id="LARK", check_number="4411"),
    )
    assert findings(case) == [
        "line 1: $40.00 duplicate_payment, payer LARK, refund_payer, proved",
        REFUNDED,
    ]


# Payments stated below zero


@pytest.mark.parametrize(
    ("posted", "found"),
    [
        ([], [(1, "10.00"), (2, "8.00")]),
        ([("10.00", 1)], [(2, "8.00")]),
        ([("18.00", None)], []),
        ([("12.00", None)], [(2, "6.00")]),
        ([("3.00", 1), ("10.00", None)], [(2, "5.00")]),
    ],
    ids=["not", "of one line", "without a line", "in part", "in part, some of it on a line"],
)
def test_a_payment_stated_below_zero_is_posted_by_its_line_or_as_a_whole(
    posted: list[tuple[str, int | None]], found: list[tuple[int, str]]
) -> None:
    """The second payer lowered its check: what the ledger shows of that is not taken once more."""
    rows = [
        entry("payment", number, amount, payer_id="TAM", trace_number="B", posted_on="2026-05-03")
        for amount, number in posted
    ]
    case = account(
        charge(1, "100.00"), charge(2, "90.00"), covered("LARK", 1), covered("TAM", 2),
        answer("B", service(1, "100.00", "-10.00", OA23="110.00"),
               service(2, "90.00", "-8.00", OA23="98.00"), payer_id="TAM", claim_status="2"),
        paid(1, "100.00"), paid(2, "90.00"), *rows,
    )  # fmt: skip
    stated = [each for each in findings(case) if "takeback_unposted" in each]
    assert [each.split(" takeback")[0] for each in stated] == [
        f"line {number}: ${amount}" for number, amount in found
    ]
