"""Which of two independent offices is higher, with one error rate for all pairs together.

``holm``       t tests of all pairs, corrected by Holm (1979). Needs nothing but the figures.
``simulated``  the largest |t| of all pairs under "no differences", simulated from a given seed, and stepped
               down (Romano and Wolf 2005), as Mogstad, Romano, Shaikh and Wilhelm (2024) do for ranks.
               It uses that the pairs hang together, so it tells a little more apart.
``intervals``  intervals of all offices that hold together, two offices differ when theirs do not meet
               (Klein, Wright and Wieczorek 2020). The easiest to draw, and the most cautious.

Each keeps the chance of even one wrong "is higher" below 1 − confidence. (Percentiles of places simulated
around the figures themselves do not: they are too narrow where offices are nearly equal; Hall and Miller
2009.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from okienko.engines.statistics.comparing import holm
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import Estimate
from okienko.engines.statistics.intervals import two_sided_p
from okienko.engines.statistics.student import t_quantile

DRAWS = 10_000
# Pairs × draws held at once.
_BATCH = 1 << 21


class PairMethod(StrEnum):
    """How pairs are told apart."""

    HOLM = "holm"
    SIMULATED = "simulated"
    INTERVALS = "intervals"


@dataclass(frozen=True, eq=False)
class Samples:
    """Figures of independent offices, each ndarray of float, shape (offices,)."""

    value: np.ndarray
    se: np.ndarray
    df: np.ndarray

    @classmethod
    def of(cls, estimates: Sequence[Estimate]) -> "Samples":
        """From estimates that all have a standard error and degrees of freedom."""
        columns = [[getattr(e, name) for e in estimates] for name in ("estimate", "se", "df")]
        return cls(*(np.array(column, np.float64) for column in columns))


def told_apart(
    samples: Samples,
    method: str | PairMethod = PairMethod.HOLM,
    *,
    confidence: float = 0.95,
    seed: int | None = None,
    draws: int = DRAWS,
) -> np.ndarray:
    """Signs of all pairs.

    Parameters
    ----------
    seed : int
        For ``simulated``; the same seed gives the same answer.

    Returns
    -------
    signs : ndarray of int, shape (offices, offices)
        +1 where the row's office is higher than the column's, −1 where lower, 0 where nobody can tell.

    Raises
    ------
    StatisticsError
        ``bad_confidence``, ``unknown_method``, ``no_seed``.
    """
    if not 0 < confidence < 1:
        raise StatisticsError("bad_confidence", "The confidence level must lie between 0 and 1.")
    if method not in set(PairMethod):
        known = ", ".join(PairMethod)
        raise StatisticsError("unknown_method", f"There is no ranking method {method!r}; known: {known}.")
    first, second = np.triu_indices(samples.value.size, 1)
    if method == PairMethod.HOLM:
        differs = _by_holm(samples, (first, second), confidence)
    elif method == PairMethod.INTERVALS:
        differs = _by_intervals(samples, (first, second), confidence)
    elif seed is None:
        raise StatisticsError("no_seed", "Simulated places need a seed, so that they can be repeated.")
    else:
        differs = _by_simulation(samples, (first, second), confidence, (seed, draws))
    signs = np.zeros((samples.value.size,) * 2, int)
    signs[first, second] = np.where(differs, np.sign(samples.value[first] - samples.value[second]), 0)
    return signs - signs.T


def _t(samples: Samples, pairs: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    first, second = pairs
    spread = np.hypot(samples.se[first], samples.se[second])
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.abs(samples.value[first] - samples.value[second]) / spread


def _by_holm(samples: Samples, pairs: tuple[np.ndarray, np.ndarray], confidence: float) -> np.ndarray:
    # One fewer, as in ``contrasts``.
    df = samples.df[pairs[0]] + samples.df[pairs[1]] - 1
    p = two_sided_p(_t(samples, pairs), df)
    adjusted = holm([float(x) if np.isfinite(x) else None for x in p])
    return np.array([x is not None and x < 1 - confidence for x in adjusted], bool)


def _by_intervals(samples: Samples, pairs: tuple[np.ndarray, np.ndarray], confidence: float) -> np.ndarray:
    # Independent offices: K intervals hold together when each does with the K-th root.
    half = t_quantile(samples.df, confidence ** (1 / max(samples.value.size, 1))) * samples.se
    low, high = samples.value - half, samples.value + half
    first, second = pairs
    return (low[first] > high[second]) | (low[second] > high[first])


def _by_simulation(
    samples: Samples, pairs: tuple[np.ndarray, np.ndarray], confidence: float, how: tuple[int, int]
) -> np.ndarray:
    seed, draws = how
    random = np.random.default_rng(seed)
    size = samples.value.size
    error = random.standard_normal((draws, size)) * samples.se
    # Standard errors are estimated too: theirs vary as χ² with the degrees of freedom of the office.
    variance = random.chisquare(samples.df, (draws, size)) / samples.df * samples.se**2
    observed = _t(samples, pairs)
    differs = np.zeros(observed.size, bool)
    while not differs.all():
        open_pairs = np.flatnonzero(~differs)
        largest = _largest(error, variance, (pairs[0][open_pairs], pairs[1][open_pairs]))
        limit = np.quantile(largest, confidence, method="higher")
        found = open_pairs[observed[open_pairs] > limit]
        if not found.size:
            break
        differs[found] = True
    return differs


def _largest(error: np.ndarray, variance: np.ndarray, pairs: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The largest |t| of the pairs in every draw, shape (draws,)."""
    first, second = pairs
    largest = np.zeros(error.shape[0])
    step = max(1, _BATCH // max(first.size, 1))
    for at in range(0, error.shape[0], step):
        e, v = error[at : at + step], variance[at : at + step]
        spread = v[:, first] + v[:, second]
        squared = (e[:, first] - e[:, second]) ** 2
        ratio = np.divide(squared, spread, out=np.zeros_like(squared), where=spread > 0)
        largest[at : at + step] = np.sqrt(ratio.max(axis=1))
    return largest
