"""A survey, the calendar of a wave, the offices that take part, the weights of areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import count, groupby

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.models import Office
from okienko.foundation.ui.forms import DayField
from okienko.modules.surveys.models import Survey, Wave
from okienko.modules.surveys.services import SurveyDescription, WaveDates
from okienko.modules.surveys.texts import PROBLEMS

LONGEST_TEXT = 4000


class SurveyForm(forms.Form):
    """What the survey is called, what it is for, what is asked, who carries it out."""

    name = forms.CharField(
        label=_("Name of the survey"),
        max_length=200,
        help_text=_("Staff and readers of the report see it, for instance “Survey after a visit”."),
    )
    questionnaire = forms.ModelChoiceField(
        label=_("Questionnaire"),
        queryset=None,
        empty_label=_("– choose –"),
        help_text=_("When a wave opens, it keeps the version that is published then."),
    )
    purpose = forms.CharField(
        label=_("What is the survey for"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_(
            "What do you want to learn, and what will you decide on the answers? Think also: where do "
            "clients learn of your services, are their matters long, and can a refusal spoil the marks?"
        ),
    )
    team = forms.CharField(
        label=_("Team"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("Who carries the survey out and who may be asked. The report repeats it."),
    )
    staff_may_help = forms.BooleanField(
        label=_("Staff may help to fill in the form"),
        required=False,
        help_text=_(
            "Leave it unticked if employees should neither fill in forms for clients nor take them in hand; "
            "the report says which it was."
        ),
    )

    def __init__(self, *args, questionnaires: QuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["questionnaire"].queryset = questionnaires

    @staticmethod
    def initial_of(survey: Survey) -> dict:
        names = ("name", "questionnaire", "purpose", "team", "staff_may_help")
        return {name: getattr(survey, name) for name in names}

    def description(self) -> SurveyDescription:
        names = ("name", "purpose", "team", "staff_may_help")
        return SurveyDescription(**{name: self.cleaned_data[name] for name in names})


class WaveForm(forms.Form):
    """Name and calendar of a wave."""

    name = forms.CharField(
        label=_("Name of the wave"), max_length=80, help_text=_("For instance “Autumn 2026”.")
    )
    opens_on = DayField(label=_("First day"))
    closes_on = DayField(label=_("Last day"), help_text=_("Clients can answer until midnight of that day."))
    entry_until = DayField(
        label=_("Paper forms typed in by"),
        required=False,
        help_text=_("The wave closes by itself the day after. Empty: a week after the last day."),
    )
    threshold = forms.IntegerField(
        label=_("Smallest group shown in the results"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Smaller groups are hidden. At least 5 answers, in a survey of staff at least 10."),
    )

    @staticmethod
    def initial_of(wave: Wave) -> dict:
        names = ("name", "opens_on", "closes_on", "entry_until", "threshold")
        return {name: getattr(wave, name) for name in names}

    @staticmethod
    def initial_after(last: Wave | None) -> dict:
        """The same days a year later; nothing for the first wave."""
        if last is None:
            return {}
        year = timedelta(days=364)  # 52 weeks: the same days of the week
        return {
            "opens_on": last.opens_on + year,
            "closes_on": last.closes_on + year,
            "threshold": last.threshold,
        }

    def dates(self) -> WaveDates:
        names = ("name", "opens_on", "closes_on", "entry_until", "threshold")
        return WaveDates(**{name: self.cleaned_data[name] for name in names})


def _by_type(offices: Iterable[Office]) -> Sequence:
    """Choices of offices under the names of their types."""
    ordered = sorted(offices, key=lambda office: (office.type.name, office.name))
    return [
        (kind, [(str(office.pk), office.name) for office in group])
        for kind, group in groupby(ordered, key=lambda office: office.type.name)
    ]


class OfficesForm(forms.Form):
    """Which offices of the network take part."""

    offices = forms.MultipleChoiceField(
        label=_("Offices that take part"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": PROBLEMS["no_offices"], "invalid_choice": PROBLEMS["foreign_offices"]},
    )

    def __init__(self, *args, offices: Iterable[Office], **kwargs):
        super().__init__(*args, **kwargs)
        self._offices = {str(office.pk): office for office in offices}
        self.fields["offices"].choices = _by_type(self._offices.values())

    def groups(self) -> list[tuple[str, list[tuple[int, str, str, bool]]]]:
        """For the page: each type with its offices (place in the whole list, id, name, whether chosen)."""
        marked, places = {str(pk) for pk in self["offices"].value() or ()}, count()
        return [
            (kind, [(next(places), pk, name, pk in marked) for pk, name in offices])
            for kind, offices in self.fields["offices"].choices
        ]

    def chosen(self) -> list[Office]:
        return [self._offices[pk] for pk in self.cleaned_data["offices"]]


class NetworkWaveForm(OfficesForm, WaveForm):
    """A wave of the network's survey: calendar and offices."""

    field_order = ("name", "opens_on", "closes_on", "entry_until", "threshold", "offices")


class ExtensionForm(forms.Form):
    """A later end of an open wave."""

    closes_on = DayField(label=_("New last day"))
    entry_until = DayField(
        label=_("Paper forms typed in by"),
        required=False,
        help_text=_("Empty: as many days after the last day as before."),
    )


class WeightsForm(forms.Form):
    """How much each area counts when offices are compared."""

    def __init__(self, *args, areas: Sequence[tuple[str, str]], weights: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self._codes = [code for code, _name in areas]
        for code, name in areas:
            self.fields[f"weight_{code}"] = forms.DecimalField(
                label=name,
                min_value=0,
                max_value=1000,
                max_digits=8,
                decimal_places=3,
                required=False,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                initial=weights.get(code),
            )

    def weights(self) -> dict[str, float]:
        """Area → weight; empty when nothing is fixed."""
        found = {code: self.cleaned_data[f"weight_{code}"] for code in self._codes}
        return {code: float(weight) for code, weight in found.items() if weight is not None}
