"""What a list of cases is narrowed to, read from the address and written back to it."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from requite.domain.words import CAUSES, PARTIES
from requite.office.cases.queries import Filters
from requite.office.cases.status import QUEUES

YES = "1"


def filters_of(asked: QueryDict) -> Filters:
    """The filters that an address names; what it names wrongly is left out."""
    return Filters(
        queue=_one(asked, "queue", QUEUES, "work"),
        party=_one(asked, "party", PARTIES, ""),
        cause=_one(asked, "cause", CAUSES, ""),
        due=_one(asked, "due", ("past", "soon"), ""),
        mine=asked.get("mine") == YES,
        unassigned=asked.get("unassigned") == YES,
        snoozed=asked.get("snoozed") == YES,
        search=asked.get("search", "").strip()[:100],
    )


def _one(asked: QueryDict, name: str, allowed: Any, otherwise: str) -> str:  # noqa: ANN401
    value = asked.get(name, "")
    return value if value in allowed else otherwise


def query_of(filters: Filters, **more: object) -> str:
    """The filters as the query of an address, without what stands for nothing."""
    values = {**asdict(filters), **more}
    told = {name: YES if value is True else value for name, value in values.items() if value}
    return urlencode(told)
