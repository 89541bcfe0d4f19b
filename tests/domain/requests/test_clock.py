"""Look-backs held to the day, and the day by which a request is answered."""

from datetime import date, timedelta
from typing import Any

import pytest

from requite.domain.request import Verdict

FIRST, SECOND = date(2026, 1, 10), date(2026, 1, 28)
LAST_DAY = date(2026, 7, 27)  # 180 days after the second payment
LATE = date(2026, 10, 15)


def said(verdict: Verdict) -> tuple[str, int, str, str]:
    reasons = "|".join(verdict.reasons)
    return verdict.verdict, verdict.supported_cents, reasons, verdict.action


@pytest.mark.parametrize(
    ("plan", "received_on", "expected"),
    [
        (("INSURED", "TX"), LAST_DAY, ("valid", LAST_DAY)),
        (("INSURED", "TX"), LAST_DAY + timedelta(1), ("invalid", LAST_DAY)),
        (("INSURED", "CA"), LATE, ("valid", date(2027, 1, 28))),
        (("INSURED", "MD"), date(2026, 7, 28), ("valid", None)),  # no limit for a duplicate
        (("INSURED", "SC"), LATE, ("valid", date(2027, 7, 28))),  # 18 months
        (("INSURED", None), LATE, ("valid", None)),
        (("ASO", "TX"), LATE, ("valid", None)),
        ((None, "TX"), LATE, ("valid", None)),
        (("SHORT", "TX"), date(2026, 4, 28), ("valid", date(2026, 4, 28))),
        (("SHORT", "TX"), date(2026, 4, 29), ("invalid", date(2026, 4, 28))),
        (("LONG", "TX"), date(2026, 11, 9), ("valid", date(2027, 1, 28))),
    ],
)
def test_the_look_back_of_plan_and_state_is_held_to_the_day(
    visit: Any, letter: Any, plan: tuple[str, str], received_on: date, expected: object
) -> None:
    verdict = visit(*plan).paid_twice().verdict(letter(received_on=received_on))
    assert (verdict.verdict, verdict.lookback_ends_on) == expected
    late = verdict.verdict == "invalid"
    assert verdict.reasons == (("outside_lookback",) if late else ())
    assert verdict.overpayment_cents == 12500


def test_months_of_a_look_back_are_counted_by_the_calendar(visit: Any, letter: Any) -> None:
    v = visit("INSURED", "MD")
    v.charge(18000)
    v.paid("26A", FIRST, 12500, co=5500)
    v.paid("26B", date(2026, 3, 30), 13000, frequency="7")
    v.as_of = date(2026, 12, 31)
    end = date(2026, 9, 30)  # six months after the payment that the letter names
    assert v.verdict(letter(12500, end)).verdict == "valid"
    assert v.verdict(letter(12500, end + timedelta(1))).reasons == ("outside_lookback",)


def test_the_payment_that_the_number_names_starts_the_look_back(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    end_of_first = FIRST + timedelta(180)
    named = letter(received_on=end_of_first + timedelta(1), payer_claim_number="26A")
    unnamed = letter(received_on=end_of_first + timedelta(1), payer_claim_number=None)
    assert v.verdict(named).reasons == ("outside_lookback",)
    assert v.verdict(unnamed).verdict == "valid"
    assert v.verdict(unnamed).lookback_ends_on == LAST_DAY


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        ("unposted", "outside_lookback"),
        ("taken and posted", "already_recouped"),
        ("refunded", "already_refunded"),
        ("reversed and posted", "payment_reversed"),
        ("paid once", "no_overpayment"),
        ("denied", "not_received"),
    ],
)
def test_lateness_counts_where_money_is_still_to_go_back(
    visit: Any, letter: Any, story: str, reason: str
) -> None:
    v = visit().told(story)
    verdict = v.verdict(letter(received_on=LATE))
    assert (verdict.verdict, verdict.reasons) == ("invalid", (reason,))


def test_a_late_request_whose_money_was_taken_may_be_disputed_still(
    visit: Any, letter: Any
) -> None:
    v = visit().told("taken")
    assert "take-back itself may be disputed" in v.verdict(letter(received_on=LATE)).explanation


def test_a_part_in_time_and_a_part_too_late_is_partly_valid(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.charge(18000, line=2)
    v.paid("27A", date(2026, 6, 1), 12500, co=5500, line=2)
    v.paid("27B", date(2026, 6, 20), 12500, line=2)
    verdict = v.verdict(letter(25000, LATE, payer_claim_number=None))
    assert said(verdict) == ("partly_valid", 12500, "outside_lookback", "refund")
    assert verdict.overpayment_cents == 25000


@pytest.mark.parametrize(
    ("plan", "more", "expected"),
    [
        ("INSURED", {}, (date(2026, 5, 16), "recoup.TX")),  # 45 days
        ("INSURED", {"reply_by": date(2026, 5, 1)}, (date(2026, 5, 1), "letter")),
        ("INSURED", {"reply_by": date(2026, 6, 1)}, (date(2026, 5, 16), "recoup.TX")),
        ("SHORT", {}, (date(2026, 4, 11), "contract")),
        ("ASO", {}, (None, "erisa.no_state_limit")),
        (None, {}, (None, None)),
    ],
)
def test_the_earliest_of_law_contract_and_letter_sets_the_answer(
    visit: Any, letter: Any, plan: str, more: Any, expected: object
) -> None:
    verdict = visit(plan).paid_twice().verdict(letter(**more))
    assert (verdict.respond_by, verdict.rule_id) == expected


def test_the_rule_of_the_look_back_is_named_where_it_decides(visit: Any, letter: Any) -> None:
    v = visit("SHORT").paid_twice()
    verdict = v.verdict(letter(received_on=LATE, reply_by=date(2026, 10, 20)))
    assert (verdict.respond_by, verdict.rule_id) == (date(2026, 10, 20), "contract")


@pytest.mark.parametrize(
    ("received_on", "expected"),
    [
        (date(2026, 6, 30), ("valid", 12500, "", "refund")),
        (date(2026, 7, 1), ("needs_information", 0, "", "ask_payer")),
    ],
)
def test_a_request_under_limits_not_known_here_is_for_a_person(
    visit: Any, letter: Any, received_on: date, expected: object
) -> None:
    verdict = visit("INSURED", "IN").paid_twice().verdict(letter(received_on=received_on))
    assert said(verdict) == expected
    assert verdict.overpayment_cents == 12500
    asks = "a person must say, by the new limits of Indiana P.L. 88-2026" in verdict.explanation
    assert asks == (verdict.verdict != "valid")


@pytest.mark.parametrize(
    ("story", "reason"), [("taken", "already_recouped"), ("paid once", "no_overpayment")]
)
def test_limits_not_known_matter_only_where_money_is_over(
    visit: Any, letter: Any, story: str, reason: str
) -> None:
    verdict = visit("INSURED", "IN").told(story).verdict(letter(received_on=LATE))
    assert (verdict.verdict, verdict.reasons) == ("invalid", (reason,))


def test_a_contract_s_days_hold_where_the_law_is_not_known(visit: Any, letter: Any) -> None:
    verdict = visit("SHORT", "IN").paid_twice().verdict(letter(received_on=LATE))
    assert (verdict.reasons, verdict.rule_id) == (("outside_lookback",), "contract")


@pytest.mark.parametrize(
    ("story", "respond_by"),
    [("valid", date(2026, 5, 11)), ("paid once", date(2026, 5, 6))],  # 40 and 35 days
)
def test_florida_gives_longer_to_pay_than_to_contest(
    visit: Any, letter: Any, story: str, respond_by: date
) -> None:
    assert visit("INSURED", "FL").told(story).verdict(letter()).respond_by == respond_by
