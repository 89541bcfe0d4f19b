"""Reading what forms and addresses hold, without trusting it."""

from typing import Final

MOST_NUMBER: Final = 2_147_483_647


def number_of(text: str | None) -> int:
    """A number that a row may have; 0, which none has, where the text is no such number.

    >>> number_of("12"), number_of("-3"), number_of("9" * 30), number_of(None)
    (12, 0, 0, 0)
    """
    if not text or not text.isascii() or not text.isdecimal() or len(text) > len(str(MOST_NUMBER)):
        return 0
    return int(text) if int(text) <= MOST_NUMBER else 0


def plain(text: str | None) -> str:
    """A text without what no database keeps.

    >>> plain("a\\0b ")
    'ab'
    """
    return (text or "").replace("\0", "").strip()
