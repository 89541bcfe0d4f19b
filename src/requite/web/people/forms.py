"""The form that adds somebody, and the one by which a password is changed."""

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from django import forms

from requite.office.people.role import CHOICES, Role
from requite.office.people.services import NewMember
from requite.web.people.trying import at_password, counted


class AddForm(forms.Form):
    """Name, address and role of somebody new."""

    username = forms.SlugField(max_length=60, label="User name")
    email = forms.EmailField(required=False, label="E-mail (for single sign-on)")
    role = forms.ChoiceField(choices=CHOICES, label="Role")

    def member(self, password: str) -> NewMember:
        """What was filled in, for the service."""
        filled = self.cleaned_data
        return NewMember(
            filled["username"], password, Role(filled["role"]), filled["email"], must_change=True
        )


class ChangeForm(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """A new password for the old one, which is guessed no more often here than elsewhere."""

    def clean_oldpassword(self) -> str:
        """Judge the old password, if one more may be judged."""
        with counted(at_password(context.request, self.user.get_username())):
            return str(super().clean_oldpassword())
