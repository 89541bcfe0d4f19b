"""How allauth may be used here: nobody signs up alone, single sign-on knows only known people."""

import base64
import contextlib
import hashlib
from typing import TYPE_CHECKING, Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from requite.office.people.services import choose_password
from requite.office.people.signing_in import note_sign_in, note_sign_out
from requite.web.people.address import address_of
from requite.web.people.trying import at_password, at_single_sign_on, counted, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allauth.usersessions.models import UserSession

    from requite.office.people.models import User


METHODS = "account_authentication_methods"  # where allauth writes down how somebody came in


class NoSelfService(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Users are added by administrators; attempts are limited, coming and going is told."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> "User | None":  # noqa: ANN401
        """Look at a password, if one more may be looked at."""
        attempt = at_password(request, credentials.get("username") or "")
        with contextlib.suppress(_Wrong), counted(attempt):
            user: User | None = super().authenticate(request, **credentials)
            if user is None:
                raise _Wrong
            return user
        return None

    def respond_user_inactive(self, request: HttpRequest, user: "User") -> HttpResponseBase:
        """Somebody with the right password who was deactivated: that counts as a wrong one."""
        refuse(at_password(request, user.get_username()))
        return cast("HttpResponseBase", super().respond_user_inactive(request, user))

    def login(self, request: HttpRequest, user: "User") -> None:
        """Let somebody in who has shown all that was asked for."""
        with transaction.atomic():
            super().login(request, user)
            by = [str(each.get("method")) for each in request.session.get(METHODS, ())]
            note_sign_in(user, by=by, address=address_of(request), at=timezone.now())

    def logout(self, request: HttpRequest) -> None:
        """Let somebody go."""
        user = cast("User", request.user)
        with transaction.atomic():
            super().logout(request)
            note_sign_out(user, why="signed out", at=timezone.now())

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that sessions and limits go by."""
        return address_of(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        del request
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail lets anybody in: an address is the administrator's to choose."""
        del template_prefix, email, context

    def clean_password(self, password: str, user: "User | None" = None) -> str:
        """A password that somebody else has set is not chosen once more."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError("Choose a password of your own: this one was told to you.")
        return str(super().clean_password(password, user))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the first page: there is nothing more to do here."""
        del request
        return reverse("home")

    def set_password(self, user: "User", password: str) -> None:
        """Somebody chooses a password: the office's own write, with its event."""
        choose_password(user, password, at=timezone.now())


class _Wrong(ValidationError):
    """A password was wrong."""

    def __init__(self) -> None:
        super().__init__("wrong")


class ToldSessions(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Sessions that somebody ends from another one are told."""

    def end_sessions(self, sessions: "Iterable[UserSession]") -> None:
        """End sessions of one's own."""
        with transaction.atomic():
            super().end_sessions(sessions)
            for session in sessions:
                note_sign_out(session.user, why="ended from another session", at=timezone.now())


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on lets in whom an administrator has added, by the same e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401
        """Nobody new; that somebody tried is told."""
        del sociallogin
        refuse(at_single_sign_on(request))
        return False


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors are kept under seal: who reads the database alone cannot use them."""

    def encrypt(self, text: str) -> str:
        """Seal a secret with the installation's key."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> Fernet:
    key = hashlib.sha256(f"second factors/{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
