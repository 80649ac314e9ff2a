"""Surveys and waves."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys.models import OfficeWave, Survey, Wave, WaveState
from okienko.modules.surveys.rules import closes_by_itself

HEAVY = ("wave__survey__questionnaire__draft", "wave__version__definition")


def _surveys() -> QuerySet[Survey]:
    return Survey.objects.select_related("questionnaire", "office", "network").defer("questionnaire__draft")


def get_survey(pk: int) -> Survey | None:
    """A survey in the scope: the office's own, or its network's."""
    return _surveys().filter(pk=pk).first()


def get_own_survey(pk: int, *, office=None, network=None) -> Survey | None:
    """A survey that the office, or the network itself, runs: the only ones that it may change."""
    own = Q(office=office) if office else Q(office=None, network=network)
    return _surveys().filter(own, pk=pk).first()


def questionnaires_for(*, office=None) -> QuerySet:
    """What a survey may ask: of an office, its own and its network's; of a network, only its own."""
    found = questionnaires.list_questionnaires().defer("draft").order_by("name", "pk")
    return found.filter(Q(office=office) | Q(office=None)) if office else found.filter(office=None)


def office_surveys(office) -> QuerySet[Survey]:
    """The office's own surveys and those of its network in which it takes part."""
    takes_part = OfficeWave.objects.filter(office=office, wave__survey=OuterRef("pk"))
    return _surveys().filter(Q(office=office) | Q(office=None) & Exists(takes_part))


def network_surveys(network) -> QuerySet[Survey]:
    """The surveys that the network itself runs, with their number of waves."""
    return (
        _surveys()
        .filter(network=network, office=None)
        .annotate(wave_count=Count("waves"), open_waves=Count("waves", filter=Q(waves__state=WaveState.OPEN)))
    )


def get_wave(pk: int) -> Wave | None:
    """A wave in the scope, of a network's survey or of an office's own."""
    return waves().filter(pk=pk).first()


def waves(*, survey: Survey | None = None) -> QuerySet[Wave]:
    """Waves with survey and version, newest first."""
    found = Wave.objects.select_related("survey__questionnaire", "version", "network", "office").defer(
        "survey__questionnaire__draft", "version__definition"
    )
    return found.filter(survey=survey) if survey else found.order_by("-opens_on", "-pk")


def get_network_wave(pk: int, network) -> Wave | None:
    """A wave of a survey that the network itself runs."""
    return waves().filter(pk=pk, office=None, network=network).first()


def participating(wave: Wave) -> set[int]:
    """Ids of the offices that take part in the wave."""
    return set(OfficeWave.objects.filter(wave=wave).values_list("office_id", flat=True))


def areas_of(wave: Wave) -> list[tuple[str, str]]:
    """Areas of the questionnaire (code, name in the present language) that the wave asks, or will."""
    version = wave.version or questionnaires.latest_version(wave.survey.questionnaire)
    if version is None:
        return []
    definition = questionnaires.definition(version)
    language, fallback = get_language() or "pl", definition.default_language
    return [(area.code, area.name.get(language) or area.name[fallback]) for area in definition.areas]


def waves_to_close(at: datetime) -> list[Wave]:
    """Open waves past their last day for typing forms."""
    today = timezone.localtime(at).date()
    found = waves().filter(state=WaveState.OPEN, entry_until__lt=today)
    return [wave for wave in found if _due(wave, today)]


def _due(wave: Wave, today: date) -> bool:
    opened_on = timezone.localtime(wave.opened_at).date() if wave.opened_at else None
    return closes_by_itself(state=wave.state, opened_on=opened_on, entry_until=wave.entry_until, today=today)
