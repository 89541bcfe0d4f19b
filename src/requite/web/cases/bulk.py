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
    every = bool(request.POST.get("every"))
    chosen = _every(request) if every else _chosen(request)
    act = _step(request) if chosen else "Choose cases, and what to do with them."
    if isinstance(act, str):
        messages.error(request, act)
        return redirect(_list(request))
    step = act
    came = _others(request, chosen) if every else []
    results = each_case(
        request.provider, chosen,
        lambda number: step(Seen(request.provider, number, chosen[number])),
    )  # fmt: skip
    done = sum(1 for result in results if not result.problem)
    what = WORDS.get(request.POST.get("action", ""), "")
    messages.success(request, f"{what}: done with {done} of {len(results)} cases.")
    refusals = _refusals(results)
    if every:
        refusals += _came_in(came)
    for refusal in refusals:
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
    return f"{_named([each.number for each in those])}: {same}"


def _named(numbers: list[int]) -> str:
    named = ", ".join(label_of(number) for number in numbers[:MOST_NAMED])
    return f"{named} and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else named


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
    """All cases of the list as it was shown: each with the version that it had then."""
    told = [text.partition(".") for text in request.POST.get("seen", "").split()[:MOST_AT_ONCE]]
    seen = {number_of(number): number_of(version) for number, _, version in told}
    return {number: version for number, version in seen.items() if number}


def _others(request: ProviderRequest, seen: dict[int, int]) -> list[int]:
    """The cases that the list holds now, and did not when it was shown."""
    filters = filters_of(request.GET)
    cases = queue_cases(request.provider, filters, user=request.user, on=timezone.localdate())
    return [number for number, _, _ in cases.as_seen(2 * MOST_AT_ONCE) if number not in seen]


def _came_in(numbers: list[int]) -> list[str]:
    """That cases came onto a list since it was shown, and nothing was done with them."""
    if not numbers:
        return []
    one = "this case" if len(numbers) == 1 else f"these {len(numbers):,} cases"
    return [
        f"{_named(numbers)}: {one} came onto the list since it was shown, and nothing was done."
    ]


def _list(request: ProviderRequest) -> str:
    query = place_of(request.GET)
    return f"{reverse('cases:queue', kwargs={'provider': request.provider.slug})}?{query}"
