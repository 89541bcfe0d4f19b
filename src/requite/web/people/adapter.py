"""How allauth may be used here: nobody signs up alone, single sign-on knows only known people."""

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from requite.office.people.services import note_own_password

if TYPE_CHECKING:
    from requite.office.people.models import User


class NoSelfService(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Users are added by administrators."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        del request
        return False

    def set_password(self, user: "User", password: str) -> None:
        """Somebody chooses a password: nobody else knows it from now on."""
        super().set_password(user, password)
        note_own_password(user, at=timezone.now())


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on lets in whom an administrator has added, by the same e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401
        """Nobody new."""
        del request, sociallogin
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
