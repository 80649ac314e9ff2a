"""How far fitted weights may go from base weights: the functions of Deville and Särndal (1992).

A fitted weight is ``w = d · F(x'λ)``. Beyond the bounds F is cut off (their truncated case), which
is trimming and fitting again until both hold at once.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from okienko.engines.statistics.errors import StatisticsError


class Distance(StrEnum):
    """R: ``calibrate(calfun = "raking" / "linear" / "logit")``."""

    RAKING = "raking"
    LINEAR = "linear"
    LOGIT = "logit"


@dataclass(frozen=True, eq=False)
class Distances:
    """One function with the bounds of every weighting cell, ndarrays of float, shape (cells,)."""

    kind: Distance
    lower: np.ndarray
    upper: np.ndarray

    def ratio(self, u: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """F(u), its derivative, and its integral (convex), each of shape (cells,)."""
        if self.kind is Distance.LOGIT:
            return self._logit(u)
        low, high = self._ends()
        inside = np.clip(u, low, high)
        if self.kind is Distance.RAKING:
            value = np.exp(inside)
            slope, area = value, value
        else:
            value = 1 + inside
            slope, area = np.ones(u.size), inside + inside**2 / 2
        free = (u > low) & (u < high)
        return value, np.where(free, slope, 0.0), area + value * (u - inside)

    def _ends(self) -> tuple[np.ndarray, np.ndarray]:
        """Where the function meets its bounds."""
        if self.kind is Distance.LINEAR:
            return self.lower - 1, self.upper - 1
        with np.errstate(divide="ignore"):
            return np.log(self.lower), np.log(self.upper)

    def _logit(self, u: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        below, above = 1 - self.lower, self.upper - 1
        steep = (self.upper - self.lower) / (above * below)
        # Written so that neither end overflows: p is the share of the way from lower to upper.
        v = steep * u + np.log(below / above)
        p = np.where(v > 0, 1 / (1 + np.exp(-np.abs(v))), 1 - 1 / (1 + np.exp(-np.abs(v))))
        width = self.upper - self.lower
        area = self.lower * u + width / steep * np.logaddexp(0.0, v)
        return self.lower + width * p, width * steep * p * (1 - p), area


@dataclass(frozen=True)
class Bounds:
    """How far a weight may go.

    Attributes
    ----------
    ratio : (lower, upper), optional
        Of the fitted weight to the base weight, both on the scale of the population (the g-weight).
    weight : (lower, upper), optional
        Of the fitted weight to the mean weight: trimming, for instance from 0.2 to 5.
    """

    ratio: tuple[float, float] | None = None
    weight: tuple[float, float] | None = None

    def checked(self) -> "Bounds":
        """The same bounds, or ``StatisticsError`` ``bad_bounds``."""
        for pair in (self.ratio, self.weight):
            if pair is not None and not 0 <= pair[0] < 1 < pair[1]:
                raise StatisticsError(
                    "bad_bounds",
                    f"Bounds of weights are two numbers, the lower from 0 to 1 and the upper above 1; "
                    f"not {pair[0]:g} and {pair[1]:g}.",
                )
        return self

    def of_cells(self, kind: Distance, relative: np.ndarray) -> Distances:
        """The function with the bounds of every cell.

        Parameters
        ----------
        relative : ndarray of float, shape (cells,)
            Base weight of a respondent over the mean base weight.
        """
        # Only the linear function can fall below zero; cutting it off there would hide that it did.
        lowest = -np.inf if kind is Distance.LINEAR and self == Bounds() else 0.0
        lower, upper = np.full(relative.size, lowest), np.full(relative.size, np.inf)
        if self.ratio is not None:
            lower, upper = np.maximum(lower, self.ratio[0]), np.minimum(upper, self.ratio[1])
        if self.weight is not None:
            lower = np.maximum(lower, self.weight[0] / relative)
            upper = np.minimum(upper, self.weight[1] / relative)
        if (lower >= upper).any():
            raise StatisticsError(
                "bad_bounds",
                "The bounds of the ratio and of the weight exclude each other: some base weights are "
                "too far from the mean weight.",
            )
        if kind is Distance.LOGIT and not ((lower < 1) & (upper > 1) & np.isfinite(upper)).all():
            raise StatisticsError(
                "bad_bounds", "The logit function needs bounds with every base weight between them."
            )
        return Distances(kind, lower, upper)
