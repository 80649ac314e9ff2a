"""Reads of the weights of waves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from okienko.modules.results.computing.weighed import KnownMargin, from_json
from okienko.modules.results.models import WaveWeights, WeightsState


@dataclass(frozen=True)
class Chosen:
    """Margins and the greatest weight, as they were decided on."""

    margins: tuple[KnownMargin, ...]
    limit: int


def weights_of(office_wave_id: int) -> WaveWeights | None:
    return WaveWeights.objects.filter(office_wave_id=office_wave_id).first()


def margins_of(row: WaveWeights | None) -> tuple[KnownMargin, ...]:
    return from_json(row.margins) if row is not None else ()


def used_weights(office_wave_id: int) -> Chosen | None:
    """The weights that the results of the wave stand on; None where answers are not weighted."""
    row = WaveWeights.objects.filter(office_wave_id=office_wave_id, state=WeightsState.USED).first()
    return Chosen(margins_of(row), row.limit) if row is not None else None


def waiting(office_wave_ids: Collection[int]) -> set[int]:
    """Parts of waves whose results wait for a decision on weights."""
    return {row.office_wave_id for row in _drafts().filter(office_wave__in=list(office_wave_ids))}


def undecided(office) -> list[WaveWeights]:
    """Closed waves of an office whose results wait for a decision on weights."""
    rows = _drafts().filter(office=office, office_wave__state="closed").select_related("office_wave__wave")
    return list(rows.order_by("pk"))


def _drafts() -> QuerySet[WaveWeights]:
    return WaveWeights.objects.filter(state=WeightsState.DRAFT).exclude(margins=[])
