"""What holds for every page: content policy, idle log-off, refusals that are shown plainly."""

import time
from collections.abc import Callable

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from requite.domain.errors import RequiteError
from requite.office.people.limits import TooManyAttempts
from requite.office.people.services import drop_given_password
from requite.office.people.signing_in import note_sign_out

Page = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
LAST_SEEN = "last_seen"
BEAT = "X-Beat"  # what a page asks by itself, while nobody touches it
SEEN_EVERY = 30  # seconds
CONFLICT, TOO_MANY = 409, 429


def content_security_policy(get_response: Page) -> Page:
    """Nothing from elsewhere, nothing inline; and how long the answer took to make."""

    def page(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = get_response(request)
        took = (time.perf_counter() - started) * 1000
        response.setdefault("Server-Timing", f"office;dur={took:.1f}")
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store"  # also what programs are answered
        return response

    return page


def idle_log_off(get_response: Page) -> Page:
    """End the session of somebody who has gone away.

    That somebody is there is written down every half minute, not for every page.
    """
    tracked: Page = UserSessionsMiddleware(get_response)
    step = min(SEEN_EVERY, settings.IDLE_SECONDS // 4)

    def page(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        now = int(time.time())
        last = request.session.get(LAST_SEEN, 0)
        if last and now - last > settings.IDLE_SECONDS:
            with transaction.atomic():
                note_sign_out(request.user, why="away for too long", at=timezone.now())
                logout(request)
        elif now - last >= step and BEAT not in request.headers:
            request.session[LAST_SEEN] = now
            return tracked(request)
        return get_response(request)

    return page


def own_password(get_response: Page) -> Page:
    """Let somebody whose password others know do nothing but choose another."""

    def page(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or not getattr(user, "must_change_password", False):
            return get_response(request)
        if _by_single_sign_on(request):
            drop_given_password(user, at=timezone.now())
            update_session_auth_hash(request, user)
            return get_response(request)
        change = reverse("account_change_password")
        if request.path in {change, reverse("account_logout")}:
            return get_response(request)
        return redirect(change)

    return page


def _by_single_sign_on(request: HttpRequest) -> bool:
    """Whether somebody came in without the password."""
    methods = request.session.get("account_authentication_methods", ())
    return any(each.get("method") == "socialaccount" for each in methods)


def refusals(get_response: Page) -> Page:
    """What the office refuses is told on a page, with its remedy."""
    return Refusals(get_response)


class Refusals:
    """Turns an error that was raised on purpose into a page."""

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says what was refused; any other error goes on."""
        if not isinstance(error, RequiteError):
            return None
        if isinstance(error, TooManyAttempts):
            told = render(request, "errors/locked_out.html", {"error": error}, status=TOO_MANY)
            told["Retry-After"] = str(error.seconds)
            return told
        return render(request, "errors/refused.html", {"error": error}, status=CONFLICT)
