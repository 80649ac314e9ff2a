"""Surveys, waves and links for tests of this module and of those above it. Needs an open scope."""

from __future__ import annotations

import hashlib
import itertools
import json
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from okienko.foundation.offices.models import Office, ServicePoint
from okienko.foundation.testing.factories import make_service_point
from okienko.modules.questionnaires import library
from okienko.modules.questionnaires.models import Questionnaire, QuestionnaireVersion
from okienko.modules.surveys.links import new_token
from okienko.modules.surveys.models import OfficeWave, PointPlan, Survey, SurveyLink, Wave, WaveState

AT = datetime(2026, 11, 10, 9, tzinfo=UTC)
TODAY = date(2026, 11, 10)
_numbers = itertools.count(1)
PULSE = json.loads(library.read("puls"))


def make_questionnaire(
    office: Office, *, shared: bool = False, published: bool = True, **fields
) -> Questionnaire:
    """A questionnaire of the office, or (`shared`) of its network; `definition` is empty unless given."""
    definition = fields.pop("definition", PULSE)
    row = Questionnaire.objects.create(
        network_id=office.network_id,
        office=None if shared else office,
        name=fields.pop("name", f"Ankieta {next(_numbers)}"),
        draft=definition,
        created_at=AT,
        **fields,
    )
    if published:
        make_version(row, definition)
    return row


def make_version(questionnaire: Questionnaire, definition: dict | None = None) -> QuestionnaireVersion:
    number = questionnaire.versions.count() + 1
    definition = definition or PULSE
    return QuestionnaireVersion.objects.create(
        network_id=questionnaire.network_id,
        office_id=questionnaire.office_id,
        questionnaire=questionnaire,
        number=number,
        definition=definition,
        sha256=hashlib.sha256(json.dumps([number, definition]).encode()).hexdigest(),
        published_at=AT,
    )


def make_survey(office: Office, *, shared: bool = False, questionnaire=None, **fields) -> Survey:
    questionnaire = questionnaire or make_questionnaire(office, shared=shared)
    values = {"name": f"Badanie {next(_numbers)}", "purpose": "Poznać opinie.", "created_at": AT}
    return Survey.objects.create(
        network_id=office.network_id,
        office=None if shared else office,
        questionnaire=questionnaire,
        **(values | fields),
    )


def make_wave(survey: Survey, *, state: str = WaveState.PLANNED, **fields) -> Wave:
    """A wave around `TODAY`; an open or closed one has the latest version of the questionnaire."""
    opens_on = fields.pop("opens_on", TODAY - timedelta(days=7))
    closes_on = fields.pop("closes_on", max(opens_on, TODAY + timedelta(days=14)))
    number = survey.waves.count() + 1
    version = (
        None if state == WaveState.PLANNED else survey.questionnaire.versions.order_by("-number").first()
    )
    values = {
        "number": number,
        "name": f"Fala {number}",
        "version": version,
        "entry_until": closes_on + timedelta(days=7),
        "opened_at": None if state == WaveState.PLANNED else AT,
        "closed_at": AT if state == WaveState.CLOSED else None,
    }
    return Wave.objects.create(
        network_id=survey.network_id,
        office_id=survey.office_id,
        survey=survey,
        state=state,
        opens_on=opens_on,
        closes_on=closes_on,
        **(values | fields),
    )


def make_office_wave(
    office: Office,
    *,
    state: str = WaveState.PLANNED,
    wave: Wave | None = None,
    shared: bool = False,
    **fields,
) -> OfficeWave:
    """A part of a wave in an office, with a survey and a wave in the same state unless given."""
    wave = wave or make_wave(make_survey(office, shared=shared), state=state)
    values = {
        "sample_kind": "open",
        "opened_at": None if state == WaveState.PLANNED else AT,
        "closed_at": AT if state == WaveState.CLOSED else None,
    }
    return OfficeWave.objects.create(office=office, wave=wave, state=state, **(values | fields))


def make_point_plan(office_wave: OfficeWave, point: ServicePoint | None = None, **fields) -> PointPlan:
    point = point or make_service_point(office_wave.office)
    values = {"days_open": 16}
    return PointPlan.objects.create(
        office_id=office_wave.office_id, office_wave=office_wave, service_point=point, **(values | fields)
    )


def make_link(office_wave: OfficeWave, point: ServicePoint | None = None, **fields) -> SurveyLink:
    values = {"token": new_token(), "label": f"Link {next(_numbers)}"}
    return SurveyLink.objects.create(
        office_id=office_wave.office_id, office_wave=office_wave, service_point=point, **(values | fields)
    )


def make_ready(office: Office, **fields) -> OfficeWave:
    """A planned part of a wave that may be opened."""
    office_wave = make_office_wave(office, **fields)
    plan = make_point_plan(office_wave)
    make_link(office_wave, plan.service_point)
    return office_wave


def today() -> date:
    return timezone.localdate()
