"""What the commands of this module share: rows under lock, changes of state, plans carried over."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from okienko.foundation.registry import slot
from okienko.modules.surveys.models import OfficeWave, PointPlan, Shift, Wave, WaveState
from okienko.modules.surveys.rules import PointDays, draw_shifts, open_days
from okienko.modules.surveys.selectors import office_waves, waves
from okienko.modules.surveys.texts import refusal

CARRIED = ("sample_kind", "population_source", "target", "expected_return")


def day_of(at: datetime) -> date:
    """The local day of a moment."""
    return timezone.localtime(at).date()


def new_seed() -> int:
    """A seed that nobody can choose, so that nobody chooses the days."""
    return secrets.randbelow(2**31)


def locked_office_wave(office_wave: OfficeWave, *states: str) -> OfficeWave:
    """The row as it is now, held until the command ends; refused in another state than `states`."""
    row = office_waves().select_for_update(of=("self",)).filter(pk=office_wave.pk).first()
    return _in_state(row, states)


def locked_wave(wave: Wave, *states: str) -> Wave:
    row = waves().select_for_update(of=("self",)).filter(pk=wave.pk).first()
    return _in_state(row, states)


def _in_state(row, states: tuple[str, ...]):
    if row is None:
        raise PermissionDenied
    row.check_scope()
    if row.state not in states:
        raise refusal(_wrong_state(row.state, states))
    return row


def _wrong_state(state: str, states: tuple[str, ...]) -> str:
    if state == WaveState.CLOSED:
        return "closed"
    return "opened" if state == WaveState.OPEN else "not_open"


def move(row: models.Model, *, source: str, **values) -> None:
    """Change the state if it is still `source`: of two people at once, the second is refused."""
    row.check_scope()
    if not type(row).objects.filter(pk=row.pk, state=source).update(**values):
        raise refusal("state_changed")
    for name, value in values.items():
        setattr(row, name, value)


def tell(name: str, office_wave_ids: Collection[int]) -> None:
    """Let the modules above order their jobs (slots `surveys.wave.opened` and `surveys.wave.closed`)."""
    for item in slot(name):
        item.provider(office_wave_ids)


def carry_over(wave: Wave, office_ids: Iterable[int], seed: int | None) -> list[OfficeWave]:
    """Parts of the wave for these offices, each with the plan of its last wave: sampling, points, days.

    The same number of days is drawn anew at each point: the old days say nothing about the new period.
    """
    seed = new_seed() if seed is None else seed
    last = _last_parts(wave, office_ids)
    parts = []
    for office_id in sorted(office_ids):
        old = last.get(office_id)
        carried = {name: getattr(old, name) for name in CARRIED} if old else {}
        parts.append(OfficeWave(office_id=office_id, wave=wave, shift_seed=seed if old else None, **carried))
    parts = OfficeWave.objects.bulk_create(parts)
    _carry_points(wave, {last[part.office_id].pk: part for part in parts if part.office_id in last}, seed)
    return parts


def _last_parts(wave: Wave, office_ids: Iterable[int]) -> dict[int, OfficeWave]:
    """Office → its part of the survey's latest earlier wave."""
    rows = OfficeWave.objects.filter(
        wave__survey=wave.survey_id, wave__number__lt=wave.number, office__in=list(office_ids)
    )
    return {row.office_id: row for row in rows.order_by("wave__number")}


def _carry_points(wave: Wave, parts: dict[int, OfficeWave], seed: int) -> None:
    """`parts`: old part's id → new part."""
    old_plans = PointPlan.objects.filter(office_wave__in=list(parts), service_point__is_active=True)
    new_plans, days, wanted = [], {}, {}
    shift_days = _shift_days(parts)
    for old in old_plans.select_related("service_point"):
        part, point = parts[old.office_wave_id], old.service_point
        open_here = open_days(point.hours, wave.opens_on, wave.closes_on)
        days[part.pk, point.pk], wanted[part.pk, point.pk] = open_here, len(shift_days[old.pk])
        new_plans.append(
            PointPlan(
                office_id=old.office_id,
                office_wave=part,
                service_point=point,
                days_open=len(open_here),
                visits=old.visits,
                interval=old.interval,
            )
        )
    new_plans = PointPlan.objects.bulk_create(new_plans)
    chosen = [
        PointDays(plan.pk, plan.service_point.code, days[key], wanted[key], plan.interval)
        for plan in new_plans
        if wanted[key := (plan.office_wave_id, plan.service_point_id)]
    ]
    save_shifts({plan.pk: plan for plan in new_plans}, chosen, seed)


def _shift_days(parts: Collection[int]) -> dict[int, set[date]]:
    found = defaultdict(set)
    rows = Shift.objects.filter(point_plan__office_wave__in=list(parts)).values_list("point_plan_id", "day")
    for plan, day in rows:
        found[plan].add(day)
    return found


def save_shifts(plans: dict[int, PointPlan], chosen: Iterable[PointDays], seed: int) -> list[Shift]:
    """Draw the days and write them; whole days, since the office decides who stands there when."""
    return Shift.objects.bulk_create(
        Shift(
            office_id=plans[drawn.point].office_id,
            point_plan_id=drawn.point,
            day=drawn.day,
            first_client=drawn.first_client,
        )
        for drawn in draw_shifts(chosen, seed)
    )
