"""Interest is the provider's income, however it was posted."""

from requite.domain.determination.example import (
    account,
    answer,
    charge,
    covered,
    entry,
    findings,
    paid,
    patient_paid,
    service,
    withheld,
    written_off,
)


def test_interest_at_provider_level_is_taken_out_before_a_duplicate_posting() -> None:
    case = account(
        charge(1, "640.00"),
        covered("LARK"),
        answer("A", service(1, "640.00", "410.00", CO45="230.00")),
        withheld("A", "-6.84", "A", reason_code="L6"),
        written_off(1, "230.00"),
        paid(1, "416.84", "A"),
        paid(1, "410.00", "A"),
    )
    assert findings(case) == [
        "line 1: $410.00 duplicate_posting, none, reverse_posting, proved",
        "line 1: $6.84 interest_as_payment, none, reclassify, proved",
    ]


def test_interest_serves_once_for_two_postings_of_one_claim() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "103.00", CO225="-3.00")),
        paid(1, "103.00", "A"),
        paid(1, "103.00", "A"),
    )
    assert findings(case) == [
        "line 1: $103.00 duplicate_posting, none, reverse_posting, proved",
        "line 1: $3.00 interest_as_payment, none, reclassify, proved",
    ]


def test_interest_that_names_no_claim_and_is_posted_to_the_claim_is_for_a_person() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00")),
        withheld("A", "-2.50", reason_code="L6"),
        paid(1, "102.50", "A"),
    )
    assert findings(case) == ["line 1: $2.50 interest_as_payment, undetermined, review, person"]


def test_interest_posted_apart_under_its_payment_s_trace() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00")),
        withheld("A", "-2.50", "A", reason_code="L6"),
        paid(1, "100.00", "A"),
        paid(1, "2.50", "A"),
    )
    assert findings(case) == ["line 1: $2.50 interest_as_payment, none, reclassify, proved"]


def test_interest_entries_that_lower_the_account_are_reclassified() -> None:
    case = account(
        charge(1, "100.00"),
        patient_paid(1, "100.00"),
        entry("interest", 1, "-4.00", payer_id="LARK"),
    )
    assert findings(case) == ["line 1: $4.00 interest_as_payment, none, reclassify, proved"]


def test_interest_posted_with_its_own_adjustment_is_right() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "73.00", CO45="30.00", CO225="-3.00")),
        written_off(1, "30.00"),
        written_off(1, "-3.00", carc="225"),
        paid(1, "73.00", "A"),
    )
    assert findings(case) == []
