"""Forms about people: invitations, roles, the hand-over, one's own profile."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from okienko.foundation.accounts.models import User
from okienko.foundation.administration.forms.fields import AddressField, LineField, PasswordPair
from okienko.foundation.administration.values import NewPerson
from okienko.foundation.offices.models import Membership
from okienko.foundation.offices.models.people import OfficeRole
from okienko.foundation.offices.rules.roles import ROLES_TO_GIVE
from okienko.foundation.registry import Role


def role_choices(roles: Iterable[Role]) -> list[tuple[str, str]]:
    return [(role.value, OfficeRole(role).label) for role in roles]


class ColleagueForm(forms.Form):
    """Who is invited."""

    name = LineField(label=_("Name and surname"), max_length=120)
    email = AddressField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class InviteForm(ColleagueForm):
    """Who is invited, and to which role."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args, roles: Iterable[Role], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args, roles: Iterable[Role], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)


class HandOverForm(forms.Form):
    """Who coordinates from now on, and what the present coordinator will be."""

    successor = forms.ChoiceField(label=_("Who will coordinate"), widget=forms.RadioSelect)
    becomes = forms.ChoiceField(label=_("What the present coordinator will be"), widget=forms.RadioSelect)

    def __init__(self, *args, people: Iterable[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["successor"].choices = [
            (pk, f"{person.user.name} ({person.get_role_display()})") for pk, person in self.people.items()
        ]
        self.fields["becomes"].choices = role_choices(ROLES_TO_GIVE)


class PersonForm(forms.Form):
    """What a person says of herself."""

    name = LineField(
        label=_("Name and surname"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    job_title = LineField(
        label=_("Position"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )


class ProfileForm(PersonForm):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class RegisterForm(PersonForm, PasswordPair):
    """An account made from an invitation; the address is the invitation's and is not asked."""

    field_order = ("name", "job_title", "password1", "password2")

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def person(self) -> User:
        return User(email=self.email, name=self.cleaned_data.get("name", ""))

    def new_person(self) -> NewPerson:
        values = self.cleaned_data
        return NewPerson(values["name"], self.email, values["password1"], values["job_title"])
