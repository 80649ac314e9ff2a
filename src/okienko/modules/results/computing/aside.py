"""Answers that came beside the draw: counted and told, never mixed with the sample."""

from __future__ import annotations

from okienko.engines.statistics import Design, ItemSpec, SampleKind, build_cube, mean, suppress
from okienko.modules.results.computing.domains import group_mean
from okienko.modules.results.computing.lattice import cell_of, rule_of
from okienko.modules.results.computing.sample import WEB
from okienko.modules.results.computing.wave import WaveData
from okienko.modules.results.document import Aside, GroupMean, aside_of_counts


def aside_of(data: WaveData, overall: str | None) -> Aside:
    """How many came through an open link, how many at a point or on a day not drawn, and how they rate."""
    rows = data.sample.aside
    web = int((rows & (data.table.mode == WEB)).sum())
    rated = _overall(data, overall) if overall else None
    return aside_of_counts(web, int(rows.sum()) - web, rule_of(data).threshold, rated)


def _overall(data: WaveData, overall: str) -> GroupMean | None:
    """The mean of those kept apart, if they are enough. They are no sample: the interval is a model's."""
    item = next(item for item in data.items if item.code == overall)
    answers = data.table.items[overall][data.sample.aside]
    cell = cell_of((), item, answers)
    if not cell.count or not suppress([cell], rule_of(data))[()].published:
        return None
    design = Design(kind=SampleKind.NON_PROBABILITY)
    cube = build_cube({overall: answers}, [ItemSpec(overall, codes=tuple(sorted(item.values())))], design)
    (row,) = mean(cube, overall, method="model")
    return group_mean(row, item)
