"""The calendar of shifts: on which days forms are handed out at which point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.surveys.models import OfficeWave, PointPlan, Shift, WaveState
from okienko.modules.surveys.rules import PointDays, open_days
from okienko.modules.surveys.selectors import points_of
from okienko.modules.surveys.texts import refusal
from okienko.modules.surveys.writing import locked_office_wave, new_seed, save_shifts


@dataclass(frozen=True)
class ShiftTime:
    """A day, and hours where it is only a part of it."""

    day: date
    starts_at: time | None = None
    ends_at: time | None = None


@command("surveys.plan")
def draw_shifts(
    *, office_wave: OfficeWave, days: Mapping[int, int], seed: int | None = None, by: Actor, at: datetime
) -> OfficeWave:
    """Draw the days by lot, so many at each point (`days`: point plan → number); the old plan goes."""
    office_wave = locked_office_wave(office_wave, WaveState.PLANNED)
    plans = {plan.pk: plan for plan in points_of(office_wave)}
    if not plans.keys() >= days.keys():
        raise refusal("only_open_days")
    chosen = [_point_days(office_wave, plans[pk], wanted) for pk, wanted in days.items() if wanted > 0]
    seed = new_seed() if seed is None else seed
    Shift.objects.filter(point_plan__in=list(days)).delete()
    shifts = save_shifts(plans, chosen, seed)
    note(
        target=office_wave,
        before={"shift_seed": office_wave.shift_seed},
        after={"shift_seed": seed, "shifts": len(shifts)},
    )
    office_wave.shift_seed = seed
    office_wave.save(update_fields=["shift_seed"])
    return office_wave


def _point_days(office_wave: OfficeWave, plan: PointPlan, wanted: int) -> PointDays:
    wave, point = office_wave.wave, plan.service_point
    days = open_days(point.hours, wave.opens_on, wave.closes_on)
    if wanted > len(days):
        raise refusal("not_enough_days", f"days_{plan.pk}", name=point.name, wanted=wanted, open=len(days))
    return PointDays(plan.pk, point.code, days, wanted, plan.interval)


@command("surveys.plan")
def add_shift(*, plan: PointPlan, when: ShiftTime, by: Actor, at: datetime) -> Shift:
    """Add a shift by hand, for instance in place of one that failed."""
    office_wave = locked_office_wave(plan.office_wave, WaveState.PLANNED, WaveState.OPEN)
    wave = office_wave.wave
    if not wave.opens_on <= when.day <= wave.closes_on:
        raise refusal(
            "days_outside", "day", first=f"{wave.opens_on:%d.%m.%Y}", last=f"{wave.closes_on:%d.%m.%Y}"
        )
    if when.starts_at and when.ends_at and when.ends_at <= when.starts_at:
        raise refusal("hours_turned", "ends_at")
    if Shift.objects.filter(point_plan=plan, day=when.day, starts_at=when.starts_at).exists():
        raise refusal("same_shift", "day")
    shift = Shift.objects.create(
        office_id=plan.office_id,
        point_plan=plan,
        day=when.day,
        starts_at=when.starts_at,
        ends_at=when.ends_at,
        first_client=1 if plan.interval else None,
    )
    note(target=office_wave, after={"shift_added": [str(plan), shift.day]})
    return shift


@command("surveys.plan")
def remove_shift(*, shift: Shift, by: Actor, at: datetime) -> None:
    """Take a shift out of the calendar."""
    office_wave = locked_office_wave(shift.point_plan.office_wave, WaveState.PLANNED, WaveState.OPEN)
    note(target=office_wave, before={"shift_removed": [str(shift.point_plan), shift.day]})
    shift.delete()
