"""Forms about a network, and the filter of a history."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okienko.foundation.administration.forms.fields import LineField
from okienko.foundation.ui.forms import DayField


class NetworkNameForm(forms.Form):
    name = LineField(label=_("Name of the network"), max_length=200)


class OfficeTypeForm(forms.Form):
    name = LineField(
        label=_("Name in Polish"), max_length=120, help_text=_("In small letters: urząd morski.")
    )
    name_en = LineField(label=_("Name in English"), max_length=120)


class OfficesFilter(forms.Form):
    q = forms.CharField(label=_("Name or town"), max_length=100, required=False)
    type = forms.ChoiceField(label=_("Type of office"), required=False)

    def __init__(self, *args, types: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", pgettext_lazy("types of offices", "all")), *types]


class HistoryFilter(forms.Form):
    """The words in the address: `akcja`, `osoba`, `od`, `do`."""

    akcja = forms.ChoiceField(label=_("What was done"), required=False)
    osoba = forms.ChoiceField(label=_("By whom"), required=False)
    od = DayField(label=pgettext_lazy("dates", "From"), required=False)
    do = DayField(label=pgettext_lazy("dates", "To"), required=False)

    def __init__(
        self, *args, actions: Iterable[tuple[str, str]], people: Iterable[tuple[str, str]], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.fields["akcja"].choices = [("", _("everything")), *actions]
        self.fields["osoba"].choices = [("", _("everybody")), *people]

    def wanted(self) -> dict:
        """What the reader asked for; a part that makes no sense narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
