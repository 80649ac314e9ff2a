"""Fieldwork of a wave in an office: who and how many, points, forms issued and returned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.surveys.links import links_for_points
from okienko.modules.surveys.models import OfficeWave, PointPlan, Shift, WaveState
from okienko.modules.surveys.rules import form_problems, open_days
from okienko.modules.surveys.selectors import points_of
from okienko.modules.surveys.texts import PROBLEMS, refusal
from okienko.modules.surveys.writing import locked_office_wave

MOST_POINTS = 200


@dataclass(frozen=True)
class PointSize:
    """How big a service point is in the period, and to which client in a row a form is given."""

    days_open: int | None = None
    visits: int | None = None
    interval: int | None = None


@dataclass(frozen=True)
class FormCounts:
    """What happened to the paper forms of a service point."""

    issued: int | None = None
    returned: int | None = None
    spoiled: int | None = None


@dataclass(frozen=True)
class People:
    """Who is asked: the way of choosing, how many people there are, and who says so."""

    sample_kind: str
    population: int | None = None
    population_source: str = ""


def _change(office_wave: OfficeWave, values: Mapping) -> OfficeWave:
    office_wave = locked_office_wave(office_wave, WaveState.PLANNED, WaveState.OPEN)
    if office_wave.state == WaveState.OPEN and values.get("sample_kind", office_wave.sample_kind) != (
        office_wave.sample_kind
    ):
        raise refusal("opened", "sample_kind")
    note(target=office_wave, before={name: getattr(office_wave, name) for name in values}, after=dict(values))
    for name, value in values.items():
        setattr(office_wave, name, value)
    office_wave.save(update_fields=list(values))
    return office_wave


@command("surveys.plan")
def plan_people(*, office_wave: OfficeWave, people: People, by: Actor, at: datetime) -> OfficeWave:
    """Who is asked and how they are chosen; the way of choosing is fixed once collecting has begun."""
    return _change(office_wave, asdict(people))


@command("surveys.plan")
def plan_size(
    *, office_wave: OfficeWave, target: int | None, expected_return: int | None, by: Actor, at: datetime
) -> OfficeWave:
    """How many answers are wanted, and of a hundred forms how many are expected back."""
    return _change(office_wave, {"target": target, "expected_return": expected_return})


@command("surveys.plan")
def write_note(*, office_wave: OfficeWave, text: str, by: Actor, at: datetime) -> OfficeWave:
    """What was out of the ordinary in the fieldwork (a closed hall, a failure): the report repeats it."""
    return _change(office_wave, {"note": text})


@command("surveys.plan")
def set_points(*, office_wave: OfficeWave, points: Collection, by: Actor, at: datetime) -> OfficeWave:
    """The service points at which clients are asked; each gets a link, and days open by its hours."""
    office_wave = locked_office_wave(office_wave, WaveState.PLANNED, WaveState.OPEN)
    if len(points) > MOST_POINTS:
        raise refusal("too_many_points", "points", most=MOST_POINTS)
    if any(point.office_id != office_wave.office_id or not point.is_active for point in points):
        raise refusal("foreign_points", "points")
    present = {plan.service_point_id: plan for plan in points_of(office_wave)}
    chosen = {point.pk: point for point in points}
    leaving = [plan for pk, plan in present.items() if pk not in chosen]
    _check_leaving(office_wave, leaving)
    note(
        target=office_wave,
        before={"points": sorted(str(plan) for plan in present.values())},
        after={"points": sorted(point.name for point in points)},
    )
    Shift.objects.filter(point_plan__in=leaving).delete()
    PointPlan.objects.filter(pk__in=[plan.pk for plan in leaving]).delete()
    joining = [point for pk, point in chosen.items() if pk not in present]
    wave = office_wave.wave
    PointPlan.objects.bulk_create(
        PointPlan(
            office_id=office_wave.office_id,
            office_wave=office_wave,
            service_point=point,
            days_open=len(open_days(point.hours, wave.opens_on, wave.closes_on)),
        )
        for point in joining
    )
    links_for_points(office_wave, joining)
    return office_wave


def _check_leaving(office_wave: OfficeWave, leaving: Collection[PointPlan]) -> None:
    if leaving and office_wave.state == WaveState.OPEN:
        raise refusal("opened", "points")
    counted = [str(plan) for plan in leaving if plan.issued or plan.returned]
    if counted:
        raise refusal("points_with_forms", "points", names=", ".join(counted))


@command("surveys.plan")
def plan_points(
    *, office_wave: OfficeWave, sizes: Mapping[int, PointSize], by: Actor, at: datetime
) -> OfficeWave:
    """Days open, clients in the period and the interval, point by point."""
    office_wave = locked_office_wave(office_wave, WaveState.PLANNED, WaveState.OPEN)
    return _write(office_wave, sizes)


@command("surveys.record_forms")
def record_forms(
    *, office_wave: OfficeWave, counts: Mapping[int, FormCounts], by: Actor, at: datetime
) -> OfficeWave:
    """Forms issued, returned and spoiled, point by point; every number or none is written."""
    office_wave = locked_office_wave(office_wave, WaveState.OPEN, WaveState.PLANNED)
    problems = {}
    for pk, found in counts.items():
        for field, code in form_problems(found.issued, found.returned, found.spoiled).items():
            problems[f"{field}_{pk}"] = ValidationError(PROBLEMS[code], code=code)
    if problems:
        raise ValidationError(problems)
    return _write(office_wave, counts)


def _write(office_wave: OfficeWave, found: Mapping[int, PointSize | FormCounts]) -> OfficeWave:
    """Write the given fields of points; ids of other waves are refused."""
    plans = {plan.pk: plan for plan in points_of(office_wave)}
    if not plans.keys() >= found.keys():
        raise refusal("foreign_points")
    before, after = {}, {}
    for pk, values in found.items():
        fields = asdict(values)
        old = {name: getattr(plans[pk], name) for name in fields}
        if old == fields:
            continue
        before[str(plans[pk])], after[str(plans[pk])] = old, fields
        for name, value in fields.items():
            setattr(plans[pk], name, value)
        plans[pk].save(update_fields=list(fields))
    note(target=office_wave, before=before, after=after)
    return office_wave
