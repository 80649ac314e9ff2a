"""The t quantile against SciPy's and against the closed forms of one and two degrees of freedom."""

import math

import numpy as np
import pytest
from scipy.special import stdtrit

from okienko.engines.statistics.student import t_quantile

DF = np.concatenate([np.arange(1, 300), [500, 1999, 2000, 2001, 54_321, 499_999, 5e6, 1e9, np.inf]])


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_quantiles_agree_with_scipy(confidence: float) -> None:
    np.testing.assert_allclose(t_quantile(DF, confidence), stdtrit(DF, 0.5 + confidence / 2), rtol=1e-12)


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99, 0.9999])
def test_quantiles_of_one_and_two_degrees_of_freedom(confidence: float) -> None:
    one, two = t_quantile(np.array([1.0, 2.0]), confidence)
    assert one == pytest.approx(1 / math.tan(math.pi * (1 - confidence) / 2), rel=1e-12)
    assert two == pytest.approx(confidence * math.sqrt(2 / (1 - confidence**2)), rel=1e-12)


def test_no_degrees_of_freedom_give_no_quantile() -> None:
    assert np.isnan(t_quantile(np.array([0.0, -1.0]), 0.95)).all()
    assert t_quantile(np.array([[3.0, 4.0]]), 0.95).shape == (1, 2)
