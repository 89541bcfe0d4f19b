"""Money, days and words as every page shows them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.template import Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from requite.domain.case import ACTION_WORDS, STATE_WORDS, Action, State
from requite.domain.glossary import TERMS
from requite.domain.money import Money
from requite.domain.regulations.book import UnknownRule, rule_book
from requite.domain.words import (
    CAUSES,
    CERTAINTIES,
    DISPOSITIONS,
    PARTIES,
    WOULD_CHANGE,
    days_in_words,
    in_words,
)  # fmt: skip
from requite.web.events import event_details, event_words, in_plain

register = Library()
SOON = 14
WORDS = {
    "cause": CAUSES,
    "disposition": DISPOSITIONS,
    "party": PARTIES,
    "certainty": CERTAINTIES,
    "change": WOULD_CHANGE,
}


@register.filter
def money(cents: int | None) -> str:
    """Cents as a reader sees them, with a minus where they are negative."""
    return "" if cents is None else str(Money(cents))


@register.filter
def words(code: str, kind: str) -> str:
    """The words of a code."""
    return in_words(WORDS[kind], code)


@register.filter
def state_words(state: str) -> str:
    """The words of a state."""
    return STATE_WORDS[State(state)]


@register.filter
def action_words(action: str) -> str:
    """The words of an action."""
    return ACTION_WORDS[Action(action)]


register.filter(event_words)
register.filter(event_details)


@register.filter
def days_left(due_on: date | None) -> int | None:
    """Days until a date; negative where it is past."""
    return None if due_on is None else (due_on - timezone.localdate()).days


@register.simple_tag
def chip(
    due_on: date | None, rule_id: str = "", told: Callable[[int], str] = days_in_words
) -> SafeString | str:
    """The days left as a chip with the law behind it; nothing where no law sets a date."""
    if due_on is None:
        return ""
    days = (due_on - timezone.localdate()).days
    kind = "past" if days < 0 else "soon" if days <= SOON else ""
    return format_html(
        '<span class="chip {}" title="{}">{}</span>', kind,
        f"{days_in_words(days)}: due {due_on} {rule_id}".strip(), told(days),
    )  # fmt: skip


@register.simple_tag
def term(shown: str, word: str) -> SafeString:
    """A word with its meaning from the glossary, for who points at it or comes by key."""
    return format_html(
        '<dfn class="term" tabindex="0" data-meaning="{}">{}</dfn>', TERMS[word], shown
    )


@register.simple_tag
def law(due_on: date | None, rule_id: str) -> SafeString | str:
    """The rule behind a date: what it says, where it stands, and when it was last read."""
    if due_on is None or not rule_id:
        return ""
    try:
        rule = rule_book().rule(rule_id)
    except UnknownRule:
        return format_html('<p class="quiet">Due {} by the rule {}.</p>', due_on, rule_id)
    return format_html(
        '<p class="quiet">Due {} by {}: {} (read {}).</p>',
        due_on, rule.title, rule.citation, rule.checked_on,
    )  # fmt: skip


@register.filter
def lower_first(text: str) -> str:
    """A sentence as it goes on after a colon.

    >>> lower_first("You proposed it")
    'you proposed it'
    """
    return text[:1].lower() + text[1:]


@register.filter
def ids(text: str) -> str:
    """Ids that stand between bars, set apart so that they wrap.

    >>> ids("C1|T2")
    'C1, T2'
    """
    return text.replace("|", ", ")


@register.filter
def pairs(values: dict[str, Any] | None) -> str:
    """Names and values of what changed, in words.

    >>> pairs({"state": "waiting_payer", "amount_cents": 7000, "until": None})
    'state: Waiting for the payer; amount: $70.00; until: none'
    """
    return "; ".join(
        f"{name.removesuffix('_cents').replace('_', ' ')}: {in_plain(name, value)}"
        for name, value in (values or {}).items()
    )


@register.filter
def lookup(mapping: dict[str, Any], key: str) -> Any:  # noqa: ANN401
    """A value of a mapping by a key that a variable holds."""
    return mapping.get(key)


@register.filter
def part(whole: object, name: str) -> Any:  # noqa: ANN401
    """A field of something, by a name that a variable holds."""
    return getattr(whole, name)


@register.filter
def words_of(text: str) -> list[str]:
    """The words of a text, to go through one by one.

    >>> words_of("a b")
    ['a', 'b']
    """
    return text.split()
