"""The rows of the list beside a case: many on a page, so they are put together by hand."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from requite.domain.case import Action, State
from requite.domain.money import Money
from requite.domain.words import CAUSES, PARTIES, days_in_short, in_words
from requite.web.templatetags.office import chip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from requite.office.cases.models import Case

OFF = SafeString(' class="off"')
ROW = """<li{}>
  <input type="checkbox" name="number" value="{}" data-cents="{}" aria-label="Choose {}">
  <input type="hidden" name="version-{}" value="{}">
  <a href="{}" hx-get="{}" hx-target="#case" hx-swap="innerHTML" hx-push-url="{}"{}>
    <span class="line"><span>{}</span><span class="amount">{}</span></span>
    <span class="line"><span class="quiet">{} · {}</span>{}</span>{}
  </a>
</li>"""
CHOSEN, CURRENT = SafeString(' class="chosen"'), SafeString(' aria-current="true"')


@dataclass(frozen=True, slots=True)
class Shown:
    """The list that rows stand in: its address, its filters and page, and the case beside it."""

    queue: str
    query: str
    page: int
    chosen: int | None
    why_not: "Callable[[Case], str]"  # why the reader can do nothing with a case here


def rows(cases: "Iterable[Case]", shown: Shown) -> SafeString:
    """One list item a case; what the reader can do nothing with stays, greyed, and says why."""
    return format_html_join("\n", ROW, (_row(case, shown) for case in cases))


def _row(case: "Case", shown: Shown) -> tuple[object, ...]:
    queue, query, page = shown.queue, shown.query, shown.page
    number, here, why = case.number, case.number == shown.chosen, shown.why_not(case)
    address = f"?{query}&page={page}&case={number}"
    return (
        CHOSEN if here else OFF if why else "",
        number, case.amount_cents, case.label, number, case.version,
        address, f"{queue}{number}/?{query}&page={page}", address, CURRENT if here else "",
        case.party_name or case.party_id or PARTIES[case.party], Money(case.amount_cents),
        case.account_id, in_words(CAUSES, case.cause),
        chip(case.due_on, case.rule_id, days_in_short) if case.state != State.RESOLVED else "",
        _remark(case, why),
    )  # fmt: skip


def _remark(case: "Case", why: str) -> SafeString | str:
    """What is to be known before a case is opened: what is proposed, why it is not one's to decide.

    That nothing goes back is told where it is proposed, so that nobody takes it for a refund.
    """
    rests = case.state == State.WAITING_APPROVAL and case.decision == Action.DISMISS
    told = [*(["no action proposed"] if rests else []), *([why] if why else [])]
    if not told:
        return ""
    return format_html('<span class="line quiet">{}</span>', " · ".join(told))
