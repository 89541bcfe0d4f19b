"""How many cases a list holds and what they sum to, and the page of it that is shown."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.paginator import Page, Paginator

from requite.office.cases.queries import PAGE, Filters, OrderedCases
from requite.web.keeping import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from requite.office.cases.models import Case
    from requite.office.people.models import Provider, User

LARGE = 2_000  # cases; a shorter list is counted each time


def totals(
    provider: "Provider", filters: Filters, cases: OrderedCases, *, user: "User", on: date
) -> tuple[int, int]:
    """Count and cents of a list; of a long one, as they were some seconds ago."""
    whose = user.pk if filters.mine else 0
    told = "/".join(str(value) for value in asdict(filters).values())
    key = f"totals/{provider.pk}/{on}/{whose}/{hash(told)}"
    return kept(key, settings.COUNTS_SECONDS, cases.sums, is_large=lambda sums: sums[0] > LARGE)


def page_of(cases: OrderedCases, count: int, asked: str | None) -> "Page[Case]":
    """The page that was asked for; the nearest that there is."""
    pages: Paginator[Case] = Paginator(cast("Sequence[Case]", cases), PAGE)
    pages.count = count  # known already: it is not to be counted again
    return pages.get_page(asked)
