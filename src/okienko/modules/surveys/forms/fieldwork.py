"""The fieldwork of a wave in an office: people, size, points, shifts, links, paper forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.models.office import Channel
from okienko.foundation.ui.forms import DayField, HourField
from okienko.modules.surveys.models import OfficeWave, PointPlan
from okienko.modules.surveys.services import FormCounts, People, PointSize, ShiftTime
from okienko.modules.surveys.texts import KINDS, PROBLEMS

MOST = 100_000_000
MOST_FORMS = 1_000_000


def _count(label, *, least: int = 0, most: int = MOST, help_text="") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=False, help_text=help_text
    )


class PeopleForm(forms.Form):
    """Who is asked, and how they are chosen."""

    sample_kind = forms.ChoiceField(
        label=_("How are people chosen?"),
        widget=forms.RadioSelect,
        choices=[(kind, KINDS[kind].title) for kind in KINDS],
    )
    population = _count(
        _("How many people are there?"),
        least=1,
        help_text=_("Clients served in the days of the wave, or people on the list, or employees."),
    )
    population_source = forms.CharField(
        label=_("Where does the number come from?"),
        max_length=200,
        required=False,
        help_text=_("For instance: queue system, register of matters, last year's report, an estimate."),
    )

    @staticmethod
    def initial_of(office_wave: OfficeWave) -> dict:
        names = ("sample_kind", "population", "population_source")
        return {name: getattr(office_wave, name) for name in names}

    def people(self) -> People:
        return People(**self.cleaned_data)

    @property
    def kinds(self) -> list:
        """Each way of choosing with its words, its value, and whether it is chosen."""
        chosen = self["sample_kind"].value()
        return [(code, words, code == chosen) for code, words in KINDS.items()]


class SizeForm(forms.Form):
    """How many answers are wanted."""

    target = _count(_("How many answers do you want?"), least=1, most=MOST_FORMS)
    expected_return = _count(
        _("Of 100 forms given out, how many will come back?"),
        least=1,
        most=100,
        help_text=_("From your last wave, or a guess: at a counter 60 to 80 is usual, by post 20 to 40."),
    )

    @staticmethod
    def initial_of(office_wave: OfficeWave) -> dict:
        return {"target": office_wave.target, "expected_return": office_wave.expected_return}


class PointsForm(forms.Form):
    """The service points at which clients are asked."""

    points = forms.ModelMultipleChoiceField(
        label=_("Service points in this wave"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": PROBLEMS["foreign_points"],
            "invalid_pk_value": PROBLEMS["foreign_points"],
        },
    )

    def __init__(self, *args, points: QuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["points"].queryset = points


class _PerPoint(forms.Form):
    """A row of fields for every point of the wave; `fields_of_a_point` says which."""

    fields_of_a_point: dict = {}

    def __init__(self, *args, plans: Iterable[PointPlan], **kwargs):
        super().__init__(*args, **kwargs)
        self.plans = list(plans)
        for plan in self.plans:
            for name, (label, least, most) in self.fields_of_a_point.items():
                field = _count(f"{plan.service_point.name}: {label}", least=least, most=most)
                field.initial, field.short_label = getattr(plan, name, None), label
                self.fields[f"{name}_{plan.pk}"] = field

    def columns(self) -> list:
        return [label for label, _least, _most in self.fields_of_a_point.values()]

    def rows(self) -> list[tuple[PointPlan, list[BoundField]]]:
        """Each point with its fields, for a table."""
        return [(plan, [self[f"{name}_{plan.pk}"] for name in self.fields_of_a_point]) for plan in self.plans]

    def values(self) -> dict[int, dict]:
        return {
            plan.pk: {name: self.cleaned_data[f"{name}_{plan.pk}"] for name in self.fields_of_a_point}
            for plan in self.plans
        }


class PointSizesForm(_PerPoint):
    """How big each point is, and to which client in a row a form is given."""

    fields_of_a_point = {
        "days_open": (_("days open in the wave"), 1, 400),
        "visits": (_("clients in these days"), 0, MOST),
        "interval": (_("a form for every which client (5: every fifth)"), 1, 10_000),
    }

    def sizes(self) -> dict[int, PointSize]:
        return {pk: PointSize(**values) for pk, values in self.values().items()}


class FormCountsForm(_PerPoint):
    """Paper forms issued, returned and spoiled."""

    fields_of_a_point = {
        "issued": (_("forms issued"), 0, MOST_FORMS),
        "returned": (_("forms returned"), 0, MOST_FORMS),
        "spoiled": (_("of them spoiled"), 0, MOST_FORMS),
    }

    def counts(self) -> dict[int, FormCounts]:
        return {pk: FormCounts(**values) for pk, values in self.values().items()}


class ShiftDaysForm(_PerPoint):
    """On how many days forms are handed out at each point."""

    fields_of_a_point = {"days": (_("number of days to draw"), 0, 366)}

    def days(self) -> dict[int, int]:
        return {pk: values["days"] or 0 for pk, values in self.values().items()}


class ShiftForm(forms.Form):
    """One shift added by hand."""

    point = forms.ModelChoiceField(label=_("Service point"), queryset=None, empty_label=None)
    day = DayField(label=_("Day"))
    starts_at = HourField(label=_("From"), required=False)
    ends_at = HourField(label=_("To"), required=False, help_text=_("Empty: the whole day."))

    def __init__(self, *args, plans: QuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = plans

    def when(self) -> ShiftTime:
        return ShiftTime(*(self.cleaned_data[name] for name in ("day", "starts_at", "ends_at")))


class LinkForm(forms.Form):
    """A further link to the answering page."""

    label = forms.CharField(
        label=_("Name of the link"),
        max_length=120,
        help_text=_("Only you see it, for instance “Website” or “Letter with the decision”."),
    )
    service_point = forms.ModelChoiceField(
        label=_("Service point"),
        queryset=None,
        required=False,
        empty_label=_("– none: the whole office –"),
        help_text=_("Answers that come through the link are counted at this point."),
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", _("– any –")), *Channel.choices], required=False
    )

    def __init__(self, *args, points: Sequence, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service_point"].queryset = points


class LinkNameForm(forms.Form):
    label = forms.CharField(label=_("Name of the link"), max_length=120)


class NoteForm(forms.Form):
    """What was out of the ordinary in the fieldwork."""

    text = forms.CharField(
        label=_("What should be known about how the survey went?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        required=False,
        help_text=_(
            "A closed hall, a failure, a change of hours. The report repeats it in the part on method."
        ),
    )
