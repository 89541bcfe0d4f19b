"""The forms that add somebody or a provider, and the one by which a password is changed."""

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from django import forms
from django.utils.text import slugify

from requite.office.people.providers import NewProvider
from requite.office.people.role import CHOICES, Role
from requite.office.people.services import USERNAME, NewMember
from requite.web.people.trying import at_password, counted


class AddForm(forms.Form):
    """Name, address and role of somebody new."""

    username = forms.RegexField(USERNAME, label="User name", max_length=60)
    email = forms.EmailField(required=False, label="E-mail (for single sign-on)")
    role = forms.ChoiceField(choices=CHOICES, label="Role")

    def member(self, password: str) -> NewMember:
        """What was filled in, for the service."""
        filled = self.cleaned_data
        return NewMember(
            filled["username"], password, Role(filled["role"]), filled["email"], must_change=True
        )


class ProviderForm(forms.Form):
    """Name, state and short name of a provider to be taken up."""

    name = forms.CharField(max_length=200, label="Name of the provider")
    state = forms.RegexField(
        r"^[A-Z]{2}$", required=False, label="State (two capital letters)", max_length=2
    )
    slug = forms.SlugField(
        max_length=40, required=False, label="Short name, for addresses (empty: made of the name)"
    )

    def provider(self) -> NewProvider:
        """What was filled in, for the service."""
        filled = self.cleaned_data
        slug = filled["slug"] or slugify(filled["name"])[:40].strip("-")
        return NewProvider(slug, filled["name"], filled["state"])


class ChangeForm(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """A new password for the old one, which is guessed no more often here than elsewhere."""

    def clean_oldpassword(self) -> str:
        """Judge the old password, if one more may be judged."""
        with counted(at_password(context.request, self.user.get_username())):
            return str(super().clean_oldpassword())
