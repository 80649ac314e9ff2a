"""What must hold for the interval of any share, and what happens where a method says nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okienko.engines.statistics import (
    Composite,
    Csi,
    Cube,
    Design,
    IsRating,
    ItemSpec,
    Mean,
    Measure,
    Nps,
    SampleKind,
    Share,
    StatisticsError,
    build_cube,
    estimate,
)
from okienko.engines.statistics.intervals import INTERVALS, Method, effective_answers, method_named

BOUNDED = [Method.LOGIT, Method.BETA, Method.WILSON, Method.ARCSINE]
FIVE = (1, 2, 3, 4, 5)
shares = st.floats(0.001, 0.999)
designs = st.tuples(shares, st.integers(5, 5000), st.floats(0.2, 8), st.integers(1, 300))


def ends(method: Method, p: float, se: float, df: float, n: float, confidence: float) -> tuple[float, float]:
    lower, upper = INTERVALS[method](*(np.array([float(v)]) for v in (p, se, df, n)), confidence)
    return float(lower[0]), float(upper[0])


def error(p: float, n: int, deff: float) -> float:
    return float(np.sqrt(deff * p * (1 - p) / n))


@pytest.mark.parametrize("method", BOUNDED)
@given(designs, st.floats(0.5, 0.99))
def test_bounds_lie_from_0_to_1_around_the_estimate(
    method: Method, design: tuple[float, int, float, int], confidence: float
) -> None:
    p, n, deff, df = design
    lower, upper = ends(method, p, error(p, n, deff), df, n, confidence)
    assert 0 <= lower <= p * (1 + 1e-12)
    assert p * (1 - 1e-12) <= upper <= 1


@pytest.mark.parametrize("method", [*BOUNDED, Method.T])
@given(designs, st.floats(0.5, 0.98), st.floats(1.001, 1.9))
def test_more_confidence_is_a_wider_interval(
    method: Method, design: tuple[float, int, float, int], confidence: float, factor: float
) -> None:
    p, n, deff, df = design
    more = 1 - (1 - confidence) / factor
    narrow = ends(method, p, error(p, n, deff), df, n, confidence)
    wide = ends(method, p, error(p, n, deff), df, n, more)
    assert wide[0] <= narrow[0] + 1e-12
    assert wide[1] >= narrow[1] - 1e-12


@pytest.mark.parametrize("method", [*BOUNDED, Method.T])
@given(designs)
def test_the_share_of_the_others_has_the_mirrored_interval(
    method: Method, design: tuple[float, int, float, int]
) -> None:
    p, n, deff, df = design
    lower, upper = ends(method, p, error(p, n, deff), df, n, 0.95)
    other = ends(method, 1 - p, error(p, n, deff), df, n, 0.95)
    assert other == pytest.approx((1 - upper, 1 - lower), abs=1e-9)


@pytest.mark.parametrize("method", [*BOUNDED, Method.T])
@given(designs, st.floats(1.01, 4))
def test_a_greater_error_is_a_wider_interval(
    method: Method, design: tuple[float, int, float, int], factor: float
) -> None:
    p, n, deff, df = design
    narrow = ends(method, p, error(p, n, deff), df, n, 0.95)
    wide = ends(method, p, factor * error(p, n, deff), df, n, 0.95)
    assert wide[0] <= narrow[0] + 1e-12
    assert wide[1] >= narrow[1] - 1e-12


@pytest.mark.parametrize("edge", [0.0, 1.0])
def test_at_0_and_1_only_the_two_of_effective_answers_say_something(edge: float) -> None:
    for method in (Method.LOGIT, Method.ARCSINE):
        assert np.isnan(ends(method, edge, 0.0, 19, 20, 0.95)).all()
    beyond = 1 - 0.025 ** (1 / 20)
    z = 1.959963984540054
    score = z * z / (20 + z * z)
    for method, far in ((Method.BETA, beyond), (Method.WILSON, score)):
        expected = (0.0, far) if edge == 0 else (1 - far, 1.0)
        assert ends(method, edge, 0.0, 19, 20, 0.95) == pytest.approx(expected)


def test_wilsons_bounds_in_a_simple_random_sample_are_the_textbooks() -> None:
    """Wilson (1927) for 30 of 101: with n* = n − 1 = 100 the bounds are those of 0.297 of 100 answers."""
    p, n, z = 30 / 101, 100, 1.959963984540054
    centre, half = (
        (p + z * z / (2 * n)) / (1 + z * z / n),
        z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n),
    )
    found = ends(Method.WILSON, p, float(np.sqrt(p * (1 - p) / 100)), 100, 101, 0.95)
    assert found == pytest.approx((centre - half, centre + half), rel=1e-12)


def test_the_effective_number_of_answers_follows_the_design_effect_and_the_degrees_of_freedom() -> None:
    p, n = np.array([0.3]), np.array([200.0])
    plain = effective_answers(p, np.array([error(0.3, 200, 1)]), n - 1, n, 0.95)
    assert plain == pytest.approx(200)
    assert effective_answers(p, np.array([error(0.3, 200, 4)]), n - 1, n, 0.95) == pytest.approx(50)
    few = effective_answers(p, np.array([error(0.3, 200, 4)]), np.array([3.0]), n, 0.95)
    assert few == pytest.approx(50 * (1.9719565 / 3.1824463) ** 2, rel=1e-6)
    # A design effect below 1 gives more effective answers than answers, as in R; it is not cut.
    assert effective_answers(p, np.array([error(0.3, 200, 0.5)]), n - 1, n, 0.95) == pytest.approx(400)


def test_arcsine_stops_at_the_ends_where_rs_sine_comes_back() -> None:
    lower, upper = ends(Method.ARCSINE, 0.02, error(0.02, 30, 1), 5, 30, 0.95)
    assert lower == 0
    assert 0.02 < upper < 1


def test_methods_have_rs_names_too() -> None:
    assert {method_named(n) for n in ("mean", "wald", "t")} == {Method.T}
    assert {method_named(n) for n in ("logit", "xlogit")} == {Method.LOGIT}
    assert {method_named(n) for n in ("asin", "arcsine")} == {Method.ARCSINE}
    assert {method_named(n) for n in ("beta", "Korn-Graubard", "kg")} == {Method.BETA}


def scaled(weight: float = 0.0, *, kind: SampleKind = SampleKind.PROBABILITY, simple: bool = False) -> Cube:
    """Two hundred answers of ten days; a weight above 0 makes weights vary."""
    random = np.random.default_rng(5)
    day = np.repeat(np.arange(10), 20)
    mood = random.normal(0, 0.3, 10)[day]
    q = np.clip(np.round(4.3 + mood + random.normal(0, 0.8, 200)), 1, 5).astype(int)
    data = {"q": q, "r": random.integers(0, 11, 200), "named": (random.random(200) < 0.3).astype(int)}
    data["income"] = random.lognormal(8, 0.4, 200)
    specs = [
        ItemSpec("q", FIVE),
        ItemSpec("r", tuple(range(11))),
        ItemSpec("named", (0, 1)),
        ItemSpec("income"),
    ]
    design = Design(weight=random.uniform(1, 1 + weight, 200), psu=None if simple else day, kind=kind)
    return build_cube(data, specs, design)


@pytest.mark.parametrize(
    ("measure", "scale"),
    [
        (Mean("q"), (1, 5)),
        (Nps("r"), (-100, 100)),
        (Csi(("q",), 1, 5), (0, 100)),
        (Composite(("q", "r")), (0.5, 7.5)),
        (IsRating("q", "named"), (0, 1)),
    ],
)
def test_a_figure_on_a_scale_has_the_interval_of_its_place_on_it(
    measure: Measure, scale: tuple[float, float]
) -> None:
    (found,) = estimate(scaled(), measure)
    assert found.method == "beta"
    low, high = scale
    place = [(found.estimate - low) / (high - low), found.se / (high - low)]
    lower, upper = ends(Method.BETA, *place, found.df, found.n, 0.95)
    expected = (low + (high - low) * lower, low + (high - low) * upper)
    assert (found.lower, found.upper) == pytest.approx(expected, rel=1e-12)
    assert low < found.lower < found.estimate < found.upper < high


def test_the_scale_is_of_the_declared_codes_not_of_those_that_somebody_chose() -> None:
    answers = {"q": np.array([4, 4, 5, 5, 3, 4, 5, 3, 4, 4])}
    declared, seen = (
        estimate(build_cube(answers, [spec]), Mean("q"))[0] for spec in (ItemSpec("q", FIVE), ItemSpec("q"))
    )
    assert (declared.method, seen.method) == ("beta", "t")
    cube = build_cube(answers, ["q"])
    assert estimate(cube, Mean("q", scale=(1, 5)))[0] == declared
    assert estimate(cube, Mean("q", scale=(1, 4)))[0] == seen


def test_reversed_and_partial_scores_give_the_ends_of_the_scale() -> None:
    spec = ItemSpec("q", (1, 2, 3, 9), scores={1: 10, 2: 0, 3: -10}, missing=(9,))
    cube = build_cube({"q": np.array([1, 2, 2, 1, 9])}, [spec])
    assert cube.table("q").categories.limits == (-10, 10)


def test_shares_are_by_wilson_in_a_simple_sample_and_by_korn_and_graubard_in_any_other() -> None:
    share = Share("q", (4, 5))
    assert estimate(scaled(simple=True), share)[0].method == "wilson"
    assert estimate(scaled(), share)[0].method == "beta"
    assert estimate(scaled(1.0, simple=True), share)[0].method == "beta"


def test_a_measurement_without_ends_keeps_t_and_refuses_the_others() -> None:
    cube = scaled()
    assert estimate(cube, Mean("income"))[0].method == "t"
    for method in ("logit", "beta", "wilson", "arcsine"):
        with pytest.raises(StatisticsError) as refused:
            estimate(cube, Mean("income"), method=method)
        assert refused.value.code == "method_not_for_statistic"


def test_a_model_takes_the_interval_of_a_simple_random_sample() -> None:
    model = estimate(scaled(kind=SampleKind.NON_PROBABILITY), Share("q", (4, 5)), method="model")[0]
    simple = estimate(scaled(simple=True), Share("q", (4, 5)))[0]
    assert (model.lower, model.upper) == (simple.lower, simple.upper)
    assert (model.method, model.note) == ("model", "model_based")


def test_a_census_in_which_everybody_answered_has_no_error() -> None:
    answers = {"q": np.array([1, 2, 3, 4, 5, 5])}
    cube = build_cube(answers, [ItemSpec("q", FIVE)], Design(kind=SampleKind.CENSUS, fpc=np.full(6, 6)))
    for measure in (Mean("q"), Share("q", (4, 5))):
        (found,) = estimate(cube, measure)
        assert (found.se, found.lower, found.upper) == (0, found.estimate, found.estimate)
        assert found.note is None
