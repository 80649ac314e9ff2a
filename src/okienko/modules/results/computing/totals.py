"""What an office adds to the mean of its network: five sums, from which the ratio and its variance follow.

With Y and N the weighted sums of scores and of answers, V the design's covariance of a stratified sample of
PSUs, the network's mean is m = ΣY / ΣN and its variance Σ(V_YY − 2m V_YN + m² V_NN) / (ΣN)²: the linearised
variance of one design in which every office is a set of strata. No office's answers can be read off.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from msgspec import Struct

from okienko.engines.statistics import SampleKind
from okienko.engines.statistics.frame import frame
from okienko.modules.results.computing.domains import scale_of
from okienko.modules.results.computing.wave import WaveData


class Totals(Struct, frozen=True, array_like=True):
    """`df`: PSUs − strata with answers. No sums: the ends of the scale and the code of the item."""

    n: int
    weights: float
    scores: float
    var_scores: float
    covariance: float
    var_weights: float
    df: float
    low: float = -math.inf
    high: float = math.inf
    item: str = ""

    def comparable(self, other: Totals) -> bool:
        """Whether both are of one question on one scale."""
        return (self.item, self.low, self.high) == (other.item, other.low, other.high)


# numbers that add up over offices: neither the ends of the scale nor the item
SUMS = 7


class NetworkMean(Struct, frozen=True):
    offices: int
    n: int
    estimate: float
    se: float | None
    df: float
    low: float
    high: float


def totals_of(data: WaveData, code: str) -> Totals | None:
    """The sums of one item; None where the sample allows no inference."""
    design = data.sample.design
    if design.kind is SampleKind.NON_PROBABILITY:
        return None
    if data.weighed is not None:
        return _fitted_totals(data, code)
    column = np.asarray(data.columns[code], dtype=np.float64)
    valid = column >= 0
    weight = np.ones(len(column)) if design.weight is None else np.asarray(design.weight, dtype=np.float64)
    stratum = np.array(["all"] * len(column)) if design.stratum is None else np.asarray(design.stratum)
    psu = np.arange(len(column)) if design.psu is None else np.asarray(design.psu)
    both = np.stack([np.where(valid, weight * column, 0.0), np.where(valid, weight, 0.0)], axis=1)
    cov = np.zeros((2, 2))
    strata, place = np.unique(stratum, return_inverse=True)
    units, found = _units(place, psu, both)
    grand = found.mean(axis=0)
    for number in range(len(strata)):
        rows = found[units == number]
        rate = 0.0 if design.fpc is None else len(rows) / float(np.asarray(design.fpc)[place == number][0])
        cov += (1.0 - rate) * _spread(rows, grand)
    answered = len({(a, b) for a, b in zip(place[valid].tolist(), psu[valid].tolist(), strict=True)})
    df = answered - len(set(place[valid].tolist()))
    scores, weights = both.sum(axis=0)
    variances = (float(cov[0, 0]), float(cov[0, 1]), float(cov[1, 1]))
    ends = scale_of([item for item in data.items if item.code == code])
    return Totals(int(valid.sum()), float(weights), float(scores), *variances, float(df), *ends, code)


def _fitted_totals(data: WaveData, code: str) -> Totals:
    """The same sums of weighted answers: what the margins explain is no part of the variances."""
    asked = [item for item in data.items if item.code == code]
    cube = data.cube(asked)
    seen, table = frame(cube), cube.table(code)
    valid = table.categories.valid
    scores, weights = (
        seen.sums(table.weighted(vector)) for vector in (table.categories.scores * valid, valid * 1.0)
    )
    present = seen.sums(table.counted(valid)) > 0
    alone, apart, together = (seen.variance(z, present) for z in (scores, weights, scores + weights))
    covariance = (together.value - alone.value - apart.value) / 2
    found = (scores.sum(), weights.sum(), alone.value[0], covariance[0], apart.value[0], alone.df[0])
    total, weight, var_scores, shared, var_weights, df = (float(each) for each in found)
    n = int(table.counted(valid).sum())
    return Totals(n, weight, total, var_scores, shared, var_weights, df, *scale_of(asked), code)


def _units(place: np.ndarray, psu: np.ndarray, both: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sums per PSU, and the stratum of each."""
    pairs = np.array([f"{a}|{b}" for a, b in zip(place.tolist(), psu.tolist(), strict=True)])
    _, first, unit = np.unique(pairs, return_index=True, return_inverse=True)
    sums = np.stack([np.bincount(unit, both[:, each]) for each in (0, 1)], axis=1)
    return place[first], sums


def _spread(rows: np.ndarray, grand: np.ndarray) -> np.ndarray:
    """n/(n−1) Σ (x−x̄)(x−x̄)ᵀ; a lonely PSU is centred at the mean of all (lonely_psu = adjust)."""
    if len(rows) == 1:
        off = rows - grand
        return off.T @ off
    off = rows - rows.mean(axis=0)
    return len(rows) / (len(rows) - 1) * (off.T @ off)


def network_mean(parts: Iterable[Totals]) -> NetworkMean | None:
    """The mean over all respondents of the offices, recomputed from their sums; never a mean of means."""
    kept = list(parts)
    weights = sum(part.weights for part in kept)
    if not kept or weights <= 0:
        return None
    mean = sum(part.scores for part in kept) / weights
    variance = sum(
        part.var_scores - 2 * mean * part.covariance + mean * mean * part.var_weights for part in kept
    )
    df = sum(part.df for part in kept)
    se = math.sqrt(max(variance, 0.0)) / weights if df > 0 else None
    ends = min(part.low for part in kept), max(part.high for part in kept)
    return NetworkMean(len(kept), sum(part.n for part in kept), mean, se, df, *ends)
