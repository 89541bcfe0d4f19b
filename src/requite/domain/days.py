"""The days that a record may carry: all others are slips of the keyboard, or mean "no end"."""

from datetime import date

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
MOST_DAYS = 36_500  # a century: no law and no contract waits longer, and no sum leaves the calendar
