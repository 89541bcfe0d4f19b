"""What every page shows around its content: where one is, where one may go, what waits."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from requite.office.cases.queries import Waiting, queue_counts
from requite.office.cases.status import QUEUES
from requite.office.people.permission import PERMISSIONS, allows
from requite.office.people.queries import providers_of
from requite.office.people.role import ROLE_WORDS, Role
from requite.web.cases.totals import LARGE
from requite.web.help import SLUGS
from requite.web.keeping import kept

if TYPE_CHECKING:
    from requite.office.people.models import Provider

# Part: its words, the permission it needs.
PARTS = (
    ("cases:views", "Saved views", "cases.view"),
    ("cases:approvals", "Approvals", "approvals.view"),
    ("cases:rules", "Assignment", "cases.assign"),
    ("corrections:list", "Corrections", "corrections.view"),
    ("intake:list", "Imports", "intake.view"),
    ("dashboard:page", "Dashboard", "dashboard.view"),
    ("people:list", "People", "people.view"),
    ("audit:list", "Audit", "audit.view"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page; empty for visitors and outside a provider."""
    provider = getattr(request, "provider", None)
    if provider is None:
        return {}
    role = request.role  # type: ignore[attr-defined]
    counts = _counts(provider) if allows(role, "cases.view") else {}
    return {
        "provider": provider,
        "role_words": ROLE_WORDS[Role(role)],
        "may": _permissions(role),
        "parts": [(url, words) for url, words, needed in PARTS if allows(role, needed)],
        "queues": [(name, words, *counts[name]) for name, (words, _) in QUEUES.items()]
        if counts
        else [],
        "help_part": _help_part(request),
        "my_providers": providers_of(request.user),  # type: ignore[arg-type]
    }


def _help_part(request: HttpRequest) -> str:
    """The help that belongs to the page at hand; that of its part, or of the queues, else."""
    match = request.resolver_match
    view = match.view_name if match else ""
    near = (slug for name, slug in SLUGS.items() if name.split(":")[0] == view.split(":")[0])
    return SLUGS.get(view) or next(near, "queue")


def _counts(provider: "Provider") -> dict[str, Waiting]:
    """What lies in each queue; of many cases, as it was some seconds ago."""
    on = timezone.localdate()
    return kept(
        f"counts/{provider.pk}/{on}", settings.COUNTS_SECONDS,
        lambda: queue_counts(provider, on=on),
        is_large=lambda counts: sum(each.cases for each in counts.values()) > LARGE,
    )  # fmt: skip


def _permissions(role: str) -> set[str]:
    return {name for name, roles in PERMISSIONS.items() if role in roles}
