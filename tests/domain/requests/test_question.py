"""What ledger and remittance cannot refute is asked about, never called 'no overpayment'."""

from datetime import date
from typing import Any

import pytest

from requite.domain.determination.account import ContractAmount
from requite.domain.request import Verdict

LATE = date(2026, 10, 15)  # after 180 days in Texas


def said(verdict: Verdict) -> tuple[str, int, str, str]:
    return verdict.verdict, verdict.supported_cents, "|".join(verdict.reasons), verdict.action


ASKED = ("needs_information", 0, "", "ask_payer")
REFUTED = ("invalid", 0, "no_overpayment", "dispute")


@pytest.mark.parametrize(
    ("reason", "amount", "expected"),
    [
        ("eligibility", 12500, (*ASKED, "date of termination")),
        ("medical_necessity", 12500, (*ASKED, "chart")),
        ("billing", 4000, (*ASKED, "edit")),
        ("contract", 4000, (*ASKED, "fee schedule")),
        ("contract", 12500, (*REFUTED, "nothing is over")),  # all is asked back
        ("duplicate", 12500, (*REFUTED, "nothing is over")),
        ("other", 4000, (*REFUTED, "nothing is over")),
        (None, 4000, (*REFUTED, "nothing is over")),
    ],
)
def test_what_no_record_can_refute_is_asked_about(
    visit: Any, letter: Any, reason: str | None, amount: int, expected: tuple[Any, ...]
) -> None:
    verdict = visit().told("paid once").verdict(letter(amount, reason=reason))
    assert said(verdict) == expected[:4]
    assert expected[4] in verdict.explanation


@pytest.mark.parametrize(
    ("payer_id", "line_no", "expected"),
    [("LARK", None, REFUTED), ("LARK", 1, REFUTED), ("LARK", 2, ASKED), ("TAMA", None, ASKED)],
)
def test_a_contract_on_file_answers_a_contract_claim(
    visit: Any, letter: Any, payer_id: str, line_no: int | None, expected: object
) -> None:
    v = visit().told("paid once")
    v.contracts = [ContractAmount(payer_id, 12500, line_no)]
    assert said(v.verdict(letter(4000, reason="contract"))) == expected


@pytest.mark.parametrize("reason", ["eligibility", "medical_necessity", "billing", "cob"])
def test_a_question_that_comes_too_late_is_answered(visit: Any, letter: Any, reason: str) -> None:
    verdict = visit().told("paid once").verdict(letter(4000, LATE, reason=reason))
    assert said(verdict) == ("invalid", 0, "outside_lookback", "dispute")


@pytest.mark.parametrize(
    ("story", "reason", "expected"),
    [
        ("valid", "eligibility", ("valid", 12500, "", "refund")),
        ("taken", "billing", ("invalid", 0, "already_recouped", "let_offset")),
        ("refunded", "medical_necessity", ("invalid", 0, "already_refunded", "dispute")),
        ("denied", "eligibility", ("invalid", 0, "not_received", "dispute")),
        ("unposted", "contract", ("needs_information", 0, "not_posted", "ask_payer")),
    ],
)
def test_what_the_records_know_goes_before_what_they_cannot(
    visit: Any, letter: Any, story: str, reason: str, expected: object
) -> None:
    assert said(visit().told(story).verdict(letter(reason=reason))) == expected


def test_limits_that_are_not_known_are_said_with_the_question(visit: Any, letter: Any) -> None:
    v = visit("INSURED", "IN").told("paid once")
    verdict = v.verdict(letter(4000, LATE, reason="billing"))
    assert said(verdict) == ASKED
    assert "P.L. 88-2026" in verdict.explanation
