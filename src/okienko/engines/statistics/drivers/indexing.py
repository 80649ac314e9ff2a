"""The satisfaction index with derived importance: its weights are the drivers' shares of R².

A separate, named statistic: nobody was asked what matters, it is read off what goes with the overall
answer. The weights are estimated from the same answers, so the jackknife repeats the whole of it, weights
and means together, and their sampling error is part of the error of the index.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.drivers.analysing import (
    METHODS,
    UNSTABLE,
    chosen_items,
    degrees_of_freedom,
    divided,
    domains,
    why_no_interval,
)
from okienko.engines.statistics.drivers.correlating import correlations
from okienko.engines.statistics.drivers.jackknife import replicated, replication
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import NO_ANSWERS, NO_VARIANCE, NOT_PROBABILITY, Estimate
from okienko.engines.statistics.intervals import t_interval
from okienko.engines.statistics.moments import Moments, Sums


@dataclass(frozen=True)
class DerivedCsi:
    """100 · Σ w_j (x̄_j − low) / (high − low), w_j = the share of item j in what explains the outcome.

    Parameters
    ----------
    outcome : str
        The item of overall satisfaction.
    items : tuple of str
    low, high : float
        Ends of the satisfaction scale.
    method : {"johnson", "shapley"}
    own_weights : bool
        True: every domain by its own weights. False: by those of all domains together, which make
        domains comparable; their sampling error counts all the same.
    """

    outcome: str
    items: tuple[str, ...]
    low: float
    high: float
    method: str = "johnson"
    own_weights: bool = False


@dataclass(frozen=True, slots=True)
class DerivedIndex:
    """The index of one domain.

    Attributes
    ----------
    index : Estimate
        ``statistic`` is ``csi_derived``.
    weights : tuple of float, in the order of the items, adding up to 1; empty without an index
    """

    index: Estimate
    weights: tuple[float, ...] = ()


def derived_csi(
    moments: Moments,
    measure: DerivedCsi,
    *,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
) -> list[DerivedIndex]:
    """The index in every domain, with its design interval.

    Raises
    ------
    StatisticsError
        ``bad_scale``, ``outside_scale``, ``bad_method`` and those of ``drivers``.
    """
    if not measure.high > measure.low:
        raise StatisticsError("bad_scale", "The scale needs a maximum above its minimum.")
    if measure.method not in METHODS:
        raise StatisticsError("bad_method", f"There is no division of R² {measure.method!r}.")
    chosen = chosen_items(moments, measure.outcome, measure.items)
    plan = replication(moments.groups)

    def shares(sums: Sums) -> np.ndarray:
        size = len(measure.items)
        return divided(sums, measure.method)[..., size : 2 * size]

    def means(sums: Sums) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.diagonal(sums.first, axis1=-2, axis2=-1) / np.diagonal(sums.both, axis1=-2, axis2=-1)
        return (ratio + moments.shift[chosen])[..., :-1]

    everything = np.arange(moments.group.size)
    common = None if measure.own_weights else replicated(moments, plan, everything, chosen, shares)
    explained = measure.own_weights or _varies(moments, chosen, everything)
    found = []
    for labels, cells in domains(moments, by):
        weights = common or replicated(moments, plan, cells, chosen, shares)
        level = replicated(moments, plan, cells, chosen, means)
        _refuse_outside(measure, level[0])
        value, *values = (
            100 / (measure.high - measure.low) * (w * (m - measure.low)).sum(axis=-1)
            for w, m in zip(weights, level, strict=True)
        )
        se = float(np.sqrt(plan.variance(values[0][:, None]))[0])
        if measure.own_weights:
            explained = _varies(moments, chosen, cells)
        answered = (moments.count[np.ix_(cells, chosen)].sum(axis=0) > 0).all()
        note = NO_ANSWERS if not answered else None if explained else NO_VARIANCE
        index = _estimate(moments, (chosen, cells), (labels, float(value), se, note), confidence)
        known = index.estimate is not None
        found.append(DerivedIndex(index, tuple(weights[0].tolist()) if known else ()))
    return found


def _refuse_outside(measure: DerivedCsi, means: np.ndarray) -> None:
    for item, mean in zip(measure.items, means.tolist(), strict=True):
        if mean < measure.low or mean > measure.high:
            raise StatisticsError(
                "outside_scale",
                f"Item {item} has the mean {mean:g}, outside the scale {measure.low:g} to {measure.high:g}.",
            )


def _varies(moments: Moments, chosen: np.ndarray, cells: np.ndarray) -> bool:
    """Whether there is anything to explain, and something that may explain it."""
    total = Sums(*(part[np.ix_(cells, chosen, chosen)].sum(axis=0) for part in moments.sums))
    varies = correlations(total)[1]
    return bool(varies[-1] and varies[:-1].any())


def _estimate(
    moments: Moments,
    where: tuple[np.ndarray, np.ndarray],
    figures: tuple[dict[str, object], float, float, str | None],
    confidence: float,
) -> Estimate:
    chosen, cells = where
    labels, value, se, note = figures
    # As for the index with fixed weights: the best answered of its items.
    n = int(moments.count[np.ix_(cells, chosen[:-1])].sum(axis=0).max(initial=0))
    named = ("csi", "csi_derived", None, labels, n)
    if note is not None or not np.isfinite(value):
        return Estimate(*named, None, note=note or NO_VARIANCE)
    df = min(degrees_of_freedom(moments, cells, int(position)) for position in chosen)
    note = why_no_interval(moments, cells, df) or (None if np.isfinite(se) else UNSTABLE)
    if note is not None:
        return Estimate(*named, value, df=None if note == NOT_PROBABILITY else df, note=note)
    low, high = t_interval(np.array(value), np.array(se), np.array(df), confidence)
    return Estimate(*named, value, se, float(low), float(high), df, method="t")
