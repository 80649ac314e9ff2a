"""Every figure against R's ``survey``: relative error at most 1e-9 (R's iterated logit 1e-8)."""

import numpy as np
import pytest

from okienko.engines.statistics import (
    Composite,
    Csi,
    IsRating,
    Mean,
    Nps,
    Share,
    build_moments,
    change,
    contrasts,
    drivers,
    estimate,
    holm,
    p_value,
)
from tests.engines.statistics.reference_data import cases, columns, cube_of, design_of

FIGURES = ("estimate", "se", "lower", "upper", "df", "deff")


def measure_of(case: dict):
    kind = case.get("measure", case["statistic"])
    if kind == "top2":
        return Share(case["item"], (4, 5), "top2")
    if kind in ("share", "change") and "value" in case:
        return Share(case["item"], (case["value"],), value=case["value"])
    if kind == "csi":
        weights = tuple(case["weights"]) if "weights" in case else None
        importance = tuple(case["importance"]) if "importance" in case else None
        return Csi(tuple(case["items"]), 1, 5, weights, importance)
    if kind == "composite":
        return Composite(tuple(case["items"]))
    return {
        "nps": lambda: Nps(case["item"]),
        "is_rating": lambda: IsRating(case["item"], "named"),
    }.get(kind, lambda: Mean(case["item"]))()


def named(*statistics: str) -> list:
    found = [c for c in cases() if c["statistic"] in statistics and c["data"] != "kansas-city"]
    assert found
    return [pytest.param(c, id=c["name"]) for c in found]


def assert_figures_agree(row: dict, ours: object, tolerance: float) -> None:
    if "n" in row:
        assert ours.n == row["n"]
    for figure in FIGURES:
        if row.get(figure) is None:
            continue
        got = getattr(ours, figure)
        if row["se"] < 1e-12 and figure in ("lower", "upper", "deff"):
            # R draws an interval of no width around a mean of equal answers, and divides 0 by 0.
            assert got is None and ours.note in ("no_variance", "share_0_or_1")
            continue
        assert got == pytest.approx(row[figure], rel=tolerance, abs=1e-12), (figure, row)


@pytest.mark.parametrize("case", named("mean", "share", "top2", "nps", "csi", "composite", "is_rating"))
def test_estimates_agree_with_r(case: dict) -> None:
    by = tuple(case.get("by", ()))
    figures = estimate(cube_of(case, by), measure_of(case), by=by, method=case.get("method", "t"))
    expected = [row for row in case["rows"] if row["n"] > 0]
    assert len([e for e in figures if e.n]) == len(expected)
    for row in expected:
        ours = figures.only(**dict(row["by"]))
        assert_figures_agree(row, ours, case.get("tolerance", 1e-9))


@pytest.mark.parametrize("case", named("change"))
def test_changes_between_waves_agree_with_r(case: dict) -> None:
    by = tuple(case.get("by", ()))
    figures = change(cube_of(case, (*by, "wave")), measure_of(case), tuple(case["waves"]), by=by)
    for row in case["rows"]:
        ours = figures.only(**dict(row["by"]))
        assert_figures_agree(row, ours, 1e-9)
        assert p_value(ours) == pytest.approx(row["p"], rel=1e-8)


@pytest.mark.parametrize("case", named("contrasts"))
def test_contrasts_and_their_holm_correction_agree_with_r(case: dict) -> None:
    split = case["split"]
    cube = cube_of(case, (split,)).subset(**{split: [1, 2, 3, 4]})
    found = {(c.first, c.second): c for c in contrasts(cube, case["item"], split)}
    assert len(found) == len(case["rows"])
    for row in case["rows"]:
        ours = found[tuple(row["pair"])]
        assert_figures_agree(row, ours.difference, 1e-9)
        assert ours.p == pytest.approx(row["p"], rel=1e-8)
        assert ours.p_holm == pytest.approx(row["p_holm"], rel=1e-8)


def test_holm_agrees_with_p_adjust() -> None:
    case = next(c for c in cases() if c["statistic"] == "holm")
    assert holm(case["p"]) == pytest.approx(case["rows"], rel=1e-14)


@pytest.mark.parametrize("case", named("drivers", "correlations"))
def test_johnson_weights_agree_with_r(case: dict) -> None:
    data = columns(case["data"])
    moments = build_moments(data, [*case["items"], case["item"]], design_of(case, data))
    (analysis,) = drivers(moments, case["item"], case["items"])
    attribute = "weight" if case["statistic"] == "drivers" else "correlation"
    assert [getattr(d, attribute) for d in analysis.drivers] == pytest.approx(case["rows"], rel=1e-9)
    assert sum(d.weight for d in analysis.drivers) == pytest.approx(analysis.r_squared, rel=1e-12)
    assert not analysis.clipped


@pytest.mark.parametrize(
    ("name", "mean", "se"),
    [("apistrat", 662.29, 9.4089), ("apiclus1", 644.17, 23.542), ("apiclus2, two stages", 670.81, 30.099)],
)
def test_published_api_values(name: str, mean: float, se: float) -> None:
    """Lumley, Complex Surveys (2010), ch. 2, and the manual of the R package."""
    case = next(c for c in cases() if c["name"] == name)
    (found,) = estimate(cube_of(case), Mean("api00"))
    assert (round(found.estimate, 2), float(f"{found.se:.5g}")) == (mean, se)


@pytest.mark.parametrize(
    ("rule", "se"), [("adjust", 5.8281), ("remove", 5.8058), ("certainty", 5.8058), ("average", None)]
)
def test_published_lonely_psu_values(rule: str, se: float | None) -> None:
    """The package's page on lonely PSUs: schools of apiclus1 stratified by district."""
    case = next(c for c in cases() if c["name"] == f"apiclus1 in strata of districts, {rule}")
    (found,) = estimate(cube_of(case), Mean("api00"))
    if se is None:
        assert found.se > 5.8281
    else:
        assert round(found.se, 4) == se


def test_data_of_the_references_have_what_the_traps_need() -> None:
    shared = columns("shared")
    waves = {p: set(shared["wave"][shared["psu"] == p]) for p in np.unique(shared["psu"])}
    assert all(len(w) == 2 for w in waves.values())
    lonely = columns("lonely")
    assert {len(set(lonely["psu"][lonely["stratum"] == s])) for s in (3, 10)} == {1}
