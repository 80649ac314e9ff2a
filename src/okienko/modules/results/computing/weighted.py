"""A wave with the weights that the coordinator decided on, and its divisions as margins see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from okienko.engines.questionnaire import Questionnaire
from okienko.engines.statistics import Labels
from okienko.engines.statistics.lattice import key_of
from okienko.engines.statistics.suppression import Lattice
from okienko.modules.results.computing.lattice import hidden
from okienko.modules.results.computing.wave import POINT, WaveData, analysed, read_wave
from okienko.modules.results.computing.weighed import KnownMargin, Weighed, group_labels, weigh
from okienko.modules.results.document import WeightGroup, Weighting, WeightMargin
from okienko.modules.results.weighting.selectors import used_weights
from okienko.modules.surveys.selectors import FieldDesign

CHANNEL = "channel"


@dataclass(frozen=True)
class Division:
    """What the clients may be divided by, and its categories."""

    code: str
    values: tuple[str, ...]


def divisions_of(definition: Questionnaire, plan: FieldDesign) -> tuple[Division, ...]:
    """Service points and their channels, where there are several, and the questions that make groups."""
    points = tuple(str(stratum.service_point_id) for stratum in plan.strata)
    channels = tuple(dict.fromkeys(stratum.channel for stratum in plan.strata))
    found = [Division(POINT, points), Division(CHANNEL, channels)]
    for item in analysed(definition):
        if item.role in ("domain", "outcome") and item.kind == "categorical":
            found.append(Division(item.code, tuple(str(value) for value in sorted(item.values()))))
    return tuple(division for division in found if len(division.values) > 1)


def read_weighted(part) -> WaveData:
    """The answers of a wave with the weights that were decided on, if any were."""
    data = read_wave(part)
    used = used_weights(part.pk)
    return data if used is None else weighted(data, used.margins, used.limit)


def weighted(data: WaveData, known: Sequence[KnownMargin], limit: int) -> WaveData:
    """The same answers weighted; `StatisticsError` as `weigh`."""
    return replace(data, weighed=weigh(known, _labels(data), data.sample.design, data.answers, limit))


def _labels(data: WaveData) -> dict[str, Labels]:
    found = dict(data.dimensions)
    points = found.get(POINT)
    if points is not None:
        channel = {str(stratum.service_point_id): stratum.channel for stratum in data.plan.strata}
        names = tuple(dict.fromkeys(channel.values()))
        place = np.array([*(names.index(channel[str(point)]) for point in points.names), -1])
        found[CHANNEL] = Labels(place[np.asarray(points.codes)], names)
    return found


def told_groups(data: WaveData, lattice: Lattice, margin: KnownMargin) -> tuple[bool, ...]:
    """Of which groups the number of answers may be told: where that of every part of it is published."""
    points: Mapping[str, list[str]] = {}
    if margin.division == CHANNEL:
        points = {
            channel: [str(s.service_point_id) for s in data.plan.strata if s.channel == channel]
            for group in margin.groups
            for channel in group.values
        }
    name = POINT if margin.division == CHANNEL else margin.division
    return tuple(
        all(
            _told(lattice, name, part)
            for value in group.values
            for part in (points[value] if margin.division == CHANNEL else [value])
        )
        for group in margin.groups
    )


def _told(lattice: Lattice, name: str, value: str) -> bool:
    key = key_of({name: value})
    return key in lattice.domains and hidden(lattice, key) is None


def divided(
    data: WaveData, known: Sequence[KnownMargin], lattice: Lattice, weighed: Weighed | None = None
) -> tuple[WeightMargin, ...]:
    """The divisions with the answers beside them, as far as they may be told.

    Shares are of those who have a value; those after weighting are there if there is a fit.
    """
    design, labels = data.sample.design, _labels(data)
    base = np.ones(data.answers) if design.weight is None else np.asarray(design.weight, dtype=np.float64)
    found = []
    for margin in known:
        codes, size = np.asarray(group_labels(margin, labels, data.answers).codes), len(margin.groups)
        counts = np.bincount(codes[codes >= 0], minlength=size)
        before = _shares(codes, base, size)
        after = _shares(codes, weighed.weight, size) if weighed is not None else [None] * size
        told = told_groups(data, lattice, margin)
        groups = tuple(
            WeightGroup(group.values, share, int(counts[n]), before[n], after[n])
            if told[n]
            else WeightGroup(group.values, share)
            for n, (group, share) in enumerate(zip(margin.groups, margin.shares, strict=True))
        )
        without = int((codes < 0).sum()) if all(told) else None
        found.append(WeightMargin(margin.division, margin.source, groups, margin.people, without))
    return tuple(found)


def _shares(codes: np.ndarray, weight: np.ndarray, size: int) -> list[float]:
    sums = np.bincount(codes[codes >= 0], weight[codes >= 0], size)
    return (sums / max(float(sums.sum()), np.finfo(float).tiny)).tolist()


def account(data: WaveData, weighed: Weighed, lattice: Lattice) -> Weighting:
    """What the document and the page of weights say: nothing that a hidden group could be worked out from."""
    fit, margins = weighed.diagnostics, divided(data, weighed.known, lattice, weighed)
    if any(margin.without is None for margin in margins):
        # The size of a hidden group could be worked out from how great the weights are.
        return Weighting(margins, weighed.limit)
    return Weighting(
        margins,
        weighed.limit,
        steps=fit.iterations,
        least=fit.weight_lower,
        greatest=fit.weight_upper,
        trimmed=fit.trimmed,
        effective_before=fit.effective_before,
        effective_after=fit.effective_after,
    )
