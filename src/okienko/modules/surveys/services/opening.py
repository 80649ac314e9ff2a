"""Opening and closing. A closed wave is never opened again: its results have been worked out from it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys.models import OfficeWave, Wave, WaveState
from okienko.modules.surveys.rules import blocking, closes_by_itself, plan_steps
from okienko.modules.surveys.selectors import moving_links, plan_facts
from okienko.modules.surveys.texts import problem_text, refusal
from okienko.modules.surveys.writing import day_of, locked_office_wave, locked_wave, move, tell


@command("surveys.open")
def open_office_wave(*, office_wave: OfficeWave, by: Actor, at: datetime) -> OfficeWave:
    """Begin collecting in an office. An own survey's wave opens with it, and freezes its questionnaire."""
    office_wave = locked_office_wave(office_wave, WaveState.PLANNED)
    problems = blocking(plan_steps(plan_facts(office_wave, day_of(at))))
    if problems:
        raise ValidationError([problem_text(problem) for problem in problems])
    if office_wave.wave.office_id is not None:
        _open_wave(office_wave.wave, at)
    move(office_wave, source=WaveState.PLANNED, state=WaveState.OPEN, opened_at=at)
    moved = moving_links(office_wave).update(office_wave=office_wave)
    note(
        target=office_wave,
        before={"state": WaveState.PLANNED},
        after={
            "state": WaveState.OPEN,
            "version": office_wave.wave.version.number,
            "links_taken_over": moved,
        },
    )
    tell("surveys.wave.opened", [office_wave.pk])
    return office_wave


@command("surveys.open_network")
def open_network_wave(*, wave: Wave, by: Actor, at: datetime) -> Wave:
    """Freeze the questionnaire of a network's wave and let every office begin when its plan is ready."""
    wave = locked_wave(wave, WaveState.PLANNED)
    if not OfficeWave.objects.filter(wave=wave).exists():
        raise refusal("no_offices")
    _open_wave(wave, at)
    note(
        target=wave,
        before={"state": WaveState.PLANNED},
        after={"state": WaveState.OPEN, "version": wave.version.number},
    )
    return wave


def _open_wave(wave: Wave, at: datetime) -> None:
    version = questionnaires.latest_version(wave.survey.questionnaire)
    if version is None:
        raise refusal("not_published")
    if wave.survey.archived_at:
        raise refusal("archived")
    try:
        with transaction.atomic():
            move(wave, source=WaveState.PLANNED, state=WaveState.OPEN, opened_at=at, version=version)
    except IntegrityError as error:  # one open wave a survey, whoever is first
        raise refusal("earlier_wave_open") from error


@command("surveys.close")
def close_office_wave(*, office_wave: OfficeWave, by: Actor, at: datetime) -> OfficeWave:
    """End collecting and typing in an office, for good. An own survey's wave closes with it."""
    office_wave = locked_office_wave(office_wave, WaveState.OPEN)
    note(target=office_wave, before={"state": WaveState.OPEN}, after={"state": WaveState.CLOSED})
    move(office_wave, source=WaveState.OPEN, state=WaveState.CLOSED, closed_at=at)
    if office_wave.wave.office_id is not None:
        move(office_wave.wave, source=WaveState.OPEN, state=WaveState.CLOSED, closed_at=at)
    tell("surveys.wave.closed", [office_wave.pk])
    return office_wave


@command("surveys.close_network")
def close_network_wave(*, wave: Wave, by: Actor, at: datetime) -> Wave:
    """End a network's wave in every office, also in those that never began."""
    return _close_wave(locked_wave(wave, WaveState.OPEN), at)


@command("surveys.close_at_end")
def close_at_end(*, wave: Wave, by: Actor, at: datetime) -> Wave:
    """The schedule's closing, the day after the last day for typing forms."""
    wave = locked_wave(wave, WaveState.OPEN)
    opened_on = day_of(wave.opened_at) if wave.opened_at else None
    if not closes_by_itself(
        state=wave.state, opened_on=opened_on, entry_until=wave.entry_until, today=day_of(at)
    ):
        raise refusal("state_changed")
    return _close_wave(wave, at)


def _close_wave(wave: Wave, at: datetime) -> Wave:
    parts = OfficeWave.objects.filter(wave=wave).exclude(state=WaveState.CLOSED)
    # locked: an office may be opening its part, and would then be closed without anybody hearing of it
    states = dict(parts.select_for_update().order_by("pk").values_list("pk", "state"))
    ended = [pk for pk, state in states.items() if state == WaveState.OPEN]
    never = len(states) - len(ended)
    move(wave, source=WaveState.OPEN, state=WaveState.CLOSED, closed_at=at)
    parts.update(state=WaveState.CLOSED, closed_at=at)
    after = {"state": WaveState.CLOSED, "offices_closed": len(ended), "offices_never_opened": never}
    note(target=wave, before={"state": WaveState.OPEN}, after=after)
    tell("surveys.wave.closed", ended)
    return wave
