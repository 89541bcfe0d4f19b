"""A letter that names another provider is not ours to pay."""

from datetime import date

import pytest

from requite.domain.determination.account import Book, Payer
from requite.domain.request import RefundRequest
from requite.domain.requests.judge import judge_not_ours
from requite.domain.requests.provider import named_other, numbers_of

OURS = numbers_of([("1990000001", "94-1000001"), ("1990000002", None)])


@pytest.mark.parametrize(
    ("npi", "tin", "other"),
    [
        (None, None, ""),
        ("1990000002", None, ""),
        (" 1990000001 ", "941000001", ""),
        ("1990000009", None, "NPI 1990000009"),
        (None, "94-1000009", "tax number 941000009"),
        ("1990000009", "94-1000009", "NPI 1990000009 and tax number 941000009"),
        ("1990000009", "94 1000001", ""),  # the tax number is ours
    ],
)
def test_a_number_that_no_facility_has_names_another(
    npi: str | None, tin: str | None, other: str
) -> None:
    letter = RefundRequest(
        "Q-1", "LARK", date(2026, 4, 1), 12500, provider_npi=npi, provider_tin=tin
    )
    assert named_other(letter, OURS) == other


def test_nothing_is_said_by_numbers_that_are_not_on_file() -> None:
    letter = RefundRequest("Q-1", "LARK", date(2026, 4, 1), 12500, provider_npi="1990000009")
    assert named_other(letter, numbers_of([(None, "94-1000001")])) == ""
    assert named_other(letter, numbers_of([])) == ""


def test_a_letter_to_another_is_invalid_and_still_answered_in_time() -> None:
    book = Book(date(2026, 11, 10), {"MCR": Payer("MCR", "Medicare", "medicare_ffs")}, {})
    letter = RefundRequest("Q-1", "MCR", date(2026, 4, 1), 12500, provider_npi="1990000009")
    verdict = judge_not_ours(letter, named_other(letter, OURS), book)
    assert (verdict.verdict, verdict.supported_cents) == ("invalid", 0)
    assert (verdict.reasons, verdict.action) == (("not_our_provider",), "dispute")
    assert (verdict.account_id, verdict.respond_by) == (None, date(2026, 4, 16))
    assert "NPI 1990000009, which none of our facilities has" in verdict.explanation
