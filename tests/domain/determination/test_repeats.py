"""The same claim twice: paid twice, corrected, keyed twice, or another account's."""

from datetime import date

import pytest

from requite.domain.determination.determine import determine_account
from requite.domain.determination.example import (
    Remittance,
    Row,
    account,
    answer,
    book,
    charge,
    covered,
    findings,
    paid,
    service,
    written_off,
)


def repeated(*later: Row, as_of: str = "2026-06-01", **columns: object) -> list[str]:
    """Causes where line 1 (100.00, paid 70.00) is answered again; both payments are posted."""
    second = {"payment_date": "2026-05-02", **columns}
    said = next((row for row in later if isinstance(row, Remittance)), None) or answer(
        "B", service(1, "100.00", "70.00", CO45="30.00"), **second
    )
    rest = [row for row in later if not isinstance(row, Remittance)]
    amount = f"{said.claim.paid_cents // 100}.00"
    write_off = f"{100 - said.claim.paid_cents // 100}.00"
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", CO45="30.00"), payment_date="2026-02-01"),
        said,
        written_off(1, write_off),
        paid(1, "70.00", "A"),
        paid(1, amount, said.claim.trace_number, posted_on="2026-05-03"),
        *rest,
    )
    return findings(case, book(as_of=date.fromisoformat(as_of)))


def one(cause: str, amount: str, certainty: str = "proved") -> list[str]:
    party, disposition = {
        "reversal_pending": ("undetermined", "hold"),
        "duplicate_posting": ("none", "reverse_posting"),
    }.get(cause, ("payer LARK", "refund_payer"))
    return [f"line 1: ${amount} {cause}, {party}, {disposition}, {certainty}"]


def changed(amount: str, **columns: object) -> Remittance:
    rest = f"{100 - int(amount[:-3])}.00"
    named = {"payment_date": "2026-05-02", **columns}
    return answer("B", service(1, "100.00", amount, CO45=rest), **named)


def test_the_same_payment_on_two_traces_is_a_duplicate_payment() -> None:
    assert repeated() == one("duplicate_payment", "70.00")


def test_another_payment_for_the_same_charge_corrects_the_first() -> None:
    assert repeated(changed("60.00")) == one("corrected_claim_unreversed", "70.00")


def test_the_same_payment_of_frequency_7_corrects_the_first() -> None:
    assert repeated(changed("70.00", frequency_code="7"), as_of="2026-07-01") == one(
        "corrected_claim_unreversed", "70.00"
    )


def test_another_payment_without_frequency_7_waits_for_no_reversal() -> None:
    assert repeated(changed("60.00", payment_date="2026-05-31")) == one(
        "corrected_claim_unreversed", "70.00"
    )


@pytest.mark.parametrize(
    ("as_of", "cause", "certainty"),
    [
        ("2026-05-02", "reversal_pending", "likely"),
        ("2026-06-01", "reversal_pending", "likely"),
        ("2026-06-02", "corrected_claim_unreversed", "proved"),
    ],
    ids=["day 0", "day 30", "day 31"],
)
@pytest.mark.parametrize("frequency", ["7", "8"])
def test_a_reversal_is_expected_for_thirty_days(
    as_of: str, cause: str, certainty: str, frequency: str
) -> None:
    later = changed("60.00", frequency_code=frequency)
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", CO45="30.00")),
        later,
        written_off(1, "40.00"),
        paid(1, "70.00", "A"),
        paid(1, "60.00", "B"),
    )
    day = date.fromisoformat(as_of)
    assert findings(case, book(as_of=day)) == one(cause, "70.00", certainty)


def test_a_repeat_is_decided_by_claim_not_by_line() -> None:
    case = account(
        charge(1, "300.00"),
        charge(2, "80.00"),
        covered("LARK"),
        answer("A", service(1, "300.00", "200.00", CO45="100.00"), service(2, "80.00", "80.00")),
        answer("B", service(1, "300.00", "180.00", CO45="120.00"), service(2, "80.00", "80.00")),
        written_off(1, "120.00"),
        paid(1, "200.00", "A"),
        paid(2, "80.00", "A"),
        paid(1, "180.00", "B"),
        paid(2, "80.00", "B"),
    )
    assert findings(case) == [
        "line 1: $200.00 corrected_claim_unreversed, payer LARK, refund_payer, proved",
        "line 2: $80.00 corrected_claim_unreversed, payer LARK, refund_payer, proved",
    ]


def test_lines_that_only_one_claim_holds_make_no_difference() -> None:
    case = account(
        charge(1, "80.00"),
        charge(2, "50.00"),
        covered("LARK"),
        answer("A", service(1, "80.00", "80.00")),
        answer("B", service(1, "80.00", "80.00"), service(2, "50.00", "50.00")),
        paid(1, "80.00", "A"),
        paid(1, "80.00", "B"),
        paid(2, "50.00", "B"),
    )
    assert findings(case) == one("duplicate_payment", "80.00")


def test_interest_is_left_out_of_the_comparison() -> None:
    with_interest = answer(
        "B",
        service(1, "100.00", "73.00", CO45="30.00", CO225="-3.00"),
        payment_date="2026-05-02",
    )
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", CO45="30.00")),
        with_interest,
        written_off(1, "30.00"),
        paid(1, "70.00", "A"),
        paid(1, "73.00", "B"),
    )
    assert findings(case) == [
        "line 1: $70.00 duplicate_payment, payer LARK, refund_payer, proved",
        "line 1: $3.00 interest_as_payment, none, reclassify, proved",
    ]


def test_three_payments_make_two_duplicates() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        *(answer(trace, service(1, "100.00", "100.00")) for trace in "ABC"),
        *(paid(1, "100.00", trace) for trace in "ABC"),
    )
    assert findings(case) == one("duplicate_payment", "200.00")


def test_a_claim_stated_twice_in_one_payment_is_no_duplicate_payment() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00"), remit_claim_id="A/1"),
        answer("A", service(1, "100.00", "100.00"), remit_claim_id="A/2", place=2),
        paid(1, "100.00", "A"),
        paid(1, "100.00", "A"),
    )
    assert findings(case) == ["line 1: $100.00 unexplained, undetermined, review, person"]


def test_late_charges_repeat_nothing() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", CO45="30.00"), payment_date="2026-02-01"),
        answer("B", service(1, "100.00", "20.00", CO45="80.00"), frequency_code="5",
               payment_date="2026-03-01"),
        written_off(1, "30.00"),
        paid(1, "70.00", "A"),
        paid(1, "20.00", "B"),
    )  # fmt: skip
    assert findings(case) == ["line 1: $20.00 unexplained, undetermined, review, person"]


# Postings


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"trace": "A"}, one("duplicate_posting", "70.00")),
        ({"check_number": "A"}, one("duplicate_posting", "70.00")),
        (
            {"payer_claim_number": "N1"},
            ["line 1: $70.00 duplicate_posting, undetermined, review, person"],
        ),
        ({}, ["line 1: $70.00 duplicate_posting, undetermined, review, person"]),
        ({"trace": "lost"}, ["line 1: $70.00 duplicate_payment, payer LARK, refund_payer, likely"]),
    ],
    ids=["same trace", "same check", "claim number only", "no reference", "another trace"],
)
def test_more_posted_from_a_claim_than_it_paid_is_false_where_the_payment_is_named(
    columns: dict[str, object], expected: list[str]
) -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", CO45="30.00"), payer_claim_number="N1"),
        written_off(1, "30.00"),
        paid(1, "70.00", "A"),
        paid(1, "70.00", posted_on="2026-02-13", **columns),
    )
    assert findings(case) == expected


def test_a_payment_keyed_on_the_wrong_line_is_no_second_posting() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "50.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00"), service(2, "50.00", "50.00")),
        paid(2, "100.00", "A"),
        paid(1, "50.00", "A"),
    )
    assert findings(case) == ["line 2: $50.00 unexplained, undetermined, review, person"]


def test_a_payment_of_another_account_s_claim_moves_there_whole_or_in_part() -> None:
    other = {"account_id": "A2", "payer_claim_number": "N2", "remit_claim_id": "A/2"}
    case = account(
        charge(1, "95.00"),
        covered("LARK"),
        answer("A", service(1, "95.00", "95.00"), payer_claim_number="N1"),
        answer("A", service(1, "140.00", "140.00"), **other),
        paid(1, "140.00", "A", payer_claim_number="N2"),
    )
    assert findings(case) == ["line 1: $45.00 wrong_account, none, transfer_posting, proved"]
    assert "A2" in determine_account(case, book()).findings[0].explanation


def test_a_second_payment_serves_once_where_ledger_and_remittances_both_show_it() -> None:
    """Larkspur only asked; all was written off, and Tamarack paid twice: once as a repeat."""
    case = account(
        charge(1, "100.00"), covered("LARK"), covered("TAM", 2),
        answer("A", service(1, "100.00", "0.00", CO16="100.00")),
        answer("B", service(1, "100.00", "40.00"), payer_id="TAM", claim_status="2"),
        answer("C", service(1, "100.00", "40.00"), payer_id="TAM", claim_status="2"),
        written_off(1, "100.00"),
        paid(1, "40.00", "B", payer_id="TAM"), paid(1, "40.00", "C", payer_id="TAM"),
    )  # fmt: skip
    assert findings(case) == [
        "line 1: $40.00 duplicate_payment, payer TAM, refund_payer, likely",
        "line 1: $40.00 secondary_over_responsibility, payer TAM, refund_payer, likely",
    ]
