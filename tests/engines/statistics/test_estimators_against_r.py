"""Quantiles, ratios, reliability, representativity and the corners of means against R: at most 1e-9 apart."""

import json
import sys
from functools import cache

import numpy as np
import pytest

from okienko.engines.statistics import (
    Cube,
    Estimate,
    ItemSpec,
    Margin,
    Mean,
    Part,
    Share,
    benjamini_hochberg,
    build_cube,
    build_moments,
    calibrate,
    cronbach,
    estimate,
    holm,
    jointly,
    quantile,
    ratio,
    representativity,
)
from tests.engines.statistics.reference_data import FOLDER, columns, design_of

FIGURES = ("estimate", "se", "lower", "upper", "df", "deff")


@cache
def cases() -> tuple[dict, ...]:
    return tuple(json.loads((FOLDER / "estimators.json").read_text(encoding="utf-8"))["cases"])


def named(*statistics: str) -> list:
    found = [c for c in cases() if c["statistic"] in statistics]
    assert found
    return [pytest.param(c, id=c["name"]) for c in found]


def cube_of(case: dict, *items: str, data: dict[str, np.ndarray] | None = None) -> Cube:
    data = columns(case["data"]) if data is None else data
    return build_cube(data, list(items), design_of(case, data), by=case["by"])


def assert_agrees(ours: Estimate, row: dict, figures: tuple[str, ...] = FIGURES) -> None:
    assert ours.n == row.get("n", ours.n)
    for figure in figures:
        if row.get(figure) is not None:
            assert getattr(ours, figure) == pytest.approx(row[figure], rel=1e-9), (figure, row)


def is_blind(row: dict) -> bool:
    """R gives a standard error of 0 (but for rounding) where the design shows nothing."""
    return "df" in row and row["df"] <= 0 and (row["se"] is None or row["se"] < 1e-12)


@pytest.mark.parametrize("case", named("mean", "share"))
def test_means_and_shares_in_corners_of_the_design_agree_with_r(case: dict) -> None:
    value = case.get("value")
    measure = Mean(case["item"]) if value is None else Share(case["item"], (value,), value=value)
    found = estimate(cube_of(case, case["item"]), measure, by=case["by"], method=case.get("method"))
    compared = 0
    for row in case["rows"]:
        ours = found.only(**dict(row["by"]))
        if is_blind(row) and ours.se is None:
            assert ours.note == "no_degrees_of_freedom"
            assert_agrees(ours, row, ("estimate", "df"))
            continue
        if row["se"] is not None and row["se"] < 1e-12:
            assert ours.se == 0
            assert ours.note in ("no_variance", "share_0_or_1", "no_degrees_of_freedom")
            continue
        assert_agrees(ours, row)
        compared += 1
    assert compared or case["name"].startswith("lonely")


@pytest.mark.parametrize("case", named("quantile"))
def test_quantiles_agree_with_r(case: dict) -> None:
    found = quantile(
        cube_of(case, case["item"]),
        case["item"],
        case["level"],
        by=case["by"],
        method={"xlogit": "logit"}.get(case["method"], case["method"]),
        rule=case["rule"],
    )
    for row in case["rows"]:
        ours = found.only(**dict(row["by"]))
        assert_agrees(ours, row, ("estimate", "df"))
        if row.get("degenerate") or row.get("one"):
            # R draws an interval of no width at the largest answer; a share of 1 tells nothing.
            assert (ours.lower, ours.upper, ours.note) == (None, None, "no_variance")
            continue
        compared = ("lower", "upper") if case["method"] == "inversion" else ("lower", "upper", "se")
        if row.get("smallest") is not None:
            assert ours.lower == row["smallest"]
            compared = ("upper",)
        for figure in compared:
            close = None if row[figure] is None else pytest.approx(row[figure], rel=1e-9)
            assert getattr(ours, figure) == close, (figure, row)
        open_ended = ours.lower is None or ours.upper is None
        assert (ours.note == "open_interval") == open_ended


@pytest.mark.parametrize("case", named("ratio"))
def test_ratios_agree_with_r(case: dict) -> None:
    over, under = case["numerator"], case["denominator"]
    data = dict(columns(case["data"]))
    data |= jointly(data, [ItemSpec(name) for name in {over, under}])
    sides = [
        Part(side, tuple(case[f"{name}_codes"]) if f"{name}_codes" in case else None)
        for name, side in (("numerator", over), ("denominator", under))
    ]
    found = ratio(cube_of(case, *{over, under}, data=data), *sides, by=case["by"])
    for row in case["rows"]:
        assert_agrees(found.only(**dict(row["by"])), row)


@pytest.mark.parametrize("case", named("fitted"))
def test_quantiles_and_ratios_with_fitted_weights_agree_with_r(case: dict) -> None:
    data = dict(columns(case["data"]))
    data |= jointly(data, [ItemSpec("waited"), ItemSpec("promised")])
    by = ["age", "office"]
    plain = build_cube(data, ["waited", "promised"], design_of(case, data), by=by, weighting=["age"])
    population = {(age,): size for age, size in enumerate(case["population"], 1)}
    weighted = calibrate(plain, [Margin(("age",), population)]).cube
    medians = quantile(weighted, "waited", 0.5, by=case["by"], method="t")
    ratios = ratio(weighted, "waited", "promised", by=case["by"])
    for row in case["rows"]:
        by = dict(row["by"])
        assert_agrees(medians.only(**by), row)
        assert_agrees(ratios.only(**by), {"estimate": row["ratio"], "se": row["ratio_se"]})


def test_adjusted_p_values_agree_with_p_adjust() -> None:
    for statistic, function in (("holm", holm), ("bh", benjamini_hochberg)):
        (case,) = [c for c in cases() if c["statistic"] == statistic]
        assert function(case["p"]) == pytest.approx(case["rows"], rel=1e-14)


@pytest.mark.parametrize("case", named("alpha"))
def test_cronbachs_alpha_agrees_with_r(case: dict) -> None:
    data = dict(columns(case["data"]))
    data |= jointly(data, [ItemSpec(name) for name in case["items"]])
    moments = build_moments(data, case["items"], design_of(case, data), by=case["by"])
    found = {tuple(r.alpha.by.values()): r.alpha for r in cronbach(moments, case["items"], by=case["by"])}
    for row in case["rows"]:
        ours = found[tuple(dict(row["by"]).values())]
        assert_agrees(ours, row)
        assert ours.note is None


@pytest.mark.parametrize("case", named("representativity"))
def test_the_r_indicator_agrees_with_the_matrix_formulas(case: dict) -> None:
    found = representativity(case["invited"], case["responded"])
    row = case["rows"]
    assert found.r == pytest.approx(row["r"], rel=1e-9)
    assert found.unadjusted == pytest.approx(row["unadjusted"], rel=1e-9)
    assert found.se == pytest.approx(row["se"], rel=1e-9)
    assert found.response_rate == pytest.approx(row["rate"], rel=1e-12)
    assert found.variation == pytest.approx(row["variation"], rel=1e-9, abs=sys.float_info.min)
