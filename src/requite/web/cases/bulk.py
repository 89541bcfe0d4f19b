"""The same step for many cases of a list: ticked ones, or all that match."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from requite.domain.case import ACTION_WORDS, NEEDS_REASON, Action, label_of
from requite.domain.errors import RequiteError
from requite.domain.money import Money
from requite.office.cases.assignment import assign_case
from requite.office.cases.holding import Seen
from requite.office.cases.queries import queue_cases
from requite.office.cases.services import RowResult, each_case, move_case
from requite.office.cases.snooze import snooze_case
from requite.office.people.permission import PERMISSIONS
from requite.office.people.queries import members_with
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.filters import filters_of, place_of
from requite.web.cases.views import MOST_AT_ONCE
from requite.web.reading import number_of, plain

ASSIGN, SNOOZE = "assign", "snooze"
WORDS: dict[str, str] = {str(action): words for action, words in ACTION_WORDS.items()}
WORDS |= {ASSIGN: "Assign", SNOOZE: "Put aside"}
MOST_NAMED = 10


@require_POST
@provider_page("cases.view")
def bulk(request: ProviderRequest) -> HttpResponse:
    """The same step for many cases; each that is refused says why."""
    chosen = _every(request) if request.POST.get("every") else _chosen(request)
    act = _step(request) if chosen else "Choose cases, and what to do with them."
    if isinstance(act, str):
        messages.error(request, act)
        return redirect(_list(request))
    step = act
    results = each_case(
        request.provider, chosen,
        lambda number: step(Seen(request.provider, number, chosen[number])),
    )  # fmt: skip
    done = sum(1 for result in results if not result.problem)
    what = WORDS.get(request.POST.get("action", ""), "")
    messages.success(request, f"{what}: done with {done} of {len(results)} cases.")
    for refusal in _refusals(results):
        messages.error(request, refusal)
    return redirect(_list(request))


def _refusals(results: list[RowResult]) -> list[str]:
    """What was refused, told once for all the cases of which the same is said."""
    told: dict[str, list[RowResult]] = {}
    for result in results:
        if result.problem:
            same = result.problem.replace(label_of(result.number), "the case")
            told.setdefault(f"{same[0].upper()}{same[1:]}", []).append(result)
    return [_refusal(same, those) for same, those in told.items()]


def _refusal(same: str, those: list[RowResult]) -> str:
    if len(those) == 1:
        return f"{label_of(those[0].number)}: {those[0].problem}"
    named = ", ".join(label_of(each.number) for each in those[:MOST_NAMED])
    more = f" and {len(those) - MOST_NAMED} more" if len(those) > MOST_NAMED else ""
    return f"{named}{more}: {same}"


def _step(request: ProviderRequest) -> Callable[[Seen], object] | str:
    """What is to be done with each case; in words what is missing for it."""
    asked, reason = request.POST.get("action", ""), plain(request.POST.get("reason"))
    actor, at = request.user, timezone.now()
    if asked == ASSIGN:
        return _assignment(request)
    if asked == SNOOZE:
        return _putting_aside(request, reason)
    if asked in NEEDS_REASON and not reason:
        return f"{ACTION_WORDS[Action(asked)]}: write a reason, then do it again."
    if asked not in list(Action):
        return "Choose cases, and what to do with them."
    return lambda seen: move_case(seen, Action(asked), reason, actor=actor, at=at)


def _assignment(request: ProviderRequest) -> Callable[[Seen], object] | str:
    asked = request.POST.get("to", "")
    workers = members_with(request.provider, frozenset(PERMISSIONS["cases.work"]))
    to = workers.filter(pk=number_of(asked)).first() if asked else None
    if asked and to is None:
        return "Nobody of that name works cases here."
    return lambda seen: assign_case(seen, to, actor=request.user, at=timezone.now())


def _putting_aside(request: ProviderRequest, reason: str) -> Callable[[Seen], object] | str:
    try:
        until = date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        return "Until when? Write the day as 2026-11-30."
    if not reason:
        return "Put aside: write a reason, then do it again."
    return lambda seen: snooze_case(seen, until, reason, actor=request.user, at=timezone.now())


def _chosen(request: ProviderRequest) -> dict[int, int]:
    """The cases that were ticked, each with the version that was on the page."""
    numbers = [number_of(text) for text in request.POST.getlist("number")][:MOST_AT_ONCE]
    return {number: number_of(request.POST.get(f"version-{number}")) for number in numbers}


def _every(request: ProviderRequest) -> dict[int, int]:
    """All cases of the list, as they are now: just those whose count and sum were shown."""
    filters = filters_of(request.GET)
    cases = queue_cases(request.provider, filters, user=request.user, on=timezone.localdate())
    found = cases[: MOST_AT_ONCE + 1]
    cents = sum(case.amount_cents for case in found)
    shown = number_of(request.POST.get("every_count")), request.POST.get("every_cents")
    if len(found) > MOST_AT_ONCE or (len(found), str(cents)) != shown:
        raise ListChanged(len(found), cents)
    return {case.number: case.version for case in found}


class ListChanged(RequiteError):
    """All of a list was meant, and the list is another now."""

    def __init__(self, count: int, cents: int) -> None:
        super().__init__(
            f"The list has changed since it was shown: it holds {count:,} cases, {Money(cents)}. "
            "Nothing was done.",
            remedy="Go back, look at it as it is now, and choose again.",
        )


def _list(request: ProviderRequest) -> str:
    query = place_of(request.GET)
    return f"{reverse('cases:queue', kwargs={'provider': request.provider.slug})}?{query}"
