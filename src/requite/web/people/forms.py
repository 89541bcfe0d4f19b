"""The form that adds somebody."""

from django import forms

from requite.office.people.role import CHOICES, Role
from requite.office.people.services import NewMember


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
