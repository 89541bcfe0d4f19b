"""Amounts and days as reports print them."""

import re
from datetime import date, datetime

from requite.domain.days import FIRST_DAY, LAST_DAY
from requite.domain.money import LARGEST_CENTS

NUMBER = re.compile(r"(?P<dollars>\d{1,3}(?:,\d{3})+|\d{0,12})(?:\.(?P<cents>\d{1,4}))?")
NOTHING = {"", "-", "--", "\u2013", "\u2014", "n/a", "na", "none", "."}
MINUS = "\u2212\u2013\u2014"  # signs that printers put for a minus
FORMS = (
    "%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%m-%d-%y", "%Y/%m/%d", "%Y%m%d", "%d-%b-%Y",
    "%d-%b-%y", "%d %b %Y", "%b %d, %Y", "%B %d, %Y", "%m.%d.%Y",
)  # fmt: skip


def cents_in(text: str) -> int | None:
    """An amount in whole cents, negative where it is printed so; None where it is none.

    >>> [cents_in(text) for text in ("(1,234.56)", "1,234.56-", "$12.00 CR", "-$3", "80", "x")]
    [-123456, -123456, -1200, -300, 8000, None]
    >>> [cents_in(text) for text in ("12.00DR", "CR 5.00", "($ 1.50)", "1.2345", "7.5000")]
    [1200, -500, -150, None, 750]
    """
    plain = text.strip()
    for sign in MINUS:
        plain = plain.replace(sign, "-")
    plain = plain.replace("USD", "").replace("$", "").replace(" ", "").upper()
    lowers = False
    for start, end in (("(", ")"), ("", "CR"), ("CR", ""), ("-", ""), ("", "-")):
        marked = plain.startswith(start) and plain.endswith(end) and len(plain) > 1
        if marked:
            plain = plain[len(start) : len(plain) - len(end)]
            lowers = True
            break
    plain = plain.removesuffix("DR").removeprefix("DR").removeprefix("+")
    match = NUMBER.fullmatch(plain)
    if match is None or not any(sign.isdigit() for sign in plain):
        return None
    cents = match["cents"] or ""
    if cents[2:].strip("0"):
        return None
    whole = int(match["dollars"].replace(",", "") or 0) * 100 + int(cents[:2].ljust(2, "0"))
    if whole >= LARGEST_CENTS:
        return None
    return -whole if lowers else whole


def is_nothing(text: str) -> bool:
    """Whether a cell stands for no value.

    >>> is_nothing(" - "), is_nothing("0.00")
    (True, False)
    """
    return text.replace("$", "").strip().lower() in NOTHING


def day_in(text: str) -> date | None:
    """A day; None where it is none. Of two figures a year is of this century, months go first.

    >>> day_in("01/31/26"), day_in("31-Jan-2026"), day_in("2026-01-31T00:00:00"), day_in("13/13/26")
    (datetime.date(2026, 1, 31), datetime.date(2026, 1, 31), datetime.date(2026, 1, 31), None)
    """
    plain = re.sub(r"[T ]\d{1,2}:\d{2}.*$", "", text.strip())
    for form in FORMS:
        if form == "%Y%m%d" and not re.fullmatch(r"\d{8}", plain):
            continue
        try:
            found = datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return found if FIRST_DAY <= found <= LAST_DAY else None
    return None
