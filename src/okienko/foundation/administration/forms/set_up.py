"""Forms of the first-run set-up, one for each step."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from okienko.foundation.administration import setup_code
from okienko.foundation.administration.forms.fields import AddressField, LineField, PasswordPair
from okienko.foundation.administration.forms.office import PointCoreForm
from okienko.foundation.administration.values import NewPerson
from okienko.foundation.offices.models.office import Channel

MOST_POINTS = 20


class CodeForm(forms.Form):
    code = LineField(
        label=_("Set-up code"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        if not setup_code.matches(self.cleaned_data["code"]):
            raise forms.ValidationError(
                _("This is not the code. Copy it once more from where Okienko was started.")
            )
        return self.cleaned_data["code"]


class FirstPointForm(PointCoreForm):
    """A service point of the first-run set-up. Only the first one needs a name; the others may stay empty."""

    use_required_attribute = False
    field_order = ("name", "channel", "street", "city", "room")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = not self.empty_permitted


class FirstPoints(BaseFormSet):
    """At least one service point; the names differ. `rows` are what has been typed so far."""

    def __init__(self, *args, city: str = "", rows: Sequence[dict] = ({},), **kwargs):
        self.rows, self.city = rows, city
        super().__init__(*args, prefix="p", **kwargs)

    def total_form_count(self) -> int:
        return super().total_form_count() if self.is_bound else len(self.rows)

    def get_form_kwargs(self, index: int | None) -> dict:
        typed = self.rows[index] if index is not None and index < len(self.rows) else {}
        return {"initial": {"channel": Channel.IN_PERSON, "city": self.city} | typed}

    def clean(self) -> None:
        if any(self.errors):
            return
        names = [form.cleaned_data["name"].casefold() for form in self.filled]
        if len(set(names)) != len(names):
            raise forms.ValidationError(_("Two service points have the same name."))

    @property
    def filled(self) -> list[FirstPointForm]:
        return [form for form in self.forms if form.cleaned_data.get("name")]


FirstPointsForm = formset_factory(
    FirstPointForm, formset=FirstPoints, extra=0, min_num=1, max_num=MOST_POINTS, absolute_max=MOST_POINTS
)


class NetworkForm(forms.Form):
    """Whether other offices will work here too."""

    ALONE, MANY = "alone", "many"
    serves = forms.ChoiceField(
        label=_("Who will use this Okienko"),
        choices=[(ALONE, _("only our office")), (MANY, _("our office and other offices: a network"))],
        widget=forms.RadioSelect,
    )
    network_name = LineField(
        label=_("Name of the network"),
        max_length=200,
        required=False,
        help_text=_("Only when other offices will use it too. You will coordinate the network as well."),
    )

    def clean(self):
        values = super().clean()
        if values.get("serves") == self.MANY and not values.get("network_name"):
            self.add_error("network_name", _("Write the name of the network."))
        return values


class AccountForm(PasswordPair):
    """The coordinator's own account."""

    name = LineField(
        label=_("Your name and surname"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = AddressField(label=_("Your e-mail address"), help_text=_("You will sign in with it."))
    job_title = LineField(
        label=_("Your position"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    field_order = ("name", "email", "job_title", "password1", "password2")

    def new_person(self) -> NewPerson:
        values = self.cleaned_data
        return NewPerson(values["name"], values["email"], values["password1"], values["job_title"])
