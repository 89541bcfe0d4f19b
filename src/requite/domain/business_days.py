"""Business days: Monday to Friday, less the holidays of the Federal Reserve Banks.

A holiday that falls on a Sunday is kept on the Monday after it; one that falls on a Saturday is
kept on no other day, and the banks stay open on the Friday before. So the Friday counts, and a
date reckoned in business days is never later than a court would allow.

Source: the Federal Reserve's holiday schedule; 5 U.S.C. 6103(a) for the days themselves.
"""

from datetime import date, timedelta
from functools import cache

SATURDAY = 5
SUNDAY = 6
MONDAY = 0
THURSDAY = 3
JUNETEENTH_SINCE = 2021  # Pub. L. 117-17
KING_SINCE = 1986  # Pub. L. 98-144

ONE_DAY = timedelta(days=1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The `nth` such weekday (Monday = 0) of the month.

    >>> nth_weekday(2026, 11, THURSDAY, 4)
    datetime.date(2026, 11, 26)
    """
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def kept_on(holiday: date) -> date:
    """The day on which a bank keeps `holiday`: the Monday after, where it falls on a Sunday."""
    return holiday + ONE_DAY if holiday.weekday() == SUNDAY else holiday


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Days of `year` on which the Federal Reserve Banks are closed, or that fall on a Saturday.

    >>> date(2021, 7, 5) in bank_holidays(2021)  # the fourth was a Sunday
    True
    """
    last_monday_of_may = nth_weekday(year, 6, MONDAY, 1) - timedelta(days=7)
    days = [
        date(year, 1, 1),  # New Year's Day
        nth_weekday(year, 2, MONDAY, 3),  # Washington's Birthday
        last_monday_of_may,  # Memorial Day
        date(year, 7, 4),  # Independence Day
        nth_weekday(year, 9, MONDAY, 1),  # Labor Day
        nth_weekday(year, 10, MONDAY, 2),  # Columbus Day
        date(year, 11, 11),  # Veterans Day
        nth_weekday(year, 11, THURSDAY, 4),  # Thanksgiving Day
        date(year, 12, 25),  # Christmas Day
    ]
    if year >= KING_SINCE:
        days.append(nth_weekday(year, 1, MONDAY, 3))
    if year >= JUNETEENTH_SINCE:
        days.append(date(year, 6, 19))
    return frozenset(kept_on(day) for day in days)


def is_business_day(day: date) -> bool:
    """Whether the banks are open on `day`."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def add_business_days(start: date, days: int) -> date:
    """The `days`-th business day after `start`; the day itself does not count.

    Parameters
    ----------
    start : date
        The day of the event, itself a business day or not.
    days : int
        Business days to count, 0 or more; 0 gives `start`.

    Examples
    --------
    >>> add_business_days(date(2026, 11, 25), 1)  # over Thanksgiving
    datetime.date(2026, 11, 27)
    >>> add_business_days(date(2026, 7, 2), 1)  # the fourth is a Saturday: Friday is open
    datetime.date(2026, 7, 3)
    """
    day = start
    left = days
    while left > 0:
        day += ONE_DAY
        if is_business_day(day):
            left -= 1
    return day
