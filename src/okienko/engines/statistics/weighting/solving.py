"""Finding the weights: Newton's method on the dual of the calibration problem.

The weights nearest to the base weights that meet the margins are ``w = d · F(Xλ)``, where λ is the
minimum of the convex ``Σ d G(Xλ) − λ'T`` (Deville and Särndal 1992; Deville, Särndal and Sautory
1993). Its gradient is the miss of the margins, so the search ends when they are met.
"""

from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.weighting.distances import Distances
from okienko.engines.statistics.weighting.targets import Targets

_MOST_STEPS = 200
_MOST_HALVINGS = 60
# A margin is met when it is missed by less than this part of its population; the search goes on
# while the miss still falls, down to rounding.
MET = 1e-9
_ROUNDING = 1e-14
# A respondent with less than this part of his base weight counts for nothing.
_NOTHING = 1e-6
_FEW_RISES = 3


@dataclass(frozen=True, eq=False)
class Solution:
    """What the search found.

    Attributes
    ----------
    ratio : ndarray of float, shape (cells,)
        Fitted weight over base weight.
    miss : ndarray of float, shape (P,)
        What every equation lacks, as a part of the population of its category.
    steps : int
    """

    ratio: np.ndarray
    miss: np.ndarray
    steps: int

    @property
    def met(self) -> bool:
        """Whether every margin is met, and not by weights that run away to zero."""
        vanished = (self.ratio >= 0) & (self.ratio < _NOTHING)
        return float(np.abs(self.miss).max(initial=0.0)) <= MET and not vanished.any()


@dataclass(frozen=True, eq=False)
class _Point:
    """One λ with the value and the gradient of the dual."""

    at: np.ndarray
    ratio: np.ndarray
    slope: np.ndarray
    value: float
    miss: np.ndarray

    def worst(self, scale: np.ndarray) -> float:
        """The largest miss as a part of its population."""
        return float((np.abs(self.miss) / scale).max(initial=0.0))


def solve(targets: Targets, base: np.ndarray, distances: Distances) -> Solution:
    """Fit the weights; the caller asks ``met``.

    Parameters
    ----------
    base : ndarray of float, shape (cells,)
        Sums of base weights on the scale of the population.
    """
    # Sums of one: the steps do not depend on the unit of the weights.
    whole = targets.population
    search = _Search(targets.matrix, base / whole, targets.total / whole, distances)
    scale = targets.scale / whole
    here = best = search.point(np.zeros(targets.total.size))
    steps = rises = 0
    while steps < _MOST_STEPS and best.worst(scale) > _ROUNDING:
        ahead = search.step(here)
        if ahead is None:
            break
        steps += 1
        here = ahead
        if here.worst(scale) < best.worst(scale):
            best, rises = here, 0
        else:
            rises += 1
        if best.worst(scale) <= MET and rises >= _FEW_RISES:
            break
    return Solution(best.ratio, best.miss / scale, steps)


@dataclass(frozen=True, eq=False)
class _Search:
    """The dual problem."""

    matrix: np.ndarray
    base: np.ndarray
    total: np.ndarray
    distances: Distances

    def point(self, at: np.ndarray) -> _Point:
        """The dual at λ; not finite where F overflows."""
        with np.errstate(over="ignore", invalid="ignore"):
            ratio, slope, area = self.distances.ratio(self.matrix @ at)
            value = float(self.base @ area - self.total @ at)
            return _Point(at, ratio, slope, value, self.total - self.matrix.T @ (self.base * ratio))

    def step(self, here: _Point) -> _Point | None:
        """One Newton step, halved until the dual falls; None when it falls no more."""
        curve = self.matrix.T @ (self.matrix * (self.base * here.slope)[:, None])
        # Margins overlap (each adds up to the population), so the matrix has no inverse; where every
        # weight is at a bound it is flat, and a little is added for a direction to exist.
        flat = curve.diagonal() <= 0
        curve[flat, flat] = self.base.mean() * _ROUNDING
        ahead = np.linalg.lstsq(curve, here.miss, rcond=1e-13)[0]
        gain = float(here.miss @ ahead)
        if not np.isfinite(gain) or gain <= 0:
            ahead, gain = here.miss, float(here.miss @ here.miss)
        size = 1.0
        for _ in range(_MOST_HALVINGS):
            there = self.point(here.at + size * ahead)
            falls = there.value <= here.value - 1e-4 * size * gain + _ROUNDING * (1 + abs(here.value))
            if np.isfinite(there.value) and np.isfinite(there.miss).all() and falls:
                return there
            size /= 2
        return None
