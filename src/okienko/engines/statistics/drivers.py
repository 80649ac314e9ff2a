"""Key drivers: how much of an overall answer goes with each of several others.

Johnson's (2000) relative weights: the predictors are replaced by their nearest orthogonal
counterparts, and the variance each explains is given back to the predictors it came from. They add
up to R² and equal the decomposition of Genizi (1993).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.design import SampleKind
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import NO_ANSWERS, NO_DF, NO_VARIANCE, NOT_PROBABILITY
from okienko.engines.statistics.labels import crossed
from okienko.engines.statistics.moments import Moments
from okienko.engines.statistics.student import t_quantile

# Eigenvalues of a correlation matrix below this count as zero (the matrix has trace J).
_TINY = 1e-10
_NO_VARIANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Driver:
    """One predictor.

    Attributes
    ----------
    item : str
    correlation : float or None
        With the outcome, over respondents who answered both.
    weight : float or None
        Relative weight; the weights add up to R².
    share : float or None
        Weight divided by R².
    se, lower, upper : float or None
        Of the share, by the jackknife over PSUs.
    note : str or None
        ``no_variance``: everybody gave this item the same answer.
    """

    item: str
    correlation: float | None
    weight: float | None
    share: float | None
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
    r_squared : float or None
    clipped : bool
        The matrix of pairwise correlations was not positive definite and its smallest eigenvalues
        were set to zero: say so beside the figures.
    df : float or None
        PSUs − strata behind the intervals.
    drivers : tuple of Driver, in the order asked for
    note : str or None
    """

    outcome: str
    by: Mapping[str, object]
    n: int
    r_squared: float | None
    clipped: bool
    df: float | None
    drivers: tuple[Driver, ...]
    note: str | None = None


def drivers(
    moments: Moments,
    outcome: str,
    predictors: Sequence[str],
    *,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
) -> list[DriverAnalysis]:
    """Johnson's relative weights in every domain, with jackknife intervals."""
    if not predictors or outcome in predictors or len(set(predictors)) != len(predictors):
        raise StatisticsError("bad_drivers", "Drivers must be different items, none of them the outcome.")
    chosen = np.array([moments.position(i) for i in (*predictors, outcome)])
    names = (by,) if isinstance(by, str) else tuple(by or ())
    for name in names:
        if name not in moments.dims:
            raise StatisticsError("no_such_dimension", f"There is no dimension {name!r} in the moments.")
    domain, labels = crossed([moments.dims[n] for n in names], moments.group.size)
    return [
        _analyse(
            moments, chosen, np.flatnonzero(domain == d), dict(zip(names, label, strict=True)), confidence
        )
        for d, label in enumerate(labels)
    ]


def relative_weights(correlations: np.ndarray, with_outcome: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Johnson's weights from correlations.

    Parameters
    ----------
    correlations : ndarray, shape (…, J, J)
    with_outcome : ndarray, shape (…, J)

    Returns
    -------
    weights : ndarray, shape (…, J), adding up to R²
    clipped : ndarray of bool, shape (…)
        Some eigenvalue was not above zero.
    """
    values, vectors = np.linalg.eigh(correlations)
    low = values <= _TINY
    root = np.sqrt(np.where(low, 0.0, values))
    inverse = np.where(low, 0.0, 1 / np.sqrt(np.where(low, 1.0, values)))
    transposed = np.swapaxes(vectors, -1, -2)
    loadings = (vectors * root[..., None, :]) @ transposed
    beta = (vectors * inverse[..., None, :]) @ (transposed @ with_outcome[..., None])
    weights = (loadings**2 @ beta**2)[..., 0]
    return weights, np.asarray(low.any(axis=-1))


def _correlations(sums: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Pairwise correlations, shape (…, J, J), with 0 where undefined, and which items vary."""
    both, first, square, product = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = first / both
        other = np.swapaxes(mean, -1, -2)
        variance = square / both - mean**2
        covariance = product / both - mean * other
        matrix = covariance / np.sqrt(variance * np.swapaxes(variance, -1, -2))
    varies = np.diagonal(np.nan_to_num(variance), axis1=-2, axis2=-1) > _NO_VARIANCE
    usable = varies[..., :, None] & varies[..., None, :] & np.isfinite(matrix)
    matrix = np.clip(np.where(usable, matrix, 0.0), -1.0, 1.0)
    diagonal = np.arange(matrix.shape[-1])
    matrix[..., diagonal, diagonal] = 1.0
    return matrix, varies


def _weights_of(sums: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weights, whether clipped, correlations with the outcome (the last item), and which items vary."""
    matrix, varies = _correlations(sums)
    inner, outer = matrix[..., :-1, :-1], matrix[..., :-1, -1]
    weights, clipped = relative_weights(inner, outer)
    return weights, clipped, outer, varies


def _analyse(
    moments: Moments, chosen: np.ndarray, cells: np.ndarray, by: dict[str, object], confidence: float
) -> DriverAnalysis:
    block = np.ix_(cells, chosen, chosen)
    parts = [m[block] for m in (moments.both, moments.first, moments.square, moments.product)]
    items = [moments.items[c] for c in chosen]
    n = int(moments.count[cells][:, chosen[-1]].sum())
    total = [p.sum(axis=0) for p in parts]
    weights, clipped, with_outcome, varies = _weights_of(total)
    r_squared = float(weights.sum())
    if n < 2 or not varies[-1] or r_squared <= 0:
        note = NO_ANSWERS if n < 2 else NO_VARIANCE
        empty = tuple(Driver(i, None, None, None, note=note) for i in items[:-1])
        return DriverAnalysis(items[-1], by, n, None, False, None, empty, note)
    se, df = _jackknife(parts, total, moments.stratum[cells], moments.group[cells])
    reason = None
    if moments.kind is SampleKind.NON_PROBABILITY:
        reason = NOT_PROBABILITY
    elif df <= 0:
        reason = NO_DF
    if reason is not None:
        se = np.full(weights.size, np.nan)
    shares = weights / r_squared
    half = t_quantile(np.array(max(df, 1.0)), confidence) * se
    found = tuple(
        _driver(items[j], (with_outcome[j], weights[j], shares[j], se[j], half[j]), bool(varies[j]))
        for j in range(weights.size)
    )
    known_df = None if reason == NOT_PROBABILITY else df
    return DriverAnalysis(items[-1], by, n, r_squared, bool(clipped), known_df, found, reason)


def _driver(item: str, figures: tuple[float, float, float, float, float], varies: bool) -> Driver:
    correlation, weight, share, se, half = (float(f) for f in figures)
    if not varies:
        return Driver(item, None, None, None, note=NO_VARIANCE)
    if np.isnan(se):
        return Driver(item, correlation, weight, share)
    return Driver(item, correlation, weight, share, se, max(0.0, share - half), min(1.0, share + half))


def _jackknife(
    parts: list[np.ndarray], total: list[np.ndarray], stratum: np.ndarray, group: np.ndarray
) -> tuple[np.ndarray, float]:
    """Standard errors of the shares and PSUs − strata, leaving out one PSU of a stratum at a time (JKn).

    The rest of the stratum is weighted up by n/(n − 1); strata of one PSU contribute nothing.
    """
    variance = np.zeros(total[0].shape[-1] - 1)
    groups_in_all, strata = 0, np.unique(stratum)
    for h in strata:
        mine = np.flatnonzero(stratum == h)
        names, owner = np.unique(group[mine], return_inverse=True)
        size = names.size
        groups_in_all += size
        if size < 2:
            continue
        sums = []
        for part, whole in zip(parts, total, strict=True):
            own = np.zeros((size, *part.shape[1:]))
            np.add.at(own, owner, part[mine])
            here = own.sum(axis=0)
            sums.append(whole - here + (here - own) * (size / (size - 1)))
        weights = _weights_of(sums)[0]
        shares = weights / weights.sum(axis=-1, keepdims=True)
        variance += (size - 1) / size * ((shares - shares.mean(axis=0)) ** 2).sum(axis=0)
    return np.sqrt(variance), float(groups_in_all - strata.size)
