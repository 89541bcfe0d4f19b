"""From which remittance does a posting come? By reference, by order, by what is left, or not."""

from datetime import date

import pytest
from tests.domain.determination.reading import excesses

from requite.domain.determination.account import BankDeposit, Claim
from requite.domain.determination.example import (
    Row,
    account,
    answer,
    charge,
    covered,
    findings,
    paid,
    service,
    withheld,
    written_off,
)

DUPLICATE = "line 1: $120.00 duplicate_payment, payer LARK, refund_payer, {}"
DOUBTFUL = "line 1: $120.00 duplicate_posting, undetermined, review, person"


def paid_twice(*rows: Row) -> list[str]:
    """Findings where Larkspur paid 120.00 of 200.00 twice; the postings are given."""
    return findings(
        account(
            charge(1, "200.00"),
            covered("LARK"),
            answer(
                "A",
                service(1, "200.00", "120.00", CO45="80.00"),
                payer_claim_number="NA",
                payment_date="2026-02-01",
            ),
            answer(
                "B",
                service(1, "200.00", "120.00", CO45="80.00"),
                payer_claim_number="NB",
                payment_date="2026-03-01",
            ),
            written_off(1, "80.00"),
            *rows,
        )
    )


@pytest.mark.parametrize(
    "second",
    [
        [paid(1, "120.00", "B")],
        [paid(1, "120.00", payer_claim_number="NB")],
        [paid(1, "120.00", check_number="B")],
        [paid(1, "120.00", deposit_id="D1"), BankDeposit("D1", 500_00, date(2026, 3, 2), "B")],
        [paid(1, "120.00", claim_id="K1"), Claim("K1", "LARK", 1, payer_claim_number="NB")],
        [paid(None, "120.00", "B")],
    ],
    ids=["trace", "claim number", "check", "deposit to trace", "claim", "without a line"],
)
def test_a_posting_that_names_its_payment_is_proved(second: list[Row]) -> None:
    assert [told.split(": ", 1)[1] for told in paid_twice(paid(1, "120.00", "A"), *second)] == [
        DUPLICATE.split(": ", 1)[1].format("proved")
    ]


@pytest.mark.parametrize(
    "second",
    [
        [paid(1, "120.00")],
        [paid(1, "120.00", deposit_id="D9")],
        [paid(1, "120.00", claim_id="K9")],
        [paid(1, "120.00", claim_id="K1"), Claim("K1", "LARK", 1)],
    ],
    ids=["nothing", "deposit without trace", "claim not here", "claim without number"],
)
def test_a_posting_without_reference_takes_the_line_that_nothing_has_used(
    second: list[Row],
) -> None:
    assert paid_twice(paid(1, "120.00", "A"), *second) == [DUPLICATE.format("likely")]


def test_two_postings_without_reference_take_two_remittances_first_to_first() -> None:
    assert paid_twice(paid(1, "120.00"), paid(1, "120.00")) == [DUPLICATE.format("likely")]


def test_a_third_posting_finds_no_remittance_left() -> None:
    postings = [paid(1, "120.00"), paid(1, "120.00"), paid(1, "120.00")]
    assert paid_twice(*postings) == [DUPLICATE.format("likely"), DOUBTFUL]


def test_a_posting_whose_trace_belongs_to_no_remittance_is_never_linked_by_order() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00"), payment_date="2026-02-01"),
        paid(1, "100.00", "lost", posted_on="2026-02-02"),
        paid(1, "100.00", posted_on="2026-02-03"),
    )
    assert findings(case) == ["line 1: $100.00 duplicate_payment, payer LARK, refund_payer, likely"]


def test_a_line_takes_a_posting_of_its_own_number_only() -> None:
    twins = answer("A", service(1, "110.00", "75.00", CO45="35.00"),
                   service(2, "110.00", "75.00", CO45="35.00"))  # fmt: skip
    case = account(
        charge(1, "110.00"),
        charge(2, "110.00"),
        covered("LARK"),
        twins,
        written_off(1, "35.00"),
        written_off(2, "35.00"),
        paid(2, "75.00"),
        paid(2, "75.00"),
    )
    assert findings(case) == ["line 2: $75.00 duplicate_posting, undetermined, review, person"]


def test_a_payment_posted_in_parts_is_linked_to_what_is_left_of_its_line() -> None:
    case = account(
        charge(1, "200.00"),
        covered("LARK"),
        answer("A", service(1, "200.00", "120.00", CO45="80.00")),
        written_off(1, "100.00"),
        paid(1, "50.00", "A"),
        paid(1, "70.00"),
    )
    assert findings(case) == [
        "line 1: $20.00 contractual_overposted, none, reverse_posting, likely"
    ]
    assert excesses(case) == {"1 contractual": "20.00"}


def test_what_is_left_of_a_whole_claim_takes_a_posting_without_a_line() -> None:
    case = account(
        charge(1, "200.00"),
        charge(2, "100.00"),
        covered("LARK"),
        answer("A", service(1, "200.00", "200.00"), service(2, "100.00", "100.00")),
        paid(1, "200.00", "A"),
        paid(None, "100.00"),
        paid(None, "100.00"),
    )
    assert findings(case) == ["account: $100.00 duplicate_posting, undetermined, review, person"]


def test_an_amount_that_is_not_what_is_left_has_no_remittance() -> None:
    case = account(
        charge(1, "200.00"),
        covered("LARK"),
        answer("A", service(1, "200.00", "120.00", CO45="80.00")),
        written_off(1, "80.00"),
        paid(1, "120.00", "A"),
        paid(1, "45.00"),
    )
    assert findings(case) == ["line 1: $45.00 remit_missing, undetermined, review, person"]


def test_interest_may_be_in_the_posted_amount_or_not() -> None:
    for amount, expected in (
        ("120.00", []),
        ("123.00", ["line 1: $3.00 interest_as_payment, none, reclassify, likely"]),
    ):
        case = account(
            charge(1, "200.00"),
            covered("LARK"),
            answer("A", service(1, "200.00", "123.00", CO45="80.00", CO225="-3.00")),
            written_off(1, "80.00"),
            paid(1, amount),
        )
        assert findings(case) == expected


def test_a_posting_of_another_payer_never_takes_a_remittance() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "100.00")),
        paid(1, "100.00", payer_id="TAM"),
    )
    assert findings(case) == ["line 1: $100.00 remit_missing, undetermined, review, person"]


def test_a_trace_of_another_payer_s_remittance_links_nothing() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "100.00")),
        paid(1, "100.00", "A", payer_id="TAM"),
    )
    assert findings(case) == ["line 1: $100.00 remit_missing, undetermined, review, person"]


def test_the_trace_and_amount_of_a_provider_adjustment_is_that_adjustment_s() -> None:
    """The take-back of 120.00 is posted under the payment that took it: nothing is left to post."""
    rows = [
        paid(1, "120.00", "A"),
        paid(1, "120.00", "B"),
        withheld("C", "120.00", claim="B"),
        paid(1, "-120.00", "C"),
    ]
    assert paid_twice(*rows) == []


def test_one_provider_adjustment_takes_one_posting() -> None:
    rows = [
        paid(1, "120.00", "A"),
        paid(1, "120.00", "B"),
        withheld("C", "120.00", claim="B"),
        paid(1, "-120.00", "C"),
        paid(1, "-120.00", "C"),
    ]
    case = account(charge(1, "200.00"), covered("LARK"), *rows)
    assert excesses(case) == {"1 patient": "-200.00"}


def test_several_claims_of_one_payment_are_told_apart_by_amount() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "200.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00"), remit_claim_id="A/1"),
        answer("A", service(2, "200.00", "200.00"), remit_claim_id="A/2", place=2),
        paid(None, "200.00", "A"),
        paid(None, "100.00", "A"),
        paid(None, "100.00", "A"),
    )
    assert findings(case) == ["account: $100.00 duplicate_posting, none, reverse_posting, proved"]


def test_a_negative_posting_goes_to_the_reversal_of_its_payment() -> None:
    corrected = {"payment_date": "2026-03-01", "remit_id": "C", "trace_number": "C"}
    case = account(
        charge(1, "180.00"),
        covered("LARK"),
        answer("A", service(1, "180.00", "135.00", CO45="45.00"), payer_claim_number="N1"),
        answer("C/1", service(1, "-180.00", "-135.00", CO45="-45.00"), payer_claim_number="N1",
               claim_status="22", **corrected),
        answer("C/2", service(1, "180.00", "125.00", CO45="55.00"), payer_claim_number="N1",
               place=2, **corrected),
        written_off(1, "55.00"),
        paid(1, "135.00", "A"),
        paid(1, "-135.00", "C"),
        paid(1, "125.00", "C"),
    )  # fmt: skip
    assert findings(case) == []


@pytest.mark.parametrize(
    ("columns", "place"),
    [
        ({"claim_id": "K2"}, 2),
        ({"claim_id": "K2", "bucket": "primary"}, 2),
        ({"bucket": "secondary"}, 2),
        ({"bucket": "primary"}, 1),
        ({"bucket": "tertiary"}, 1),
        ({"claim_id": "K1", "bucket": "secondary"}, 1),
        ({}, 1),
    ],
)
def test_a_posting_that_no_answer_tells_goes_by_claim_then_bucket_then_the_first_place(
    columns: dict[str, object], place: int
) -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1, member_id="MOTHER"),
        covered("LARK", 2, member_id="FATHER"),
        Claim("K1", "LARK", 1),
        Claim("K2", "LARK", 2),
        answer("A", service(1, "100.00", "70.00", PR2="30.00"), member_id="MOTHER"),
        paid(1, "70.00", "A"),
        paid(1, "30.00", check_number="lost", **columns),
    )
    beyond_the_first = "line 1: $30.00 remit_missing, undetermined, review, person"
    assert findings(case) == ([] if place == 2 else [beyond_the_first])


def test_a_claim_of_no_place_on_file_leaves_a_posting_to_its_bucket() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("LARK", 2),
        Claim("K3", "LARK", 3),
        paid(1, "100.00", check_number="lost", claim_id="K3"),
    )
    assert excesses(case) == {}


def test_interest_taken_off_under_a_trace_belongs_to_the_payer_of_that_trace() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        answer("A", service(1, "100.00", "60.00", PR2="40.00")),
        answer("B", service(1, "100.00", "42.00", OA23="60.00", CO225="-2.00"), payer_id="TAM",
               claim_status="2"),
        paid(1, "60.00", "A"),
        paid(1, "42.00", "B", payer_id="TAM"),
        written_off(1, "-2.00", carc="225", trace_number="B"),
    )  # fmt: skip
    assert findings(case) == []


def test_a_line_that_a_claim_does_not_hold_has_nothing_left_of_it() -> None:
    case = account(
        charge(1, "100.00"),
        charge(2, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00")),
        answer("B", service(2, "100.00", "100.00")),
        paid(2, "70.00", "B"),
        paid(2, "30.00"),
    )
    assert findings(case) == []
