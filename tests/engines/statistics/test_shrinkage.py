"""The variance between offices, and figures drawn towards their mean."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from okienko.engines.statistics import Estimate, StatisticsError, shrink
from okienko.engines.statistics.shrinkage import variance_between
from tests.engines.statistics.reference_data import FOLDER

METAFOR = json.loads((FOLDER / "drivers.json").read_text(encoding="utf-8"))["shrinkage"]
STATSMODELS = json.loads((FOLDER / "shrinkage.json").read_text(encoding="utf-8"))["cases"]


def figure(value: float, se: float | None, **more: object) -> Estimate:
    ends = {} if se is None else {"se": se, "lower": value - 2 * se, "upper": value + 2 * se, "df": 40.0}
    return Estimate("q", "mean", None, {}, 50, value, **(ends | more))


def of(case: dict) -> list[Estimate]:
    return [figure(y, v**0.5) for y, v in zip(case["value"], case["variance"], strict=True)]


@pytest.mark.parametrize("name", list(METAFOR))
def test_the_variance_between_offices_agrees_with_statsmodels_and_metafor(name: str) -> None:
    found = shrink(of(METAFOR[name]))
    theirs = STATSMODELS[name]
    # statsmodels stops at an excess of 1e-10.
    assert found.variance == pytest.approx(theirs["between"], rel=1e-8, abs=1e-12)
    assert (found.mean, found.se) == pytest.approx((theirs["mean"], theirs["se"]), rel=1e-8)
    reference = METAFOR[name]
    assert found.variance == pytest.approx(reference["between"], rel=1e-9, abs=1e-12)
    assert (found.mean, found.se) == pytest.approx((reference["mean"], reference["se"]), rel=1e-9)
    assert (found.lower, found.upper) == pytest.approx((reference["lower"], reference["upper"]), rel=1e-4)
    shrunken = [office.estimate for office in found.offices]
    assert shrunken == pytest.approx(reference["shrunken"], rel=1e-9)


def test_the_error_of_a_shrunken_figure_is_the_mean_over_all_variances() -> None:
    """The integral of the definition, done by an adaptive rule."""
    value, error = np.array([3.0, 3.4, 3.9, 4.1, 4.4, 4.5]), np.array([0.04, 0.02, 0.09, 0.03, 0.05, 0.04])
    found = shrink([figure(y, v**0.5) for y, v in zip(value, error, strict=True)])

    def at(log_variance: float) -> tuple[float, np.ndarray]:
        variance = np.exp(log_variance)
        weight = 1 / (variance + error)
        mean = weight @ value / weight.sum()
        likelihood = np.sqrt(weight.prod() / weight.sum()) * np.exp(-weight @ (value - mean) ** 2 / 2)
        best = mean + variance * weight * (value - mean)
        spread = variance * error * weight + (error * weight) ** 2 / weight.sum()
        drawn = np.array([o.estimate for o in found.offices])
        return likelihood * variance, spread + (best - drawn) ** 2

    total = quad(lambda x: at(x)[0], -20, 12, limit=500)[0]
    for i, office in enumerate(found.offices):
        expected = quad(lambda x, i=i: at(x)[0] * at(x)[1][i], -20, 12, limit=500)[0] / total
        assert office.se**2 == pytest.approx(expected, rel=2e-3)
        reach = 1.959964 * office.se
        assert (office.lower, office.upper) == pytest.approx(
            (office.estimate - reach, office.estimate + reach)
        )


@pytest.mark.parametrize(("offices", "spread"), [(10, 0.1), (25, 0.15), (60, 0.05)])
def test_intervals_of_shrunken_figures_hold_as_often_as_they_say(offices: int, spread: float) -> None:
    """95% of the offices' true values over offices and samples, or more where hardly anything varies."""
    random = np.random.default_rng(11)
    inside = []
    for _ in range(200):
        v = random.uniform(0.005, 0.06, offices)
        truth = random.normal(4, spread, offices)
        found = shrink([figure(y, s) for y, s in zip(random.normal(truth, v**0.5), v**0.5, strict=True)])
        inside += [o.lower <= t <= o.upper for o, t in zip(found.offices, truth, strict=True)]
    assert 0.94 < np.mean(inside) < 0.99


def test_shrunken_figures_are_closer_to_the_truth() -> None:
    random = np.random.default_rng(12)
    truth = random.normal(4, 0.1, 100)
    own = random.normal(truth, 0.2)
    shrunken = [o.estimate for o in shrink([figure(y, 0.2) for y in own]).offices]
    assert np.square(shrunken - truth).mean() < 0.5 * np.square(own - truth).mean()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(4, 40), st.floats(0.1, 1000), st.floats(-1000, 1000))
def test_figures_move_towards_the_mean_whatever_the_scale(
    seed: int, size: int, factor: float, shift: float
) -> None:
    random = np.random.default_rng(seed)
    value, se = random.normal(0, 1, size), random.uniform(0.05, 1, size)
    found = shrink([figure(y, s) for y, s in zip(value, se, strict=True)])
    for office in found.offices:
        assert 0 <= office.weight <= 1
        between = sorted((found.mean, office.own.estimate))
        assert between[0] - 1e-9 <= office.estimate <= between[1] + 1e-9
        assert office.se > 0
    assert found.lower <= found.variance <= found.upper
    other = shrink([figure(factor * y + shift, factor * s) for y, s in zip(value, se, strict=True)])
    assert other.variance == pytest.approx(factor**2 * found.variance, rel=1e-6, abs=1e-9 * factor**2)
    assert [o.weight for o in other.offices] == pytest.approx([o.weight for o in found.offices], abs=1e-6)


def test_equal_offices_are_drawn_together() -> None:
    found = shrink([figure(4.0, se) for se in (0.1, 0.2, 0.3, 0.4)])
    assert found.variance == 0
    assert [o.estimate for o in found.offices] == pytest.approx([4.0] * 4)


def test_an_office_counted_in_full_keeps_its_figure() -> None:
    found = shrink([figure(3.0, 0.0), figure(4.0, 0.2), figure(4.4, 0.2), figure(4.1, 0.0)])
    assert [o.estimate for o in found.offices if o.own.se == 0] == pytest.approx([3.0, 4.1])
    assert found.offices[0].se == pytest.approx(0, abs=1e-3)


def test_offices_without_an_error_are_left_out_and_three_are_too_few() -> None:
    unknown = figure(4.0, None)
    alike = Estimate("q", "mean", None, {}, 9, 5.0, se=0.0, df=8.0, note="no_variance")
    known = [figure(4.0, 0.1), figure(4.3, 0.1), figure(4.1, 0.1)]
    found = shrink([*known, unknown, alike])
    assert (found.note, found.variance, found.offices) == ("too_few_offices", None, ())
    assert len(shrink([unknown, *known, figure(4.2, 0.1)]).offices) == 4
    with pytest.raises(StatisticsError):
        shrink([], confidence=95)


def test_the_variance_solves_its_equation() -> None:
    random = np.random.default_rng(13)
    value, error = random.normal(0, 2, 30), random.uniform(0.1, 1, 30)
    variance = variance_between(value, error)
    weight = 1 / (variance + error)
    away = value - (weight * value).sum() / weight.sum()
    assert (weight * away**2).sum() == pytest.approx(29)
