"""What a payer has taken back already: by an adjustment, by a reversal, at once or later."""

import pytest
from tests.domain.determination.reading import excesses

from requite.domain.determination.account import Claim, Refund
from requite.domain.determination.example import (
    Row,
    account,
    answer,
    charge,
    covered,
    entry,
    findings,
    paid,
    service,
    withheld,
)

OWED = "line 1: $100.00 duplicate_payment, payer LARK, refund_payer, proved"
TAKEN = "line 1: $100.00 takeback_unposted, none, post_recoupment, proved"
CARRIED = "line 1: $100.00 takeback_unposted, undetermined, review, person"


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


def reversal(trace: str = "R", **columns: object) -> Row:
    named = {"payer_claim_number": "NB", "claim_status": "22", "payment_date": "2026-03-01"}
    return answer(trace, service(1, "-100.00", "-100.00"), **{**named, **columns})


def test_nothing_went_back() -> None:
    assert a_duplicate() == [OWED]


@pytest.mark.parametrize("reason", ["WO", "FB", "WU", "OB"])
def test_a_provider_adjustment_that_names_the_claim_took_it_back(reason: str) -> None:
    assert a_duplicate(withheld("C", "100.00", "B", reason_code=reason)) == [TAKEN]


def test_interest_takes_nothing_back() -> None:
    assert a_duplicate(withheld("C", "100.00", "B", reason_code="L6")) == [OWED]


@pytest.mark.parametrize("reason", ["RA", "AM", "B2", "72", "CS", "50"])
def test_another_code_that_names_the_claim_stops_the_refund_and_a_person_asks(reason: str) -> None:
    assert a_duplicate(withheld("C", "100.00", "B", reason_code=reason)) == [
        "line 1: $100.00 takeback_unposted, undetermined, review, person"
    ]


@pytest.mark.parametrize("reason", ["72", "B2"])
def test_a_take_back_that_our_check_cancels_means_that_the_payer_has_the_check(reason: str) -> None:
    taken = withheld("C", "100.00", "B")
    given = withheld("C", "-100.00", "B", reason_code=reason)
    assert a_duplicate(taken, given) == [
        "line 1: $100.00 refund_unposted, undetermined, review, person"
    ]
    check = Refund("R1", "payer", "LARK", 100_00, "cleared")
    assert a_duplicate(taken, given, check) == [
        "line 1: $100.00 refund_unposted, none, post_refund, proved"
    ]


def test_what_a_payer_lets_go_is_for_a_person() -> None:
    taken, let_go = withheld("C", "100.00", "B"), withheld("C", "-100.00", reason_code="CS")
    assert a_duplicate(taken, let_go) == [
        "line 1: $100.00 takeback_unposted, undetermined, review, person"
    ]


def test_a_take_back_and_an_answer_that_do_not_cancel_leave_the_rest_to_a_person() -> None:
    taken = withheld("C", "100.00", "B")
    given = withheld("C", "-40.00", "B", reason_code="72")
    assert sorted(a_duplicate(taken, given)) == [
        "line 1: $40.00 takeback_unposted, undetermined, review, person",
        "line 1: $60.00 takeback_unposted, none, post_recoupment, proved",
    ]


def test_a_reference_may_name_the_account_or_a_claim_number() -> None:
    for reference in ("A1", "NB", "A1 NB", "PCN-7"):
        row = withheld("C", "100.00", reference=reference)
        assert a_duplicate(row, Claim("K1", "LARK", 1, "PCN-7")) == [TAKEN]


def test_a_reference_to_another_account_is_no_evidence_here() -> None:
    assert a_duplicate(withheld("C", "100.00", reference="A2 N77")) == [OWED]


def test_the_adjustments_of_one_reference_are_one_signed_sum() -> None:
    """Carried forward, then taken: -100.00 and +200.00 took 100.00."""
    rows = [withheld("C", "-100.00", "B"), withheld("D", "200.00", "B")]
    assert a_duplicate(*rows) == [TAKEN]


def test_a_take_back_in_part_leaves_the_rest_to_the_payer() -> None:
    assert a_duplicate(withheld("C", "30.00", "B")) == [
        "line 1: $70.00 duplicate_payment, payer LARK, refund_payer, proved",
        "line 1: $30.00 takeback_unposted, none, post_recoupment, proved",
    ]


def test_a_take_back_after_the_day_has_not_happened() -> None:
    assert a_duplicate(withheld("C", "100.00", "B", payment_date="2026-06-02")) == [OWED]


def test_a_posted_recoupment_leaves_nothing_to_post() -> None:
    for column in ({"trace": "C"}, {"payer_claim_number": "NB"}, {}):
        row = paid(1, "-100.00", **column)._replace(type="recoupment")
        assert a_duplicate(withheld("C", "100.00", "B"), row) == []


def test_one_adjustment_is_consumed_over_the_lines_of_its_claim() -> None:
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
        withheld("C", "75.00", "B"),
    )
    assert findings(case) == [
        "line 1: $60.00 takeback_unposted, none, post_recoupment, proved",
        "line 2: $25.00 duplicate_payment, payer LARK, refund_payer, proved",
        "line 2: $15.00 takeback_unposted, none, post_recoupment, proved",
    ]


def test_a_take_back_of_a_payment_that_was_never_posted_explains_nothing() -> None:
    third = {"payer_claim_number": "NC", "payment_date": "2026-03-02"}
    never_posted = answer("C", service(1, "100.00", "100.00"), **third)
    assert a_duplicate(never_posted, withheld("D", "100.00", "C")) == [OWED]
    back = reversal("D", payer_claim_number="NC", payment_date="2026-03-09")
    assert a_duplicate(never_posted, back) == [OWED]


# Reversals


def test_a_reversal_that_lowered_its_payment_took_it_back() -> None:
    assert a_duplicate(reversal()) == [TAKEN]


def test_a_posted_reversal_leaves_nothing_to_post() -> None:
    for line_no in (1, None):
        assert a_duplicate(reversal(), paid(line_no, "-100.00", "R")) == []


def test_what_a_reversal_carries_forward_is_for_a_person() -> None:
    carried = withheld("R", "-100.00", "R", reason_code="FB")
    assert a_duplicate(reversal(), carried) == [CARRIED]


def test_what_was_carried_in_part_splits() -> None:
    carried = withheld("R", "-40.00", "R", reason_code="FB")
    assert a_duplicate(reversal(), carried) == [
        "line 1: $60.00 takeback_unposted, none, post_recoupment, proved",
        "line 1: $40.00 takeback_unposted, undetermined, review, person",
    ]


def test_what_was_carried_and_then_taken_is_taken() -> None:
    rows = [
        reversal(),
        withheld("R", "-100.00", "R", reason_code="FB"),
        withheld("S", "100.00", "R", reason_code="FB", payment_date="2026-03-15"),
    ]
    assert a_duplicate(*rows) == [TAKEN]


def test_a_chain_still_carries_what_its_last_link_carries() -> None:
    rows = [
        reversal(),
        withheld("R", "-100.00", "R", reason_code="FB"),
        withheld("S", "100.00", "R", reason_code="FB", payment_date="2026-03-15"),
        withheld("S/2", "-70.00", "R", reason_code="FB", payment_date="2026-03-15"),
    ]
    assert a_duplicate(*rows) == [
        "line 1: $30.00 takeback_unposted, none, post_recoupment, proved",
        "line 1: $70.00 takeback_unposted, undetermined, review, person",
    ]


def test_cash_that_came_without_a_reversal_s_is_carried_though_it_names_nothing() -> None:
    carried = withheld("R", "-100.00", reason_code="FB")
    assert a_duplicate(reversal(), carried) == [CARRIED]


def test_a_reversed_claim_leaves_its_payer_pending_and_its_money_in_excess() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", CO45="30.00"), payer_claim_number="N1"),
        paid(1, "70.00", "A"),
        answer("R", service(1, "-100.00", "-70.00", CO45="-30.00"), payer_claim_number="N1",
               claim_status="22", payment_date="2026-03-01"),
    )  # fmt: skip
    assert excesses(case) == {"1 LARK": "-30.00"}  # 70.00 too much beside 100.00 still to come
    assert findings(case) == ["line 1: $70.00 takeback_unposted, none, post_recoupment, proved"]
    posted = case._replace(entries=[*case.entries, entry("recoupment", 1, "70.00",
                           payer_id="LARK", trace_number="R")])  # fmt: skip
    assert findings(posted) == []


def test_a_reversal_posted_without_a_line_takes_out_what_stands_on_the_lines() -> None:
    case = account(
        charge(1, "60.00"),
        charge(2, "40.00"),
        covered("LARK"),
        answer("A", service(1, "60.00", "60.00"), service(2, "40.00", "40.00")),
        answer("R", service(1, "-60.00", "-60.00"), service(2, "-40.00", "-40.00"),
               claim_status="22", payment_date="2026-03-01"),
        paid(1, "60.00", "A"),
        paid(2, "40.00", "A"),
        paid(None, "-100.00", "R"),
    )  # fmt: skip
    assert findings(case) == []
    assert excesses(case) == {"1 LARK": "-60.00", "2 LARK": "-40.00"}


def test_a_reversal_without_its_claim_that_is_posted_without_a_line_is_taken_out() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        reversal(payer_claim_number="N9"),
        paid(1, "100.00", "lost 1"),
        paid(1, "100.00", "lost 2"),
        paid(None, "-100.00", "R", payer_claim_number="N9"),
    )
    assert excesses(case) == {}


def test_a_refund_without_a_line_takes_out_the_money_of_a_reversed_claim() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00"), payer_claim_number="NB"),
        reversal(),
        paid(None, "100.00", "A"),
        entry("refund", None, "60.00", payer_id="LARK"),
    )
    assert findings(case) == ["account: $40.00 takeback_unposted, none, post_recoupment, proved"]


def test_a_reversal_posted_in_part_without_a_line_takes_out_the_first_lines() -> None:
    case = account(
        charge(1, "60.00"),
        charge(2, "40.00"),
        covered("LARK"),
        answer("A", service(1, "60.00", "60.00"), service(2, "40.00", "40.00")),
        answer("R", service(1, "-60.00", "-60.00"), service(2, "-40.00", "-40.00"),
               claim_status="22", payment_date="2026-03-01"),
        paid(1, "60.00", "A"),
        paid(2, "40.00", "A"),
        paid(None, "-60.00", "R"),
    )  # fmt: skip
    assert findings(case) == ["line 2: $40.00 takeback_unposted, none, post_recoupment, proved"]


def test_an_adjustment_that_gives_back_what_no_reversal_took_says_nothing() -> None:
    assert a_duplicate(withheld("C", "-100.00", reason_code="FB")) == [OWED]


def test_a_recoupment_takes_out_the_adjustment_of_the_claim_that_it_names() -> None:
    case = account(
        charge(1, "60.00"),
        charge(2, "60.00"),
        covered("LARK"),
        *(
            answer(f"{trace}{line_no}", service(line_no, "60.00", "60.00"),
                   payer_claim_number=f"N{line_no}")
            for trace in "AB"
            for line_no in (1, 2)
        ),
        *(paid(line_no, "60.00", f"{trace}{line_no}") for trace in "AB" for line_no in (1, 2)),
        withheld("C", "60.00", "B1"),
        withheld("D", "60.00", "B2"),
        entry("recoupment", 2, "60.00", payer_id="LARK", payer_claim_number="N2"),
    )  # fmt: skip
    assert findings(case) == ["line 1: $60.00 takeback_unposted, none, post_recoupment, proved"]


def test_a_recoupment_on_another_line_takes_out_nothing_here() -> None:
    case = account(
        charge(1, "60.00"),
        charge(2, "60.00"),
        covered("LARK"),
        answer("A", service(1, "60.00", "60.00"), service(2, "60.00", "60.00")),
        answer("B", service(1, "60.00", "60.00"), payer_claim_number="NB"),
        *(paid(line_no, "60.00", "A") for line_no in (1, 2)),
        paid(1, "60.00", "B"),
        withheld("C", "60.00", "B"),
        entry("recoupment", 2, "60.00", payer_id="LARK"),
    )
    assert findings(case) == ["line 1: $60.00 takeback_unposted, none, post_recoupment, proved"]


def test_a_claim_below_zero_that_equals_an_earlier_one_of_its_number_reverses_it() -> None:
    assert a_duplicate(reversal(claim_status="1")) == [TAKEN]
    for other in ({"payer_claim_number": "NZ"}, {"charge_cents": -90_00}):
        assert a_duplicate(reversal(claim_status="1", **other)) == [
            "line 1: $100.00 corrected_claim_unreversed, payer LARK, refund_payer, proved",
            "line 1: $100.00 duplicate_posting, none, reverse_posting, proved",
        ]
