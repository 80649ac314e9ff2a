"""Cronbach's alpha, the R-indicator, corrections for many comparisons, detectable changes."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.statistics import (
    Design,
    ItemSpec,
    SampleKind,
    StatisticsError,
    benjamini_hochberg,
    build_cube,
    build_moments,
    change,
    contrasts,
    cronbach,
    holm,
    jointly,
    minimum_detectable_change,
    p_value,
    representativity,
    se_of_change,
)
from tests.engines.statistics.reference_data import FOLDER
from tests.engines.statistics.test_properties import samples

# Bock and Lieberman (1970), section 6 of the Law School Admission Test: answers of 1000 people to five tasks.
LSAT = (
    "00000 3 00001 6 00010 2 00011 11 00100 1 00101 1 00110 3 00111 4 01000 1 01001 8 01011 16 01101 3 "
    "01110 2 01111 15 10000 10 10001 29 10010 14 10011 81 10100 3 10101 28 10110 15 10111 80 11000 16 "
    "11001 56 11010 21 11011 173 11100 11 11101 61 11110 28 11111 298"
)


def test_cronbachs_alpha_of_a_published_test() -> None:
    """R, package ltm: cronbach.alpha(LSAT) is 0.295 of 5 items and 1000 people; in full 0.2949972."""
    words = LSAT.split()
    patterns, counts = words[::2], np.array(words[1::2], int)
    data = {f"t{j}": np.array([int(p[j]) for p in patterns]) for j in range(5)}
    (weighted,) = cronbach(build_moments(data, list(data), Design(weight=counts.astype(float))), list(data))
    people = {name: np.repeat(column, counts) for name, column in data.items()}
    (found,) = cronbach(build_moments(people, list(data)), list(data))
    assert round(found.alpha.estimate, 7) == 0.2949972
    assert found.alpha.n == 1000
    assert weighted.alpha.estimate == pytest.approx(found.alpha.estimate, rel=1e-12)
    assert found.alpha.lower < 0.295 < found.alpha.upper
    assert [name for name, _ in found.without] == list(data)


def three(rows: int = 80, **more: object) -> dict[str, np.ndarray]:
    random = np.random.default_rng(5)
    taste = random.normal(0, 1, rows)
    return {name: np.clip(np.round(3 + taste + random.normal(0, 1, rows)), 1, 5) for name in "abc"} | more


def test_alpha_without_an_item_is_that_of_the_others() -> None:
    moments = build_moments(three(), ["a", "b", "c"])
    (whole,) = cronbach(moments, ["a", "b", "c"])
    (pair,) = cronbach(moments, ["a", "c"])
    assert dict(whole.without)["b"] == pytest.approx(pair.alpha.estimate)
    assert [value for _, value in pair.without] == [None, None]


def test_alpha_of_equal_items_is_one_and_of_constant_ones_none() -> None:
    data = three()
    copies = {"x": data["a"], "y": data["a"], "z": data["a"]}
    (same,) = cronbach(build_moments(copies, ["x", "y", "z"]), ["x", "y", "z"])
    assert same.alpha.estimate == pytest.approx(1)
    flat = {"x": np.full(9, 4), "y": np.full(9, 2)}
    (none,) = cronbach(build_moments(flat, ["x", "y"]), ["x", "y"])
    assert (none.alpha.estimate, none.alpha.note) == (None, "no_variance")


def test_alpha_names_what_is_missing() -> None:
    data = three(office=np.repeat([1, 2], 40))
    data["b"][::7] = np.nan
    items = ["a", "b", "c"]
    pairs = cronbach(build_moments(data, items, by=["office"]), items, by="office")
    assert {r.alpha.note for r in pairs} == {"answers_by_pairs"}
    complete = jointly(data, [ItemSpec(i) for i in items])
    assert cronbach(build_moments(complete, items), items)[0].alpha.note is None
    (alone,) = cronbach(build_moments(three(), items, Design(psu=np.zeros(80))), items)
    assert (alone.alpha.se, alone.alpha.lower, alone.alpha.note) == (None, None, "lonely_psu")
    link = Design(kind=SampleKind.NON_PROBABILITY)
    (found,) = cronbach(build_moments(three(), items, link), items)
    assert (found.alpha.note, found.alpha.lower) == ("not_probability_sample", None)
    lonely = Design(stratum=np.repeat([1, 2], [79, 1]))
    assert cronbach(build_moments(three(), items, lonely), items)[0].alpha.note == "lonely_psu"
    empty = {name: np.full(80, np.nan) for name in items}
    assert cronbach(build_moments(empty, items), items)[0].alpha.note == "no_answers"


@settings(max_examples=25, deadline=None)
@given(samples(), st.sampled_from([0.01, 300.0]))
def test_alpha_does_not_know_the_scale_of_weights_or_scores(data: dict, factor: float) -> None:
    design = Design(weight=data["weight"], psu=data["psu"])
    both = jointly(data, [ItemSpec("q1"), ItemSpec("q2")])
    (one,) = cronbach(build_moments(both, ["q1", "q2"], design), ["q1", "q2"])
    scaled = {name: 10 * column + 3 for name, column in both.items()}
    heavier = Design(weight=factor * data["weight"], psu=data["psu"])
    (other,) = cronbach(build_moments(scaled, ["q1", "q2"], heavier), ["q1", "q2"])
    for name in ("n", "estimate", "se", "lower", "upper"):
        expected = getattr(other.alpha, name)
        close = None if expected is None else pytest.approx(expected, rel=1e-6, abs=1e-9)
        assert getattr(one.alpha, name) == close, name


def test_equal_response_is_representative_and_full_contrast_is_not() -> None:
    even = representativity([100, 50], [40, 20])
    assert (even.r, even.unadjusted, even.se) == (1, 1, None)
    contrast = representativity([500, 500], [500, 0], names=["A", "B"])
    assert contrast.r == pytest.approx(0, abs=2e-3)
    half = math.sqrt(0.5) / 2
    assert [c.contribution for c in contrast.cells] == pytest.approx([half, -half])
    assert contrast.response_rate == 0.5


def test_the_adjustment_takes_out_what_chance_alone_does() -> None:
    """All cells respond alike in truth: unadjusted, the indicator is below 0.9, adjusted it is nearly 1."""
    random = np.random.default_rng(2009)
    invited = np.full(20, 60)
    found = [representativity(invited, random.binomial(invited, 0.4)) for _ in range(200)]
    assert np.mean([f.unadjusted for f in found]) < 0.89
    square = np.mean([((1 - f.unadjusted) / 2) ** 2 - 0.24 / 60 for f in found])
    assert square == pytest.approx(0, abs=5e-4)
    assert np.mean([f.r for f in found]) > 0.94


def test_the_standard_error_is_what_repeated_surveys_show() -> None:
    random = np.random.default_rng(2012)
    invited, true = np.array([400, 300, 600, 200]), np.array([0.3, 0.5, 0.4, 0.7])
    found = [representativity(invited, random.binomial(invited, true)) for _ in range(600)]
    spread = np.std([f.r for f in found])
    assert np.mean([f.se for f in found]) == pytest.approx(spread, rel=0.1)
    truth = 1 - 2 * math.sqrt(np.average((true - np.average(true, weights=invited)) ** 2, weights=invited))
    assert np.mean([f.r for f in found]) == pytest.approx(truth, abs=0.005)
    assert 0.92 < np.mean([f.lower <= truth <= f.upper for f in found]) < 0.98


def test_cells_sampled_at_different_rates_count_by_their_population() -> None:
    found = representativity([50, 50], [40, 10], population=[900, 100])
    assert found.response_rate == pytest.approx(0.9 * 0.8 + 0.1 * 0.2)
    assert found.r > representativity([50, 50], [40, 10]).r


def test_adjusted_p_values_agree_with_statsmodels() -> None:
    families = json.loads((FOLDER / "multiple.json").read_text(encoding="utf-8"))["families"]
    assert len(families) > 4
    for family in families:
        assert holm(family["p"]) == pytest.approx(family["holm"], rel=1e-12)
        assert benjamini_hochberg(family["p"]) == pytest.approx(family["bh"], rel=1e-12)


def test_a_comparison_that_could_not_be_made_does_not_count() -> None:
    assert benjamini_hochberg([0.01, None, 0.5]) == [0.02, None, 0.5]
    assert benjamini_hochberg([]) == []


def test_contrasts_carry_both_corrections() -> None:
    random = np.random.default_rng(3)
    data = {"q": random.integers(1, 6, 120) + np.repeat([0, 0, 1, 2], 30), "o": np.repeat(list("ABCD"), 30)}
    found = contrasts(build_cube(data, ["q"], by=["o"]), "q", "o")
    assert [c.p_bh for c in found] == benjamini_hochberg([c.p for c in found])
    assert all(c.p <= c.p_bh <= c.p_holm for c in found)
    assert any(c.p_bh < c.p_holm for c in found)


def test_the_detectable_change_is_the_published_multiple_of_the_standard_error() -> None:
    """Bloom (1995): 2.80 standard errors for power 80 % at the 5 % level, 3.24 for 90 %."""
    assert round(minimum_detectable_change(1.0), 2) == 2.80
    assert round(minimum_detectable_change(1.0, power=0.9), 2) == 3.24
    # 2 * (qt(.975, 8) + qt(.8, 8)) in R 4.2.2
    assert minimum_detectable_change(2.0, 8) == pytest.approx(6.38978730594237, rel=1e-12)
    assert minimum_detectable_change(1.0, power=0.5) == pytest.approx(1.95996398454005, rel=1e-12)


def test_a_change_of_that_size_is_found_as_often_as_promised() -> None:
    random = np.random.default_rng(4)
    se = se_of_change(1.0, (120, 150))
    true = minimum_detectable_change(se, 268, power=0.8)
    found = 0
    for _ in range(400):
        data = {
            "q": np.concatenate([random.normal(9, 1, 120), random.normal(9 + true, 1, 150)]),
            "wave": np.repeat([1, 2], [120, 150]),
        }
        (moved,) = change(build_cube(data, ["q"], by=["wave"]), "q", (1, 2))
        found += p_value(moved) < 0.05
    assert 0.73 < found / 400 < 0.87


def test_the_error_of_a_planned_change() -> None:
    assert se_of_change(0.5, (100, 400)) == pytest.approx(0.5 * math.sqrt(0.0125))
    assert se_of_change(0.5, (100, 100), deff=2.25) == pytest.approx(0.5 * math.sqrt(2.25 * 0.02))
    assert se_of_change(0.5, (100, 100), correlation=1) == 0
    assert se_of_change(0.5, (100, 400), correlation=0.5) < se_of_change(0.5, (100, 400))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: cronbach(build_moments(three(), ["a"]), ["a"]), "too_few_items"),
        (lambda: cronbach(build_moments(three(), ["a", "b"]), ["a", "a"]), "too_few_items"),
        (lambda: cronbach(build_moments(three(), ["a", "b"]), ["a", "z"]), "no_such_item"),
        (lambda: cronbach(build_moments(three(), ["a", "b"]), ["a", "b"], by="o"), "no_such_dimension"),
        (lambda: cronbach(build_moments(three(), ["a", "b"]), ["a", "b"], confidence=2), "bad_confidence"),
        (lambda: minimum_detectable_change(-1), "bad_error"),
        (lambda: minimum_detectable_change(math.nan), "bad_error"),
        (lambda: minimum_detectable_change(1, 0), "bad_df"),
        (lambda: minimum_detectable_change(1, power=0.3), "bad_power"),
        (lambda: minimum_detectable_change(1, confidence=1), "bad_confidence"),
        (lambda: se_of_change(1, (0, 5)), "bad_plan"),
        (lambda: se_of_change(1, (5, 5), correlation=2), "bad_plan"),
        (lambda: representativity([10, 10], [5]), "bad_shape"),
        (lambda: representativity([10, 0], [5, 0]), "empty_cell"),
        (lambda: representativity([10, 10], [5, 11]), "responses_exceed_invited"),
        (lambda: representativity([10, 10], [5, 5], population=[10, 9]), "fpc_below_sample"),
        (lambda: representativity([10], [5]), "one_cell"),
        (lambda: representativity([10, 10], [0, 0]), "no_responses"),
        (lambda: representativity([10, 10], [5, 5], confidence=1), "bad_confidence"),
    ],
)
def test_what_cannot_be_computed_is_refused_by_name(make: object, code: str) -> None:
    with pytest.raises(StatisticsError) as refused:
        make()
    assert refused.value.code == code
