"""The rows of the list beside a case: many on a page, so they are put together by hand."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from requite.domain.money import Money
from requite.domain.words import CAUSES, PARTIES, in_words
from requite.web.templatetags.office import chip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from requite.office.cases.models import Case

ROW = """<li{}>
  <input type="checkbox" name="number" value="{}" data-cents="{}" aria-label="Choose {}">
  <input type="hidden" name="version-{}" value="{}">
  <a href="{}" hx-get="{}" hx-target="#case" hx-swap="innerHTML" hx-push-url="{}"{}>
    <span class="line"><span>{}</span><span class="amount">{}</span></span>
    <span class="line"><span class="quiet">{} · {}</span>{}</span>
  </a>
</li>"""
CHOSEN, CURRENT = SafeString(' class="chosen"'), SafeString(' aria-current="true"')


def rows(
    cases: "Iterable[Case]", *, slug: str, query: str, page: int, chosen: int | None
) -> SafeString:
    """One list item a case; `query` is that of the list, `chosen` the number beside it."""
    queue = reverse("cases:queue", kwargs={"provider": slug})
    return format_html_join("\n", ROW, (_row(case, queue, query, page, chosen) for case in cases))


def _row(case: "Case", queue: str, query: str, page: int, chosen: int | None) -> tuple[object, ...]:
    number, here = case.number, case.number == chosen
    address = f"?{query}&page={page}&case={number}"
    return (
        CHOSEN if here else "", number, case.amount_cents, case.label, number, case.version,
        address, f"{queue}{number}/?{query}", address, CURRENT if here else "",
        case.party_name or case.party_id or PARTIES[case.party], Money(case.amount_cents),
        case.account_id, in_words(CAUSES, case.cause),
        chip(case.due_on, case.rule_id),
    )  # fmt: skip
