"""Who gets the cases that are nobody's: rules, and handing out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requite.domain.words import CAUSES, PARTIES
from requite.office.cases.assignment import add_rule, hand_out, remove_rule, rules_of
from requite.office.people.permission import PERMISSIONS
from requite.office.people.queries import members_with
from requite.web.access import ProviderRequest, provider_page
from requite.web.cases.export import cents_of, dollars
from requite.web.exporting import table_file
from requite.web.reading import plain

MOST_CENTS = 1_000_000_000


@require_GET
@provider_page("cases.assign")
def rules(request: ProviderRequest) -> HttpResponse:
    """The rules in their order, and a form for one more."""
    workers = members_with(request.provider, frozenset(PERMISSIONS["cases.work"]))
    shown = {"rules": rules_of(request.provider), "workers": workers, "causes": CAUSES,
             "party_words": PARTIES}  # fmt: skip
    return render(request, "cases/assignment.html", shown)


HEAD = ("position", "whose money", "cause", "at least", "goes to")


@require_GET
@provider_page("cases.assign")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """The rules as a file, in their order."""
    rows = (
        (rule.position, PARTIES.get(rule.party, "any"), CAUSES.get(rule.cause, "any"),
         dollars(rule.at_least_cents), rule.to.username)
        for rule in rules_of(request.provider)
    )  # fmt: skip
    return table_file(form, HEAD, rows, f"{request.provider.slug}-assignment", money=(3,))


@require_POST
@provider_page("cases.assign")
def add(request: ProviderRequest) -> HttpResponse:
    """One more rule, behind the others."""
    workers = members_with(request.provider, frozenset(PERMISSIONS["cases.work"]))
    to = workers.filter(username=plain(request.POST.get("to"))).first()
    party, cause = request.POST.get("party", ""), request.POST.get("cause", "")
    least = cents_of(request.POST.get("at_least") or "0")
    fits = party in {"", *PARTIES} and cause in {"", *CAUSES}
    if to is None or not fits or least is None or least > MOST_CENTS:
        return HttpResponse("Choose who gets the cases, and an amount.", status=422)
    wanted: dict[str, object] = {"party": party, "cause": cause, "at_least_cents": least}
    add_rule(request.provider, wanted, to, actor=request.user, at=timezone.now())
    return redirect("cases:rules", provider=request.provider.slug)


@require_POST
@provider_page("cases.assign")
def remove(request: ProviderRequest, position: int) -> HttpResponse:
    """One rule less."""
    remove_rule(request.provider, position, actor=request.user, at=timezone.now())
    return redirect("cases:rules", provider=request.provider.slug)


@require_POST
@provider_page("cases.assign")
def give(request: ProviderRequest) -> HttpResponse:
    """Hand out every case to work that is nobody's."""
    count = hand_out(request.provider, actor=request.user, at=timezone.now())
    messages.success(request, f"{count} cases were handed out.")
    return redirect("cases:rules", provider=request.provider.slug)
