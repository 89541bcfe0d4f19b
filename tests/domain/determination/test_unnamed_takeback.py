"""An adjustment that names no claim fits exactly one unposted amount, or nothing."""

import pytest

from requite.domain.determination.example import (
    Row,
    account,
    answer,
    book,
    charge,
    covered,
    findings,
    paid,
    service,
    withheld,
)

OWED = "line 1: $100.00 duplicate_payment, payer LARK, refund_payer, proved"
UNNAMED = "line 1: $100.00 takeback_unposted, undetermined, review, person"


@pytest.mark.parametrize(
    ("amount", "columns", "expected"),
    [
        ("100.00", {}, UNNAMED),
        ("99.00", {}, OWED.replace("proved", "likely")),
        ("101.00", {}, OWED),
        ("99.00", {"payment_date": "2026-02-10"}, OWED),
        ("99.00", {"payment_date": "2026-05-22"}, OWED),
        ("99.00", {"payment_date": "2026-05-21"}, OWED.replace("proved", "likely")),
        ("100.00", {"payment_date": "2026-02-10"}, OWED),
        ("100.00", {"payment_date": "2026-06-10"}, OWED),
        ("100.00", {"payer_id": "TAM"}, OWED),
    ],
    ids=[
        "fits",
        "smaller: to be asked about",
        "larger",
        "smaller, before the second payment",
        "smaller, after 90 days",
        "smaller, on the ninetieth day",
        "before the second payment",
        "after the day",
        "another payer",
    ],
)
def test_an_adjustment_that_names_no_claim_fits_one_unposted_amount_or_none(
    amount: str, columns: dict[str, object], expected: str
) -> None:
    rows = {"payment_date": "2026-03-01", **columns}
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00"), payment_date="2026-02-01"),
        answer("B", service(1, "100.00", "100.00"), payment_date="2026-02-20"),
        paid(1, "100.00", "A"),
        paid(1, "100.00", "B"),
    )
    assert findings(case, book(unnamed=[withheld("C", amount, **rows)])) == [expected]


def two_duplicates(*adjustments: Row) -> list[str]:
    """Two lines of 60.00 and 40.00 paid twice; adjustments that name no claim."""
    case = account(
        charge(1, "60.00"),
        charge(2, "40.00"),
        covered("LARK"),
        *(
            answer(trace, service(1, "60.00", "60.00"), service(2, "40.00", "40.00"))
            for trace in ("A", "B")
        ),
        *(
            paid(line_no, amount, trace)
            for trace in ("A", "B")
            for line_no, amount in ((1, "60.00"), (2, "40.00"))
        ),
    )
    return findings(case, book(unnamed=adjustments))


def test_an_unnamed_adjustment_may_equal_one_cell() -> None:
    assert two_duplicates(withheld("C", "40.00")) == [
        "line 1: $60.00 duplicate_payment, payer LARK, refund_payer, proved",
        "line 2: $40.00 takeback_unposted, undetermined, review, person",
    ]


def test_an_unnamed_adjustment_may_equal_the_payer_s_excess_of_the_account() -> None:
    assert two_duplicates(withheld("C", "100.00")) == [
        "line 1: $60.00 takeback_unposted, undetermined, review, person",
        "line 2: $40.00 takeback_unposted, undetermined, review, person",
    ]


def test_an_unnamed_adjustment_that_fits_two_amounts_fits_none() -> None:
    case = account(
        charge(1, "50.00"),
        charge(2, "50.00"),
        covered("LARK"),
        *(
            answer(trace, service(1, "50.00", "50.00"), service(2, "50.00", "50.00"))
            for trace in ("A", "B")
        ),
        *(paid(line_no, "50.00", trace) for trace in ("A", "B") for line_no in (1, 2)),
    )
    assert findings(case, book(unnamed=[withheld("C", "50.00")])) == [
        "line 1: $50.00 duplicate_payment, payer LARK, refund_payer, proved",
        "line 2: $50.00 duplicate_payment, payer LARK, refund_payer, proved",
    ]


def test_two_adjustments_that_both_fit_something_fit_nothing() -> None:
    assert two_duplicates(withheld("C", "40.00"), withheld("D", "60.00")) == [
        "line 1: $60.00 duplicate_payment, payer LARK, refund_payer, likely",
        "line 2: $40.00 duplicate_payment, payer LARK, refund_payer, proved",
    ]


def test_an_unnamed_adjustment_may_equal_one_claim_and_takes_no_more_of_each_line() -> None:
    case = account(
        charge(1, "60.00"),
        charge(2, "40.00"),
        covered("LARK"),
        *(
            answer(trace, service(1, "60.00", "60.00"), service(2, "40.00", "40.00"))
            for trace in "ABC"
        ),
        *(
            paid(line_no, amount, trace)
            for trace in "ABC"
            for line_no, amount in ((1, "60.00"), (2, "40.00"))
        ),
    )
    assert findings(case, book(unnamed=[withheld("X", "100.00")])) == [
        "line 1: $60.00 duplicate_payment, payer LARK, refund_payer, proved",
        "line 1: $60.00 takeback_unposted, undetermined, review, person",
        "line 2: $40.00 duplicate_payment, payer LARK, refund_payer, proved",
        "line 2: $40.00 takeback_unposted, undetermined, review, person",
    ]


def test_the_claim_s_amount_is_taken_net_of_interest() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        *(answer(trace, service(1, "100.00", "103.00", CO225="-3.00")) for trace in "AB"),
        paid(1, "103.00", "A"),
        paid(1, "103.00", "B"),
    )
    assert findings(case, book(unnamed=[withheld("X", "100.00")])) == [
        "line 1: $6.00 interest_as_payment, none, reclassify, proved",
        "line 1: $100.00 takeback_unposted, undetermined, review, person",
    ]
