"""From a linearised measure to figures with standard errors, intervals and reasons."""

from collections.abc import Sequence

import numpy as np

from okienko.engines.statistics import estimates as notes
from okienko.engines.statistics.choosing import Sampled, bounds, methods, too_few
from okienko.engines.statistics.cube import Cube
from okienko.engines.statistics.design import SampleKind
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import Estimates
from okienko.engines.statistics.frame import Frame, Variance, frame
from okienko.engines.statistics.intervals import Method, method_named
from okienko.engines.statistics.linear import Linear
from okienko.engines.statistics.measures import Measure, Naming

By = str | Sequence[str] | None

# A weighted variance below this is rounding: all valid answers are alike.
_ALIKE = 1e-15


def estimate(
    cube: Cube,
    measure: Measure,
    *,
    by: By = None,
    confidence: float = 0.95,
    method: str | Method | None = None,
) -> Estimates:
    """Estimate a measure in every domain.

    Parameters
    ----------
    by : str or sequence of str, optional
        Dimensions of the cube; a figure for each combination that occurs.
    method : str, optional
        ``t``, ``logit``, ``beta`` (Korn–Graubard; the last two for shares only), or ``model`` (only for
        a sample that is not a probability sample: as if the answers were independent, named as such).
        Default: ``logit`` for shares, with ``beta`` at shares of 0 and 1; ``t`` for the rest.

    Raises
    ------
    StatisticsError
        ``unknown_method``, ``method_not_for_statistic``, ``bad_confidence`` and those of the measure.
    """
    chosen = checked_method(cube, measure, confidence, method)
    seen = frame(cube, by)
    return summarise(seen, measure.linear(seen), measure, confidence, chosen)


def checked_method(
    cube: Cube, measure: Naming, confidence: float, method: str | Method | None
) -> Method | None:
    """Refuse a confidence level or a method that does not fit."""
    if not 0 < confidence < 1:
        raise StatisticsError("bad_confidence", "The confidence level must lie between 0 and 1.")
    chosen = method_named(method)
    if chosen is Method.MODEL and cube.units.kind is not SampleKind.NON_PROBABILITY:
        raise StatisticsError(
            "method_not_for_statistic",
            "The model-based interval is for samples that are not probability samples.",
        )
    return chosen


def summarise(
    seen: Frame,
    linear: Linear,
    measure: Naming,
    confidence: float,
    method: Method | None,
    *,
    lost_df: int = 0,
) -> Estimates:
    """Standard errors, intervals and notes of a linearised measure."""
    value, n = linear.value.copy(), linear.n
    empty = (n == 0) | ~np.isfinite(value)
    value[empty] = np.nan
    variance = seen.variance(linear.z, linear.present)
    alike = _alike(seen, linear, value)
    if measure.proportion:
        value = np.where(alike, np.round(value), value)
    note = _notes(seen, variance, empty, method, lost_df)
    if linear.undefined is not None:
        note = [notes.UNDEFINED if u else x for x, u in zip(note, linear.undefined, strict=True)]
    hidden = np.array([x in _WITHOUT_SE for x in note], bool)
    se = np.where(hidden, np.nan, np.sqrt(variance.value))
    se = np.where(alike & np.isfinite(se), 0.0, se)
    df = np.where(hidden, np.nan, variance.df - lost_df)
    simple = np.zeros(n.size, bool) if linear.simple is None else linear.simple
    sampled = Sampled(value, se, df, n, alike, simple, seen.certain, measure.proportion, linear.scale)
    used = methods(sampled, method)
    lower, upper = bounds(sampled, used, confidence)
    known = np.isfinite(lower)
    _remark(note, sampled, hidden, known)
    return Estimates(
        item=[measure.item] * seen.domains,
        statistic=[measure.statistic] * seen.domains,
        value=[measure.value] * seen.domains,
        by=list(seen.labels),
        n=n,
        estimate=value,
        se=se,
        lower=lower,
        upper=upper,
        df=df,
        deff=_deff(linear, se, n),
        note=note,
        method=[str(method or u) if k else None for u, k in zip(used, known, strict=True)],
    )


def _remark(note: list[str | None], sampled: Sampled, hidden: np.ndarray, known: np.ndarray) -> None:
    """Say where nothing varies, and where an interval is only approximate."""
    varies_not = sampled.alike & ~hidden & np.array([x != notes.NO_DF for x in note], bool)
    for d in np.flatnonzero(varies_not):
        note[d] = notes.EDGE if sampled.share else notes.NO_VARIANCE
    for d in np.flatnonzero(known & too_few(sampled)):
        note[d] = note[d] or notes.TOO_FEW


_WITHOUT_SE = frozenset({notes.NO_ANSWERS, notes.UNDEFINED, notes.LONELY_PSU, notes.NOT_PROBABILITY})


def _alike(seen: Frame, linear: Linear, value: np.ndarray) -> np.ndarray:
    """Domains in which nothing varies, so that a standard error of 0 says nothing about the population."""
    scale = np.maximum(1.0, np.nan_to_num(value) ** 2)
    if linear.spread is not None:
        with np.errstate(invalid="ignore"):
            return linear.spread <= _ALIKE * scale
    squares = np.bincount(seen.group_domain, linear.z**2, seen.domains)
    return squares <= _ALIKE**2 * scale


def _notes(
    seen: Frame, variance: Variance, empty: np.ndarray, method: Method | None, lost_df: int
) -> list[str | None]:
    """The first reason that holds of each domain; most have none."""
    note: list[str | None] = [None] * seen.domains
    reasons: list[tuple[np.ndarray, str]] = [
        (variance.df - lost_df <= 0, notes.NO_DF),
        (variance.lonely, notes.LONELY_PSU),
    ]
    if seen.cube.units.kind is SampleKind.NON_PROBABILITY:
        code = notes.MODEL_BASED if method is Method.MODEL else notes.NOT_PROBABILITY
        reasons = [(np.ones(seen.domains, bool), code)]
    for holds, code in [*reasons, (empty, notes.NO_ANSWERS)]:
        for d in np.flatnonzero(holds):
            note[d] = code
    return note


def _deff(linear: Linear, se: np.ndarray, n: np.ndarray) -> np.ndarray:
    """V over the variance of a simple random sample of the same n with replacement."""
    if linear.spread is None:
        return np.full(se.size, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = se**2 * (n - 1) / linear.spread
    return np.where((n > 1) & (linear.spread > _ALIKE) & np.isfinite(deff), deff, np.nan)
