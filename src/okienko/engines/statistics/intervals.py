"""Confidence intervals from an estimate, its standard error and its degrees of freedom.

All but ``t_interval`` are for a figure between 0 and 1: a share, or a figure on a bounded scale taken to it.
Every function takes ndarrays of one shape (p the figure, se its standard error, df, n the answers) and
returns two of it; NaN where the method says nothing.

``scipy.special`` is imported where it is used: the import costs more than all the intervals of a survey,
and the intervals that need no quantile of the beta distribution do without.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.student import t_quantile


class Method(StrEnum):
    """Interval methods; R: ``confint``, and ``svyciprop(method=…)`` of the same name or of the alias."""

    T = "t"
    LOGIT = "logit"
    BETA = "beta"
    WILSON = "wilson"
    ARCSINE = "arcsine"
    MODEL = "model"


# R's "logit" iterates a regression towards what "xlogit" gives at once.
_ALIASES = {
    "mean": Method.T,
    "wald": Method.T,
    "xlogit": Method.LOGIT,
    "asin": Method.ARCSINE,
    "korn-graubard": Method.BETA,
    "korn_graubard": Method.BETA,
    "kg": Method.BETA,
}

Bounds = tuple[np.ndarray, np.ndarray]


def method_named(name: str | Method | None) -> Method | None:
    """Read the name of a method; ``StatisticsError`` ``unknown_method`` names the known ones."""
    if name is None or isinstance(name, Method):
        return name
    key = name.lower()
    if key in _ALIASES:
        return _ALIASES[key]
    if key not in set(Method):
        known = ", ".join([*Method, *_ALIASES])
        raise StatisticsError("unknown_method", f"There is no interval method {name!r}; known: {known}.")
    return Method(key)


def two_sided_p(t: np.ndarray, df: np.ndarray) -> np.ndarray:
    """P(|T| ≥ |t|)."""
    from scipy.special import stdtr

    return 2 * stdtr(df, -np.abs(t))


def t_interval(value: np.ndarray, se: np.ndarray, df: np.ndarray, confidence: float) -> Bounds:
    """value ± t(df)·se (R: ``svyciprop("mean")``); a share's bounds may lie outside 0 and 1."""
    half = t_quantile(df, confidence) * se
    return value - half, value + half


def logit_interval(p: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, confidence: float) -> Bounds:
    """A t interval for log(p/(1 − p)), taken back; undefined at p = 0 and 1."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        centre = np.log(p / (1 - p))
        half = t_quantile(df, confidence) * se / (p * (1 - p))
        return 1 / (1 + np.exp(half - centre)), 1 / (1 + np.exp(-half - centre))


def arcsine_interval(
    p: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, confidence: float
) -> Bounds:
    """A t interval for arcsin √p, taken back; undefined at p = 0 and 1.

    It ends at 0 and 1. R's ``svyciprop("asin")`` goes on past them, and its sine comes back up.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.arcsin(np.sqrt(p))
        half = t_quantile(df, confidence) * se / (2 * np.sqrt(p * (1 - p)))
        half = np.where((p <= 0) | (p >= 1), np.nan, half)
    lower, upper = np.maximum(centre - half, 0.0), np.minimum(centre + half, np.pi / 2)
    return np.sin(lower) ** 2, np.sin(upper) ** 2


def effective_answers(
    p: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, confidence: float
) -> np.ndarray:
    """Korn and Graubard's (1998) effective sample size, adjusted for the degrees of freedom.

    n* = p(1 − p)/V · (t(n − 1)/t(df))², which is n/deff times the adjustment. At p = 0 and 1 the design
    effect cannot be estimated and is taken as 1. It may exceed n (a design effect below 1), as in R.
    """
    edge = (p <= 0) | (p >= 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where(edge, n, p * (1 - p) / np.where(edge, 1.0, se) ** 2)
        return effective * (t_quantile(n - 1, confidence) / t_quantile(df, confidence)) ** 2


def beta_interval(p: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, confidence: float) -> Bounds:
    """Korn and Graubard (1998): the exact binomial interval with the effective sample size."""
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    effective = effective_answers(p, se, df, n, confidence)
    hits, misses = effective * p, effective * (1 - p)
    lower = np.where(p <= 0, 0.0, betaincinv(np.where(p <= 0, 1.0, hits), misses + 1, tail))
    upper = np.where(p >= 1, 1.0, betaincinv(hits + 1, np.where(p >= 1, 1.0, misses), 1 - tail))
    return lower, upper


def wilson_interval(
    p: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, confidence: float
) -> Bounds:
    """Wilson's (1927) score interval with Korn and Graubard's effective sample size.

    The roots P of (p − P)² = z² P(1 − P)/n*, z the normal quantile: the degrees of freedom are in n*
    (Dean and Pagano 2015).
    """
    z = float(t_quantile(np.array([np.inf]), confidence)[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        part = z * z / effective_answers(p, se, df, n, confidence)
        half = np.sqrt(part * (p * (1 - p) + part / 4))
        lower, upper = (p + part / 2 - half) / (1 + part), (p + part / 2 + half) / (1 + part)
    return np.where(p <= 0, 0.0, lower), np.where(p >= 1, 1.0, upper)


INTERVALS: dict[Method, Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray, float], Bounds]] = {
    Method.T: lambda p, se, df, n, confidence: t_interval(p, se, df, confidence),
    Method.LOGIT: logit_interval,
    Method.BETA: beta_interval,
    Method.WILSON: wilson_interval,
    Method.ARCSINE: arcsine_interval,
}
