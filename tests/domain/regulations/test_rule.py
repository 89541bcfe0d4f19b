from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requite.domain.regulations.book import rule_book
from requite.domain.regulations.rule import Duration, add_months

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 12, 15), 12, date(2026, 12, 15)),
        (date(2025, 6, 30), 6, date(2025, 12, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@given(DAYS, st.integers(0, 120))
def test_months_never_run_into_the_month_after(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


@pytest.mark.parametrize(
    ("duration", "words", "end"),
    [
        (Duration(60), "60 days", date(2026, 3, 16)),
        (Duration(6, "years"), "6 years", date(2032, 1, 15)),
        (Duration(1, "years"), "1 year", date(2027, 1, 15)),
        (Duration(18, "months"), "18 months", date(2027, 7, 15)),
        (Duration(30, "days", "business"), "30 business days", date(2026, 3, 2)),
    ],
)
def test_a_span_ends_where_its_words_say(duration: Duration, words: str, end: date) -> None:
    assert str(duration) == words
    assert duration.after(date(2026, 1, 15)) == end


@pytest.mark.parametrize(
    ("rule_id", "on", "expected"),
    [
        ("mcr.60day.v2016", date(2016, 3, 13), False),
        ("mcr.60day.v2016", date(2016, 3, 14), True),
        ("mcr.60day.v2016", date(2024, 12, 31), True),
        ("mcr.60day.v2016", date(2025, 1, 1), False),
        ("mcr.60day.v2025", date(2025, 1, 1), True),
        ("recoup.TX", date(1999, 1, 1), True),
    ],
)
def test_a_version_is_in_force_on_its_first_and_last_day(
    rule_id: str, on: date, expected: object
) -> None:
    assert rule_book().rule(rule_id).in_force(on) is expected
