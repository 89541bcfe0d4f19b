"""One's own page: mentions, the daily e-mail, tokens for programs, the first look around."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requite.domain.errors import RequiteError
from requite.office.audit.services import listed, note_lists
from requite.office.cases.digest import mentions_of
from requite.office.people.own import choose_digest, end_tour
from requite.office.people.permission import allows
from requite.office.people.tokens import (
    NewToken,
    latest_end,
    make_token,
    revoke_token,
    tokens_of,
    usual_end,
)
from requite.web.access import ProviderRequest, provider_page
from requite.web.exporting import table_file
from requite.web.reading import plain


@require_GET
@provider_page("provider.open")
def me(request: ProviderRequest) -> HttpResponse:
    """What concerns the user alone."""
    reads = allows(request.role, "cases.view")
    mentions = list(mentions_of(request.user, request.provider)) if reads else []
    if mentions:
        read = listed("mentions", (note.case.account_id for note in mentions))
        note_lists(request.provider, [read], actor=request.user, at=timezone.now())
    return render(request, "people/me.html", {
        "mentions": mentions,
        "tokens": tokens_of(request.user, request.provider, on=timezone.localdate()),
        "today": timezone.localdate(), "usual_end": usual_end(at=timezone.now()),
        "latest_end": latest_end(at=timezone.now()),
        "mail_is_set": settings.MAIL_IS_SET,
    })  # fmt: skip


HEAD = ("token for", "made", "first used", "ends", "it may")


@require_GET
@provider_page("provider.open")
def export(request: ProviderRequest, form: str) -> HttpResponse:
    """One's own tokens as a file; never what they are."""
    rows = (
        (token.name, f"{token.made_at:%Y-%m-%d}",
         f"{token.first_used_at:%Y-%m-%d}" if token.first_used_at else "never",
         f"{token.ends_on:%Y-%m-%d}", "read and change" if token.may_write else "read")
        for token in tokens_of(request.user, request.provider, on=timezone.localdate())
    )  # fmt: skip
    return table_file(form, HEAD, rows, f"{request.provider.slug}-tokens")


@require_POST
@provider_page("provider.open")
def digest(request: ProviderRequest) -> HttpResponse:
    """Choose the daily e-mail, or end it."""
    try:
        choose_digest(request.user, wanted=request.POST.get("wanted") == "1", at=timezone.now())
    except RequiteError as refused:
        messages.error(request, str(refused))
    return redirect("people:me", provider=request.provider.slug)


@require_POST
@provider_page("provider.open")
def add_token(request: ProviderRequest) -> HttpResponse:
    """Make a token; its text is shown this once."""
    name = plain(request.POST.get("name"))
    if not name:
        return HttpResponse("Say what the token is for.", status=422)
    try:
        ends_on = _day(request.POST.get("ends_on", ""))
    except ValueError:
        return HttpResponse("Write its last day as 2026-12-31.", status=422)
    new = NewToken(name, request.POST.get("writes") == "1", ends_on)
    try:
        made, text = make_token(request.user, request.provider, new, at=timezone.now())
    except RequiteError as refused:
        messages.error(request, str(refused))
        return redirect("people:me", provider=request.provider.slug)
    told = f"The token {made.name}, good until {made.ends_on}, shown this once: {text}"
    messages.success(request, told)
    return redirect("people:me", provider=request.provider.slug)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@require_POST
@provider_page("provider.open")
def end_token(request: ProviderRequest, pk: int) -> HttpResponse:
    """End a token of one's own."""
    if not revoke_token(request.user, request.provider, pk, at=timezone.now()):
        raise Http404
    return redirect("people:me", provider=request.provider.slug)


@require_POST
@provider_page("provider.open")
def toured(request: ProviderRequest) -> HttpResponse:
    """The first look around is over."""
    end_tour(request.user, at=timezone.now())
    return redirect("first_page", provider=request.provider.slug)
