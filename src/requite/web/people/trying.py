"""Attempts at pages: what is tried counts, and who was wrong too often is told how long to wait."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from requite.office.people.attempts import Attempt, begin, give_back, note_failure
from requite.office.people.limits import Kind
from requite.office.people.queries import spelled, user_spelled
from requite.web.people.address import address_of, neighbourhood

if TYPE_CHECKING:
    from requite.office.people.models import User


def at_password(request: HttpRequest, name: str) -> Attempt:
    """An attempt at the password that belongs to a name."""
    address = address_of(request)
    keys = {Kind.NAME: spelled(name), Kind.ADDRESS: neighbourhood(address)}
    return Attempt("password", keys, user_spelled(name), address)


def at_factor(request: HttpRequest, user: "User") -> Attempt:
    """An attempt at a user's second factor, also within one sign-in that waits for it."""
    address = address_of(request)
    keys = {Kind.FACTOR: str(user.pk)}
    if not request.user.is_authenticated:
        keys[Kind.PENDING] = request.session.session_key or ""
    return Attempt("second factor", keys, user, address)


def at_single_sign_on(request: HttpRequest) -> Attempt:
    """An attempt of somebody whom the identity provider knows, and this office does not."""
    address = address_of(request)
    return Attempt("single sign-on", {Kind.ADDRESS: neighbourhood(address)}, None, address)


def refuse(attempt: Attempt) -> None:
    """Count an attempt that was wrong before anybody looked.

    Raises
    ------
    TooManyAttempts
        It is one too many.
    """
    with suppress(ValidationError), counted(attempt):
        raise ValidationError("wrong")


@contextmanager
def counted(attempt: Attempt) -> Iterator[None]:
    """Judge an attempt inside; a `ValidationError` says that it was wrong.

    Raises
    ------
    TooManyAttempts
        It is refused unseen, or was one too many.
    """
    begin(attempt, at=timezone.now())
    try:
        yield
    except ValidationError as wrong:
        locked = note_failure(attempt, at=timezone.now())
        raise (locked or wrong) from None
    give_back(attempt, at=timezone.now())
