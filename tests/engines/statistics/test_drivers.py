"""Key drivers against R: both divisions of R², the design jackknife, the index with derived weights."""

import json
from functools import cache
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.statistics import (
    Csi,
    DerivedCsi,
    Design,
    ItemSpec,
    LonelyPsu,
    Moments,
    SampleKind,
    StatisticsError,
    build_cube,
    build_moments,
    combine_moments,
    csi,
    derived_csi,
    drivers,
    relative_weights,
    shapley,
)
from okienko.engines.statistics.drivers.correlating import consistent
from tests.engines.statistics.reference_data import FOLDER, columns

PUBLISHED_LMG = {
    "Agriculture": 0.05709,
    "Examination": 0.17117,
    "Education": 0.26013,
    "Catholic": 0.10557,
    "Infant.Mortality": 0.11277,
}
"""Of Fertility in `swiss`: Grömping (2006), Journal of Statistical Software 17(1)."""


@cache
def references() -> dict:
    return json.loads((FOLDER / "drivers.json").read_text(encoding="utf-8"))


def matrix(*rows: list[float]) -> np.ndarray:
    return np.array(rows, float)


@cache
def moments_of(data: str, design: str, by: tuple[str, ...] = ()) -> Moments:
    """The survey behind the references, by one of the designs of the script."""
    found = columns(data)
    rule = LonelyPsu(design) if design in set(LonelyPsu) else LonelyPsu.FAIL
    laid = Design(
        weight=found["weight"],
        stratum=found["stratum"],
        psu=found["psu"],
        fpc=found["nh"] if design == "finite" else None,
        lonely_psu=rule,
    )
    items = [*references()["items"], references()["outcome"]]
    return build_moments(found, [ItemSpec(i, (1, 2, 3, 4, 5)) for i in items], laid, by=by)


@pytest.mark.parametrize("method", ["johnson", "shapley"])
@pytest.mark.parametrize("name", ["swiss", "mtcars"])
def test_divisions_of_r_squared_agree_with_r(name: str, method: str) -> None:
    case = references()["whole"][name]
    moments = build_moments(columns(name), [*case["items"], case["outcome"]])
    (analysis,) = drivers(moments, case["outcome"], case["items"], method=method)
    assert [d.weight for d in analysis.drivers] == pytest.approx(case[method], rel=1e-9)
    assert sum(d.weight for d in analysis.drivers) == pytest.approx(analysis.r_squared, rel=1e-12)
    assert not analysis.clipped


def test_shapley_agrees_with_the_published_values() -> None:
    moments = build_moments(columns("swiss"), ["Fertility", *PUBLISHED_LMG])
    (analysis,) = drivers(moments, "Fertility", list(PUBLISHED_LMG), method="shapley")
    assert {d.item: round(d.weight, 5) for d in analysis.drivers} == PUBLISHED_LMG


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in references()["jackknife"]])
def test_the_jackknife_agrees_with_replicates_of_r(case: dict) -> None:
    by = case["by"] or {}
    moments = moments_of(case["data"], case["design"], tuple(by))
    found = drivers(
        moments, references()["outcome"], references()["items"], by=list(by), method=case["method"]
    )
    analysis = next(a for a in found if a.by == by)
    ours = [d.weight for d in analysis.drivers], [d.share for d in analysis.drivers], [analysis.r_squared]
    errors = (
        [d.weight_se for d in analysis.drivers],
        [d.se for d in analysis.drivers],
        [analysis.se],
    )
    assert list(chain(*ours)) == pytest.approx(case["figures"]["estimate"], rel=1e-9)
    assert list(chain(*errors)) == pytest.approx(case["figures"]["se"], rel=1e-9)
    assert analysis.note is None


@pytest.mark.parametrize("own", [True, False])
def test_the_index_with_derived_weights_agrees_with_replicates_of_r(own: bool) -> None:
    moments = moments_of("synthetic", "finite", ("office",))
    measure = DerivedCsi(references()["outcome"], tuple(references()["items"]), 1, 5, own_weights=own)
    found = {d.index.by["office"]: d for d in derived_csi(moments, measure, by="office")}
    cases = [c for c in references()["indices"] if c["own"] == own]
    assert len(cases) == 3
    for case in cases:
        ours = found[case["office"]].index
        assert (ours.estimate, ours.se) == pytest.approx(
            (case["figures"]["estimate"], case["figures"]["se"]), rel=1e-9
        )
        assert ours.lower < ours.estimate < ours.upper
        assert sum(found[case["office"]].weights) == pytest.approx(1)
    weights = {d.weights for d in found.values() if d.weights}
    assert (len(weights) == 1) is not own


def test_derived_weights_make_the_interval_wider_than_fixed_ones_would() -> None:
    """The statement that the weights' own error is in: with fixed weights the replicates move less."""
    found = columns("synthetic")
    items = references()["items"]
    laid = Design(weight=found["weight"], stratum=found["stratum"], psu=found["psu"])
    measure = DerivedCsi(references()["outcome"], tuple(items), 1, 5)
    (derived,) = derived_csi(moments_of("synthetic", "plain"), measure)
    (fixed,) = csi(build_cube(found, items, laid), Csi(tuple(items), 1, 5, weights=derived.weights))
    assert fixed.estimate == pytest.approx(derived.index.estimate, rel=1e-12)
    assert derived.index.se > 1.05 * fixed.se


def test_an_outcome_that_never_varies_has_no_derived_index() -> None:
    data = {"y": np.full(9, 4), "x": np.arange(9) % 5 + 1}
    (found,) = derived_csi(build_moments(data, ["y", "x"]), DerivedCsi("y", ("x",), 1, 5))
    assert (found.index.estimate, found.index.note, found.weights) == (None, "no_variance", ())


def test_a_driver_without_variance_is_left_out_and_named() -> None:
    random = np.random.default_rng(5)
    x = random.integers(1, 6, 100)
    data = {"y": np.clip(x + random.integers(-1, 2, 100), 1, 5), "x": x, "same": np.full(100, 4)}
    (analysis,) = drivers(build_moments(data, ["y", "x", "same"]), "y", ["x", "same"])
    strong, flat = analysis.drivers
    assert strong.share == pytest.approx(1.0)
    assert (flat.note, flat.weight) == ("no_variance", None)
    assert analysis.r_squared == pytest.approx(np.corrcoef(data["x"], data["y"])[0, 1] ** 2)
    (none,) = drivers(build_moments({"y": data["same"], "x": x}, ["y", "x"]), "y", ["x"])
    assert (none.note, none.r_squared) == ("no_variance", None)


@pytest.mark.parametrize("divide", [relative_weights, shapley])
def test_correlations_that_contradict_each_other_are_made_possible(divide) -> None:
    impossible = matrix([1, 0.9, -0.9, 0.3], [0.9, 1, 0.9, 0.3], [-0.9, 0.9, 1, 0.3], [0.3, 0.3, 0.3, 1])
    mended, clipped = consistent(impossible)
    assert clipped
    assert np.linalg.eigvalsh(mended).min() > -1e-12
    assert np.diagonal(mended) == pytest.approx(np.ones(4))
    assert 0 < divide(mended).sum() <= 1 + 1e-12


def test_clipping_is_said_beside_the_figures() -> None:
    """Each pair of drivers has respondents of its own, and the three correlations cannot all hold."""
    up, down = [1, 2, 4, 5] * 3, [5, 4, 2, 1] * 3
    none = [-1] * 12
    data = {"a": up + up + none, "b": up + none + up, "c": none + down + up, "y": up + down + up}
    data = {name: np.array(values) for name, values in data.items()}
    (analysis,) = drivers(build_moments(data, list(data)), "y", ["a", "b", "c"])
    assert analysis.clipped
    assert 0 < analysis.r_squared <= 1 + 1e-12


def test_an_outcome_that_the_drivers_overexplain_is_clipped_too() -> None:
    """Possible among the drivers, impossible with the outcome: R² would be 1.62."""
    impossible = matrix([1, 0, 0.9], [0, 1, 0.9], [0.9, 0.9, 1])
    mended, clipped = consistent(impossible)
    assert clipped
    assert shapley(mended).sum() == pytest.approx(relative_weights(mended).sum())
    assert shapley(mended).sum() <= 1 + 1e-12


def test_two_drivers_share_by_the_published_formula() -> None:
    """Two predictors: both divisions are the average over both orders of entry (Budescu's dominance)."""
    r, a, b = 0.4, 0.5, 0.3
    whole = matrix([1, r, a], [r, 1, b], [a, b, 1])
    r_squared = (a * a + b * b - 2 * r * a * b) / (1 - r * r)
    expected = [(a * a + r_squared - b * b) / 2, (b * b + r_squared - a * a) / 2]
    assert relative_weights(whole) == pytest.approx(expected)
    assert shapley(whole) == pytest.approx(expected)


@pytest.mark.parametrize("divide", [relative_weights, shapley])
def test_drivers_that_repeat_each_other_share_equally(divide) -> None:
    twice = matrix([1, 1, 0.2, 0.5], [1, 1, 0.2, 0.5], [0.2, 0.2, 1, 0.4], [0.5, 0.5, 0.4, 1])
    first, second, other = divide(twice)
    assert first == pytest.approx(second)
    once = (0.25 + 0.16 - 2 * 0.2 * 0.5 * 0.4) / (1 - 0.04)
    assert first + second + other == pytest.approx(once)


def test_shapley_refuses_more_drivers_than_it_can_count() -> None:
    assert shapley(np.eye(16)).tolist() == [0.0] * 15
    with pytest.raises(StatisticsError, match="Johnson") as refused:
        shapley(np.eye(17))
    assert refused.value.code == "too_many_drivers"


def test_many_psus_of_one_stratum_are_left_out_in_groups() -> None:
    """Delete-a-group: unequal groups, each replicate weighted up by the PSUs it lost."""
    random = np.random.default_rng(8)
    psu = np.repeat(np.arange(61), 5)
    x = random.integers(1, 6, psu.size)
    data = {"y": np.clip(x + random.integers(-1, 2, psu.size), 1, 5), "x": x}
    moments = build_moments(data, ["y", "x"], Design(psu=psu))
    assert moments.groups.psus.tolist() == [2.0] + [1.0] * 59
    (analysis,) = drivers(moments, "y", ["x"])
    replicates, scale = [], []
    for group in range(60):
        keep = psu % 60 != group
        replicates.append(np.corrcoef(data["x"][keep], data["y"][keep])[0, 1] ** 2)
        scale.append((61 - (2 if group == 0 else 1)) / 61)
    away = np.array(replicates) - np.mean(replicates)
    assert analysis.se == pytest.approx(np.sqrt(np.array(scale) @ away**2))
    assert analysis.df == 59


def test_no_interval_where_the_sample_gives_none() -> None:
    found = columns("lonely")
    items = ["q1", "q2", "q3"]
    (loose,) = drivers(
        build_moments(found, items, Design(kind=SampleKind.NON_PROBABILITY)), "q3", ["q1", "q2"]
    )
    assert (loose.note, loose.df, loose.drivers[0].se) == ("not_probability_sample", None, None)
    assert loose.drivers[0].share > 0
    (alone,) = drivers(moments_of("lonely", "fail"), "q3", ["q1", "q2"])
    assert (alone.note, alone.drivers[0].se) == ("lonely_psu", None)
    one_day = build_moments(found, items, Design(psu=np.ones(len(found["q1"]))))
    one = drivers(one_day, "q3", ["q1", "q2"])[0]
    assert one.note == "lonely_psu"


def test_a_figure_that_hangs_on_one_psu_has_no_error() -> None:
    data = {"y": np.array([3] * 8 + [1, 5, 2, 4]), "x": np.array([1, 2, 4, 5] * 2 + [1, 5, 2, 4])}
    moments = build_moments(data, ["y", "x"], Design(psu=np.repeat([1, 2, 3], 4)))
    (analysis,) = drivers(moments, "y", ["x"])
    assert (analysis.note, analysis.drivers[0].se) == ("unstable_without_a_psu", None)
    assert analysis.drivers[0].share == 1.0


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"method": "lasso"}, "bad_method"),
        ({"confidence": 95}, "bad_confidence"),
        ({"by": "office"}, "no_such_dimension"),
    ],
)
def test_what_cannot_be_divided_is_refused_by_name(how: dict, code: str) -> None:
    with pytest.raises(StatisticsError) as refused:
        drivers(moments_of("synthetic", "plain"), "q3", ["q1", "q2"], **how)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("measure", "code"),
    [
        (DerivedCsi("q3", ("q1",), 5, 1), "bad_scale"),
        (DerivedCsi("q3", ("q1",), 1, 3), "outside_scale"),
        (DerivedCsi("q3", ("q3",), 1, 5), "bad_drivers"),
        (DerivedCsi("q3", ("q1",), 1, 5, "lasso"), "bad_method"),
    ],
)
def test_an_index_that_cannot_be_is_refused_by_name(measure: DerivedCsi, code: str) -> None:
    with pytest.raises(StatisticsError) as refused:
        derived_csi(moments_of("synthetic", "plain"), measure)
    assert refused.value.code == code


@st.composite
def surveys(draw: st.DrawFn) -> dict[str, np.ndarray]:
    """Answers with gaps, in two strata of PSUs."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    psu = np.concatenate([np.arange(8), random.integers(0, 8, draw(st.integers(60, 200)))])
    mood = random.normal(0, 1, psu.size)

    def scale() -> np.ndarray:
        answer = np.clip(np.round(3.2 + mood + random.normal(0, 1, psu.size)), 1, 5).astype(int)
        return np.where(random.random(psu.size) < 0.15, -1, answer)

    data = {name: scale() for name in ("y", "a", "b", "c")}
    return data | {"psu": psu, "stratum": psu % 2, "weight": random.lognormal(0, 0.5, psu.size)}


def moments_from(data: dict[str, np.ndarray], factor: float = 1.0) -> Moments:
    laid = Design(weight=factor * data["weight"], stratum=data["stratum"], psu=data["psu"])
    return build_moments(data, ["y", "a", "b", "c"], laid)


def figures(moments: Moments, method: str) -> list[float]:
    (found,) = drivers(moments, "y", ["a", "b", "c"], method=method)
    assert found.r_squared is not None
    parts = [(d.weight, d.share, d.se, d.lower, d.upper) for d in found.drivers]
    return [found.r_squared, found.df, *(f for part in parts for f in part)]


@settings(max_examples=30, deadline=None)
@given(surveys(), st.sampled_from(["johnson", "shapley"]))
def test_weights_add_up_to_r_squared_and_their_order_does_not_matter(data: dict, method: str) -> None:
    moments = moments_from(data)
    (forth,) = drivers(moments, "y", ["a", "b", "c"], method=method)
    (back,) = drivers(moments, "y", ["c", "b", "a"], method=method)
    assert sum(d.weight for d in forth.drivers) == pytest.approx(forth.r_squared, rel=1e-9)
    assert sum(d.share for d in forth.drivers) == pytest.approx(1)
    assert 0 <= forth.r_squared <= 1 + 1e-9
    assert [d.weight for d in back.drivers[::-1]] == pytest.approx(
        [d.weight for d in forth.drivers], abs=1e-9
    )


@settings(max_examples=20, deadline=None)
@given(surveys(), st.randoms(use_true_random=False), st.floats(0.01, 100))
def test_rows_in_another_order_and_weights_on_another_scale_change_nothing(
    data, random, factor: float
) -> None:
    order = list(range(len(data["y"])))
    random.shuffle(order)
    shuffled = {name: column[order] for name, column in data.items()}
    for method in ("johnson", "shapley"):
        expected = pytest.approx(figures(moments_from(data), method), rel=1e-7, abs=1e-9)
        assert figures(moments_from(shuffled), method) == expected
        assert figures(moments_from(data, factor), method) == expected


@settings(max_examples=20, deadline=None)
@given(surveys())
def test_moments_of_parts_add_up_to_the_whole(data: dict) -> None:
    whole = figures(moments_from(data), "johnson")
    for split in (data["psu"] < 4, np.arange(len(data["y"])) % 2 == 0):
        parts = [{n: c[side] for n, c in data.items()} for side in (split, ~split)]
        together = combine_moments([moments_from(part) for part in parts], same_units=True)
        assert figures(together, "johnson") == pytest.approx(whole, rel=1e-6, abs=1e-9)


def test_offices_of_designs_of_their_own_combine() -> None:
    random = np.random.default_rng(9)
    parts = []
    for size in (40, 50):
        x = random.integers(1, 6, size)
        data = {
            "y": np.clip(x + random.integers(-1, 2, size), 1, 5),
            "x": x,
            "z": random.integers(1, 6, size),
        }
        parts.append(build_moments(data, list(data), Design(psu=np.arange(size) // 10)))
    both = combine_moments(parts, dimension="office", labels=("A", "B"))
    assert both.groups.stratum.tolist() == [0] * 4 + [1] * 5
    joint = drivers(both, "y", ["x", "z"], by="office")
    for part, found in zip(parts, joint, strict=True):
        (alone,) = drivers(part, "y", ["x", "z"])
        assert [d.share for d in found.drivers] == pytest.approx([d.share for d in alone.drivers])
        assert found.df == alone.df


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (lambda part: [], "no_rows"),
        (lambda part: [part(Design()), part(Design(kind=SampleKind.NON_PROBABILITY))], "kinds_differ"),
        (lambda part: [part(Design())] * 2, "units_without_names"),
        (lambda part: [part(Design(psu=np.arange(80)))] * 2, "units_without_names"),
        (
            lambda part: [part(Design(psu=np.arange(80) // 20, fpc=np.full(80, n))) for n in (6, 7)],
            "fpc_varies",
        ),
    ],
)
def test_moments_that_do_not_fit_together_are_refused_by_name(parts, code: str) -> None:
    data = {"y": np.arange(80) % 5 + 1, "x": np.arange(80) % 3 + 1}
    with pytest.raises(StatisticsError) as refused:
        combine_moments(parts(lambda design: build_moments(data, ["y", "x"], design)), same_units=True)
    assert refused.value.code == code
