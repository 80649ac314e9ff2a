"""Groups of clients: by service point, channel, matter, client group, outcome."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from okienko.engines.questionnaire import Item
from okienko.engines.statistics import mean
from okienko.engines.statistics.lattice import key_of
from okienko.engines.statistics.suppression import Lattice
from okienko.modules.results.computing.lattice import hidden
from okienko.modules.results.computing.wave import POINT, WaveData
from okienko.modules.results.document import DomainCell, DomainResult, GroupMean


def in_domains(data: WaveData) -> tuple[Item, ...]:
    """The items whose means are shown by group: overall satisfaction and the drivers."""
    roles = ("overall_satisfaction", "driver")
    return tuple(item for item in data.items if item.role in roles and item.kind == "ordinal")


def domains_of(data: WaveData, lattice: Lattice, overall: str | None) -> tuple[DomainResult, ...]:
    measured = in_domains(data)
    return tuple(_domain(data, lattice, name, measured, overall) for name in data.dimensions)


def _domain(
    data: WaveData, lattice: Lattice, name: str, measured: Sequence[Item], overall: str | None
) -> DomainResult:
    means = _means(data, name, measured)
    labels = _labels(data, name)
    cells = []
    for value in data.dimensions[name].names:
        key = key_of({name: value})
        why = hidden(lattice, key)
        if why is not None:
            cells.append(DomainCell(value, labels.get(value, ""), hidden=why))
            continue
        shown = {
            code: figure
            for code, figure in means.get(value, {}).items()
            if hidden(lattice, key, code) is None and hidden(lattice, (), code) is None
        }
        count = int((data.dimensions[name].codes == data.dimensions[name].names.index(value)).sum())
        cells.append(DomainCell(value, labels.get(value, ""), count, shown.pop(overall or "", None), shown))
    return DomainResult(name, tuple(cells))


def _means(data: WaveData, name: str, measured: Sequence[Item]) -> dict[str, dict[str, GroupMean]]:
    found: dict[str, dict[str, GroupMean]] = {}
    method = "model" if data.sample.inference == "none" else None
    cube = data.cube(measured, by=(name,))
    for item in measured:
        placed = np.asarray(data.dimensions[name].codes) >= 0
        if not (placed & (data.columns[item.code] >= 0)).any():
            continue
        for row in mean(cube, item.code, by=name, method=method):
            if row.estimate is not None:
                figure = GroupMean(row.n, row.estimate, row.lower, row.upper)
                found.setdefault(str(row.by[name]), {})[item.code] = figure
    return found


def _labels(data: WaveData, name: str) -> dict[str, str]:
    """Names of the service points; the words of answers stand in the questionnaire."""
    if name != POINT:
        return {}
    return {str(part.service_point_id): part.name for part in data.plan.strata}
