"""Approvals: what waits, how far each role may go, what a rule lets through."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requite.domain.errors import RequiteError
from requite.domain.words import CAUSES
from requite.office.audit.services import listed, note_lists
from requite.office.cases.approval import (
    Caps,
    limits_of,
    rules_on,
    set_limit,
    turn_off,
    turn_on,
    used,
)
from requite.office.cases.queries import Filters, queue_cases
from requite.office.people.role import ROLE_WORDS, Role
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.export import cents_of, dollars
from requite.web.exporting import table_file

PILES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Waiting for me", {"mine": True}),
    ("Looks right", {"pile": "right"}),
    ("Needs you", {"pile": "needs"}),
    ("All", {}),
)


@require_GET
@provider_page("approvals.view")
def approvals(request: ProviderRequest) -> HttpResponse:
    """What waits for a second person, the limits, and the rules that are on."""
    note_lists(request.provider, [listed("approvals", ())], actor=request.user, at=timezone.now())
    return _page(request)


def _page(request: ProviderRequest, problem: RequiteError | None = None) -> HttpResponse:
    on, provider = timezone.localdate(), request.provider
    waiting = []
    for words, how in PILES:
        filters = Filters(queue="approval", **how)
        sums = queue_cases(provider, filters, user=request.user, on=on).sums()
        waiting.append((words, how, *sums))
    rules = [(rule, *used(provider, rule.cause, on)) for rule in rules_on(provider)]
    limits = [(role, ROLE_WORDS[Role(role)], cents) for role, cents in limits_of(provider).items()]
    shown = {
        "waiting": waiting, "rules": rules, "limits": limits, "causes": CAUSES, "problem": problem,
    }  # fmt: skip
    return render(request, "cases/approvals.html", shown, status=409 if problem else 200)


HEAD = (
    "kind", "what", "a case up to", "in a day", "let through today", "in a month",
    "let through this month", "turned on by", "on",
)  # fmt: skip


@require_GET
@provider_page("approvals.view")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """Limits and rules as a file, for the review of who may let how much go."""
    on, provider = timezone.localdate(), request.provider
    rows: list[tuple[object, ...]] = [
        ("limit", ROLE_WORDS[Role(role)], dollars(cents), *[""] * 6)
        for role, cents in limits_of(provider).items()
    ]
    for rule in rules_on(provider):
        today, month = used(provider, rule.cause, on)
        caps = (rule.most_cents, rule.day_cents, today, rule.month_cents, month)
        rows.append(
            ("rule", CAUSES[rule.cause], *map(dollars, caps), rule.turned_on_by.username,
             f"{rule.turned_on_at:%Y-%m-%d}")
        )  # fmt: skip
    name = f"{request.provider.slug}-approvals"
    return table_file(form, HEAD, rows, name, money=(2, 3, 4, 5, 6))


@require_POST
@provider_page("approvals.limits")
def limit(request: ProviderRequest) -> HttpResponse:
    """Set how much a role may approve."""
    role, most = request.POST.get("role", ""), cents_of(request.POST.get("most", ""))
    if role not in list(Role) or most is None:
        return HttpResponse("Name a role, and an amount such as 5000.00.", status=422)
    try:
        set_limit(request.provider, Role(role), most, actor=request.user, at=timezone.now())
    except RequiteError as refused:
        return _page(request, refused)
    return redirect("cases:approvals", provider=request.provider.slug)


@require_POST
@provider_page("approvals.automate")
def automatic(request: ProviderRequest) -> HttpResponse:
    """Let proposals of a cause through by rule, within caps."""
    amounts = [cents_of(request.POST.get(name, "")) for name in ("most", "day", "month")]
    most, day, month = (cents if cents is not None else -1 for cents in amounts)
    try:
        turn_on(
            request.provider, request.POST.get("cause", ""), Caps(most, day, month),
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except RequiteError as refused:
        return _page(request, refused)
    return redirect("cases:approvals", provider=request.provider.slug)


@require_POST
@provider_page("approvals.automate")
def off(request: ProviderRequest, cause: str) -> HttpResponse:
    """Let no more of a cause through by rule."""
    turn_off(request.provider, cause, actor=request.user, at=timezone.now())
    return redirect("cases:approvals", provider=request.provider.slug)
