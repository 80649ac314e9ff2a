"""The smallest change that two waves would detect.

H. S. Bloom, *Evaluation Review* 19 (1995): with standard error SE of the change, a two-sided test at the
given level finds a true change of (t(level) + t(power)) · SE with the given power. The design effect of
the waves multiplies the variance of simple random samples (L. Kish, *Survey Sampling*, 1965, 8.2), and
PSUs drawn in both waves take away their covariance (Kish, 12.4).
"""

import math

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.student import t_quantile


def minimum_detectable_change(
    se: float, df: float = math.inf, *, confidence: float = 0.95, power: float = 0.8
) -> float:
    """The change that is found significant with the given power.

    Parameters
    ----------
    se : float
        Standard error of the change: of an estimated one, or ``se_of_change`` of two planned waves.
    df : float
        Degrees of freedom of the test, PSUs − strata − 1.
    power : float
        From 0.5 up to below 1.

    >>> round(minimum_detectable_change(1.0), 2)
    2.8
    """
    if not 0 < confidence < 1:
        raise StatisticsError("bad_confidence", "The confidence level must lie between 0 and 1.")
    if not 0.5 <= power < 1:
        raise StatisticsError("bad_power", "The power must be at least 0.5 and below 1.")
    if not se >= 0 or not math.isfinite(se):
        raise StatisticsError("bad_error", "The standard error must be a number from zero up.")
    if not df > 0:
        raise StatisticsError("bad_df", "Without degrees of freedom no change can be detected.")
    level = t_quantile(np.array(df), confidence)
    return float(level + (t_quantile(np.array(df), 2 * power - 1) if power > 0.5 else 0.0)) * se


def se_of_change(
    deviation: float, n: tuple[float, float], *, deff: float = 1.0, correlation: float = 0.0
) -> float:
    """Standard error of a planned change of a mean between two waves.

    √(deff · s² · (1/n₁ + 1/n₂ − 2·r/√(n₁·n₂)))

    Parameters
    ----------
    deviation : float
        Standard deviation of the answers; of a share √(p(1 − p)).
    n : (earlier, later)
        Answers.
    deff : float
        Design effect expected in both waves.
    correlation : float
        Of the two estimates: 0 for independent waves, above 0 when PSUs are shared.
    """
    if not deviation >= 0 or not all(k > 0 for k in n) or not deff > 0 or not -1 <= correlation <= 1:
        raise StatisticsError(
            "bad_plan",
            "A planned change needs a deviation from zero up, numbers of answers and a design effect above "
            "zero, and a correlation from −1 to 1.",
        )
    first, second = n
    shared = 2 * correlation / math.sqrt(first * second)
    return deviation * math.sqrt(deff * (1 / first + 1 / second - shared))
