"""What a ledger without remittances must say of money that stands on the account as a whole."""

from typing import Any

import pytest

from requite.domain.determination.account import PatientAccount, Refund
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

LINES = (charge(1, "100.00"), charge(2, "100.00"))
LINE = charge(1, "100.00")
LARK = covered("LARK")
FIRST_AND_SECOND = (LARK, covered("TAM", 2))


def lark(line_no: int | None, amount: str, **columns: Any) -> Row:
    named: dict[str, Any] = {"check_number": "1", **columns}
    return paid(line_no, amount, **named)


def tam(line_no: int | None, amount: str, **columns: Any) -> Row:
    named: dict[str, Any] = {"check_number": "2", "payer_id": "TAM", **columns}
    return paid(line_no, amount, **named)


def cash(line_no: int | None, amount: str, **columns: Any) -> Row:
    return patient_paid(line_no, amount, tender="cash", **columns)


ANSWER = (
    answer("A", service(1, "100.00", "60.00", CO45="20.00", PR2="20.00")),
    written_off(1, "20.00"),
    cash(1, "20.00"),
)
TWICE = (lark(1, "80.00"), lark(1, "80.00", check_number="5"), written_off(1, "20.00"))

QUIET = {
    "write-off of the account, payments of lines": account(
        *LINES, LARK, lark(1, "80.00"), lark(2, "60.00"), written_off(None, "60.00")
    ),
    "the same, 10.00 open": account(
        *LINES, LARK, lark(1, "80.00"), lark(2, "50.00"), written_off(None, "60.00")
    ),
    "first payer on the account, second on lines": account(
        *LINES,
        *FIRST_AND_SECOND,
        lark(None, "120.00"),
        written_off(1, "20.00"),
        written_off(2, "20.00"),
        tam(1, "30.00"),
        tam(2, "10.00"),
    ),
    "taken back on the account, the patient paid instead": account(
        LINE,
        LARK,
        lark(1, "80.00"),
        written_off(1, "20.00"),
        entry("recoupment", None, "80.00", payer_id="LARK"),
        cash(1, "80.00"),
    ),
    "taken back on the account, the second paid instead": account(
        LINE,
        *FIRST_AND_SECOND,
        lark(1, "80.00"),
        written_off(1, "20.00"),
        entry("recoupment", None, "80.00", payer_id="LARK"),
        tam(1, "80.00"),
    ),
    "write-off taken back on the account": account(
        LINE,
        LARK,
        lark(1, "80.00"),
        written_off(1, "20.00"),
        entry("adjustment", None, "20.00", group_code="CO"),
        cash(1, "20.00"),
    ),
    "adjustment without a sign of a party, on the account": account(
        LINE, LARK, lark(1, "100.00"), cash(1, "20.00"), entry("adjustment", None, "20.00")
    ),
    "bad debt where the patient may not be billed": account(
        LINE,
        covered("LARK", responsibility_collectable=False),
        lark(1, "60.00"),
        entry("bad_debt", 1, "-40.00"),
    ),
    "adjustment with the trace of the second": account(
        LINE,
        *FIRST_AND_SECOND,
        lark(1, "60.00"),
        written_off(1, "20.00"),
        tam(1, "30.00", trace_number="TT"),
        entry("adjustment", 1, "10.00", trace_number="TT"),
    ),
}


@pytest.mark.parametrize("name", QUIET)
def test_what_is_settled_or_open_on_paper_has_no_excess(name: str) -> None:
    assert findings(QUIET[name]) == []


@pytest.mark.parametrize("kind", ["refund", "returned_payment"])
@pytest.mark.parametrize("coverage", [(), (LARK,)])
def test_no_money_that_went_back_is_paid_to_the_patient(
    kind: str, coverage: tuple[Row, ...]
) -> None:
    case = account(LINE, *coverage, cash(1, "100.00"), entry(kind, 1, "-30.00", bucket="self"))
    assert not [row for row in findings(case) if "refund_patient" in row]


def test_a_refund_that_went_out_is_not_paid_again_where_its_row_has_the_wrong_sign() -> None:
    case = account(
        LINE,
        cash(1, "130.00"),
        entry("refund", 1, "-30.00", bucket="self", transaction_id="TX"),
        Refund("R1", "patient", None, 30_00, "cleared", transaction_id="TX"),
    )
    assert not [row for row in findings(case) if "refund_patient" in row]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"trace": "A", "check_number": "77"}, {"check_number": "77"}),
        ({"check_number": "77"}, {"check_number": "77", "posted_on": "2026-02-20"}),
        ({"trace": "A", "deposit_id": "D"}, {"check_number": "77", "deposit_id": "D"}),
    ],
)
def test_a_repeat_with_the_same_check_beside_an_answer_is_no_second_payment(
    first: dict[str, str], second: dict[str, str]
) -> None:
    case = account(LINE, LARK, *ANSWER, paid(1, "60.00", **first), paid(1, "60.00", **second))
    assert not [row for row in findings(case) if "refund_payer" in row]


def test_what_went_back_without_a_line_lowers_the_repeat_of_a_line() -> None:
    case = account(
        *LINES,
        LARK,
        *TWICE,
        lark(2, "100.00"),
        entry("recoupment", None, "50.00", payer_id="LARK"),
    )
    assert findings(case) == ["line 1: $30.00 duplicate_payment, payer LARK, refund_payer, likely"]


def test_a_repeat_without_a_line_is_one_of_the_only_line() -> None:
    case = account(
        LINE, LARK, lark(1, "80.00"), lark(None, "80.00", check_number="7"), written_off(1, "20.00")
    )
    assert findings(case) == ["account: $80.00 duplicate_payment, payer LARK, refund_payer, likely"]


def moved(line_no: int, amount: str) -> tuple[Row, Row]:
    return (
        entry("transfer", line_no, negative(amount), bucket="primary", transfer_id="X"),
        entry("transfer", line_no, amount, bucket="self", transfer_id="X"),
    )


def test_what_was_moved_to_the_patient_is_met_wherever_the_patient_paid() -> None:
    case: PatientAccount = account(
        *LINES, LARK, lark(1, "100.00"), *moved(1, "20.00"), lark(2, "50.00"), cash(2, "20.00")
    )
    assert findings(case) == []


LARK_ONCE, COPAY = lark(1, "60.00"), cash(1, "20.00")


def on_days(row: Any, amount: str, word: str, *days: str) -> list[Row]:
    return [row(1, amount, check_number=word, posted_on=day) for day in days]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            [COPAY, *on_days(lark, "60.00", "EFT", "2026-03-01", "2026-04-01")],
            "$60.00 duplicate_payment, payer LARK, refund_payer, likely",
        ),
        (
            [LARK_ONCE, *on_days(cash, "20.00", "VISA", "2026-03-01", "2026-03-13")],
            "$20.00 patient_overcollection, patient G1, refund_patient, likely",
        ),
        (
            [LARK_ONCE, *on_days(cash, "20.00", "VISA", "2026-03-01", "2026-03-01")],
            "$20.00 duplicate_posting, undetermined, review, person",
        ),
    ],
)
def test_a_word_for_the_tender_is_no_number_of_a_check(rows: list[Row], found: str) -> None:
    case = account(LINE, LARK, written_off(1, "20.00"), *rows)
    assert findings(case) == [f"line 1: {found}"]


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("80.00", ["duplicate_payment, payer LARK, refund_payer, likely"] * 2),
        ("70.00", ["duplicate_payment, undetermined, review, person",
                   "remit_missing, undetermined, review, person"]),
    ],
    ids=["paid alike: the claim was paid twice", "paid unlike: it was answered anew"],
)  # fmt: skip
def test_a_second_check_is_a_duplicate_only_where_it_pays_no_other_line_anew(
    second: str, found: list[str]
) -> None:
    """A payer that answers a claim anew takes its first answer back, often not by this day."""
    case = account(
        charge(1, "100.00"), charge(2, "120.00"), covered("LARK"),
        *(written_off(1, "40.00"), written_off(2, "40.00")),
        *(paid(1, "60.00", check_number="111"), paid(2, "80.00", check_number="111")),
        *(paid(1, "60.00", check_number="222"), paid(2, second, check_number="222")),
    )  # fmt: skip
    assert [each.split(" ", 3)[3] for each in findings(case)] == found
