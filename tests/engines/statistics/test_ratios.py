"""Ratios, and what all estimators share: the effective n, domains that show no error, sums that add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.statistics import (
    Cube,
    Design,
    ItemSpec,
    LonelyPsu,
    Part,
    Ratio,
    SampleKind,
    StatisticsError,
    build_cube,
    change,
    combine,
    effective_n,
    estimate,
    jointly,
    mean,
    median,
    quantile,
    ratio,
    share,
)
from tests.engines.statistics.test_properties import cube as sample_cube
from tests.engines.statistics.test_properties import samples

FIVE = (1, 2, 3, 4, 5)
SINGLE = (LonelyPsu.REMOVE, LonelyPsu.ADJUST, LonelyPsu.AVERAGE, LonelyPsu.ADJUST_DOMAIN)


def answered(*answers: float, **design: object) -> Cube:
    return build_cube({"q": np.array(answers)}, ["q"], Design(**design))


def test_a_ratio_of_indicators_of_the_same_people() -> None:
    of = build_cube({"q": np.array([5, 4, 4, 1, 2, 3])}, [ItemSpec("q", FIVE)])
    assert ratio(of, Part("q", (4, 5)), Part("q", (1, 2))).only().estimate == 1.5


def test_a_ratio_over_everybody_is_a_mean() -> None:
    random = np.random.default_rng(7)
    data = {"q": random.integers(1, 6, 90), "one": np.ones(90, int), "psu": np.arange(90) // 6}
    of = build_cube(data, ["q", "one"], Design(psu=data["psu"]))
    by_ratio, by_mean = ratio(of, "q", "one").only(), mean(of, "q").only()
    for figure in ("estimate", "se", "lower", "upper", "df"):
        assert getattr(by_ratio, figure) == pytest.approx(getattr(by_mean, figure), rel=1e-12)
    assert by_ratio.item == "q/one"


def test_a_ratio_of_different_people_is_refused_and_jointly_makes_them_the_same() -> None:
    data = {"a": np.array([2, 4, -1, 6]), "b": np.array([1, -2, 3, 2])}
    with pytest.raises(StatisticsError) as refused:
        ratio(build_cube(data, ["a", "b"]), "a", "b")
    assert refused.value.code == "answers_differ"
    both = jointly(data, [ItemSpec("a"), ItemSpec("b")])
    found = ratio(build_cube(both, ["a", "b"]), "a", "b").only()
    assert (found.n, found.estimate) == (2, pytest.approx(8 / 3))


def test_a_denominator_of_zero_is_named() -> None:
    data = {"q": np.array([5, 4, 1, 5]), "o": np.array([1, 1, 2, 2])}
    of = build_cube(data, [ItemSpec("q", FIVE)], by=["o"])
    without, some = ratio(of, Part("q", (5,)), Part("q", (1,)), by="o")
    assert (without.n, without.estimate, without.se, without.note) == (2, None, None, "zero_denominator")
    assert some.estimate == 1


def test_a_ratio_can_change_between_waves() -> None:
    data = {"a": np.arange(1, 13), "b": np.tile([1, 2, 3], 4), "wave": np.repeat([1, 2], 6)}
    measure = Ratio(Part("a"), Part("b"), "a/b")
    of = build_cube(data, ["a", "b"], by=["wave"])
    first, second = estimate(of, measure, by="wave")
    (moved,) = change(of, measure, (1, 2))
    assert moved.estimate == pytest.approx(second.estimate - first.estimate)


def test_a_ratio_of_an_unknown_item_is_refused() -> None:
    with pytest.raises(StatisticsError) as refused:
        ratio(answered(1, 2), "q", "x")
    assert refused.value.code == "no_such_item"


def test_the_effective_n_is_n_by_the_design_effect() -> None:
    answers = np.repeat([1, 2, 4, 5, 3, 3], 10)
    found = mean(answered(*answers, psu=np.arange(60) // 10), "q")
    assert found.only().deff > 5
    assert found.only().effective_n == found.only().n / found.only().deff
    np.testing.assert_allclose(found.effective_n, [found.only().effective_n])
    (simple,) = mean(answered(1, 2, 3, 4), "q")
    assert simple.effective_n == pytest.approx(4)
    (flat,) = mean(answered(4, 4, 4), "q")
    assert flat.effective_n is None


def test_weights_alone_cost_what_kish_says() -> None:
    """Independent answers with weights: V/V_srs is near n·Σw²/(Σw)², Kish's 1 + CV²."""
    random = np.random.default_rng(12)
    weights = random.lognormal(0, 0.7, 20_000)
    of = answered(*random.integers(1, 6, 20_000), weight=weights)
    ((_, kish),) = effective_n(of, "q")
    assert mean(of, "q").only().effective_n == pytest.approx(kish, rel=0.05)


@pytest.mark.parametrize("rule", SINGLE)
def test_one_psu_alone_shows_no_error_whatever_the_rule(rule: LonelyPsu) -> None:
    """Its linearised values add up to 0: an error of 0 would be a lie."""
    of = answered(1, 2, 5, psu=np.zeros(3), lonely_psu=rule)
    for found in (mean(of, "q").only(), share(of, "q", 5).only(), median(of, "q").only()):
        assert (found.se, found.lower, found.df, found.note) == (None, None, 0, "no_degrees_of_freedom")
        assert found.deff is None


def test_a_domain_within_one_psu_of_many_shows_no_error_either() -> None:
    data = {"q": np.array([1, 5, 3, 4, 2, 2]), "o": np.array([1, 1, 2, 2, 2, 2])}
    of = build_cube(data, ["q"], Design(psu=np.array([1, 1, 1, 2, 3, 3])), by=["o"])
    alone, other = mean(of, "q", by="o")
    assert (alone.estimate, alone.se, alone.note) == (3, None, "no_degrees_of_freedom")
    assert other.se > 0


def test_strata_that_are_all_lonely_and_removed_leave_nothing() -> None:
    design = {"stratum": np.array([1, 2, 3]), "psu": np.array([1, 2, 3])}
    (removed,) = mean(answered(1, 2, 5, **design, lonely_psu=LonelyPsu.REMOVE), "q")
    assert (removed.se, removed.note) == (None, "no_degrees_of_freedom")
    # Said to be certain, they have no error: that is what the rule means.
    (certain,) = mean(answered(1, 2, 5, **design, lonely_psu=LonelyPsu.CERTAINTY), "q")
    assert certain.se == 0


def test_one_person_of_a_full_census_is_known_exactly() -> None:
    of = build_cube(
        {"q": np.array([1, 2, 3]), "o": np.array([1, 2, 2])},
        ["q"],
        Design(kind=SampleKind.CENSUS, fpc=np.full(3, 3)),
        by=["o"],
    )
    assert mean(of, "q", by="o").only(o=1).se == 0


def test_a_cube_without_any_cell_says_that_nobody_answered() -> None:
    of = build_cube({"q": np.array([1, 2]), "o": np.array([1, 1])}, ["q"], by=["o"]).subset(o=[])
    assert mean(of, "q").only().note == "no_answers"
    assert median(of, "q").only().note == "no_answers"
    assert not list(median(of, "q", by="o"))


def figures(of: Cube) -> list:
    return [
        e
        for found in (
            median(of, "q1", by="office"),
            quantile(of, "r", 0.8, by="age", method="t"),
            ratio(of, Part("q1", (4, 5)), Part("q1", FIVE), by="office"),
        )
        for e in found
    ]


def assert_same(one: list, other: list) -> None:
    assert len(one) == len(other)
    for a, b in zip(one, other, strict=True):
        assert (a.by, a.n, a.note, a.method) == (b.by, b.n, b.note, b.method)
        for name in ("estimate", "se", "lower", "upper", "df"):
            expected = getattr(b, name)
            close = None if expected is None else pytest.approx(expected, rel=1e-8, abs=1e-12)
            assert getattr(a, name) == close, name


@settings(max_examples=25, deadline=None)
@given(samples(), st.integers(0, 2**32 - 1), st.sampled_from([0.001, 8.0, 1e6]))
def test_order_scale_and_splitting_do_not_matter(data: dict, seed: int, factor: float) -> None:
    whole = figures(sample_cube(data))
    order = np.random.default_rng(seed).permutation(data["psu"].size)
    assert_same(whole, figures(sample_cube({k: v[order] for k, v in data.items()})))
    assert_same(whole, figures(sample_cube(data, factor)))
    parts = [sample_cube({k: v[data["psu"] % 2 == p] for k, v in data.items()}) for p in (0, 1)]
    assert_same(whole, figures(combine(parts, same_units=True)))
