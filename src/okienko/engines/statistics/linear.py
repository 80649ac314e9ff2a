"""Linearised statistics: a value per domain and what each PSU contributes to its error.

Every statistic here is a smooth function of ratios, so its linearised value in a group is a linear
combination of those of its parts, and all covariances come from the same PSU totals (Taylor
linearisation; Lumley 2010, ch. 2; Binder 1983).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.frame import Frame

_LARGE = 1000


@dataclass(frozen=True, eq=False)
class Linear:
    """A statistic in every domain of a frame.

    Attributes
    ----------
    value : ndarray, shape (domains,), NaN where it cannot be computed
    z : ndarray, shape (groups,)
        Linearised values added up by group; they add up to 0 in every domain.
    n : ndarray, shape (domains,)
        Valid answers behind the value.
    present : ndarray of bool, shape (groups,)
        Groups with data.
    spread : ndarray, shape (domains,), or None
        Weighted variance Σ w (x − m)² / Σ w of a statistic that is a mean.
    undefined : ndarray of bool, shape (domains,), or None
        There are answers, but the formula divides by 0.
    scale : (float, float) or None
        The least and the greatest value that the statistic can have.
    simple : ndarray of bool, shape (domains,), or None
        Every answer came from a unit of its own and weighs the same.
    """

    value: np.ndarray
    z: np.ndarray
    n: np.ndarray
    present: np.ndarray
    spread: np.ndarray | None = None
    undefined: np.ndarray | None = None
    scale: tuple[float, float] | None = None
    simple: np.ndarray | None = None


def average(frame: Frame, item: str, vector: np.ndarray, scale: tuple[float, float] | None = None) -> Linear:
    """The weighted mean of ``vector`` (a value per category) over the valid answers to an item."""
    table = frame.cube.table(item)
    valid = table.categories.valid
    vector = np.where(valid, vector, 0.0)
    # Measurements (an income) are added up around a value in their middle, so that no digits are lost;
    # codes need none of it, and a share of 1 comes out as exactly 1.
    middle = float(vector[valid].mean()) if np.abs(vector).max(initial=0) > _LARGE else 0.0
    over = frame.sums(table.weighted(np.where(valid, vector - middle, 0.0)))
    answered = frame.answered(item)
    base, total = answered.weight, answered.total
    with np.errstate(divide="ignore", invalid="ignore"):
        offset = frame.totals(over) / total
        domain = frame.group_domain
        z = (over - offset[domain] * base) / total[domain]
        value = offset + middle
        spread = frame.scatter(item, vector, value) / total
    present, simple = answered.count > 0, answered.simple
    return Linear(value, np.nan_to_num(z), answered.n, present, spread, scale=scale, simple=simple)


def combination(
    frame: Frame,
    parts: Sequence[Linear],
    slopes: Sequence[np.ndarray],
    value: np.ndarray,
    scale: tuple[float, float] | None = None,
) -> Linear:
    """A smooth function of several statistics.

    Parameters
    ----------
    parts : sequence of Linear
    slopes : sequence of ndarray, shape (domains,)
        Partial derivative of the function by each part.
    value : ndarray, shape (domains,)
    scale : (float, float), optional
        The least and the greatest value that the function can have.
    """
    domain = frame.group_domain
    z = np.zeros(frame.groups)
    present = np.zeros(frame.groups, bool)
    n = np.zeros(frame.domains)
    for part, slope in zip(parts, slopes, strict=True):
        z += np.nan_to_num(slope)[domain] * part.z
        present |= part.present
        n = np.maximum(n, part.n)
    return Linear(value, z, n, present, scale=scale)
