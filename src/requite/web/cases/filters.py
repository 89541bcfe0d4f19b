"""What a list of cases is narrowed to, read from the address and written back to it."""

from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from requite.domain.case import STATE_WORDS, State
from requite.domain.words import CAUSES, PARTIES, PAYER_CLASSES
from requite.office.cases.queries import AGES, OPEN_QUEUES, Filters
from requite.office.cases.status import ENDINGS, QUEUES
from requite.web.reading import plain

YES = "1"
LONGEST_PAGE = 7
LISTS = {name: words for name, (words, _) in QUEUES.items()} | {OPEN_QUEUES: "All open"}
DUE = ("past", "week", "soon")
PILES = {"right": "Looks right", "needs": "Needs you"}


def filters_of(asked: QueryDict) -> Filters:
    """The filters that an address names; what it names wrongly is left out."""
    return Filters(
        queue=_one(asked, "queue", LISTS, "work"),
        party=_one(asked, "party", PARTIES, ""),
        cause=_one(asked, "cause", CAUSES, ""),
        due=_due(asked.get("due", "")),
        mine=asked.get("mine") == YES,
        unassigned=asked.get("unassigned") == YES,
        snoozed=asked.get("snoozed") == YES,
        search=plain(asked.get("search"))[:100],
        payer_class=_one(asked, "payer_class", PAYER_CLASSES, ""),
        state=_one(asked, "state", STATE_WORDS, ""),
        age=_one(asked, "age", [words for _, words in AGES], ""),
        pile=_one(asked, "pile", PILES, ""),
        ended=_one(asked, "ended", ENDINGS, ""),
    )


def _due(asked: str) -> str:
    if asked in DUE:
        return asked
    try:
        return date.fromisoformat(asked).isoformat()
    except ValueError:
        return ""


def narrowings(filters: Filters) -> list[tuple[str, str]]:
    """What the list is narrowed to besides what the form shows: the words, and the way out."""
    told = {
        "payer_class": PAYER_CLASSES.get(filters.payer_class, ""),
        "state": STATE_WORDS[State(filters.state)] if filters.state else "",
        "age": f"credit aged {filters.age}" if filters.age else "",
        "pile": PILES.get(filters.pile, ""),
        "ended": ENDINGS.get(filters.ended, ""),
        "due": f"due on {filters.due}" if filters.due not in {"", *DUE} else "",
    }
    return [(words, query_of(filters, **{name: ""})) for name, words in told.items() if words]


def _one(asked: QueryDict, name: str, allowed: Any, otherwise: str) -> str:  # noqa: ANN401
    value = asked.get(name, "")
    return value if value in allowed else otherwise


def query_of(filters: Filters, **more: object) -> str:
    """The filters as the query of an address, without what stands for nothing."""
    values = {**asdict(filters), **more}
    told = {name: YES if value is True else value for name, value in values.items() if value}
    return urlencode(told)


def place_of(asked: QueryDict, **more: object) -> str:
    """The filters of an address, and the page of the list that it is at."""
    page = asked.get("page", "")
    at = page if page.isdecimal() and len(page) < LONGEST_PAGE else ""
    return query_of(filters_of(asked), page=at, **more)
