"""The same money is never asked for, supported, or sent back twice."""

from datetime import date
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
    "again",
    [
        {"received_on": date(2026, 4, 24)},
        {"received_on": date(2026, 4, 24), "notice_no": 2},
        {"received_on": date(2026, 4, 1), "request_id": "Q-9"},
        {"received_on": LATE},
        {"received_on": date(2026, 4, 24), "payer_claim_number": None, "member_id": "MLARK1"},
        {"received_on": date(2026, 4, 24), "amount_cents": 13000, "notice_no": 3},
        {"received_on": date(2026, 4, 24), "payer_id": "LARK-HQ"},
        {"received_on": date(2026, 4, 24), "payer_claim_number": "26-a"},
    ],
)
def test_a_further_notice_supports_nothing_of_its_own(visit: Any, letter: Any, again: Any) -> None:
    v = visit().paid_twice()
    first, second = v.judge(letter(), letter(**{"request_id": "Q-2", **again}))
    assert said(first) == ("valid", 12500, "", "refund")
    assert said(second) == ("invalid", 0, "repeat_notice", "link_to_earlier")
    assert second.evidence == ("Q-1",)


def test_a_second_notice_without_its_first_says_so(visit: Any, letter: Any) -> None:
    verdict = visit().paid_twice().verdict(letter(notice_no=2))
    assert said(verdict) == ("invalid", 0, "repeat_notice", "link_to_earlier")
    assert "not on file" in verdict.explanation


def test_a_repeat_goes_before_every_other_reason(visit: Any, letter: Any) -> None:
    for story in ("paid once", "denied", "unposted", "taken", "refunded", "reversed and posted"):
        v = visit().told(story)
        again = letter(request_id="Q-2", received_on=LATE)
        assert v.judge(letter(), again)[1].reasons == ("repeat_notice",)


def test_the_same_cents_are_not_supported_twice(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    verdicts = v.judge(
        letter(10000),
        letter(12500, request_id="Q-2", received_on=date(2026, 4, 2)),
        letter(5000, request_id="Q-3", received_on=date(2026, 4, 3)),
    )
    assert [said(verdict)[:3] for verdict in verdicts] == [
        ("valid", 10000, ""),
        ("partly_valid", 2500, "amount_exceeds_overpayment"),
        ("invalid", 0, "amount_exceeds_overpayment"),
    ]
    assert verdicts[2].action == "link_to_earlier"
    assert "Q-1, Q-2" in verdicts[2].explanation


def test_requests_are_heard_in_the_order_in_which_they_came(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    later = letter(12500, request_id="Q-1", received_on=date(2026, 4, 9))
    earlier = letter(12500, request_id="Q-2", received_on=date(2026, 4, 8))
    verdicts = {verdict.request_id: verdict.verdict for verdict in v.judge(later, earlier)}
    assert verdicts == {"Q-1": "invalid", "Q-2": "valid"}


def test_two_claims_of_one_account_are_two_overpayments(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.charge(18000, line=2, day=date(2025, 12, 9))
    v.paid("27A", FIRST, 12500, co=5500, line=2)
    v.paid("27B", SECOND, 12500, line=2)
    other = letter(request_id="Q-2", payer_claim_number="27B", received_on=date(2026, 4, 2))
    verdicts = v.judge(letter(), other)
    assert [verdict.supported_cents for verdict in verdicts] == [12500, 12500]
    assert [verdict.overpayment_cents for verdict in verdicts] == [12500, 12500]
    by_day = letter(
        request_id="Q-3", payer_claim_number=None, service_from=date(2025, 12, 9),
        received_on=date(2026, 4, 3),
    )  # fmt: skip
    assert v.judge(letter(), by_day)[1].verdict == "valid"
    both = letter(25000, payer_claim_number=None)
    assert said(v.verdict(both)) == ("valid", 25000, "", "refund")


def test_money_that_went_back_twice_raises_an_alarm(visit: Any, letter: Any) -> None:
    v = visit().told("refunded")
    v.take("26B", date(2026, 4, 20), 12500)
    verdict = v.verdict(letter())
    assert set(verdict.reasons) == {"already_recouped", "already_refunded"}
    assert verdict.action == "dispute"
    assert "ALARM" in verdict.explanation


def test_a_refund_sent_in_answer_meets_the_letter_and_not_the_next_one(
    visit: Any, letter: Any
) -> None:
    v = visit().paid_twice()
    v.paid("26C", date(2026, 3, 15), 12500)
    v.refund(12500, date(2026, 4, 20))
    next_one = letter(request_id="Q-2", payer_claim_number="26C", received_on=date(2026, 5, 2))
    verdicts = v.judge(letter(), next_one)
    assert [verdict.reasons for verdict in verdicts] == [("already_refunded",), ()]
    assert [verdict.supported_cents for verdict in verdicts] == [0, 12500]


@pytest.mark.parametrize(
    ("story", "offset_on", "said_of_it"),
    [
        ("valid", date(2026, 12, 1), ("let_offset", "send no check")),
        ("valid", date(2026, 10, 1), ("let_offset", "ALARM")),
        ("paid once", date(2026, 12, 1), ("dispute", "answer before the payer takes it")),
        ("paid once", date(2026, 10, 1), ("dispute", "ALARM")),
        ("taken", date(2026, 3, 1), ("let_offset", "a provider adjustment took it")),
    ],
)
def test_an_offset_is_said_and_never_paid_beside(
    visit: Any, letter: Any, story: str, offset_on: date, said_of_it: tuple[str, str]
) -> None:
    verdict = visit().told(story).verdict(letter(offset_on=offset_on))
    action, words = said_of_it
    assert verdict.action == action
    assert words in verdict.explanation


def test_a_payer_that_settles_by_offset_gets_no_check(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.terms = v.terms._replace(offset_payers=frozenset({"LARK"}))
    assert v.verdict(letter()).action == "let_offset"


def test_a_refund_under_way_is_not_started_again(visit: Any, letter: Any) -> None:
    v = visit().told("refund approved")
    assert "refund RF1 is under way" in v.verdict(letter()).explanation
