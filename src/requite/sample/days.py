"""The calendar of the sample, in days since 1 January 1970."""

from datetime import date

AS_OF = date(2026, 11, 23)
EPOCH = date(1970, 1, 1)
TODAY = (AS_OF - EPOCH).days
FIRST_SERVICE = TODAY - 330
LAST_SERVICE = TODAY - 130  # later ones would not have all their answers by today
