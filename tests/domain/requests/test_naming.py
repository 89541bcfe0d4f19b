"""A letter tells of the money that it names, and of no other."""

from datetime import date
from typing import Any

import pytest

from requite.domain.determination.determine import determine_account
from requite.domain.request import RefundRequest
from requite.domain.requests.naming import letters_naming

CAME = date(2026, 4, 1)


def named(v: Any, *letters: RefundRequest) -> list[str | None]:
    account, book = v.account(), v.book()
    answer = determine_account(account, book)
    found = letters_naming(account, book, answer, letters)
    assert len(found) == len(answer.findings) > 0
    return [letter.request_id if letter else None for letter in found]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, ["Q-1"]),
        ({"payer_claim_number": None}, ["Q-1"]),
        ({"payer_claim_number": "26A"}, ["Q-1"]),  # the other payment of the same line
        ({"payer_id": "LARK-HQ"}, ["Q-1"]),
        ({"payer_id": "TAMA"}, [None]),
        ({"received_on": date(2026, 11, 11)}, [None]),  # after the day
        ({"received_on": date(2026, 1, 20)}, [None]),  # before the second payment
        ({"received_on": date(2026, 1, 28)}, ["Q-1"]),
        ({"amount_cents": 100, "reason": "eligibility"}, ["Q-1"]),
    ],
)
def test_a_letter_names_its_payers_money(
    visit: Any, letter: Any, stated: Any, expected: object
) -> None:
    assert named(visit().paid_twice(), letter(**stated)) == expected


def test_the_first_letter_counts(visit: Any, letter: Any) -> None:
    later = letter(request_id="Q-1", received_on=date(2026, 5, 1))
    first = letter(request_id="Q-2", received_on=CAME)
    assert named(visit().paid_twice(), later, first) == ["Q-2"]


def test_a_letter_about_one_line_tells_nothing_of_another(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.charge(18000, line=2)
    v.paid("27A", date(2026, 2, 1), 12500, co=5500, line=2)
    v.paid("27B", date(2026, 2, 20), 12500, line=2)
    assert named(v, letter(payer_claim_number="27B")) == [None, "Q-1"]
    assert named(v, letter(payer_claim_number=None)) == ["Q-1", "Q-1"]
