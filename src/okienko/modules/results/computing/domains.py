"""Groups of clients: by service point, channel, matter, client group, outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from okienko.engines.questionnaire import Item
from okienko.engines.statistics import Estimate, mean
from okienko.engines.statistics.lattice import key_of
from okienko.engines.statistics.suppression import Lattice
from okienko.modules.results.computing.bounds import Limits, within
from okienko.modules.results.computing.lattice import hidden
from okienko.modules.results.computing.stacked import ANSWER, QUESTION, by_scale, stacked
from okienko.modules.results.computing.wave import POINT, WaveData
from okienko.modules.results.document import DomainCell, DomainResult, GroupMean

Means = dict[str, GroupMean]


def in_domains(data: WaveData) -> tuple[Item, ...]:
    """The items whose means are shown by group: overall satisfaction and the drivers."""
    roles = ("overall_satisfaction", "driver")
    return tuple(item for item in data.items if item.role in roles and item.kind == "ordinal")


def domains_of(data: WaveData, lattice: Lattice, overall: str | None) -> tuple[DomainResult, ...]:
    means = _means(data, in_domains(data))
    return tuple(_domain(data, lattice, name, means[name], overall) for name in data.dimensions)


def _domain(
    data: WaveData, lattice: Lattice, name: str, means: Mapping[str, Means], overall: str | None
) -> DomainResult:
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


def _means(data: WaveData, measured: Sequence[Item]) -> dict[str, dict[str, Means]]:
    """Dimension → group → question → mean: one cube of all dimensions, a pass for each of them."""
    found: dict[str, dict[str, Means]] = {name: {} for name in data.dimensions}
    method = "model" if data.sample.inference == "none" else None
    cube = data.cube(measured, by=tuple(found)) if measured and found else None
    if cube is None:
        return found
    for alike in by_scale(measured):
        stack = stacked(cube, alike)
        for name in found:
            for row in mean(stack, ANSWER, by=(name, QUESTION), method=method):
                figure = group_mean(row, alike[0])
                if figure is not None:
                    found[name].setdefault(str(row.by[name]), {})[row.by[QUESTION]] = figure
    return found


def group_mean(row: Estimate, item: Item) -> GroupMean | None:
    """A mean of a group, its interval within the scale of the question."""
    if row.estimate is None:
        return None
    return GroupMean(row.n, row.estimate, *within(row.lower, row.upper, scale_of([item])))


def scale_of(of_items: Iterable[Item]) -> Limits:
    """The lowest and the highest answer that the questions allow."""
    values = [value for item in of_items for value in item.values()]
    return float(min(values)), float(max(values))


def _labels(data: WaveData, name: str) -> dict[str, str]:
    """Names of the service points; the words of answers stand in the questionnaire."""
    if name != POINT:
        return {}
    return {str(part.service_point_id): part.name for part in data.plan.strata}
