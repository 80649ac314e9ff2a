"""Surveys: an office's own, and those that a network runs in many offices."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.surveys.models import Survey, Wave, WaveState
from okienko.modules.surveys.texts import refusal


@dataclass(frozen=True)
class SurveyDescription:
    """What a survey is called, what it is for, who carries it out."""

    name: str
    purpose: str = ""
    team: str = ""
    staff_may_help: bool = False


@command("surveys.plan")
def create_survey(
    *, office, questionnaire, description: SurveyDescription, by: Actor, at: datetime
) -> Survey:
    """An office's own survey, with a questionnaire of its own or of its network."""
    if questionnaire.network_id != office.network_id or questionnaire.office_id not in {None, office.pk}:
        raise refusal("foreign_questionnaire", "questionnaire")
    return _create(office.network_id, office.pk, questionnaire, description, at)


@command("surveys.plan_network")
def create_network_survey(
    *, network, questionnaire, description: SurveyDescription, by: Actor, at: datetime
) -> Survey:
    """A survey that many offices carry out with one questionnaire and calendar."""
    if questionnaire.network_id != network.pk or questionnaire.office_id is not None:
        raise refusal("foreign_questionnaire", "questionnaire")
    return _create(network.pk, None, questionnaire, description, at)


def _create(network_id, office_id, questionnaire, description: SurveyDescription, at: datetime) -> Survey:
    note(after={**asdict(description), "questionnaire": questionnaire.name})
    return Survey.objects.create(
        network_id=network_id,
        office_id=office_id,
        questionnaire=questionnaire,
        created_at=at,
        **asdict(description),
    )


@command("surveys.plan")
def change_survey(
    *, survey: Survey, questionnaire, description: SurveyDescription, by: Actor, at: datetime
) -> Survey:
    """Describe an office's own survey anew; another questionnaire holds from the next wave that opens."""
    if questionnaire.office_id not in {None, survey.office_id}:
        raise refusal("foreign_questionnaire", "questionnaire")
    return _change(survey, questionnaire, description)


@command("surveys.plan_network")
def change_network_survey(
    *, survey: Survey, questionnaire, description: SurveyDescription, by: Actor, at: datetime
) -> Survey:
    """Describe a network's survey anew."""
    if questionnaire.office_id is not None:
        raise refusal("foreign_questionnaire", "questionnaire")
    return _change(survey, questionnaire, description)


def _change(survey: Survey, questionnaire, description: SurveyDescription) -> Survey:
    if questionnaire.network_id != survey.network_id:
        raise refusal("foreign_questionnaire", "questionnaire")
    values = asdict(description)
    note(
        before={name: getattr(survey, name) for name in values}
        | {"questionnaire": survey.questionnaire.name},
        after=values | {"questionnaire": questionnaire.name},
    )
    values |= {"questionnaire_id": questionnaire.pk}
    for name, value in values.items():
        setattr(survey, name, value)
    survey.save(update_fields=list(values))
    return survey


@command("surveys.archive")
def archive_survey(*, survey: Survey, by: Actor, at: datetime) -> Survey:
    """Put an office's own survey away; its results stay."""
    return _archive(survey, at)


@command("surveys.archive_network")
def archive_network_survey(*, survey: Survey, by: Actor, at: datetime) -> Survey:
    """Put a network's survey away; its results stay."""
    return _archive(survey, at)


@command("surveys.archive")
def restore_survey(*, survey: Survey, by: Actor, at: datetime) -> Survey:
    """Take an archived survey back into use."""
    return _archive(survey, None)


@command("surveys.archive_network")
def restore_network_survey(*, survey: Survey, by: Actor, at: datetime) -> Survey:
    """Take a network's archived survey back into use."""
    return _archive(survey, None)


def _archive(survey: Survey, at: datetime | None) -> Survey:
    if at and Wave.objects.filter(survey=survey, state=WaveState.OPEN).exists():
        raise refusal("has_open_wave")
    note(before={"archived_at": survey.archived_at}, after={"archived_at": at})
    survey.archived_at = at
    survey.save(update_fields=["archived_at"])
    return survey
