"""Decisions about surveys on plain values: no database, no clock, no request."""

from okienko.modules.surveys.rules.calendar import open_days, public_holidays
from okienko.modules.surveys.rules.checks import form_problems, wave_date_problems
from okienko.modules.surveys.rules.plan import (
    PlanFacts,
    PointFacts,
    Problem,
    Step,
    StepState,
    blocking,
    plan_steps,
)
from okienko.modules.surveys.rules.progress import (
    FieldFigures,
    Pace,
    elapsed,
    expected_at_end,
    pace,
    return_rate,
)
from okienko.modules.surveys.rules.sampling import (
    allocate,
    answers_needed,
    expected_margin,
    forms_needed,
    suggested_interval,
)
from okienko.modules.surveys.rules.shifts import DrawnShift, PointDays, draw_shifts
from okienko.modules.surveys.rules.states import AnsweringStatus, answering_status, closes_by_itself
from okienko.modules.surveys.rules.tasks import HomeTask, StartFacts, WaveFacts, first_step, tasks_of

__all__ = [
    "AnsweringStatus",
    "DrawnShift",
    "FieldFigures",
    "HomeTask",
    "Pace",
    "PlanFacts",
    "PointDays",
    "PointFacts",
    "Problem",
    "StartFacts",
    "Step",
    "StepState",
    "WaveFacts",
    "allocate",
    "answering_status",
    "answers_needed",
    "blocking",
    "closes_by_itself",
    "draw_shifts",
    "elapsed",
    "expected_at_end",
    "expected_margin",
    "first_step",
    "form_problems",
    "forms_needed",
    "open_days",
    "pace",
    "plan_steps",
    "public_holidays",
    "return_rate",
    "suggested_interval",
    "tasks_of",
    "wave_date_problems",
]
