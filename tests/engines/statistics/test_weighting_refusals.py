"""What cannot be weighted is refused with a sentence that names the margin; base weights."""

import numpy as np
import pytest

from okienko.engines.statistics import (
    Bounds,
    Design,
    Distance,
    Fitting,
    Margin,
    SampleKind,
    StatisticsError,
    WeightSource,
    base_weights,
    build_cube,
    calibrate,
    calibrated_weights,
)
from okienko.engines.statistics.tables import DenseTable
from tests.engines.statistics.weighting_samples import AGE, ITEMS, MARGINS, cube, design, sample

REFUSED = {
    "no_margins": [],
    "shares_not_one": [Margin("age", {0: 0.5, 1: 0.3, 2: 0.3}, shares=True)],
    "bad_population": [Margin("age", {0: 5, 1: -3, 2: 1})],
    "empty_margin": [Margin("age", {})],
    "bad_category": [Margin(("age", "sex"), {0: 5, 1: 3})],
    "margins_disagree": [*AGE, Margin("sex", {"f": 500, "m": 600})],
    "zero_population": [Margin("age", {0: 5, 1: 3, 2: 0})],
    "category_without_population": [Margin("age", {0: 5, 1: 3})],
    "category_without_respondents": [Margin("age", {0: 5, 1: 3, 2: 2, 3: 1})],
    "no_such_dimension": [Margin("height", {1: 1})],
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_margin_that_cannot_be_met_is_named(code: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        calibrate(cube(sample(1)), REFUSED[code])
    assert caught.value.code == code
    if "margin" in caught.value.about:
        assert str(caught.value.about["margin"]) in str(caught.value)
    if "category" in caught.value.about:
        assert str(caught.value.about["category"][0]) in str(caught.value)


def test_respondents_without_a_value_are_counted_and_refused() -> None:
    data = sample(1)
    data["sex"] = np.where(np.arange(data["sex"].size) < 4, "", data["sex"])
    with pytest.raises(StatisticsError, match="4 respondents have no value in margin sex") as caught:
        calibrate(cube(data), MARGINS)
    assert caught.value.code == "missing_margin_value"


def test_margins_that_exclude_each_other_say_which() -> None:
    data = sample(2)
    data["twin"] = data["sex"]
    of = build_cube(data, ITEMS, design(data), weighting=["sex", "twin"])
    margins = [MARGINS[1], Margin("twin", {"f": 0.3, "m": 0.7}, shares=True)]
    with pytest.raises(StatisticsError, match="one excludes another") as caught:
        calibrate(of, margins)
    assert caught.value.code == "margins_contradict"
    assert caught.value.about["margin"] in ("sex", "twin")


def test_margins_met_only_by_weights_of_zero_do_not_converge() -> None:
    """a = x only occurs with b = x: their shares leave the only other people of b = x with nothing."""
    data = {"a": np.array([1, 2, 2, 2]), "b": np.array([1, 1, 2, 2]), "q": np.array([1, 2, 3, 4])}
    margins = [Margin("a", {1: 0.4, 2: 0.6}, shares=True), Margin("b", {1: 0.4, 2: 0.6}, shares=True)]
    with pytest.raises(StatisticsError) as caught:
        calibrated_weights(data, np.ones(4), margins)
    assert caught.value.code == "weights_do_not_converge"


def test_bounds_too_tight_for_the_margins_say_so() -> None:
    with pytest.raises(StatisticsError, match="looser bounds would") as caught:
        calibrate(cube(sample(2)), MARGINS, Fitting(bounds=Bounds(ratio=(0.95, 1.05))))
    assert caught.value.code == "bounds_too_tight"
    assert caught.value.about["miss"] != 0


@pytest.mark.parametrize(
    "fitting",
    [
        Fitting(bounds=Bounds(ratio=(1.2, 3))),
        Fitting(bounds=Bounds(weight=(0.5, 0.9))),
        Fitting(bounds=Bounds(ratio=(-1, 3))),
        Fitting(Distance.LOGIT),
    ],
)
def test_bounds_that_leave_out_the_base_weight_are_refused(fitting: Fitting) -> None:
    with pytest.raises(StatisticsError) as caught:
        calibrate(cube(sample(2)), MARGINS, fitting)
    assert caught.value.code == "bad_bounds"


def test_regression_weights_below_zero_are_refused() -> None:
    a = np.repeat([1, 2], [90, 10])
    b = np.repeat([1, 2, 1, 2], [85, 5, 9, 1])
    margins = [Margin("a", {1: 0.2, 2: 0.8}, shares=True), Margin("b", {1: 0.2, 2: 0.8}, shares=True)]
    with pytest.raises(StatisticsError) as caught:
        calibrated_weights({"a": a, "b": b}, np.ones(100), margins, Fitting(Distance.LINEAR))
    assert caught.value.code == "negative_weights"
    assert calibrated_weights({"a": a, "b": b}, np.ones(100), margins).weight.min() > 0


def test_weights_of_a_cube_are_bounded_only_where_its_cells_are_even() -> None:
    data = sample(4, psus=6, rows=1500)
    trim = Fitting(bounds=Bounds(weight=(0.2, 4)))
    with pytest.raises(StatisticsError) as caught:
        calibrate(cube(data, by=("office",)), MARGINS, trim)
    assert caught.value.code == "weights_vary_in_cell"
    by_stratum = np.where(data["stratum"] == 0, 1.0, 2.5)
    found = calibrate(cube(data, by_stratum, by=("office",)), MARGINS, trim)
    (fit,) = found.diagnostics
    assert isinstance(found.cube.table("q1"), DenseTable)
    (rows,) = calibrated_weights(data, by_stratum, MARGINS, trim).diagnostics
    assert (fit.weight_lower, fit.weight_upper) == pytest.approx((rows.weight_lower, rows.weight_upper))
    assert fit.trimmed == rows.trimmed


def test_a_cube_that_does_not_count_everybody_cannot_be_weighted() -> None:
    data = sample(1)
    with pytest.raises(StatisticsError) as caught:
        calibrate(build_cube(data, ITEMS, design(data), by=["age", "sex"]), MARGINS)
    assert caught.value.code == "not_weightable"


def test_base_weights_are_inverse_probabilities_of_inclusion() -> None:
    """Two of eight days, on each of them five of the fifty clients: 4 · 10."""
    days = np.repeat([1, 2], 5)
    two_stages = Design(psu=days, fpc=np.full(10, 8.0), psu2=np.arange(10), fpc2=np.full(10, 50.0))
    found = base_weights(two_stages, 10)
    assert found.source is WeightSource.INCLUSION
    np.testing.assert_allclose(found.weight, 40.0)
    every_tenth = base_weights(Design(psu=days, fpc=np.full(10, 8.0)), 10, interval=np.full(10, 10.0))
    np.testing.assert_allclose(every_tenth.weight, 40.0)
    np.testing.assert_allclose(base_weights(Design(), 4, interval=np.full(4, 3.0)).weight, 3.0)
    given_weights = base_weights(Design(weight=np.array([1.0, 2.0])), 2)
    assert (given_weights.weight.tolist(), given_weights.source) == ([1.0, 2.0], WeightSource.GIVEN)


def test_a_census_weighs_one_and_a_correction_for_silence_is_called_so() -> None:
    census = Design(
        stratum=np.repeat([1, 2], [4, 6]), fpc=np.repeat([8.0, 9.0], [4, 6]), kind=SampleKind.CENSUS
    )
    plain = base_weights(census, 10)
    assert (set(plain.weight.tolist()), plain.source) == ({1.0}, WeightSource.CENSUS)
    corrected = base_weights(census, 10, correct_response=True)
    assert corrected.source is WeightSource.RESPONSE_CORRECTION
    np.testing.assert_allclose(corrected.weight, np.repeat([2.0, 1.5], [4, 6]))


@pytest.mark.parametrize(
    ("code", "design", "options"),
    [
        ("no_inclusion_probability", Design(psu=np.arange(3)), {}),
        ("bad_interval", Design(), {"interval": np.array([1.0, 0.0, 2.0])}),
        ("not_a_probability_sample", Design(kind=SampleKind.NON_PROBABILITY), {}),
        ("not_a_census", Design(fpc=np.full(3, 9.0)), {"correct_response": True}),
        ("bad_weight", Design(weight=np.array([1.0, 0.0, 2.0])), {}),
        ("bad_weight", Design(weight=np.array([1.0, -1.0, 2.0])), {}),
    ],
)
def test_base_weights_that_nothing_gives_are_refused(code: str, design: Design, options: dict) -> None:
    with pytest.raises(StatisticsError) as caught:
        base_weights(design, 3, **options)
    assert caught.value.code == code
