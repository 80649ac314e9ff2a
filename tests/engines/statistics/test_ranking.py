"""Places as ranges, and groups of offices that cannot be told apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.statistics import (
    Design,
    Estimate,
    PairMethod,
    SampleKind,
    Samples,
    StatisticsError,
    alike,
    build_cube,
    contrasts,
    mean,
    rank,
    told_apart,
)
from okienko.engines.statistics.student import t_quantile
from tests.engines.statistics.reference_data import cases, columns, cube_of

METHODS = [m.value for m in PairMethod]


def figure(name: str, value: float | None, se: float | None = 0.1, df: float = 40.0) -> Estimate:
    if value is None or se is None:
        return Estimate("q", "mean", None, {"office": name}, 9, value, note="not_probability_sample")
    return Estimate("q", "mean", None, {"office": name}, 50, value, se, value - 2 * se, value + 2 * se, df)


def samples(value: list[float], se: float = 0.1, df: float = 40.0) -> Samples:
    size = len(value)
    return Samples(np.array(value, float), np.full(size, se), np.full(size, df))


@st.composite
def many(draw: st.DrawFn) -> Samples:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = draw(st.integers(2, 14))
    return Samples(random.normal(0, 0.4, size), random.uniform(0.05, 0.3, size), random.uniform(3, 60, size))


def test_pairs_told_apart_are_those_of_the_contrasts() -> None:
    """School types are strata of their own in apistrat, as offices are."""
    cube = cube_of(next(c for c in cases() if c["name"] == "apistrat by school type"), ("stype",))
    found = rank(mean(cube, "api00", by="stype"))
    place = {row.own.by["stype"]: i for i, row in enumerate(found.offices)}
    tested = contrasts(cube, "api00", "stype")
    assert {c.p_holm < 0.05 for c in tested} == {True, False}
    for c in tested:
        expected = np.sign(c.difference.estimate) if c.p_holm < 0.05 else 0
        assert found.signs[place[c.first], place[c.second]] == expected


def test_places_leave_room_for_those_that_are_surely_higher_or_lower() -> None:
    found = rank([figure("low", 1), figure("a", 4), figure("top", 9), figure("b", 4.05)])
    ranges = {row.own.by["office"]: (row.place, row.best, row.worst) for row in found.offices}
    assert ranges == {"top": (1, 1, 1), "b": (2, 2, 3), "a": (3, 2, 3), "low": (4, 4, 4)}
    assert [row.own.by["office"] for row in found.offices] == ["top", "b", "a", "low"]
    assert found.groups == ((0,), (1, 2), (3,))
    assert [row.groups for row in found.offices] == [(1,), (2,), (2,), (3,)]


def test_equal_figures_share_a_place() -> None:
    found = rank([figure("a", 4), figure("b", 4), figure("c", 3.9)])
    assert [row.place for row in found.offices] == [1, 1, 3]


def test_offices_without_an_interval_have_no_place() -> None:
    alike_answers = Estimate("q", "mean", None, {}, 9, 5.0, se=0.0, df=8.0, note="no_variance")
    loose, hidden = figure("loose", 4.9, None), figure("hidden", None)
    found = rank([loose, figure("a", 4), hidden, figure("b", 3), alike_answers])
    assert [row.own.by["office"] for row in found.offices] == ["a", "b"]
    assert found.unranked == (loose, hidden, alike_answers)
    assert rank([loose]).offices == ()
    assert rank([]).groups == ()


def test_a_sample_that_is_no_probability_sample_is_never_ranked() -> None:
    data = columns("synthetic")
    cube = build_cube(data, ["q2"], Design(kind=SampleKind.NON_PROBABILITY), by=["office"])
    found = rank(mean(cube, "q2", by="office"))
    assert (found.offices, len(found.unranked)) == ((), 8)


def test_an_office_alone_is_first_and_last() -> None:
    (only,) = rank([figure("a", 4)]).offices
    assert (only.place, only.best, only.worst, only.groups) == (1, 1, 1, (1,))


def test_offices_counted_in_full_are_in_the_order_of_their_figures() -> None:
    exact = [Estimate("q", "mean", None, {}, 9, v, 0.0, v, v, 8.0) for v in (3.0, 4.0, 4.0, 5.0)]
    for method in METHODS:
        found = rank(exact, method=method, seed=1, draws=200)
        assert [(r.best, r.worst) for r in found.offices] == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_joint_intervals_differ_where_they_do_not_meet() -> None:
    """Klein, Wright and Wieczorek: with K offices each interval has the confidence 0.95^(1/K)."""
    reach = 2 * float(t_quantile(np.array(40.0), 0.95 ** (1 / 3))) * 0.1
    apart, close = reach + 1e-6, reach - 1e-6
    assert told_apart(samples([0, apart, 9]), "intervals")[0, 1] == -1
    assert told_apart(samples([0, close, 9]), "intervals")[0, 1] == 0


def test_simulated_places_repeat_with_their_seed_and_agree_with_a_t_test_of_two() -> None:
    three = samples([0, 0.24, 0.33])
    assert (told_apart(three, "simulated", seed=4) == told_apart(three, "simulated", seed=4)).all()
    # Two offices: the limit is a quantile of |t|; the t test has df 79, its limit lies near 1.99·√2·se.
    limit = float(t_quantile(np.array(79.0), 0.95)) * 0.1 * 2**0.5
    assert told_apart(samples([0, 1.05 * limit]), "simulated", seed=1)[1, 0] == 1
    assert told_apart(samples([0, 0.95 * limit]), "simulated", seed=1)[1, 0] == 0


def test_few_degrees_of_freedom_make_simulated_places_more_careful() -> None:
    many_days, few_days = samples([0, 0.36, 0.72]), samples([0, 0.36, 0.72], df=3)
    assert np.abs(told_apart(many_days, "simulated", seed=2)).sum() == 6
    assert np.abs(told_apart(few_days, "simulated", seed=2)).sum() < 6


@pytest.mark.parametrize("method", METHODS)
def test_offices_that_are_equal_are_seldom_told_apart(method: str) -> None:
    """The chance of even one wrong "is higher" among all pairs stays below 5%."""
    random = np.random.default_rng(21)
    wrong = 0
    for seed in range(300):
        df = 30.0
        value = random.normal(0, 0.1, 6)
        se = 0.1 * np.sqrt(random.chisquare(df, 6) / df)
        of = Samples(value, se, np.full(6, df))
        wrong += bool(told_apart(of, method, seed=seed, draws=500).any())
    assert wrong / 300 < 0.075


@settings(max_examples=40, deadline=None)
@given(many(), st.sampled_from(METHODS))
def test_signs_follow_the_figures_and_mirror_each_other(of: Samples, method: str) -> None:
    signs = told_apart(of, method, seed=3, draws=300)
    assert (signs == -signs.T).all()
    difference = np.sign(of.value[:, None] - of.value[None, :])
    assert ((signs == 0) | (signs == difference)).all()


@settings(max_examples=40, deadline=None)
@given(many(), st.randoms(use_true_random=False))
def test_the_order_of_the_offices_does_not_matter(of: Samples, random) -> None:
    order = list(range(of.value.size))
    random.shuffle(order)
    shuffled = Samples(of.value[order], of.se[order], of.df[order])
    assert (told_apart(shuffled) == told_apart(of)[np.ix_(order, order)]).all()


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.floats(0, 1))
def test_two_offices_share_a_group_exactly_when_they_do_not_differ(
    seed: int, size: int, density: float
) -> None:
    random = np.random.default_rng(seed)
    signs = np.triu(random.random((size, size)) < density, 1).astype(int)
    signs = signs - signs.T
    groups = [set(g) for g in alike(signs)]
    for i in range(size):
        for j in range(size):
            together = any({i, j} <= g for g in groups)
            assert together == (signs[i, j] == 0)
    assert not any(a < b for a in groups for b in groups)
    assert len({frozenset(g) for g in groups}) == len(groups)


def test_being_alike_does_not_carry_over() -> None:
    found = rank([figure("a", 4.0), figure("b", 4.25), figure("c", 4.5)])
    assert found.groups == ((0, 1), (1, 2))
    assert found.offices[1].groups == (1, 2)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"method": "dice"}, "unknown_method"),
        ({"method": "simulated"}, "no_seed"),
        ({"confidence": 95}, "bad_confidence"),
    ],
)
def test_what_cannot_be_ranked_is_refused_by_name(how: dict, code: str) -> None:
    with pytest.raises(StatisticsError) as refused:
        told_apart(samples([1, 2]), **how)
    assert refused.value.code == code
