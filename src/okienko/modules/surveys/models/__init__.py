"""Tables of surveys, waves, fieldwork in an office, and the links that lead to the answering page."""

from okienko.modules.surveys.models.fieldwork import OfficeWave, PointPlan, SampleKind, Shift
from okienko.modules.surveys.models.link import SurveyLink
from okienko.modules.surveys.models.survey import Survey, Wave, WaveState, last_day

__all__ = [
    "OfficeWave",
    "PointPlan",
    "SampleKind",
    "Shift",
    "Survey",
    "SurveyLink",
    "Wave",
    "WaveState",
    "last_day",
]
