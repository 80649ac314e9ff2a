"""Forms of the module."""

from okienko.modules.surveys.forms.fieldwork import (
    FormCountsForm,
    LinkForm,
    LinkNameForm,
    NoteForm,
    PeopleForm,
    PointsForm,
    PointSizesForm,
    ShiftDaysForm,
    ShiftForm,
    SizeForm,
)
from okienko.modules.surveys.forms.lists import FieldFilter, SurveyFilter
from okienko.modules.surveys.forms.surveys import (
    ExtensionForm,
    NetworkWaveForm,
    OfficesForm,
    SurveyForm,
    WaveForm,
    WeightsForm,
)

__all__ = [
    "ExtensionForm",
    "FieldFilter",
    "FormCountsForm",
    "LinkForm",
    "LinkNameForm",
    "NetworkWaveForm",
    "NoteForm",
    "OfficesForm",
    "PeopleForm",
    "PointSizesForm",
    "PointsForm",
    "ShiftDaysForm",
    "ShiftForm",
    "SizeForm",
    "SurveyFilter",
    "SurveyForm",
    "WaveForm",
    "WeightsForm",
]
