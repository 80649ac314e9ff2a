"""Planning waves: dates, offices that take part, weights of areas."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.surveys.models import OfficeWave, PointPlan, Shift, Survey, SurveyLink, Wave, WaveState
from okienko.modules.surveys.rules import open_days, wave_date_problems
from okienko.modules.surveys.selectors import areas_of, participating
from okienko.modules.surveys.texts import refusal, refusal_of
from okienko.modules.surveys.writing import carry_over, day_of, locked_wave

TYPING = timedelta(days=7)
THRESHOLDS = {"staff": 10}
THRESHOLD = 5


@dataclass(frozen=True)
class WaveDates:
    """Name and calendar of a wave. Without `entry_until`, paper forms may be typed for another week."""

    name: str
    opens_on: date
    closes_on: date
    entry_until: date | None = None
    threshold: int | None = None

    def values(self, least: int) -> dict:
        """The wave's fields; ValidationError when the dates or the threshold cannot be."""
        problems = wave_date_problems(self.opens_on, self.closes_on, self.entry_until)
        if problems:
            raise refusal_of(problems)
        if self.threshold is not None and self.threshold < least:
            raise refusal("threshold_too_low", "threshold", least=least)
        return {
            "name": self.name,
            "opens_on": self.opens_on,
            "closes_on": self.closes_on,
            "entry_until": self.entry_until or self.closes_on + TYPING,
            "threshold": self.threshold or least,
        }


def _least(survey: Survey) -> int:
    """The smallest group that may be shown: clients 5, staff 10 (docs/privacy.md)."""
    return THRESHOLDS.get(survey.audience, THRESHOLD)


@command("surveys.plan")
def plan_wave(*, survey: Survey, dates: WaveDates, seed: int | None = None, by: Actor, at: datetime) -> Wave:
    """The next wave of an office's own survey, planned like its last one."""
    return _plan(survey, dates, [survey.office_id], seed)


@command("surveys.plan_network")
def plan_network_wave(
    *, survey: Survey, dates: WaveDates, offices: Collection, seed: int | None = None, by: Actor, at: datetime
) -> Wave:
    """The next wave of a network's survey in these offices, each planned like its last one."""
    _check_offices(survey, offices)
    return _plan(survey, dates, [office.pk for office in offices], seed)


def _check_offices(survey: Survey, offices: Collection) -> None:
    if not offices:
        raise refusal("no_offices", "offices")
    if any(office.network_id != survey.network_id for office in offices):
        raise refusal("foreign_offices", "offices")


def _plan(survey: Survey, dates: WaveDates, office_ids: Collection[int], seed: int | None) -> Wave:
    survey.check_scope()
    if survey.archived_at:
        raise refusal("archived")
    values = dates.values(_least(survey))
    last = Wave.objects.filter(survey=survey).aggregate(last=Max("number"))["last"] or 0
    weights = Wave.objects.filter(survey=survey, number=last).values_list("area_weights", flat=True).first()
    try:
        with transaction.atomic():
            wave = Wave.objects.create(
                network_id=survey.network_id,
                office_id=survey.office_id,
                survey=survey,
                number=last + 1,
                area_weights=weights or {},
                **values,
            )
    except IntegrityError as error:
        raise refusal("number_taken") from error
    note(target=wave, after={**values, "number": wave.number, "offices": len(office_ids)})
    carry_over(wave, office_ids, seed)
    return wave


@command("surveys.plan")
def change_wave(*, wave: Wave, dates: WaveDates, by: Actor, at: datetime) -> Wave:
    """Another name or calendar for a planned wave of an office's own survey."""
    return _change(wave, dates)


@command("surveys.plan_network")
def change_network_wave(*, wave: Wave, dates: WaveDates, by: Actor, at: datetime) -> Wave:
    """Another name or calendar for a planned wave of a network's survey."""
    return _change(wave, dates)


def _change(wave: Wave, dates: WaveDates) -> Wave:
    wave = locked_wave(wave, WaveState.PLANNED)
    values = dates.values(_least(wave.survey))
    note(target=wave, before={name: getattr(wave, name) for name in values}, after=values)
    old = (wave.opens_on, wave.closes_on)
    for name, value in values.items():
        setattr(wave, name, value)
    wave.save(update_fields=list(values))
    if old != (wave.opens_on, wave.closes_on):
        _adjust_to_dates(wave, *old)
    return wave


def _adjust_to_dates(wave: Wave, first: date, last: date) -> None:
    """Days open that nobody corrected by hand follow the calendar; drawn days outside of it go."""
    changed = []
    for plan in PointPlan.objects.filter(office_wave__wave=wave).select_related("service_point"):
        hours = plan.service_point.hours
        if plan.days_open == len(open_days(hours, first, last)):
            plan.days_open = len(open_days(hours, wave.opens_on, wave.closes_on))
            changed.append(plan)
    PointPlan.objects.bulk_update(changed, ["days_open"])
    shifts = Shift.objects.filter(point_plan__office_wave__wave=wave)
    shifts.exclude(day__range=(wave.opens_on, wave.closes_on)).delete()


@command("surveys.extend")
def extend_wave(
    *, wave: Wave, closes_on: date, entry_until: date | None = None, by: Actor, at: datetime
) -> Wave:
    """Collect longer than planned (an office's own survey)."""
    return _extend(wave, closes_on, entry_until, day_of(at))


@command("surveys.extend_network")
def extend_network_wave(
    *, wave: Wave, closes_on: date, entry_until: date | None = None, by: Actor, at: datetime
) -> Wave:
    """Collect longer than planned in every office of the wave."""
    return _extend(wave, closes_on, entry_until, day_of(at))


def _extend(wave: Wave, closes_on: date, entry_until: date | None, today: date) -> Wave:
    wave = locked_wave(wave, WaveState.OPEN)
    if problems := wave_date_problems(wave.opens_on, closes_on, entry_until):
        raise refusal_of(problems)
    entry_until = entry_until or max(wave.entry_until, closes_on + (wave.entry_until - wave.closes_on))
    if closes_on < wave.closes_on:
        raise refusal("not_extended", "closes_on", day=wave.closes_on.strftime("%d.%m.%Y"))
    if closes_on != wave.closes_on and closes_on < today:
        raise refusal("extended_to_the_past", "closes_on")
    if entry_until < max(wave.entry_until, closes_on):
        raise refusal("typed_before_it_closes", "entry_until")
    after = {"closes_on": closes_on, "entry_until": entry_until}
    note(target=wave, before={name: getattr(wave, name) for name in after}, after=after)
    wave.closes_on, wave.entry_until = closes_on, entry_until
    wave.save(update_fields=list(after))
    return wave


@command("surveys.plan_network")
def choose_offices(*, wave: Wave, offices: Collection, by: Actor, at: datetime) -> Wave:
    """Who takes part: offices may join until the wave closes, and leave until they open it."""
    wave = locked_wave(wave, WaveState.PLANNED, WaveState.OPEN)
    _check_offices(wave.survey, offices)
    chosen, present = {office.pk for office in offices}, participating(wave)
    leaving = OfficeWave.objects.filter(wave=wave, office__in=present - chosen)
    started = leaving.exclude(state=WaveState.PLANNED).values_list("office__name", flat=True)
    if names := ", ".join(started):
        raise refusal("opened_offices", "offices", names=names)
    now = OfficeWave.objects.filter(wave=wave).values_list("office__name", flat=True)
    note(
        target=wave,
        before={"offices": sorted(now)},
        after={"offices": sorted(office.name for office in offices)},
    )
    _drop_parts(leaving)
    carry_over(wave, chosen - present, None)
    return wave


@command("surveys.plan")
def drop_wave(*, wave: Wave, by: Actor, at: datetime) -> None:
    """Give up a planned wave of an office's own survey."""
    _drop(wave)


@command("surveys.plan_network")
def drop_network_wave(*, wave: Wave, by: Actor, at: datetime) -> None:
    """Give up a planned wave of a network's survey, with what its offices have planned."""
    _drop(wave)


def _drop(wave: Wave) -> None:
    wave = locked_wave(wave, WaveState.PLANNED)
    note(target=wave.survey, before={"wave": wave.name, "opens_on": wave.opens_on}, after={"wave": None})
    _drop_parts(OfficeWave.objects.filter(wave=wave))
    wave.delete()


def _drop_parts(parts) -> None:
    """Delete planned parts with their points, shifts and the links that were made for them."""
    ids = list(parts.values_list("pk", flat=True))
    Shift.objects.filter(point_plan__office_wave__in=ids).delete()
    PointPlan.objects.filter(office_wave__in=ids).delete()
    SurveyLink.objects.filter(office_wave__in=ids).delete()
    OfficeWave.objects.filter(pk__in=ids).delete()


@command("surveys.plan_network")
def weigh_areas(*, wave: Wave, weights: Mapping[str, float], by: Actor, at: datetime) -> Wave:
    """Fix the importance of areas for comparisons between offices; empty: as clients state it."""
    wave = locked_wave(wave, WaveState.PLANNED, WaveState.OPEN)
    names = dict(areas_of(wave))
    unknown = sorted(set(weights) - set(names))
    if unknown:
        raise refusal("weights_unknown", names=", ".join(unknown))
    if weights and not any(weight > 0 for weight in weights.values()):
        raise refusal("weights_zero")
    note(
        target=wave,
        before={"area_weights": {names.get(code, code): each for code, each in wave.area_weights.items()}},
        after={"area_weights": {names[code]: each for code, each in weights.items()}},
    )
    wave.area_weights = dict(weights)
    wave.save(update_fields=["area_weights"])
    return wave
