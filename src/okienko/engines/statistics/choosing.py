"""Which interval a figure gets, and whether its coverage can be relied on.

Both decisions come from the simulation ``run.py bench coverage`` (docs/methodology.md, section 5).
"""

from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.intervals import INTERVALS, Bounds, Method

# The simulation found coverage from 93 to 97 per cent from here on.
ENOUGH_INFORMATION = 8.0
ENOUGH_DF = 3.0
# A standard error below this, on a scale from 0 to 1, is rounding.
_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Sampled:
    """What is known of a figure in every domain, each ndarray of shape (domains,).

    Attributes
    ----------
    value, se, df, n : estimate, standard error, degrees of freedom, answers
    alike : ndarray of bool
        Nothing varies, so that a standard error of 0 says nothing about the population.
    simple : ndarray of bool
        Every answer came from a unit of its own and weighs the same.
    certain : ndarray of bool
        Everybody was drawn, so that there is no sampling error.
    share : bool
        The figure is a share of respondents.
    scale : (float, float) or None
        Its least and greatest possible value.
    """

    value: np.ndarray
    se: np.ndarray
    df: np.ndarray
    n: np.ndarray
    alike: np.ndarray
    simple: np.ndarray
    certain: np.ndarray
    share: bool
    scale: tuple[float, float] | None

    @property
    def unit(self) -> tuple[np.ndarray, np.ndarray]:
        """The estimate and its error on a scale from 0 to 1."""
        low, high = self.scale or (0.0, 1.0)
        return (self.value - low) / (high - low), self.se / (high - low)


def methods(seen: Sampled, asked: Method | None) -> np.ndarray:
    """The method of every domain, shape (domains,).

    Without a wish, and for a model of independent answers: Wilson for a share in a simple random sample,
    Korn and Graubard for every other figure on a bounded scale and for shares of 0 and 1, t for the rest.

    Raises
    ------
    StatisticsError
        ``method_not_for_statistic``.
    """
    default = asked is None or asked is Method.MODEL
    if seen.scale is None and not (default or asked is Method.T):
        raise StatisticsError(
            "method_not_for_statistic",
            f"The {asked} interval is for shares and for other figures on a scale with known ends.",
        )
    base = asked if not default else Method.T if seen.scale is None else Method.BETA
    chosen = np.full(seen.value.size, base, dtype=object)
    if default and seen.share:
        chosen[seen.simple & ~seen.alike] = Method.WILSON
    return chosen


def bounds(seen: Sampled, chosen: np.ndarray, confidence: float) -> Bounds:
    """Lower and upper bounds by the method of each domain; NaN where there is no interval."""
    low, high = seen.scale or (0.0, 1.0)
    unit, error = seen.unit
    # No error where everybody was drawn, or where all units happen to agree: a figure all the same.
    sure = (error == 0) & ~seen.alike
    lower, upper = np.where(sure, unit, np.nan), np.where(sure, unit, np.nan)
    exact = seen.share & ((chosen == Method.BETA) | (chosen == Method.WILSON))
    with np.errstate(invalid="ignore"):
        usable = np.isfinite(error) & (seen.df > 0) & (~seen.alike | exact)
    for kind in set(chosen[usable & ~sure]):
        rows = np.flatnonzero(usable & ~sure & (chosen == kind))
        ends = INTERVALS[kind](unit[rows], error[rows], seen.df[rows], seen.n[rows], confidence)
        lower[rows], upper[rows] = ends
    lower[~usable], upper[~usable] = np.nan, np.nan
    return low + (high - low) * lower, low + (high - low) * upper


def information(seen: Sampled) -> np.ndarray:
    """How much is known of a figure on a bounded scale, shape (domains,); infinite where all were drawn.

    For a share p it is p(1 − p)·n/deff = (p(1 − p)/SE)²; other figures are taken to a scale from 0 to 1.
    A share moves in steps of one answer, so for it (n·SE)² counts where it is less: few steps lie within
    the error of a census that nearly all have answered. In a simple random sample the two are equal.
    """
    unit, error = seen.unit
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (unit * (1 - unit) / error) ** 2
        if seen.share:
            found = np.minimum(found, (seen.n * error) ** 2)
    # Units that agree by chance say nothing of how much others differ.
    found[seen.alike | (error <= _NOTHING)] = 0.0
    found[seen.certain] = np.inf
    return found


def too_few(seen: Sampled) -> np.ndarray:
    """Where the coverage of the interval cannot be relied on, shape (domains,), bool."""
    with np.errstate(invalid="ignore"):
        few = (seen.df < ENOUGH_DF) & ~seen.certain
        return few if seen.scale is None else few | (information(seen) < ENOUGH_INFORMATION)
