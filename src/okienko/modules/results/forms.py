"""Forms of the report, of the decision, and of the filters of the network's list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okienko.foundation.ui.forms import DayField
from okienko.modules.results.models import Decision
from okienko.modules.results.services import HeadDecision, ReportText

LONGEST = 20_000


def _long(label, help_text, rows: int = 8) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, widget=widget, max_length=LONGEST, required=False
    )


class ReportForm(forms.Form):
    """What the coordinator writes; the draft may be saved with gaps."""

    conclusions = _long(
        _("Conclusions"),
        _("What the results mean for the office. Name the figures that matter, in plain words."),
        10,
    )
    proposal = _long(_("Proposed decision"), _("One or two things to change, in the order of importance."))
    owner = forms.CharField(
        label=_("Who does it"), max_length=200, required=False, help_text=_("A unit or a function.")
    )
    due = DayField(label=_("By when"), required=False)
    next_survey = _long(
        _("The next survey"),
        _("When you ask again, and what you will change in the questionnaire or the sample."),
        5,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def text(self) -> ReportText:
        values = {
            name: self.cleaned_data[name]
            for name in ("conclusions", "proposal", "owner", "due", "next_survey")
        }
        return ReportText(**values)


class DecisionForm(forms.Form):
    """What the head of the office decides."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect)
    words = _long(
        _("In words"), _("What is to be done. Needed when you change the proposal or do not accept it."), 5
    )
    due = DayField(
        label=_("By when"), required=False, help_text=_("Leave it empty to keep the date of the proposal.")
    )

    def made(self) -> HeadDecision:
        return HeadDecision(**self.cleaned_data)


class ComparisonFilter(forms.Form):
    """Filters in the address of the network's list; what is not a choice is ignored."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    rodzaj = forms.ChoiceField(label=_("Type of office"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    kolejnosc = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=(
            ("", _("from the highest rating")),
            ("ocena", _("from the lowest rating")),
            ("nazwa", _("by name")),
        ),
    )

    def __init__(self, data, *, types, regions) -> None:
        super().__init__(data)
        self.fields["rodzaj"].choices = [("", _("all")), *((str(pk), name) for pk, name in types)]
        self.fields["region"].choices = [("", _("all")), *regions]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
