from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from requite.domain.business_days import add_business_days, bank_holidays, is_business_day

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize("year", range(2000, 2051))
def test_bank_holidays_agree_with_the_federal_reserve_calendar(year: int) -> None:
    calendar = holidays.financial_holidays("XFED", years=year)
    # A Sunday's holiday is kept on the Monday alone; on the Sunday banks are closed anyway.
    kept = {day for day in calendar if day.weekday() != 6}
    assert {day for day in bank_holidays(year) if day.weekday() != 6} == kept


def test_juneteenth_is_kept_from_2021() -> None:
    assert not is_business_day(date(2023, 6, 19))
    assert is_business_day(date(2020, 6, 19))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 5, 1), 0, date(2026, 5, 1)),
        (date(2026, 5, 1), 1, date(2026, 5, 4)),  # over a weekend
        (date(2026, 5, 22), 1, date(2026, 5, 26)),  # over Memorial Day
        (date(2026, 7, 2), 1, date(2026, 7, 3)),  # a Saturday's holiday closes no Friday
        (date(2021, 7, 2), 1, date(2021, 7, 6)),  # a Sunday's holiday closes the Monday
        (date(2026, 12, 24), 5, date(2027, 1, 4)),  # over Christmas and New Year
        (date(2026, 5, 20), 30, date(2026, 7, 3)),
    ],
)
def test_business_days_are_counted_from_the_day_after(start: date, days: int, end: date) -> None:
    assert add_business_days(start, days) == end


@given(DAYS, st.integers(1, 90))
def test_the_last_day_is_open_and_so_many_days_lie_between(start: date, days: int) -> None:
    end = add_business_days(start, days)
    between = (start + timedelta(days=n + 1) for n in range((end - start).days))
    assert is_business_day(end)
    assert sum(map(is_business_day, between)) == days
