"""Home page: a closed wave whose results wait for a decision on weights. Page of a wave: its weights."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from okienko.foundation.web.home import Task
from okienko.modules.results import selectors
from okienko.modules.results.weighting.selectors import undecided, weights_of
from okienko.modules.surveys import selectors as surveys


def office_tasks(request: HttpRequest) -> list[Task]:
    if not request.actor.can("results.weight"):
        return []
    return [_task(request, row.office_wave) for row in undecided(request.office)]


def _task(request: HttpRequest, part) -> Task:
    address = reverse("results:weights", args=[request.office.slug, part.pk])
    title = _("Decide about the weights: %(wave)s") % {"wave": part.wave.name}
    text = _("The wave is closed and its results wait until you say whether the answers are weighted.")
    return Task(title, text, address, _("See and decide"), "document")


def wave_actions(request: HttpRequest, office_wave) -> Iterable[surveys.WaveAction]:
    """Weights can be given until the results are there; afterwards they can be read, if they were used."""
    if not request.actor.can("results.weight") or office_wave.state == "planned":
        return
    if office_wave.wave.survey.audience != "clients" or office_wave.wave.version is None:
        return
    row = weights_of(office_wave.pk)
    if selectors.has_results(office_wave.pk) and (row is None or row.state != "used"):
        return
    yield surveys.WaveAction(
        _("Weighting"), reverse("results:weights", args=[request.office.slug, office_wave.pk])
    )
