"""What must hold for any fitted weights, and what is refused with a sentence."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.statistics import (
    Bounds,
    Csi,
    Cube,
    Distance,
    Estimates,
    Fitting,
    Margin,
    MissingValue,
    build_cube,
    calibrate,
    calibrated_weights,
    change,
    combine,
    contrasts,
    csi,
    effective_n,
    mean,
    nps,
    shares,
)
from okienko.engines.statistics.storage import Fingerprint, cube_table, read_cube
from okienko.engines.statistics.tables import DenseTable, RowTable
from tests.engines.statistics.weighting_samples import AGE, MARGINS, cube, design, sample


def everything(of: Cube) -> list[Estimates]:
    return [
        mean(of, "q1"),
        mean(of, "q2", by=("office", "age")),
        shares(of, "q1", by="office"),
        nps(of, "r", by="age"),
        csi(of, Csi(("q1", "q2"), 1, 5, importance=("q2", "q1")), by="sex"),
        change(of, "q1", (1, 2), by="office"),
    ]


def assert_same(
    one: list[Estimates], other: list[Estimates], figures: tuple[str, ...] = ("estimate", "se", "df", "n")
) -> None:
    for a, b in zip(one, other, strict=True):
        assert (a.item, a.value, a.by, a.note) == (b.item, b.value, b.by, b.note)
        for figure in figures:
            np.testing.assert_allclose(getattr(a, figure), getattr(b, figure), rtol=1e-9, atol=1e-9)


def select(data: dict[str, np.ndarray], rows: np.ndarray) -> dict[str, np.ndarray]:
    return {name: column[rows] for name, column in data.items()}


seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=30, deadline=None)
@given(seeds, st.sampled_from(list(Distance)), st.sampled_from([10, 60]))
def test_weights_meet_every_margin_and_stay_within_bounds(seed: int, distance: Distance, psus: int) -> None:
    data = sample(seed, psus)
    fitting = Fitting(distance, Bounds(ratio=(0.2, 6)))
    found = calibrated_weights(data, data["weight"], MARGINS, fitting)
    total = found.weight.sum()
    assert total == pytest.approx(data["weight"].sum(), rel=1e-10)
    for margin in MARGINS:
        for category, share in margin.population.items():
            inside = data[margin.names[0]] == category
            assert found.weight[inside].sum() / total == pytest.approx(share, rel=1e-9)
    ratio = found.weight / data["weight"]
    assert ratio.min() >= 0.2 - 1e-9
    assert ratio.max() <= 6 + 1e-9
    (fit,) = found.diagnostics
    assert (fit.ratio_lower, fit.ratio_upper) == pytest.approx((ratio.min(), ratio.max()), rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(seeds, st.sampled_from([0.001, 7.3, 1e6]), st.sampled_from([(0.2, 6.0), None]))
def test_the_unit_of_base_weights_does_not_matter(seed: int, factor: float, ratio: tuple | None) -> None:
    data = sample(seed)
    fitting = Fitting(bounds=Bounds(ratio=ratio))
    one = calibrate(cube(data), MARGINS, fitting)
    other = calibrate(cube(data, factor * data["weight"]), MARGINS, fitting)
    assert_same(everything(one.cube), everything(other.cube))
    assert one.diagnostics[0].ratio_upper == pytest.approx(other.diagnostics[0].ratio_upper, rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_rows_margins_and_categories_does_not_matter(seed: int, random: object) -> None:
    data = sample(seed)
    order = np.array(random.sample(range(data["psu"].size), data["psu"].size))
    turned = [replace(m, population=dict(reversed(m.population.items()))) for m in reversed(MARGINS)]
    one, other = calibrate(cube(data), MARGINS), calibrate(cube(select(data, order)), turned)
    assert_same(everything(one.cube), everything(other.cube))


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_raking_one_margin_is_post_stratification(seed: int) -> None:
    data = sample(seed)
    found = calibrated_weights(data, data["weight"], AGE)
    sums = {a: data["weight"][data["age"] == a].sum() for a in (0, 1, 2)}
    by_hand = np.array([AGE[0].population[a] / sums[a] for a in data["age"].tolist()]) * data["weight"]
    np.testing.assert_allclose(found.weight, by_hand, rtol=1e-12)
    (whole,) = mean(calibrate(cube(data), AGE).cube, "q1")
    ok = data["q1"] > 0
    assert whole.estimate == pytest.approx(np.average(data["q1"][ok], weights=by_hand[ok]), rel=1e-12)


@settings(max_examples=20, deadline=None)
@given(seeds, st.sampled_from([(0.2, 6.0), None]))
def test_fitting_again_changes_nothing(seed: int, ratio: tuple | None) -> None:
    fitting = Fitting(bounds=Bounds(ratio=ratio))
    once = calibrate(cube(sample(seed)), MARGINS, fitting)
    twice = calibrate(once.cube, MARGINS, fitting)
    assert_same(everything(once.cube), everything(twice.cube))
    assert twice.diagnostics[0].ratio_upper == pytest.approx(once.diagnostics[0].ratio_upper, rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_fitting_to_other_margins_starts_from_base_weights(seed: int) -> None:
    raw = cube(sample(seed))
    straight = calibrate(raw, MARGINS)
    roundabout = calibrate(calibrate(raw, AGE).cube, MARGINS)
    assert_same(everything(straight.cube), everything(roundabout.cube))


@settings(max_examples=20, deadline=None)
@given(seeds, st.sampled_from([10, 60]))
def test_a_reweighted_cube_is_the_cube_of_the_reweighted_rows(seed: int, psus: int) -> None:
    """Days and offices put together, then weighted: the sums are those of the rows with the new weights."""
    data = sample(seed, psus)
    part = data["psu"] % 3
    days = [cube(select(data, part == p)) for p in range(3)]
    found = calibrate(combine(days, same_units=True), MARGINS)
    rows = calibrated_weights(data, data["weight"], MARGINS)
    again = [cube(select(data, part == p), rows.weight[part == p]) for p in range(3)]
    expected = combine(again, same_units=True)
    for name, table in expected.tables.items():
        ours = found.cube.tables[name]
        size = table.categories.values.size
        for k in range(size):
            vector = np.eye(size)[k]
            np.testing.assert_allclose(ours.weighted(vector), table.weighted(vector), rtol=1e-12)
            np.testing.assert_array_equal(ours.counted(vector > 0), table.counted(vector > 0))
            np.testing.assert_allclose(ours.squared(vector > 0), table.squared(vector > 0), rtol=1e-12)
    for ours, theirs in zip(everything(found.cube), everything(expected), strict=True):
        # Errors differ, for those rows know nothing of the fit; with them the choice of an interval.
        for figure in ("estimate", "n", "df"):
            np.testing.assert_allclose(getattr(ours, figure), getattr(theirs, figure), rtol=1e-9)
    assert effective_n(found.cube, "q1")[0][1] == pytest.approx(effective_n(expected, "q1")[0][1], rel=1e-12)


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_a_stored_cube_is_weighted_when_it_is_read(seed: int) -> None:
    raw = cube(sample(seed, psus=6, rows=1500), by=("office",))
    stored = cube_table(raw, Fingerprint(raw.rows))
    again = calibrate(read_cube(stored).cube, MARGINS)
    fresh = calibrate(raw, MARGINS)
    assert_same([mean(fresh.cube, "q1", by="office")], [mean(again.cube, "q1", by="office")])
    assert again.diagnostics[0].effective_after == pytest.approx(fresh.diagnostics[0].effective_after)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_dense_tables_and_rows_say_the_same(seed: int) -> None:
    """The same sample as a cube of sums, and as one in which further dimensions leave a row to a cell."""
    data = sample(seed, psus=6, rows=1500)
    data["number"] = np.arange(data["psu"].size)
    dense = calibrate(cube(data, by=("office",)), MARGINS).cube
    rows = calibrate(cube(data, by=("office", "number")), MARGINS).cube
    assert isinstance(dense.table("q1"), DenseTable)
    assert isinstance(rows.table("q1"), RowTable)
    for by in (None, "office", ("office", "age")):
        assert_same([mean(dense, "q1", by=by)], [mean(rows, "q1", by=by)])
    (one,) = contrasts(dense, "q1", "office")
    (other,) = contrasts(rows, "q1", "office")
    assert one.difference.se == pytest.approx(other.difference.se, rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_a_figure_that_the_margins_fix_has_no_error(seed: int) -> None:
    data = sample(seed)
    data["age_item"] = data["age"]
    of = build_cube(data, ["age_item"], design(data), weighting=["age", "sex"])
    (found,) = mean(calibrate(of, MARGINS).cube, "age_item")
    assert found.estimate == pytest.approx(0.3 + 2 * 0.2, rel=1e-9)
    assert found.se == pytest.approx(0, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_a_subset_of_a_weighted_cube_is_a_domain_of_it(seed: int) -> None:
    of = calibrate(cube(sample(seed)), MARGINS).cube
    whole = mean(of, "q1", by="office").only(office=0)
    part = mean(of.subset(office=0), "q1").only()
    assert (part.estimate, part.df) == (whole.estimate, whole.df)
    assert part.se == pytest.approx(whole.se, rel=1e-9)


def test_an_office_without_margins_keeps_its_base_weights_and_errors() -> None:
    data = sample(7)
    raw = cube(data)
    found = calibrate(raw, {0: MARGINS}, within="office")
    assert [fit.within for fit in found.diagnostics] == [0]
    plain, fitted = mean(raw, "q1", by="office"), mean(found.cube, "q1", by="office")
    assert fitted.only(office=1) == plain.only(office=1)
    assert fitted.only(office=0).se != plain.only(office=0).se
    apart = [calibrate(raw.subset(office=0), MARGINS).cube, raw.subset(office=1)]
    joined = mean(combine(apart, same_units=True), "q1", by="office")
    for office in (0, 1):
        assert joined.only(office=office).se == pytest.approx(fitted.only(office=office).se, rel=1e-9)


def test_people_set_apart_keep_the_share_the_answers_give_them() -> None:
    data = sample(3)
    data["age"] = np.where(np.arange(data["age"].size) % 11 == 0, -1, data["age"]).astype(float)
    data["age"][data["age"] < 0] = np.nan
    margins = [replace(MARGINS[0], missing=MissingValue.APART), MARGINS[1]]
    found = calibrated_weights(data, data["weight"], margins)
    known = ~np.isnan(data["age"])
    for category, share in MARGINS[0].population.items():
        part = found.weight[data["age"] == category].sum() / found.weight[known].sum()
        assert part == pytest.approx(share, rel=1e-9)
    assert found.weight[data["sex"] == "f"].sum() / found.weight.sum() == pytest.approx(0.55, rel=1e-9)
    unknown = [c for c in found.diagnostics[0].categories if c.category is None]
    assert [(c.margin, c.n, c.population) for c in unknown] == [("age", int((~known).sum()), None)]


def test_the_diagnosis_counts_what_was_trimmed_and_what_it_cost() -> None:
    data = sample(11)
    ones = np.ones(data["psu"].size)
    free = calibrated_weights(data, ones, MARGINS)
    ceiling = 0.97 * free.diagnostics[0].weight_upper
    tight = Fitting(bounds=Bounds(weight=(0.1, ceiling)))
    (fit,) = calibrated_weights(data, ones, MARGINS, tight).diagnostics
    assert (fit.trimmed > 0, fit.weight_upper) == (True, pytest.approx(ceiling, rel=1e-9))
    assert free.diagnostics[0].trimmed == 0
    assert fit.largest_miss < 1e-9
    assert fit.effective_before == pytest.approx(ones.size)
    weight = free.weight
    kish = weight.sum() ** 2 / (weight**2).sum()
    assert free.diagnostics[0].effective_after == pytest.approx(kish, rel=1e-9)
    assert free.diagnostics[0].deff == pytest.approx(ones.size / kish, rel=1e-9)
    row = next(c for c in fit.categories if (c.margin, c.category) == ("age", (0,)))
    assert (row.n, row.before) == (int((data["age"] == 0).sum()), pytest.approx((data["age"] == 0).mean()))
    assert (row.after, row.population) == (pytest.approx(0.5), pytest.approx(0.5))


def test_an_answer_outside_of_the_margin_is_taken_by_nobody_left_of_it() -> None:
    """A label that a subset leaves without respondents needs no population."""
    data = sample(5)
    part = cube(data).subset(age=[0, 1])
    (fit,) = calibrate(part, [Margin("age", {0: 1.0, 1: 1.0})]).diagnostics
    assert fit.n == int((data["age"] < 2).sum())


def test_many_domains_are_counted_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    of = calibrate(cube(sample(9)), MARGINS).cube
    at_once = mean(of, "q1", by=("office", "age", "sex", "wave"))
    monkeypatch.setattr("okienko.engines.statistics.weighting.remaining._VALUES_AT_ONCE", 200)
    fresh = replace(of, frames={})
    assert_same([at_once], [mean(fresh, "q1", by=("office", "age", "sex", "wave"))])
