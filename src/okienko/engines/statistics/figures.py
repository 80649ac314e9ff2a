"""The statistics by name: thin doors to ``estimate`` with one call shape."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.cube import Cube
from okienko.engines.statistics.estimates import Estimates, joined
from okienko.engines.statistics.estimation import By, estimate
from okienko.engines.statistics.frame import frame
from okienko.engines.statistics.items import plain
from okienko.engines.statistics.measures import Composite, Csi, Difference, IsRating, Mean, Nps, Share
from okienko.engines.statistics.ratios import Part, Ratio


def mean(
    cube: Cube, item: str, *, by: By = None, confidence: float = 0.95, method: str | None = None
) -> Estimates:
    """Mean score of an item (R: ``svyby(~q, ~by, design, svymean)``)."""
    return estimate(cube, Mean(item), by=by, confidence=confidence, method=method)


def share(
    cube: Cube,
    item: str,
    codes: float | Sequence[float],
    *,
    by: By = None,
    confidence: float = 0.95,
    method: str | None = None,
) -> Estimates:
    """Share of one code or several codes among the valid answers."""
    if isinstance(codes, int | float):
        measure = Share(item, (codes,), value=codes)
    else:
        measure = Share(item, tuple(codes))
    return estimate(cube, measure, by=by, confidence=confidence, method=method)


def shares(
    cube: Cube, item: str, *, by: By = None, confidence: float = 0.95, method: str | None = None
) -> Estimates:
    """Share of every listed code, all domains of the first code first."""
    categories = cube.table(item).categories
    codes = [plain(v) for v in categories.values[categories.listed]]
    return joined([share(cube, item, c, by=by, confidence=confidence, method=method) for c in codes])


def top_box(
    cube: Cube,
    item: str,
    *,
    count: int = 2,
    by: By = None,
    confidence: float = 0.95,
    method: str | None = None,
) -> Estimates:
    """Share of the ``count`` best codes, those with the highest scores."""
    best = cube.table(item).categories.best(count)
    return estimate(cube, Share(item, best, f"top{count}"), by=by, confidence=confidence, method=method)


def bottom_box(
    cube: Cube,
    item: str,
    *,
    count: int = 2,
    by: By = None,
    confidence: float = 0.95,
    method: str | None = None,
) -> Estimates:
    """Share of the ``count`` worst codes, those with the lowest scores."""
    worst = cube.table(item).categories.best(count, lowest=True)
    return estimate(cube, Share(item, worst, f"bottom{count}"), by=by, confidence=confidence, method=method)


def nps(cube: Cube, item: str, *, by: By = None, confidence: float = 0.95) -> Estimates:
    """Net promoter score of an item with answers 0 to 10."""
    return estimate(cube, Nps(item), by=by, confidence=confidence)


def csi(cube: Cube, measure: Csi, *, by: By = None, confidence: float = 0.95) -> Estimates:
    """Customer satisfaction index; ``Csi(items, low, high, weights=… or importance=…)``."""
    return estimate(cube, measure, by=by, confidence=confidence)


def composite(
    cube: Cube,
    items: Sequence[str],
    weights: Sequence[float] | None = None,
    *,
    by: By = None,
    confidence: float = 0.95,
    name: str = "composite",
) -> Estimates:
    """Weighted mean of the means of several items (an area index), with their covariances."""
    measure = Composite(tuple(items), None if weights is None else tuple(weights), name)
    return estimate(cube, measure, by=by, confidence=confidence)


def is_rating(
    cube: Cube,
    item: str,
    emphasis: str,
    satisfied: Sequence[float] = (4, 5),
    *,
    by: By = None,
    confidence: float = 0.95,
) -> Estimates:
    """Importance–satisfaction rating; ``emphasis`` is a 0/1 item made by ``naming``."""
    return estimate(cube, IsRating(item, emphasis, tuple(satisfied)), by=by, confidence=confidence)


def ratio(
    cube: Cube,
    numerator: str | Part,
    denominator: str | Part,
    *,
    by: By = None,
    confidence: float = 0.95,
    method: str | None = None,
) -> Estimates:
    """Ratio of two sums over respondents who have both (R: ``svyratio``); see ``jointly``."""
    over, under = (Part(p) if isinstance(p, str) else p for p in (numerator, denominator))
    measure = Ratio(over, under, f"{over.item}/{under.item}")
    return estimate(cube, measure, by=by, confidence=confidence, method=method)


def effective_n(cube: Cube, item: str, *, by: By = None) -> list[tuple[dict[str, object], float | None]]:
    """Kish's effective number of answers, (Σw)² / Σw², in every domain: what unequal weights leave of n.

    None without answers, and where the cube was built without the squares of the weights.
    """
    seen = frame(cube, by)
    table = cube.table(item)
    valid = table.categories.valid
    per_cell = table.squared(valid)
    squares = np.full(seen.domains, np.nan) if per_cell is None else seen.totals(seen.sums(per_cell))
    sums = seen.totals(seen.sums(table.weighted(valid.astype(np.float64))))
    return [
        (dict(zip(seen.by, name, strict=True)), float(s * s / q) if q > 0 else None)
        for name, s, q in zip(seen.names, sums, squares, strict=True)
    ]


@dataclass(frozen=True)
class Pair:
    """Satisfaction with something, its stated importance, and importance minus satisfaction."""

    item: str
    satisfaction: Estimates
    importance: Estimates
    gap: Estimates


def importance_satisfaction(
    cube: Cube, pairs: Sequence[tuple[str, str]], *, by: By = None, confidence: float = 0.95
) -> list[Pair]:
    """Means of (satisfaction item, importance item) pairs with the gap and its error."""
    result = []
    for item, importance in pairs:
        gap = Difference(Mean(importance), Mean(item), item, "gap")
        result.append(
            Pair(
                item,
                mean(cube, item, by=by, confidence=confidence),
                mean(cube, importance, by=by, confidence=confidence),
                estimate(cube, gap, by=by, confidence=confidence),
            )
        )
    return result
