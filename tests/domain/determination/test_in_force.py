"""Which answers stand: reversals and what they take back, denials, and the last of several."""

import pytest
from tests.domain.determination.reading import excesses, targets

from requite.domain.determination.example import (
    Remittance,
    account,
    answer,
    charge,
    covered,
    findings,
    paid,
    patient_paid,
    service,
)

# Reversals


def reversal(trace: str, *, number: str | None = None, amount: str = "70.00") -> Remittance:
    return answer(
        trace,
        service(1, "-100.00", f"-{amount}", CO45="-20.00", PR3="-10.00"),
        claim_status="22",
        payment_date="2026-03-01",
        payer_claim_number=number,
    )


def first(trace: str, number: str | None = None, on: str = "2026-02-10") -> Remittance:
    return answer(
        trace,
        service(1, "100.00", "70.00", CO45="20.00", PR3="10.00"),
        payer_claim_number=number,
        payment_date=on,
    )


PAID_ONCE = {"1 contractual": "20.00", "1 LARK": "70.00", "1 patient": "10.00"}
PENDING = {"1 LARK": "100.00"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([first("A", "N1"), reversal("R", number="N1")], PENDING),
        ([first("A"), reversal("R")], PENDING),
        ([first("A", "N1"), reversal("R")], PENDING),
        ([first("A", "N1"), reversal("R", number="N2")], PAID_ONCE),
        ([first("A", "N1"), reversal("R", number="N1", amount="69.00")], PAID_ONCE),
        (
            [
                answer("A", service(1, "110.00", "70.00", CO45="40.00"), payer_claim_number="N1"),
                reversal("R", number="N1"),
            ],
            {"1 contractual": "40.00", "1 LARK": "60.00"},
        ),
        ([first("A", "N1"), first("B", "N2"), reversal("R", number="N1")], PAID_ONCE),
        ([first("A", "N1"), reversal("R", number="N1"), first("B", "N1", "2026-03-01")], PAID_ONCE),
        ([first("A", "N1", on="2026-03-09"), reversal("R", number="N1")], PENDING),
    ],
    ids=[
        "same number",
        "no numbers",
        "one number",
        "another number",
        "another amount",
        "another charge",
        "one of two",
        "then corrected",
        "reversal first",
    ],
)
def test_a_reversal_takes_back_the_claim_of_its_number_and_amount(
    answers: list[Remittance], expected: dict[str, str]
) -> None:
    assert targets(account(charge(1, "100.00"), covered("LARK"), *answers)) == expected


def test_a_reversal_without_its_claim_lowers_the_money_beside_it() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        reversal("R", number="N9"),
        paid(1, "70.00", "lost"),
        paid(1, "-70.00", "R", payer_claim_number="N9"),
    )
    assert excesses(case) == {"1 LARK": "-100.00"}


# What is no answer


@pytest.mark.parametrize("status", ["23", "25"])
def test_a_status_that_is_no_adjudication_decides_nothing(status: str) -> None:
    case = account(
        charge(1, "100.00"), covered("LARK"), first("A")._replace(claim=first("A").claim._replace(
            claim_status=status))
    )  # fmt: skip
    assert targets(case) == PENDING


@pytest.mark.parametrize("carc", ["16", "22", "109", "226", "227", "252"])
def test_a_denial_that_only_asks_is_no_answer(carc: str) -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "0.00", **{f"CO{carc}": "100.00"}), claim_status="4"),
        patient_paid(1, "25.00"),
    )
    assert targets(case) == PENDING
    assert findings(case) == ["line 1: $25.00 adjudication_pending, undetermined, hold, likely"]


def test_a_denial_for_good_is_written_off() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "0.00", CO197="100.00"), claim_status="4"),
    )
    assert targets(case) == {"1 contractual": "100.00"}


def test_a_denial_to_the_patient_is_the_patient_s() -> None:
    case = account(
        charge(1, "75.00"),
        covered("LARK"),
        answer("A", service(1, "75.00", "0.00", PR96="75.00"), claim_status="4"),
    )
    assert targets(case) == {"1 patient": "75.00"}


def denied(**columns: object) -> Remittance:
    return answer(
        "B", service(1, "100.00", "0.00", CO18="100.00"), claim_status="4",
        payment_date="2026-03-01", **columns,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (denied(), PAID_ONCE),
        (
            answer("B", service(1, "100.00", "0.00", CO29="100.00"), payment_date="2026-03-01"),
            PAID_ONCE,
        ),
        (
            answer("B", service(1, "100.00", "0.00", CO29="100.00"), payment_date="2026-03-01",
                   frequency_code="7"),
            {"1 contractual": "100.00"},
        ),
        (
            answer("B", service(1, "100.00", "0.00", CO29="100.00"), payment_date="2026-03-01",
                   frequency_code="8"),
            {"1 contractual": "100.00"},
        ),
        (
            answer("B", service(1, "100.00", "0.00", PR96="100.00"), payment_date="2026-03-01"),
            {"1 patient": "100.00"},
        ),
        (
            answer("B", service(1, "100.00", "50.00", CO45="50.00"), payment_date="2026-03-01",
                   frequency_code="5"),
            PAID_ONCE,
        ),
        (
            answer("B", service(1, "100.00", "50.00", CO45="50.00"), payment_date="2026-03-01"),
            {"1 contractual": "50.00", "1 LARK": "50.00"},
        ),
    ],
    ids=[
        "denied as a duplicate",
        "denied",
        "replaced by a denial",
        "voided by a denial",
        "left to the patient",
        "late charges",
        "paid anew",
    ],
)  # fmt: skip
def test_the_last_answer_is_in_force_unless_it_denies_or_adds_late_charges(
    later: Remittance, expected: dict[str, str]
) -> None:
    assert targets(account(charge(1, "100.00"), covered("LARK"), first("A"), later)) == expected


def test_a_payment_after_a_denial_is_in_force() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "0.00", CO29="100.00"), claim_status="4"),
        first("B", on="2026-03-01"),
    )
    assert targets(case) == PAID_ONCE


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"payment_date": "2026-02-01"}, {"payment_date": "2026-02-02"}),
        ({"remit_id": "E1"}, {"remit_id": "E2"}),
        ({"remit_id": "E1", "place": 1}, {"remit_id": "E1", "place": 2}),
    ],
    ids=["day", "remittance", "place in the file"],
)
def test_the_last_is_by_day_then_remittance_then_place(
    one: dict[str, object], two: dict[str, object]
) -> None:
    earlier = answer("Z", service(1, "100.00", "90.00", CO45="10.00"), **one)
    later = answer("B", service(1, "100.00", "60.00", CO45="40.00"), **two)
    for rows in ((earlier, later), (later, earlier)):
        found = targets(account(charge(1, "100.00"), covered("LARK"), *rows))
        assert found == {"1 contractual": "40.00", "1 LARK": "60.00"}
