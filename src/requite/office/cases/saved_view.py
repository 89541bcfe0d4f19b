"""Saved views: filters under a name."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.db.models import Q, QuerySet

from requite.domain.errors import RequiteError
from requite.office.audit.services import record
from requite.office.cases.models import SavedView
from requite.office.people.models import Provider, User


class NoName(RequiteError):
    """A view was to be saved under no name."""

    def __init__(self) -> None:
        super().__init__("The view has no name.", remedy="Give it one of at most 60 letters.")


def saved_views(provider: Provider, user: User) -> QuerySet[SavedView]:
    """A user's own views and the shared ones, by name."""
    mine = Q(owner=user) | Q(is_shared=True)
    return SavedView.objects.filter(mine, provider=provider).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class View:
    """Filters, as the query of an address, to be kept under a name."""

    name: str
    query: str
    is_shared: bool = False


def _without_search(query: str) -> str:
    """A query without what was searched for: that may be a patient's name."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name != "search"])


@transaction.atomic
def save_view(provider: Provider, view: View, *, actor: User, at: datetime) -> SavedView:
    """Keep filters under a name, in the place of one's own earlier view of that name."""
    name = view.name.strip()[:60]
    if not name:
        raise NoName
    kept = {"query": view.query[:400], "is_shared": view.is_shared}
    made, _ = SavedView.objects.update_or_create(
        provider=provider, owner=actor, name=name, defaults=kept
    )
    told = {"query": _without_search(view.query), "is_shared": view.is_shared}
    record("view.saved", name, provider=provider, actor=actor, at=at, after=told)
    return made


@transaction.atomic
def remove_view(provider: Provider, pk: int, *, actor: User, at: datetime) -> bool:
    """Take one's own view away; whether there was one."""
    found = SavedView.objects.filter(provider=provider, owner=actor, pk=pk).first()
    if found is None:
        return False
    record("view.removed", found.name, provider=provider, actor=actor, at=at)
    found.delete()
    return True
