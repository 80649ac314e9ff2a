"""How much offices really differ, and their figures drawn towards the mean of all.

Every office's figure has a sampling error, so the figures vary more than the offices do, and the highest
and the lowest are mostly those with few answers. The variance between offices is that of Paule and Mandel
(1982); a figure is drawn towards the mean by as much as its error outweighs that variance (empirical Bayes;
Efron and Morris 1975). The variance between is known badly when offices are few, so the error of a drawn
figure is its mean squared error over all that the variance may be (Morris 1983, every variance equally
likely beforehand).
With the variance alone put in, intervals would hold in as few as 87% of offices in place of 95%.
The variances of the figures themselves are taken as known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import Estimate

# With fewer the answers say nothing about how large the variance may be.
FEWEST = 4
TOO_FEW = "too_few_offices"

_STEPS = 200
_PRECISE = 1e-13
# An office counted in full has no error; it weighs as one whose error is this part of the spread.
_NO_ERROR = 1e-9
# Variances to go through, as parts of the largest that is not absurd.
_GRID = np.concatenate([[0.0], np.geomspace(1e-6, 1e5, 300)])


@dataclass(frozen=True, slots=True)
class Shrunken:
    """One office.

    Attributes
    ----------
    own : Estimate
        The figure as the office's answers give it.
    weight : float
        How much of its distance from the mean it keeps, 0…1.
    estimate, se, lower, upper : float
        ``se`` is the root of the mean squared error.
    """

    own: Estimate
    weight: float
    estimate: float
    se: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Between:
    """What several offices have in common.

    Attributes
    ----------
    mean, se : float or None
        The mean of the offices, each by 1/(variance between + own variance), and its standard error.
    variance, lower, upper : float or None
        Between offices, with the interval by the Q profile (Viechtbauer 2007).
    offices : tuple of Shrunken, in the order given; those without a standard error are not in it
    note : str or None
        ``too_few_offices``: fewer than four have a figure with an error.
    """

    mean: float | None
    se: float | None
    variance: float | None
    lower: float | None
    upper: float | None
    offices: tuple[Shrunken, ...] = ()
    note: str | None = None


def shrink(estimates: Sequence[Estimate], *, confidence: float = 0.95) -> Between:
    """Draw independent figures towards their mean.

    Parameters
    ----------
    estimates : sequence of Estimate
        One per office, of the same measure. Those without an interval are left out: no error is known.

    Raises
    ------
    StatisticsError
        ``bad_confidence``.
    """
    if not 0 < confidence < 1:
        raise StatisticsError("bad_confidence", "The confidence level must lie between 0 and 1.")
    kept = [e for e in estimates if e.estimate is not None and e.se is not None and e.lower is not None]
    if len(kept) < FEWEST:
        return Between(None, None, None, None, None, note=TOO_FEW)
    value = np.array([e.estimate for e in kept], np.float64)
    error = np.array([e.se for e in kept], np.float64) ** 2
    error = np.maximum(error, _NO_ERROR * max(float(value.var()), 1e-300))
    tail = (1 - confidence) / 2
    df = value.size - 1
    variance = variance_between(value, error)
    lower, upper = (_solve(value, error, q) for q in _chi_square(df, tail))
    precision = 1 / (variance + error)
    mean = float((precision * value).sum() / precision.sum())
    weight = variance * precision
    shrunken = mean + weight * (value - mean)
    se = np.sqrt(_squared_error(value, error, shrunken))
    half = NormalDist().inv_cdf(1 - tail) * se
    rows = zip(kept, weight, shrunken, se, shrunken - half, shrunken + half, strict=True)
    return Between(
        mean,
        float(1 / np.sqrt(precision.sum())),
        variance,
        lower,
        upper,
        tuple(Shrunken(e, *(float(f) for f in figures)) for e, *figures in rows),
    )


def variance_between(value: np.ndarray, error: np.ndarray) -> float:
    """Paule and Mandel's variance: Σ (y − μ)²/(τ² + v) equals its expectation k − 1; 0 if it never does.

    Parameters
    ----------
    value, error : ndarray of float, shape (k,)
        Figures and their sampling variances, above zero.
    """
    return _solve(value, error, value.size - 1.0)


def _solve(value: np.ndarray, error: np.ndarray, target: float) -> float:
    """τ² at which Q(τ²) falls to the target. Q is convex and falls, so Newton's steps never go past it."""
    variance = 0.0
    for _ in range(_STEPS):
        precision = 1 / (variance + error)
        away = value - (precision * value).sum() / precision.sum()
        excess = float((precision * away**2).sum()) - target
        slope = float((precision**2 * away**2).sum())
        if excess <= 0 or slope <= 0:
            break
        variance += excess / slope
        if excess / slope <= _PRECISE * variance:
            break
    return variance


def _chi_square(df: int, tail: float) -> tuple[float, float]:
    """The upper and the lower quantile of χ²."""
    # Slow to import, and only this needs it.
    from scipy.special import chdtri

    return float(chdtri(df, tail)), float(chdtri(df, 1 - tail))


def _squared_error(value: np.ndarray, error: np.ndarray, shrunken: np.ndarray) -> np.ndarray:
    """Mean squared error of every shrunken figure, over the variances weighed by how well they fit.

    At a given variance the truth varies around its own best figure by τ²·v/(τ² + v), and by (v/(τ² + v))² of
    the variance of the mean; the distance of that figure from the shrunken one is squared and added.
    """
    grid = (float(value.var()) + float(error.max())) * _GRID
    precision = 1 / (grid[:, None] + error)
    total = precision.sum(axis=1)
    mean = (precision * value).sum(axis=1) / total
    excess = (precision * (value - mean[:, None]) ** 2).sum(axis=1)
    fit = (np.log(precision).sum(axis=1) - np.log(total) - excess) / 2
    weight = np.exp(fit - fit.max()) * np.gradient(grid)
    weight /= weight.sum()
    kept = error * precision
    best = value - kept * (value - mean[:, None])
    around = grid[:, None] * kept + kept**2 / total[:, None]
    return weight @ (around + (best - shrunken) ** 2)
