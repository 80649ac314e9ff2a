"""Filters of the lists; they live in the address. A value that is not among the choices filters nothing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okienko.foundation.offices.models.office import Region
from okienko.modules.surveys.rules import Pace
from okienko.modules.surveys.texts import PACES


class _Filter(forms.Form):
    """Reads what is valid and leaves the rest out."""

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SurveyFilter(_Filter):
    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    stan = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("survey", "in use")),
            ("otwarte", _("with an open wave")),
            ("archiwum", pgettext_lazy("survey", "archived")),
        ],
    )


class FieldFilter(_Filter):
    q = forms.CharField(label=_("Office"), required=False, max_length=100)
    rodzaj = forms.ChoiceField(label=_("Type of office"), required=False)
    region = forms.ChoiceField(
        label=_("Voivodeship"),
        required=False,
        choices=[("", pgettext_lazy("offices", "all")), *Region.choices],
    )
    tempo = forms.ChoiceField(
        label=_("How it goes"),
        required=False,
        choices=[
            ("", pgettext_lazy("offices", "all")),
            ("pomoc", _("needs help")),
            *[(pace.value, PACES[pace]) for pace in Pace],
        ],
    )

    def __init__(self, *args, types, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rodzaj"].choices = [
            ("", pgettext_lazy("offices", "all")),
            *((kind, kind) for kind in sorted(types)),
        ]
