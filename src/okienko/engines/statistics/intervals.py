"""Confidence intervals from an estimate, its standard error and its degrees of freedom.

``scipy.special`` is imported where it is used: the import costs more than all the intervals of a survey,
and the intervals of means and shares do without.
"""

from enum import StrEnum

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.student import t_quantile


class Method(StrEnum):
    """Interval methods. R: confint / svyciprop("mean"), svyciprop("logit"), svyciprop("beta")."""

    T = "t"
    LOGIT = "logit"
    BETA = "beta"
    MODEL = "model"


_ALIASES = {
    "mean": Method.T,
    "wald": Method.T,
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
    """value ± t(df)·se."""
    half = t_quantile(df, confidence) * se
    return value - half, value + half


def logit_interval(p: np.ndarray, se: np.ndarray, df: np.ndarray, confidence: float) -> Bounds:
    """A t interval for log(p/(1 − p)), taken back; undefined at p = 0 and 1."""
    centre = np.log(p / (1 - p))
    half = t_quantile(df, confidence) * se / (p * (1 - p))
    return 1 / (1 + np.exp(half - centre)), 1 / (1 + np.exp(-half - centre))


def beta_interval(p: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, confidence: float) -> Bounds:
    """Korn and Graubard (1998): the exact binomial interval with the effective sample size.

    At p = 0 and 1 the design effect cannot be estimated and is taken as 1.
    """
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    edge = (p <= 0) | (p >= 1)
    effective = np.where(edge, n, p * (1 - p) / np.where(edge, 1.0, se) ** 2)
    effective = effective * (t_quantile(n - 1, confidence) / t_quantile(df, confidence)) ** 2
    hits, misses = effective * p, effective * (1 - p)
    lower = np.where(p <= 0, 0.0, betaincinv(np.where(p <= 0, 1.0, hits), misses + 1, tail))
    upper = np.where(p >= 1, 1.0, betaincinv(hits + 1, np.where(p >= 1, 1.0, misses), 1 - tail))
    return lower, upper
