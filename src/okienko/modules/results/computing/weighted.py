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
from okienko.modules.results.computing.weighed import KnownMargin, Weighed, weigh
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


def account(data: WaveData, weighed: Weighed, lattice: Lattice) -> Weighting:
    """What the document and the page of weights say: nothing that a hidden group could be worked out from."""
    fit = weighed.diagnostics
    rows = {(row.margin, row.category): row for row in fit.categories}
    margins, everything = [], True
    for known in weighed.known:
        told = told_groups(data, lattice, known)
        everything = everything and all(told)
        groups = []
        name = f"weight {known.division}"
        valued = [rows[name, (number,)] for number in range(len(known.groups))]
        before, after = (sum(getattr(row, when) for row in valued) for when in ("before", "after"))
        for group, share, row, shown in zip(known.groups, known.shares, valued, told, strict=True):
            if not shown:
                groups.append(WeightGroup(group.values, share))
                continue
            groups.append(WeightGroup(group.values, share, row.n, row.before / before, row.after / after))
        margins.append(WeightMargin(known.division, known.source, tuple(groups), known.people))
    frame = Weighting(tuple(margins), weighed.limit)
    if not everything:
        return frame
    without = {known.division: _without_value(rows, known) for known in weighed.known}
    return Weighting(
        tuple(WeightMargin(m.division, m.source, m.groups, m.people, without[m.division]) for m in margins),
        weighed.limit,
        steps=fit.iterations,
        least=fit.weight_lower,
        greatest=fit.weight_upper,
        trimmed=fit.trimmed,
        effective_before=fit.effective_before,
        effective_after=fit.effective_after,
    )


def _without_value(rows: Mapping, known: KnownMargin) -> int:
    row = rows.get((f"weight {known.division}", None))
    return row.n if row is not None else 0
