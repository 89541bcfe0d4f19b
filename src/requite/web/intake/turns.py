"""Pages that read whole files: one at a time of each user."""

from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from requite.office.intake.turns import NotYet, turn
from requite.web.access import ProviderRequest, View

BUSY = 503


def in_turn(view: View) -> View:
    """Open a page only while nothing else is read for its user; else say that it is too early."""

    @wraps(view)
    def page(request: ProviderRequest, **named: Any) -> HttpResponse:  # noqa: ANN401
        try:
            with turn(request.user):
                return view(request, **named)
        except NotYet as early:
            answer = render(request, "intake/not_yet.html", {"problem": early}, status=BUSY)
            answer["Retry-After"] = "30"
            return answer

    return page
