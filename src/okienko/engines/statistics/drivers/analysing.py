"""The drivers of an outcome in every domain, with the intervals of their shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.design import LonelyPsu, SampleKind
from okienko.engines.statistics.drivers.correlating import consistent, correlations
from okienko.engines.statistics.drivers.decomposing import relative_weights, shapley
from okienko.engines.statistics.drivers.jackknife import Replication, replicated, replication
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import (
    LONELY_PSU,
    NO_ANSWERS,
    NO_DF,
    NO_VARIANCE,
    NOT_PROBABILITY,
)
from okienko.engines.statistics.labels import crossed
from okienko.engines.statistics.moments import Moments, Sums
from okienko.engines.statistics.student import t_quantile

UNSTABLE = "unstable_without_a_psu"
"""Leaving some PSU out leaves nothing to explain, so the jackknife has no figure there."""

METHODS = {"johnson": relative_weights, "shapley": shapley}


@dataclass(frozen=True, slots=True)
class Driver:
    """One predictor.

    Attributes
    ----------
    item : str
    correlation : float or None
        With the outcome, over respondents who answered both.
    weight, weight_se : float or None
        The part of R² that is its own; the weights add up to R².
    share : float or None
        Weight divided by R².
    se, lower, upper : float or None
        Of the share, by the design jackknife. A t interval, which may reach beyond 0 and 1, as that of a
        mean may reach beyond its scale.
    note : str or None
        ``no_variance``: everybody gave this item the same answer.
    """

    item: str
    correlation: float | None
    weight: float | None
    share: float | None
    weight_se: float | None = None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DriverAnalysis:
    """The drivers of one outcome in one domain.

    Attributes
    ----------
    by : mapping of dimension to label
    n : int
        Valid answers to the outcome.
    r_squared, se, lower, upper : float or None
        R², by the jackknife too.
    clipped : bool
        The pairwise correlations contradicted each other and the smallest eigenvalues of their matrix
        were set to zero: say so beside the figures.
    df : float or None
        PSUs − strata with answers, behind the intervals.
    drivers : tuple of Driver, in the order asked for
    note : str or None
        Why there are no figures, or no intervals.
    """

    outcome: str
    by: Mapping[str, object]
    n: int
    r_squared: float | None
    clipped: bool
    df: float | None
    drivers: tuple[Driver, ...]
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    note: str | None = None


def drivers(
    moments: Moments,
    outcome: str,
    predictors: Sequence[str],
    *,
    by: str | Sequence[str] | None = None,
    method: str = "johnson",
    confidence: float = 0.95,
) -> list[DriverAnalysis]:
    """R² divided among the predictors in every domain, with jackknife intervals.

    Parameters
    ----------
    method : {"johnson", "shapley"}
        Shapley is exact and takes at most ``SHAPLEY_LIMIT`` predictors; both have the same jackknife.

    Raises
    ------
    StatisticsError
        ``bad_drivers``, ``bad_method``, ``too_many_drivers``, ``no_such_item``, ``no_such_dimension``,
        ``bad_confidence``.
    """
    chosen = chosen_items(moments, outcome, predictors)
    if method not in METHODS:
        known = ", ".join(METHODS)
        raise StatisticsError("bad_method", f"There is no division of R² {method!r}; known: {known}.")
    if not 0 < confidence < 1:
        raise StatisticsError("bad_confidence", "The confidence level must lie between 0 and 1.")
    plan = replication(moments.groups)
    return [
        _analyse(moments, plan, (chosen, cells), by_labels, (method, confidence))
        for by_labels, cells in domains(moments, by)
    ]


def chosen_items(moments: Moments, outcome: str, predictors: Sequence[str]) -> np.ndarray:
    """Positions of the predictors and, last, the outcome."""
    if not predictors or outcome in predictors or len(set(predictors)) != len(predictors):
        raise StatisticsError("bad_drivers", "Drivers must be different items, none of them the outcome.")
    return np.array([moments.position(i) for i in (*predictors, outcome)])


def domains(moments: Moments, by: str | Sequence[str] | None) -> list[tuple[dict[str, object], np.ndarray]]:
    """Labels and cells of every domain."""
    names = (by,) if isinstance(by, str) else tuple(by or ())
    for name in names:
        if name not in moments.dims:
            raise StatisticsError("no_such_dimension", f"There is no dimension {name!r} in the moments.")
    domain, labels = crossed([moments.dims[n] for n in names], moments.group.size)
    return [
        (dict(zip(names, label, strict=True)), np.flatnonzero(domain == d)) for d, label in enumerate(labels)
    ]


def divided(sums: Sums, method: str) -> np.ndarray:
    """Weights, shares and R² from sums whose last item is the outcome, shape (…, 2J + 1)."""
    weights = METHODS[method](consistent(correlations(sums)[0])[0])
    r_squared = weights.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.concatenate([weights, weights / r_squared, r_squared], axis=-1)


def degrees_of_freedom(moments: Moments, cells: np.ndarray, position: int) -> float:
    """PSUs − strata in which somebody of the domain answered the item."""
    answered = np.unique(moments.group[cells[moments.count[cells, position] > 0]])
    return float(answered.size - np.unique(moments.groups.stratum[answered]).size)


def why_no_interval(moments: Moments, cells: np.ndarray, df: float) -> str | None:
    """The code of the reason for which the design gives no standard error, or None."""
    if moments.kind is SampleKind.NON_PROBABILITY:
        return NOT_PROBABILITY
    strata = moments.groups.stratum[moments.group[cells]]
    if moments.groups.lonely is LonelyPsu.FAIL and moments.groups.alone[strata].any():
        return LONELY_PSU
    return NO_DF if df <= 0 else None


def _analyse(
    moments: Moments,
    plan: Replication,
    where: tuple[np.ndarray, np.ndarray],
    by: dict[str, object],
    how: tuple[str, float],
) -> DriverAnalysis:
    chosen, cells = where
    method, confidence = how
    items = [moments.items[c] for c in chosen]
    n = int(moments.count[cells, chosen[-1]].sum())
    total = Sums(*(part[np.ix_(cells, chosen, chosen)].sum(axis=0) for part in moments.sums))
    matrix, varies = correlations(total)
    if n < 2 or not varies[-1] or not varies[:-1].any():
        why = NO_ANSWERS if n < 2 else NO_VARIANCE
        empty = tuple(Driver(i, None, None, None, note=why) for i in items[:-1])
        return DriverAnalysis(items[-1], by, n, None, False, None, empty, note=why)
    df = degrees_of_freedom(moments, cells, int(chosen[-1]))
    note = why_no_interval(moments, cells, df)
    if note is None:
        figures, values = replicated(moments, plan, cells, chosen, lambda sums: divided(sums, method))
        se = np.sqrt(plan.variance(values))
        note = None if np.isfinite(se).all() else UNSTABLE
    else:
        figures = divided(total, method)
        se = np.full(figures.size, np.nan)
    t = float(t_quantile(np.array(max(df, 1.0)), confidence))
    found = tuple(
        _driver(items[j], float(matrix[j, -1]), figures[j :: len(items) - 1], se[j :: len(items) - 1], t)
        if varies[j]
        else Driver(items[j], None, None, None, note=NO_VARIANCE)
        for j in range(len(items) - 1)
    )
    known_df = None if note in (NOT_PROBABILITY, LONELY_PSU) else df
    r_squared, clipped = float(figures[-1]), bool(consistent(matrix)[1])
    ends = (_known(se[-1]), _known(r_squared - t * se[-1]), _known(r_squared + t * se[-1]))
    return DriverAnalysis(items[-1], by, n, r_squared, clipped, known_df, found, *ends, note=note)


def _driver(item: str, correlation: float, figures: np.ndarray, se: np.ndarray, t: float) -> Driver:
    """From (weight, share) and their standard errors."""
    weight, share = float(figures[0]), _known(figures[1])
    weight_se, share_se = _known(se[0]), _known(se[1])
    if share is None or share_se is None:
        return Driver(item, correlation, weight, share, weight_se)
    half = t * share_se
    return Driver(item, correlation, weight, share, weight_se, share_se, share - half, share + half)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
