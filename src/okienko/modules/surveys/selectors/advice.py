"""Advice for the planner: how many answers and forms, which interval, how wide the margin will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, QuerySet

from okienko.foundation.offices.selectors import service_points
from okienko.modules.surveys.models import OfficeWave, PointPlan, SampleKind, Shift
from okienko.modules.surveys.rules import (
    allocate,
    answers_needed,
    expected_margin,
    forms_needed,
    suggested_interval,
)
from okienko.modules.surveys.selectors.fieldwork import points_of, shifts_of
from okienko.modules.surveys.selectors.figures import PointFigures, ResponseFigures
from okienko.modules.surveys.selectors.slots import typed_at_points

MARGINS = (0.1, 0.07, 0.05, 0.04, 0.03)
# Clients of one day are alike: intercept surveys of offices usually lose about a third of their precision.
DAYS_ALIKE = 1.5
SHIFT_DAYS = 6


@dataclass(frozen=True)
class SizeAdvice:
    """Answers, and forms to hand out, for a margin; `forms` is None while the return is not known.

    `chosen` marks what the planner's own target gives.
    """

    margin: float
    answers: int
    forms: int | None
    chosen: bool = False


@dataclass(frozen=True)
class PointAdvice:
    """A point's part of the target, the forms for it, and to which client in a row to give one."""

    answers: int
    forms: int
    interval: int


@dataclass(frozen=True)
class PointRow:
    """A point's forms with how many of them have been typed in."""

    figures: PointFigures
    typed: int

    @property
    def left(self) -> int | None:
        """Returned forms that still wait for typing."""
        if self.figures.returned is None:
            return None
        return self.figures.returned - (self.figures.spoiled or 0) - self.typed


def margin_of(office_wave: OfficeWave, answers: int) -> float | None:
    """The margin of a share near one half, as for a simple random sample; None where there is no margin."""
    if not office_wave.sample_kind or not SampleKind(office_wave.sample_kind).is_probability:
        return None
    return expected_margin(answers, office_wave.population)


def size_advice(office_wave: OfficeWave) -> list[SizeAdvice]:
    """For the target, when there is one, and for each usual margin.

    Empty where people are not chosen by lot, since then there is no margin.
    """
    kind = office_wave.sample_kind
    if not kind or not SampleKind(kind).is_probability:
        return []
    effect = DAYS_ALIKE if kind == SampleKind.SYSTEMATIC else 1.0
    population, back, target = office_wave.population, office_wave.expected_return, office_wave.target
    wanted = [(margin, answers_needed(margin, population, design_effect=effect), False) for margin in MARGINS]
    own = expected_margin(target, population, design_effect=effect) if target else None
    if own is not None:
        wanted.insert(0, (own, target, True))
    return [
        SizeAdvice(margin, answers, forms_needed(answers, back) if back else None, chosen)
        for margin, answers, chosen in wanted
    ]


def interval_advice(office_wave: OfficeWave) -> list[tuple[PointPlan, PointAdvice]]:
    """Each point with its advice; empty until the target is known."""
    if not office_wave.target:
        return []
    plans = list(points_of(office_wave).annotate(drawn=Count("shifts__day", distinct=True)))
    shares = allocate(office_wave.target, [plan.visits for plan in plans])
    found = []
    for plan, answers in zip(plans, shares, strict=True):
        forms = forms_needed(answers, office_wave.expected_return or 100)
        days = plan.days_open or 0
        interval = suggested_interval(
            visits=plan.visits or 0,
            days_open=days,
            shift_days=plan.drawn or min(SHIFT_DAYS, days),
            forms=forms,
        )
        found.append((plan, PointAdvice(answers, forms, interval)))
    return found


def shift_days(office_wave: OfficeWave) -> list[tuple[date, list[Shift]]]:
    """The calendar: each day with its shifts."""
    return [(day, list(group)) for day, group in groupby(shifts_of(office_wave), key=lambda shift: shift.day)]


def shift_counts(office_wave: OfficeWave) -> dict[str, int]:
    """Days drawn at each point, as the form's initial values; six where none are drawn yet."""
    plans = points_of(office_wave).annotate(drawn=Count("shifts__day", distinct=True))
    return {f"days_{plan.pk}": plan.drawn or min(SHIFT_DAYS, plan.days_open or 0) for plan in plans}


def service_points_of(office_wave: OfficeWave) -> QuerySet:
    """The points that take part in the wave."""
    return service_points(active_only=False).filter(pk__in=points_of(office_wave).values("service_point"))


def typed_rows(office_wave: OfficeWave, figures: ResponseFigures) -> list[PointRow]:
    typed = typed_at_points(office_wave.pk)
    return [PointRow(point, typed.get(point.service_point_id, 0)) for point in figures.points]
