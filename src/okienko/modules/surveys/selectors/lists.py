"""Rows of the lists of surveys: each with its last wave and answers, without a query per row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from okienko.modules.surveys.models import OfficeWave, Survey, Wave, WaveState
from okienko.modules.surveys.selectors.fieldwork import office_waves
from okienko.modules.surveys.selectors.progress import FieldRow
from okienko.modules.surveys.selectors.slots import answers_of
from okienko.modules.surveys.selectors.surveys import network_surveys, office_surveys, waves


@dataclass(frozen=True)
class SurveyRow:
    """A survey in an office's list: `part` is the office's latest wave of it, `answers` are that wave's."""

    survey: Survey
    part: OfficeWave | None
    answers: int
    wave_count: int

    @property
    def opens_on(self) -> date:
        return self.part.wave.opens_on if self.part else date.max


@dataclass(frozen=True)
class PartRow:
    """A wave in the office's page of a survey."""

    part: OfficeWave
    answers: int


@dataclass(frozen=True)
class WaveRow:
    """A wave in the network's lists: how many offices take part, have opened, have closed."""

    wave: Wave
    offices: int
    opened: int
    closed: int
    answers: int
    target: int


def _narrowed(found: QuerySet[Survey], wanted: Mapping[str, str]) -> QuerySet[Survey]:
    """`wanted`: any of `q` (part of the name), `stan` (otwarte, archiwum); archived only when asked for."""
    state = wanted.get("stan")
    found = found.filter(archived_at__isnull=state != "archiwum")
    if state == "otwarte":
        found = found.filter(Q(pk__in=Wave.objects.filter(state=WaveState.OPEN).values("survey")))
    return found.filter(name__icontains=wanted["q"]) if wanted.get("q") else found


def survey_rows(office, wanted: Mapping[str, str], sort: str = "") -> list[SurveyRow]:
    """The office's surveys, newest wave first unless `sort` is `name`, `answers` (or `-…`)."""
    found = list(_narrowed(office_surveys(office), wanted))
    parts: dict[int, list[OfficeWave]] = {}
    for part in office_waves().filter(office=office, wave__survey__in=[survey.pk for survey in found]):
        parts.setdefault(part.wave.survey_id, []).append(part)
    answers = answers_of([part.pk for group in parts.values() for part in group])
    rows = [_survey_row(survey, parts.get(survey.pk, []), answers) for survey in found]
    return _sorted(
        rows,
        sort,
        {"name": lambda row: row.survey.name.casefold(), "answers": lambda row: row.answers},
        lambda row: (-row.opens_on.toordinal(), -row.survey.pk),
    )


def _survey_row(survey: Survey, parts: list[OfficeWave], answers: Mapping[int, int]) -> SurveyRow:
    return SurveyRow(
        survey=survey,
        part=parts[0] if parts else None,
        answers=answers[parts[0].pk] if parts else 0,
        wave_count=len(parts),
    )


def _sorted(rows: list, sort: str, keys: Mapping, default) -> list:
    key = keys.get(sort.removeprefix("-"))
    return sorted(rows, key=key, reverse=sort.startswith("-")) if key else sorted(rows, key=default)


def part_rows(office, survey: Survey) -> list[PartRow]:
    """The waves of a survey in an office, the newest first."""
    parts = list(office_waves(survey=survey).filter(office=office).order_by("-wave__number"))
    answers = answers_of([part.pk for part in parts])
    return [PartRow(part, answers[part.pk]) for part in parts]


def network_survey_rows(network, wanted: Mapping[str, str]) -> list[tuple[Survey, WaveRow | None]]:
    """The network's surveys with their latest wave."""
    found = list(_narrowed(network_surveys(network), wanted))
    latest: dict[int, WaveRow] = {}
    for row in wave_rows(waves().filter(survey__in=[survey.pk for survey in found])):
        known = latest.get(row.wave.survey_id)
        if known is None or row.wave.number > known.wave.number:
            latest[row.wave.survey_id] = row
    return [(survey, latest.get(survey.pk)) for survey in found]


def wave_rows(found: QuerySet[Wave]) -> list[WaveRow]:
    """Waves with the numbers of their offices and answers: three queries."""
    rows = list(found)
    parts: dict[int, list[tuple]] = {}
    listed = OfficeWave.objects.filter(wave__in=[wave.pk for wave in rows]).order_by()
    for wave, *part in listed.values_list("wave_id", "pk", "state", "opened_at", "target"):
        parts.setdefault(wave, []).append(tuple(part))
    answers = answers_of([part[0] for group in parts.values() for part in group])
    return [_wave_row(wave, parts.get(wave.pk, []), answers) for wave in rows]


def _wave_row(wave: Wave, parts: Iterable[tuple], answers: Mapping[int, int]) -> WaveRow:
    parts = list(parts)
    return WaveRow(
        wave=wave,
        offices=len(parts),
        opened=sum(opened is not None for _pk, _state, opened, _target in parts),
        closed=sum(state == WaveState.CLOSED for _pk, state, _opened, _target in parts),
        answers=sum(answers[pk] for pk, *_rest in parts),
        target=sum(target or 0 for *_rest, target in parts),
    )


def narrowed_rows(rows: Iterable[FieldRow], wanted: Mapping[str, str], sort: str = "") -> list[FieldRow]:
    """`wanted`: any of `q`, `rodzaj` (type), `region`, `tempo` (a pace, or `pomoc`: who needs help)."""
    text, pace = wanted.get("q", "").casefold(), wanted.get("tempo")
    found = [
        row
        for row in rows
        if text in row.office_name.casefold()
        and wanted.get("rodzaj") in {None, row.office_type}
        and wanted.get("region") in {None, row.region}
        and (pace is None or (row.needs_help if pace == "pomoc" else row.pace == pace))
    ]
    keys = {
        "name": lambda row: row.office_name.casefold(),
        "answers": lambda row: row.answers,
        "share": lambda row: -1 if row.share is None else row.share,
        "return": lambda row: -1 if row.return_rate is None else row.return_rate,
    }
    return _sorted(found, sort, keys, keys["name"])
