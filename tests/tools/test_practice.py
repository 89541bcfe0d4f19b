"""One practice in eight grades of ledger: what each grade must still show, and never may."""

import pytest

from practice import WORDS, Score, score

# At least so many of the 80 true credits are named rightly, party and cents.
NAMED = {
    "bare": 70,
    "checks": 76,
    "group-checks": 76,
    "nolines-bare": 70,
    "nolines-group-contract-checks": 76,
    "two-payers-835": 76,
    "with-835": 78,
    "with-835-nolines": 78,
}


@pytest.mark.parametrize("grade", WORDS)
def test_a_practice_is_judged_rightly_whatever_its_ledger_tells(grade: str) -> None:
    found = score(grade)
    assert found.outcomes.total() == 200
    assert found.outcomes["flagged"] == 0
    assert found.wrong_cents == 0
    assert found.outcomes["wrong"] == found.outcomes["missed"] == 0
    assert found.outcomes["right"] >= NAMED[grade]


@pytest.mark.parametrize(
    ("want", "found", "outcome", "wrong_cents"),
    [
        ({}, {}, "quiet", 0),
        ({}, {("none", ""): 5}, "flagged", 0),
        ({("payer", "A"): 5}, {}, "missed", 0),
        ({("payer", "A"): 5}, {("payer", "A"): 5}, "right", 0),
        ({("payer", "A"): 5}, {("undetermined", ""): 5}, "person", 0),
        ({("payer", "A"): 5}, {("payer", "A"): 3, ("undetermined", ""): 2}, "part", 0),
        ({("payer", "A"): 5}, {("patient", "G"): 5}, "wrong", 5),
        ({("payer", "A"): 5}, {("payer", "A"): 7}, "wrong", 2),
        ({("payer", "A"): 5}, {("none", ""): 5}, "wrong", 0),
    ],
)
def test_an_account_is_counted_by_what_was_said_of_it(
    want: dict[tuple[str, str], int],
    found: dict[tuple[str, str], int],
    outcome: str,
    wrong_cents: int,
) -> None:
    result = Score()
    result.count(want, found)
    assert (dict(result.outcomes), result.wrong_cents) == ({outcome: 1}, wrong_cents)
