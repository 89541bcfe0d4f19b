"""Second factors: attempts at them are limited, and every change of them is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import get_state
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from requite.office.people.limits import TooManyAttempts
from requite.office.people.signing_in import (
    RECOVERY,
    factors_of,
    note_factors,
    note_recovery_code,
    use_code_once,
)
from requite.web.people.trying import at_factor, counted

if TYPE_CHECKING:
    from requite.office.people.models import User

BROKEN = 500


@contextmanager
def limited(user: "User") -> Iterator[None]:
    """Judge an attempt at a second factor; one too many ends the sign-in that waits for it."""
    request = context.request
    try:
        with counted(at_factor(request, user)):
            yield
    except TooManyAttempts:
        if not request.user.is_authenticated:
            request.session.flush()
        raise


class _Code:
    """A code that is typed: of an app, or one of the recovery codes."""

    user: "User"
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Judge a code, if one more may be judged."""
        with limited(self.user), transaction.atomic():
            code = str(super().clean_code())  # type: ignore[misc]
            if self.authenticator.type == RECOVERY:
                note_recovery_code(self.user, at=timezone.now())
            else:
                self._use_once(code)
        return code

    def _use_once(self, code: str) -> None:
        try:
            use_code_once(self.user, code, at=timezone.now())
        except TooManyAttempts:
            raise get_adapter().validation_error("incorrect_code") from None


class CodeForm(_Code, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code that a sign-in waits for."""


class CodeAgainForm(_Code, ReauthenticateForm):  # type: ignore[misc]
    """The code that somebody who is in shows once more."""


class KeyField(forms.JSONField):
    """What a security key answers; figures or nests beyond all reading are wrong, and no fault."""

    def to_python(self, value: object) -> Any:  # noqa: ANN401 - as the field that it is of
        """The answer as a structure."""
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise get_adapter().validation_error("incorrect_code") from None

    def bound_data(self, data: object, initial: object) -> Any:  # noqa: ANN401 - the same
        """Nothing: an answer is good for once, and never shown again."""
        return None


class _Key:
    """What a security key has signed."""

    user: "User"

    def clean_credential(self) -> Authenticator:
        """Judge a signature, if one more may be judged; what is none is wrong, and no fault.

        A challenge counts once, whichever process of the office its answer is shown to.
        """
        challenge = str((get_state() or {}).get("challenge", ""))
        with limited(self.user), transaction.atomic():
            try:
                key = super().clean_credential()  # type: ignore[misc]
                use_code_once(self.user, challenge, at=timezone.now())
            except (KeyError, TypeError, ValueError, TooManyAttempts):
                raise get_adapter().validation_error("incorrect_code") from None
        return key


class KeyForm(_Key, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The signature that a sign-in waits for."""

    credential = KeyField(required=True, widget=forms.HiddenInput)


class KeyAgainForm(_Key, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The signature that somebody who is in gives once more."""

    credential = KeyField(required=True, widget=forms.HiddenInput)


class NewKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A security key that somebody sets up."""

    credential = KeyField(required=True, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """Judge the key's first answer; a broken one is wrong, and no fault."""
        try:
            return dict(super().clean())
        except (KeyError, TypeError, ValueError):
            raise get_adapter().validation_error("incorrect_code") from None


def _pages_of_oneself() -> str:
    """The address below which people sign in and see to their passwords and second factors."""
    return reverse("account_login").removesuffix("login/")


def changes_told(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Tell of every second factor that somebody sets or removes, in the transaction of it."""

    def page(request: HttpRequest) -> HttpResponse:
        # Whoever is asked for the password on the way changes a factor at the address of that.
        ours = request.method == "POST" and request.path.startswith(_pages_of_oneself())
        if not ours or not request.user.is_authenticated:
            return get_response(request)
        user = request.user
        with transaction.atomic():
            before = factors_of(user)
            response = get_response(request)
            if response.status_code >= BROKEN:
                transaction.set_rollback(True)
            else:
                note_factors(user, before, at=timezone.now())
        return response

    return page
