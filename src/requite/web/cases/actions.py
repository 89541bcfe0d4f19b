"""What people do with cases: thin views over the services of the office."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from requite.domain.case import STATE_WORDS, Action, State
from requite.domain.errors import RequiteError
from requite.office.audit.queries import events_of
from requite.office.cases.assignment import assign_case
from requite.office.cases.holding import Seen, StaleCase
from requite.office.cases.queries import case_of, queue_cases
from requite.office.cases.services import add_note, move_case
from requite.office.cases.snooze import snooze_case
from requite.office.people.permission import PERMISSIONS
from requite.office.people.queries import members_with
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.filters import filters_of, place_of
from requite.web.cases.views import case_context
from requite.web.events import event_words
from requite.web.reading import number_of, plain

if TYPE_CHECKING:
    from requite.office.audit.models import Event
    from requite.office.cases.models import Case


STALE, WRONG = 409, 422
STAYS = {Action.TAKE_UP, Action.WITHDRAW}  # one goes on with the same case


def answer_with(
    request: ProviderRequest, number: int, act: Callable[[], Any], told: str,
    *, stays: bool = False,
) -> HttpResponse:  # fmt: skip
    """Do it, say that it is done, and go on to the next case of the list, or stay.

    What is refused is told on the case as it then is, with what was typed. `told` names the event.
    """
    problem: RequiteError | None = None
    onwards = _same(request, number) if stays else _onwards(request, number)
    try:
        act()
    except RequiteError as error:
        problem = error
    found = case_of(request.provider, number)
    if found is None:
        raise problem or AssertionError("a case that was acted on is there")
    typed = request.POST.get("reason") or request.POST.get("text") or ""
    within = bool(request.headers.get("HX-Request"))
    if problem is None and not (stays and within):
        _say_done(request, found, told)
        return taken(request, HttpResponseClientRedirect(onwards) if within else redirect(onwards))
    partial = "cases/_case.html" if within else "cases/case.html"
    shown = case_context(request, found)
    if problem is not None:
        asked = request.POST.get("action", "")
        shown |= {
            "problem": problem, "typed": typed, "typed_for": asked,
            "since": _since(request, problem),
        }  # fmt: skip
        return render(request, partial, shown, status=STALE)
    return taken(request, render(request, partial, shown))


def _say_done(request: ProviderRequest, found: "Case", told: str) -> None:
    """Say what was done and where the case is now, with the way back to it."""
    words, state = event_words(f"case.{told}"), STATE_WORDS[State(found.state)].lower()
    said = format_html(
        '{}: you {}. It is now: {}. <a href="{}">Open it again</a>',
        found.label, words, state, _same(request, found.number),
    )  # fmt: skip
    messages.success(request, said)


def _since(request: ProviderRequest, problem: RequiteError) -> "list[Event]":
    """What happened to a case since it was seen, where that is why something was refused."""
    if not isinstance(problem, StaleCase):
        return []
    events = events_of(request.provider, problem.case.label)[:50]
    return [event for event in events if event.facts.get("version", 0) > problem.seen]


def taken(request: ProviderRequest, answer: HttpResponse) -> HttpResponse:
    """Say to the page's script that the form has arrived: what was typed is no draft any more."""
    answer.set_cookie(
        "taken",
        quote(request.path, safe=""),
        max_age=60,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer


def _same(request: ProviderRequest, number: int) -> str:
    """The same case, where it was: beside its list, or by itself."""
    slug = request.provider.slug
    if "queue" not in request.GET:
        return reverse("cases:case", kwargs={"provider": slug, "number": number})
    return (
        f"{reverse('cases:queue', kwargs={'provider': slug})}?{place_of(request.GET, case=number)}"
    )


def _onwards(request: ProviderRequest, number: int) -> str:
    """The case that follows in the list that one came from; else the same case."""
    slug = request.provider.slug
    if "queue" not in request.GET:
        return reverse("cases:case", kwargs={"provider": slug, "number": number})
    filters = filters_of(request.GET)
    cases = queue_cases(request.provider, filters, user=request.user, on=timezone.localdate())
    query = place_of(request.GET, case=cases.number_after(number))
    return f"{reverse('cases:queue', kwargs={'provider': slug})}?{query}"


@require_POST
@provider_page("cases.view")
def move(request: ProviderRequest, number: int) -> HttpResponse:
    """One step of a case; which steps a role may take is the service's to say."""
    asked = request.POST.get("action", "")
    if asked not in list(Action):
        return HttpResponse("No such action.", status=WRONG)
    seen, reason = _seen(request, number), plain(request.POST.get("reason"))
    return answer_with(
        request, number,
        lambda: move_case(seen, Action(asked), reason, actor=request.user, at=timezone.now()),
        asked, stays=asked in STAYS,
    )  # fmt: skip


def _seen(request: ProviderRequest, number: int) -> Seen:
    """The case as the form was made for it."""
    return Seen(request.provider, number, number_of(request.POST.get("version")))


@require_POST
@provider_page("cases.work")
def note(request: ProviderRequest, number: int) -> HttpResponse:
    """Write on a case."""
    words = plain(request.POST.get("text"))
    return answer_with(
        request, number,
        lambda: add_note(request.provider, number, words, actor=request.user, at=timezone.now()),
        "noted", stays=True,
    )  # fmt: skip


@require_POST
@provider_page("cases.work")
def assign(request: ProviderRequest, number: int) -> HttpResponse:
    """Give a case to somebody, or to nobody."""
    workers = members_with(request.provider, frozenset(PERMISSIONS["cases.work"]))
    asked = request.POST.get("to", "")
    to = workers.filter(pk=number_of(asked)).first() if asked else None
    if asked and to is None:
        return HttpResponse("Nobody of that name works cases here.", status=WRONG)
    seen = _seen(request, number)
    return answer_with(
        request,
        number,
        lambda: assign_case(seen, to, actor=request.user, at=timezone.now()),
        "assigned",
        stays=True,
    )


@require_POST
@provider_page("cases.work")
def snooze(request: ProviderRequest, number: int) -> HttpResponse:
    """Put a case aside until a day."""
    try:
        until = date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        return HttpResponse("No such day: write it as 2026-11-30.", status=WRONG)
    seen, reason = _seen(request, number), plain(request.POST.get("reason"))
    return answer_with(
        request, number,
        lambda: snooze_case(seen, until, reason, actor=request.user, at=timezone.now()),
        "snoozed",
    )  # fmt: skip


@require_POST
@provider_page("cases.answer")
def answer(request: ProviderRequest, number: int) -> HttpResponse:
    """Answer what the provider was asked."""
    seen, words = _seen(request, number), plain(request.POST.get("text"))
    return answer_with(
        request,
        number,
        lambda: move_case(seen, Action.ANSWER, words, actor=request.user, at=timezone.now()),
        "answer",
    )
