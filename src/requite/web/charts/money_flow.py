"""The money of an account as one picture: who paid what, and who should have."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from requite.domain.money import Money
from requite.domain.statement.layout import ArithmeticRow

WIDTH, LABEL, BAR, PARTY_HEIGHT = 560, 180, 16, 62


def money_flow(arithmetic: Iterable[ArithmeticRow]) -> SafeString:
    """Two bars a party, should have paid and did pay, with what is too much set off."""
    sums: dict[str, list[int]] = {}
    for row in arithmetic:
        party = sums.setdefault(row.party, [0, 0])
        party[0] += row.target_cents
        party[1] += row.actual_cents
    parties = [(name, both[0], both[1]) for name, both in sums.items() if any(both)]
    most = max((abs(cents) for both in sums.values() for cents in both), default=0) or 1
    room = WIDTH - LABEL - 130

    def wide(cents: int) -> int:
        return max(cents, 0) * room // most

    drawn = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="should" x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{}" y="{}">should {}</text>'
        '<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>'
        '<rect class="over" x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{}" y="{}">paid {}</text>',
        (
            (
                LABEL - 8, top + 24, name[:28],
                LABEL, top, wide(should), BAR,
                LABEL + wide(should) + 6, top + 12, str(Money(should)),
                LABEL, top + 20, wide(min(did, should)), BAR,
                LABEL + wide(min(did, should)), top + 20, wide(did) - wide(min(did, should)), BAR,
                LABEL + wide(did) + 6, top + 32, str(Money(did)),
            )
            for place, (name, should, did) in enumerate(parties)
            for top in [8 + place * PARTY_HEIGHT]
        ),
    )  # fmt: skip
    height = max(len(parties), 1) * PARTY_HEIGHT
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" '
        'aria-label="Who should have paid what, and who did">{}</svg>',
        WIDTH, height, drawn,
    )  # fmt: skip
