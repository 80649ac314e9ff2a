"""What the modules above tell about a wave: numbers of answers, ways on, warnings before closing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from django.http import HttpRequest

from okienko.foundation.registry import slot
from okienko.modules.surveys.models import OfficeWave, Wave
from okienko.modules.surveys.selectors.figures import WaveAction


def answers_of(office_wave_ids: Collection[int]) -> dict[int, int]:
    """Office wave → answers that count; every id asked for is there. One call for all of them."""
    found: Counter[int] = Counter()
    if office_wave_ids:
        for item in slot("surveys.wave.counts"):
            found.update(item.provider(office_wave_ids))
    return {pk: found[pk] for pk in office_wave_ids}


def typed_at_points(office_wave_id: int) -> dict[int, int]:
    """Service point → paper forms typed in."""
    found: Counter[int] = Counter()
    for item in slot("surveys.points.typed"):
        found.update(item.provider(office_wave_id))
    return dict(found)


def wave_actions(request: HttpRequest, office_wave: OfficeWave) -> list[WaveAction]:
    return [action for item in slot("surveys.wave.actions") for action in item.provider(request, office_wave)]


def network_wave_actions(request: HttpRequest, wave: Wave) -> list[WaveAction]:
    return [
        action for item in slot("surveys.network_wave.actions") for action in item.provider(request, wave)
    ]


def closing_warnings(office_wave_ids: Collection[int]) -> list[str]:
    """What would be left undone if these were closed now, in words."""
    return [str(text) for text in _said("surveys.wave.before_close", office_wave_ids)]


def _said(name: str, office_wave_ids: Collection[int]) -> Iterable[str]:
    for item in slot(name):
        yield from item.provider(office_wave_ids)
