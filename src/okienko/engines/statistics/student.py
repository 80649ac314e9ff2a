"""Quantiles of Student's t without SciPy, whose import costs a quarter of a whole estimate.

The upper tail is half an incomplete beta function, by its continued fraction (Abramowitz and Stegun,
*Handbook of Mathematical Functions*, 26.5.8 and 26.7.1), inverted by Newton's method.
"""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np

_ROUNDING = 4e-16
_TINY = 1e-300
_STEPS = 1000
# From here on the series of log Γ, and further on that of the quantile itself, are exact to the last digit.
_MANY, _VERY_MANY = 60, 2000


def t_quantile(df: np.ndarray, confidence: float) -> np.ndarray:
    """Two-sided quantile: P(|T| ≤ t) = confidence. NaN where df ≤ 0.

    >>> t_quantile(np.array([7.0, 0.0]), 0.95)
    array([2.36462425,        nan])
    """
    values, position = np.unique(df, return_inverse=True)
    found = [_quantile(float(v), confidence) if v > 0 else math.nan for v in values]
    return np.array(found)[position].reshape(np.shape(df))


@lru_cache(maxsize=4096)
def _quantile(df: float, confidence: float) -> float:
    tail = (1.0 - confidence) / 2
    t = NormalDist().inv_cdf(1.0 - tail)
    if df >= _VERY_MANY:
        return _expanded(t, df)
    front = math.exp(_log_ratio(df)) / math.sqrt(df * math.pi)
    # The tail is convex and t starts below the root, so every step moves up towards it.
    for _ in range(_STEPS):
        step = (_tail(t, df) - tail) / (front * (1 + t * t / df) ** (-(df + 1) / 2))
        t += step
        if step <= _ROUNDING * t:
            break
    return t


def _expanded(z: float, df: float) -> float:
    """The quantile from that of the normal distribution (Abramowitz and Stegun 26.7.5)."""
    q = z * z
    first = z * (q + 1) / 4
    second = z * ((5 * q + 16) * q + 3) / 96
    third = z * (((3 * q + 19) * q + 17) * q - 15) / 384
    fourth = z * ((((79 * q + 776) * q + 1482) * q - 1920) * q - 945) / 92160
    return z + first / df + second / df**2 + third / df**3 + fourth / df**4


def _log_ratio(df: float) -> float:
    """log Γ((df + 1)/2) − log Γ(df/2)."""
    if df < _MANY:
        return math.lgamma((df + 1) / 2) - math.lgamma(df / 2)
    x = 1 / df
    return math.log(df / 2) / 2 - x / 4 + x**3 / 24 - x**5 / 20 + 17 * x**7 / 112


def _tail(t: float, df: float) -> float:
    """P(T > t) for t > 0."""
    a, b, x = df / 2, 0.5, df / (df + t * t)
    y = t * t / (df + t * t)
    log_x = math.log(x) if x < 0.5 else math.log1p(-y)
    log_front = a * log_x + b * math.log(y) + _log_ratio(df) - math.lgamma(0.5)
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _fraction(a, b, x) / a / 2
    return (1 - math.exp(log_front) * _fraction(b, a, y) / b) / 2


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, from the front (Lentz)."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            value *= d * c
        if abs(d * c - 1) <= _ROUNDING:
            break
    return value


def _away(value: float) -> float:
    """Never divide by zero."""
    return value if abs(value) > _TINY else _TINY
