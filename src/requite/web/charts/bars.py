"""Bars beside a table: how much of what."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from requite.domain.money import Money

WIDTH, LABEL, AMOUNT, BAR, GAP = 600, 250, 110, 18, 8


class Bar(NamedTuple):
    """One bar: what it stands for, and how many cents."""

    words: str
    cents: int


def bars(title: str, rows: Sequence[Bar]) -> SafeString:
    """Horizontal bars with their amounts, as SVG."""
    most = max((row.cents for row in rows), default=0) or 1
    room = WIDTH - LABEL - AMOUNT
    height = max(len(rows), 1) * (BAR + GAP) + GAP
    drawn = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{}" y="{}">{}</text>',
        (
            (
                LABEL - 8, _middle(place), _short(row.words), LABEL, _top(place),
                max(row.cents * room // most, 1), BAR,
                LABEL + row.cents * room // most + 6, _middle(place), str(Money(row.cents)),
            )
            for place, row in enumerate(rows)
        ),
    )  # fmt: skip
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH, height, title, drawn,
    )  # fmt: skip


def _top(place: int) -> int:
    return GAP + place * (BAR + GAP)


def _middle(place: int) -> int:
    return _top(place) + BAR - 5


def _short(words: str) -> str:
    return words if len(words) <= 34 else f"{words[:33]}…"
