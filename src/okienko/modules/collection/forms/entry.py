"""A batch of paper forms, described."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.models import ServicePoint
from okienko.foundation.ui.forms import DayField
from okienko.modules.collection.models import EntryBatch
from okienko.modules.collection.services.entry import Pile
from okienko.modules.surveys.selectors import points_of

MOST = 5000


class BatchForm(forms.Form):
    """The pile on the table: where and when the forms were filled in, and how many there are."""

    service_point = forms.ModelChoiceField(
        label=_("Service point"), queryset=None, required=False, empty_label=_("not at a service point")
    )
    day = DayField(
        label=_("Day on which the forms were filled in"),
        help_text=_(
            "Make a batch of its own for every day: the figures need to know which forms belong together."
        ),
    )
    expected = forms.IntegerField(
        label=_("How many forms are in the pile?"),
        min_value=1,
        max_value=MOST,
        help_text=_("All of them, also those that cannot be read."),
    )
    spoiled = forms.IntegerField(
        label=_("How many of them cannot be read?"),
        min_value=0,
        max_value=MOST,
        initial=0,
        help_text=_(
            "Empty, torn, crossed out as a whole. You can change the number until the batch is closed."
        ),
    )
    double_every = forms.IntegerField(
        label=_("Every which form is typed in twice?"),
        min_value=0,
        max_value=100,
        initial=10,
        help_text=_(
            "The second typing shows how often keys are mistaken."
            " 10: every tenth form, 1: every form, 0: none."
        ),
    )

    def __init__(self, data=None, *, office_wave, batch: EntryBatch | None = None) -> None:
        super().__init__(data, initial=self._initial(batch))
        plans = list(points_of(office_wave))
        points = ServicePoint.objects.filter(pk__in=[plan.service_point_id for plan in plans])
        self.fields["service_point"].queryset = points
        if plans:
            self.fields["service_point"].empty_label = None if len(plans) == 1 else _("– choose –")
            self.fields["service_point"].required = True

    @staticmethod
    def _initial(batch: EntryBatch | None) -> dict:
        names = ("service_point", "day", "expected", "spoiled", "double_every")
        return {name: getattr(batch, name) for name in names} if batch else {}

    def pile(self) -> Pile:
        return Pile(**self.cleaned_data)
