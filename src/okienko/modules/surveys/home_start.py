"""The home page of an office in which no wave is planned or open: the way to the first one."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from okienko.foundation.web.home import Task
from okienko.modules.surveys import selectors
from okienko.modules.surveys.models import OfficeWave
from okienko.modules.surveys.rules import StartFacts, first_step


def last_closed(request: HttpRequest) -> OfficeWave | None:
    """The wave that ended last; asked once a page."""
    if not hasattr(request, "surveys_last_closed"):
        found = selectors.office_waves(states=["closed"]).filter(
            office=request.office, wave__survey__archived_at=None
        )
        request.surveys_last_closed = found.order_by("-wave__closes_on", "-pk").first()
    return request.surveys_last_closed


def first_tasks(request: HttpRequest) -> list[Task]:
    """One step on the way to the first wave, for those who plan; nothing once there has been a wave."""
    if not request.actor.can("surveys.plan") or last_closed(request) is not None:
        return []
    own = selectors.office_surveys(request.office).filter(office=request.office, archived_at=None)
    surveys = list(own.order_by("pk"))
    questionnaires = list(selectors.questionnaires_for(office=request.office))
    published = [row for row in questionnaires if row.latest_number]
    step = first_step(StartFacts(len(surveys), len(questionnaires), len(published)))
    subject = {"first_wave": surveys, "survey": published, "publish": questionnaires}.get(step, [])
    return [_TASKS[step](request.office.slug, *subject[:1])]


def _questionnaire(slug: str) -> Task:
    return Task(
        _("Take a ready questionnaire"),
        _("You need not begin from a blank page: the library has questionnaires that others have tried."),
        reverse("questionnaires:library", args=[slug]),
        _("See the library"),
        "form",
    )


def _publish(slug: str, questionnaire) -> Task:
    return Task(
        _("Publish the questionnaire “%(name)s”") % {"name": questionnaire.name},
        _("Read it once more and publish it. Then a survey can ask it."),
        reverse("questionnaires:questionnaire", args=[slug, questionnaire.pk]),
        _("Read and publish"),
        "form",
    )


def _survey(slug: str, questionnaire) -> Task:
    return Task(
        _("Prepare your first survey"),
        _("The questionnaire “%(name)s” is ready. Say what you want to learn and when you ask.")
        % {"name": questionnaire.name},
        reverse("surveys:create", args=[slug]),
        _("Prepare a survey"),
        "form",
    )


def _first_wave(slug: str, survey) -> Task:
    return Task(
        _("Plan the first wave of the survey “%(name)s”") % {"name": survey.name},
        _("Choose the days. Okienko leads you through the rest of the plan."),
        reverse("surveys:plan_wave", args=[slug, survey.pk]),
        _("Plan"),
        "calendar",
    )


_TASKS = {"questionnaire": _questionnaire, "publish": _publish, "survey": _survey, "first_wave": _first_wave}
