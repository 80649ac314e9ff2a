"""Cronbach's alpha of several items, with a design-based standard error.

L. J. Cronbach, *Psychometrika* 16 (1951). Alpha is a smooth function of weighted cross products, so its
error follows by Taylor linearisation from their sums by PSU (Binder 1983). The interval is taken for
log(1 − alpha), which is nearer to normal and cannot exceed 1 (D. G. Bonett, *Journal of Educational and
Behavioral Statistics* 27, 2002). R: ``svycralpha`` for the value, ``svycontrast`` for the error.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics import estimates as notes
from okienko.engines.statistics.design import SampleKind, Stage, Units
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import Estimate
from okienko.engines.statistics.frame import design_variance
from okienko.engines.statistics.labels import crossed
from okienko.engines.statistics.levels import levels
from okienko.engines.statistics.moments import Groups, Moments
from okienko.engines.statistics.student import t_quantile

_NO_VARIANCE = 1e-12
# Sums of the same weights in another order differ by less, in proportion.
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Reliability:
    """Alpha in one domain.

    Attributes
    ----------
    alpha : Estimate
        ``n``: respondents with the item that fewest answered. Note ``answers_by_pairs``: some answered
        only a part of the items, and every covariance is of those who answered both of a pair.
    without : tuple of (item, alpha of the others or None)
    """

    alpha: Estimate
    without: tuple[tuple[str, float | None], ...]


def cronbach(
    moments: Moments,
    items: Sequence[str],
    *,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
    name: str = "alpha",
) -> list[Reliability]:
    """Cronbach's alpha in every domain.

    PSUs of a stratum with more than ``moments.JACKKNIFE_GROUPS`` are taken in groups. Of a sample in two
    stages no finite population correction is made: the intervals are rather too wide.

    Raises
    ------
    StatisticsError
        ``too_few_items``, ``no_such_item``, ``no_such_dimension``, ``bad_confidence``.
    """
    if len(items) < 2 or len(set(items)) != len(items):
        raise StatisticsError("too_few_items", "Cronbach's alpha needs at least two different items.")
    if not 0 < confidence < 1:
        raise StatisticsError("bad_confidence", "The confidence level must lie between 0 and 1.")
    names = (by,) if isinstance(by, str) else tuple(by or ())
    for dimension in names:
        if dimension not in moments.dims:
            raise StatisticsError("no_such_dimension", f"There is no dimension {dimension!r} in the moments.")
    chosen = np.array([moments.position(i) for i in items])
    domain, labels = crossed([moments.dims[n] for n in names], moments.group.size)
    return [
        _reliability(
            moments,
            (chosen, np.flatnonzero(domain == d)),
            dict(zip(names, label, strict=True)),
            confidence,
            name,
        )
        for d, label in enumerate(labels)
    ]


def _reliability(
    moments: Moments,
    where: tuple[np.ndarray, np.ndarray],
    by: dict[str, object],
    confidence: float,
    name: str,
) -> Reliability:
    chosen, cells = where
    block = np.ix_(cells, chosen, chosen)
    pairs = moments.sums
    sums = [part[block] for part in (pairs.both, pairs.first, pairs.product)]
    n = int(moments.count[cells][:, chosen].sum(axis=0).min()) if cells.size else 0
    items = [moments.items[c] for c in chosen]
    whole = [part.sum(axis=0) for part in sums]
    covariance = _covariance(whole)
    value = _alpha(covariance)
    if n < 2 or value is None:
        reason = notes.NO_ANSWERS if n < 2 else notes.NO_VARIANCE
        empty = Estimate(name, "alpha", None, by, n, None, note=reason)
        return Reliability(empty, tuple((i, None) for i in items))
    z = _linearised(sums, whole, covariance)
    se, df, note = _error(moments, cells, z, np.diagonal(sums[0], axis1=1, axis2=2).sum(axis=1) > 0)
    if note is None and np.ptp(sums[0], axis=(1, 2)).max() > _SAME * whole[0].max():
        note = notes.PAIRWISE
    figure = Estimate(
        name, "alpha", None, by, n, value, se, *_interval(value, se, df, confidence), df, note=note,
        method=None if se is None or not df else "log",
    )  # fmt: skip
    rest = [np.arange(len(items)) != k for k in range(len(items))]
    return Reliability(
        figure, tuple((i, _alpha(covariance[np.ix_(r, r)])) for i, r in zip(items, rest, strict=True))
    )


def _covariance(sums: Sequence[np.ndarray]) -> np.ndarray:
    """Covariances of pairs, shape (J, J)."""
    both, first, product = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = first / both
        return product / both - mean * mean.T


def _alpha(covariance: np.ndarray) -> float | None:
    size = len(covariance)
    total = covariance.sum()
    if size < 2 or not total > _NO_VARIANCE:
        return None
    return float(size / (size - 1) * (1 - np.trace(covariance) / total))


def _linearised(
    sums: Sequence[np.ndarray], whole: Sequence[np.ndarray], covariance: np.ndarray
) -> np.ndarray:
    """What every cell contributes to the error of alpha, shape (cells,).

    With Z = Σ w x: d cov_ij = (Z_ij − x̄_ij·W − x̄_j·(Z_i − x̄_i·W) − x̄_i·(Z_j − x̄_j·W)) / W_total.
    """
    both, first, product = sums
    mean = whole[1] / whole[0]
    centred = first - mean * both
    moved = (
        product - whole[2] / whole[0] * both - mean.T * centred - mean * np.swapaxes(centred, 1, 2)
    ) / whole[0]
    size, total, own = len(covariance), covariance.sum(), np.trace(covariance)
    inner = np.trace(moved, axis1=1, axis2=2)
    return size / (size - 1) * (own / total**2 * moved.sum(axis=(1, 2)) - inner / total)


def _error(
    moments: Moments, cells: np.ndarray, z: np.ndarray, present: np.ndarray
) -> tuple[float | None, float | None, str | None]:
    """Standard error, degrees of freedom and the reason why there is none."""
    if moments.kind is SampleKind.NON_PROBABILITY:
        return None, None, notes.NOT_PROBABILITY
    units = _units(moments.groups)
    first, _ = levels(units, moments.group[cells], np.zeros(cells.size, np.intp))
    sums = np.bincount(first.group, z, first.groups)
    answered = np.bincount(first.group, present, first.groups) > 0
    found = design_variance(units, (first, None), sums, answered, 1)
    df = float(found.df[0])
    if found.lonely[0]:
        return None, None, notes.LONELY_PSU
    return (math.sqrt(found.value[0]), df, None) if df > 0 else (None, df, notes.NO_DF)


def _units(groups: Groups) -> Units:
    """The groups as the units of a design; where a group is several PSUs, n/N stays that of the PSUs."""
    drawn = np.bincount(groups.stratum, minlength=len(groups.strata)).astype(np.float64)
    population = groups.population * drawn / groups.sampled
    stage = Stage(groups.stratum, drawn, population, None, range(len(groups.strata)))
    return Units(stage, lonely_psu=groups.lonely)


def _interval(
    value: float, se: float | None, df: float | None, confidence: float
) -> tuple[float | None, float | None]:
    if se is None or not df or value >= 1:
        return None, None
    half = float(t_quantile(np.array(df), confidence)) * se / (1 - value)
    return 1 - (1 - value) * math.exp(half), 1 - (1 - value) * math.exp(-half)
