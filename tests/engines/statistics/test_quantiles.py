"""Medians and other quantiles: definitions, ties, corners."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.statistics import (
    Cube,
    Design,
    ItemSpec,
    Mean,
    SampleKind,
    StatisticsError,
    build_cube,
    estimate,
    median,
    quantile,
)

FIVE = (1, 2, 3, 4, 5)


def answered(*answers: float, **design: object) -> Cube:
    return build_cube({"q": np.array(answers)}, ["q"], Design(**design))


def test_the_median_is_the_smallest_answer_that_half_do_not_exceed() -> None:
    assert median(answered(1, 2, 3, 4, 5), "q").only().estimate == 3
    assert median(answered(1, 2, 4, 9), "q").only().estimate == 2
    assert median(answered(1, 2, 4, 9), "q", rule="school").only().estimate == 3
    assert median(answered(1, 2, 4, weight=np.array([1.0, 1, 5])), "q").only().estimate == 4
    assert median(answered(3, 1, 2, weight=np.array([0.1, 0.1, 0.1])), "q").only().estimate == 2


def test_a_level_below_the_first_weight_is_the_smallest_answer() -> None:
    """R (survey 4.1-1) takes the second smallest there, against its own definition."""
    assert quantile(answered(10, 20, 30, 40), "q", 0.1).only().estimate == 10


def test_scores_and_not_codes_are_ordered() -> None:
    turned = ItemSpec("q", FIVE, scores={1: 5, 2: 4, 3: 3, 4: 2, 5: 1})
    of = build_cube({"q": np.array([1, 1, 2, 5, 5, 5, -1])}, [turned])
    assert quantile(of, "q", 0.5).only().estimate == 1
    assert quantile(of, "q", 0.9).only().estimate == 5


def test_many_ties_get_an_interval_that_knows_of_them() -> None:
    """49 of 100 say 3 or less, so the median is 4 by a hair, and could as well be 3."""
    answers = np.repeat([2, 3, 4, 5], [20, 29, 40, 11])
    (found,) = median(answered(*answers), "q")
    assert (found.estimate, found.lower, found.upper, found.method) == (4, 3, 4, "inversion")
    # R: 4 to 5, from F(4) = 0.89 ± 0.06, an interval that does not know of 3.
    (like_r,) = median(answered(*answers), "q", method="mean")
    assert (like_r.lower, like_r.upper) == (4, 5)


def test_the_interval_holds_the_true_median_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(1991)
    held = {"inversion": 0, None: 0, "mean": 0}
    for _ in range(300):
        # The median of the population is 3 by a hair: F(3) = 0.505.
        answers = random.choice(FIVE, 150, p=[0.1, 0.155, 0.25, 0.3, 0.195])
        for method in held:
            (found,) = median(answered(*answers), "q", method=method)
            held[method] += found.lower <= 3 <= found.upper
    assert held["inversion"] / 300 > 0.93
    assert held[None] / 300 > 0.93
    assert held["mean"] / 300 < 0.7


def test_an_interval_beyond_the_answers_is_open_and_says_so() -> None:
    found = quantile(answered(*range(8)), "q", 0.1, method="t").only()
    assert (found.lower, found.se, found.note) == (None, None, "open_interval")
    assert found.upper > found.estimate == 0


def test_equal_answers_have_a_median_without_an_interval() -> None:
    for method in (None, "t", "beta", "inversion"):
        (found,) = median(answered(4, 4, 4), "q", method=method)
        assert (found.estimate, found.lower, found.upper, found.note) == (4, None, None, "no_variance")


def test_quantiles_in_empty_domains_and_other_samples() -> None:
    data = {"q": np.array([np.nan, np.nan, 3, 4, 5.5]), "o": np.array(["A", "A", "B", "B", "B"])}
    none, some = median(build_cube(data, ["q"], by=["o"]), "q", by="o")
    assert (none.n, none.estimate, none.note) == (0, None, "no_answers")
    assert some.estimate == 4
    assert median(build_cube({"q": np.full(3, np.nan)}, ["q"]), "q").only().note == "no_answers"
    (open_link,) = median(answered(1, 2, 3, 4, kind=SampleKind.NON_PROBABILITY), "q")
    assert (open_link.estimate, open_link.lower, open_link.note) == (2, None, "not_probability_sample")
    (model,) = median(answered(*range(40), kind=SampleKind.NON_PROBABILITY), "q", method="model")
    assert model.note == "model_based"
    assert model.lower < 19 < model.upper


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_a_quantile_agrees_with_an_honest_walk_through_the_sorted_answers(seed: int, level: float) -> None:
    random = np.random.default_rng(seed)
    rows = int(random.integers(1, 60))
    answers = np.round(random.gamma(2, 10, rows), int(random.integers(0, 3)))
    weights = random.uniform(0.1, 3, rows)
    of = build_cube({"q": answers}, ["q"], Design(weight=weights))
    order = np.argsort(answers)
    running = 0.0
    for i in order:
        running += weights[i]
        if running >= level * weights.sum() * (1 - 1e-12):
            break
    assert quantile(of, "q", level).only().estimate == answers[i]


def test_measurements_have_quantiles_in_many_domains_at_once() -> None:
    random = np.random.default_rng(8)
    data = {"x": random.gamma(2, 10, 5000), "psu": np.arange(5000) // 50, "o": np.arange(5000) % 7}
    of = build_cube(data, ["x"], Design(psu=data["psu"]), by=["o"])
    found = list(median(of, "x", by="o"))
    assert len(found) == 7
    for one in found:
        mine = np.sort(data["x"][data["o"] == one.by["o"]])
        assert one.estimate == mine[math.ceil(mine.size / 2) - 1]
        assert one.lower < one.estimate < one.upper
        assert one.method == "t"
    assert estimate(of, Mean("x")).only().n == 5000


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: quantile(answered(1, 2), "q", 1.0), "bad_level"),
        (lambda: quantile(answered(1, 2), "q", 50), "bad_level"),
        (lambda: median(answered(1, 2), "q", rule="hf7"), "unknown_rule"),
        (lambda: median(answered(1, 2), "q", method="magic"), "unknown_method"),
        (lambda: median(answered(1, 2), "x"), "no_such_item"),
        (lambda: median(answered(1, 2), "q", by="o"), "no_such_dimension"),
        (lambda: median(answered(1, 2), "q", confidence=0), "bad_confidence"),
    ],
)
def test_what_cannot_be_computed_is_refused_by_name(make: object, code: str) -> None:
    with pytest.raises(StatisticsError) as refused:
        make()
    assert refused.value.code == code
