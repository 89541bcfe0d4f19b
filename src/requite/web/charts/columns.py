"""Two columns a week: how a sum went over time."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from requite.domain.money import Money

WIDTH, HEIGHT, FOOT, HEAD = 560, 200, 34, 20


class Pair(NamedTuple):
    """Two sums of one time, in cents."""

    words: str
    found_cents: int
    resolved_cents: int


def columns(title: str, pairs: Sequence[Pair]) -> SafeString:
    """Columns for what was found and what was resolved, as SVG, with the highest sum written."""
    most = max((max(pair[1:]) for pair in pairs), default=0)
    room, step = HEIGHT - FOOT - HEAD, WIDTH // max(len(pairs), 1)
    wide = step // 2 - 6

    def high(cents: int) -> int:
        return cents * room // most if most else 0

    drawn = format_html_join(
        "",
        '<rect class="should" x="{}" y="{}" width="{}" height="{}"/>'
        '<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (
                place * step + 4, HEAD + room - high(pair.found_cents), wide,
                high(pair.found_cents), place * step + 5 + wide,
                HEAD + room - high(pair.resolved_cents), wide, high(pair.resolved_cents),
                place * step + step // 2, HEIGHT - FOOT + 14, pair.words,
            )
            for place, pair in enumerate(pairs)
        ),
    )  # fmt: skip
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<text x="4" y="12">{} at most</text>{}'
        '<rect class="should" x="4" y="{}" width="10" height="10"/><text x="18" y="{}">found</text>'
        '<rect class="bar" x="70" y="{}" width="10" height="10"/>'
        '<text x="84" y="{}">resolved</text></svg>',
        WIDTH, HEIGHT, title, str(Money(most)), drawn, HEIGHT - 13, HEIGHT - 4, HEIGHT - 13,
        HEIGHT - 4,
    )  # fmt: skip
