"""Fitted weights and their errors against R's ``calibrate`` and ``postStratify``: at most 1e-9 apart."""

import json
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from okienko.engines.statistics import (
    Bounds,
    Csi,
    Cube,
    Design,
    Distance,
    Fitting,
    IsRating,
    LonelyPsu,
    Margin,
    Mean,
    MissingValue,
    Nps,
    Share,
    build_cube,
    calibrate,
    calibrated_weights,
    change,
    combine,
    contrasts,
    estimate,
)
from tests.engines.statistics.reference_data import FOLDER, columns

FULL = {"weight": "weight", "stratum": "stratum", "psu": "psu", "fpc": "nh"}
ITEMS = ("q1", "q2", "q3", "i1", "i2", "i3", "nps", "named", "api00")
DIMENSIONS = ("age", "sex", "office", "channel", "matter", "wave", "stype", "awards", "sch.wide")
FIGURES = ("estimate", "se", "lower", "upper", "df", "deff")


@cache
def cases() -> tuple[dict, ...]:
    return tuple(json.loads((FOLDER / "weighting.json").read_text(encoding="utf-8"))["cases"])


def named(*statistics: str) -> list:
    found = [c for c in cases() if c["statistic"] in statistics]
    assert found
    return [pytest.param(c, id=c["name"]) for c in found]


@cache
def data_of(name: str) -> dict[str, np.ndarray]:
    data = dict(columns(name))
    if "emphasis" in data:
        data["named"] = np.where(data["emphasis"] == 1, 1, 0)
    return data


def margins_of(case: dict) -> list[Margin]:
    return [
        Margin(
            tuple(m["dims"]),
            {tuple(label): n for label, n in zip(m["labels"], m["population"], strict=True)},
            shares=m.get("shares", False),
            missing=MissingValue(m.get("missing", "refuse")),
        )
        for m in case["margins"]
    ]


def fitting_of(case: dict) -> Fitting:
    bounds = Bounds(*(tuple(case[k]) if k in case else None for k in ("ratio", "trim")))
    return Fitting(Distance(case.get("distance", "raking")), bounds)


def design_of(case: dict, data: dict[str, np.ndarray], rows: np.ndarray | slice = slice(None)) -> Design:
    roles = dict(FULL if case["design"] == "full" else case["design"])
    rule = LonelyPsu(roles.pop("lonely_psu", "fail"))
    return Design(**{role: data[column][rows] for role, column in roles.items()}, lonely_psu=rule)


def raw_cube(case: dict, rows: np.ndarray | slice = slice(None)) -> Cube:
    data = data_of(case.get("data", "weighting"))
    items = [name for name in ITEMS if name in data]
    used = [name for name in DIMENSIONS if name in data]
    some = {name: column[rows] for name, column in data.items()}
    return build_cube(some, items, design_of(case, data, rows), weighting=used)


def weighted(case: dict, cube: Cube | None = None) -> Cube:
    cube = raw_cube(case) if cube is None else cube
    return calibrate(cube, margins_of(case), fitting_of(case)).cube


def measure_of(case: dict):
    return {
        "top2": lambda: Share("q3", (4, 5)),
        "nps": lambda: Nps("nps"),
        "csi": lambda: Csi(("q1", "q2", "q3"), 1, 5, importance=("i1", "i2", "i3")),
        "is_rating": lambda: IsRating("q1", "named"),
    }.get(case["statistic"], lambda: Mean(case["item"]))()


def assert_same(row: dict, ours: object, figures: Sequence[str] = FIGURES) -> None:
    if "n" in row and row["n"] is not None:
        assert ours.n == row["n"]
    for figure in figures:
        if row.get(figure) is None or (row["se"] < 1e-10 and figure in ("lower", "upper", "deff")):
            continue
        assert getattr(ours, figure) == pytest.approx(row[figure], rel=1e-9, abs=1e-12), (figure, row)


@pytest.mark.parametrize("case", named("weights"))
def test_weights_of_rows_agree_with_r(case: dict) -> None:
    data = data_of("weighting")
    found = calibrated_weights(data, data["weight"], margins_of(case), fitting_of(case))
    (row,) = case["rows"]
    (fit,) = found.diagnostics
    np.testing.assert_allclose(found.weight[:200], row["first"], rtol=1e-9)
    assert (fit.weight_lower, fit.weight_upper) == pytest.approx((row["lower"], row["upper"]), rel=1e-9)
    assert fit.effective_after == pytest.approx(row["effective"], rel=1e-9)
    assert fit.largest_miss < 1e-12


@pytest.mark.parametrize("case", named("mean", "top2", "nps", "csi", "is_rating"))
def test_estimates_agree_with_r(case: dict) -> None:
    by = tuple(case.get("by", ()))
    figures = estimate(weighted(case), measure_of(case), by=by, method="t")
    for row in case["rows"]:
        assert_same(row, figures.only(**dict(row["by"])))


@pytest.mark.parametrize("case", named("change"))
def test_changes_agree_with_r(case: dict) -> None:
    (figure,) = change(weighted(case), case["item"], tuple(case["pair"]))
    assert_same(case["rows"][0], figure)


@pytest.mark.parametrize("case", named("contrast"))
def test_contrasts_agree_with_r(case: dict) -> None:
    first, second = case["pair"]
    found = contrasts(weighted(case), case["item"], "office", against=second)
    assert_same(case["rows"][0], next(c.difference for c in found if c.first == first))


@pytest.mark.parametrize("case", [c for c in cases() if c["design"] == "full" and c["statistic"] == "mean"])
def test_days_put_together_and_weighted_agree_with_r(case: dict) -> None:
    """The cube keeps what re-weighting needs: no row is read again."""
    psu = data_of("weighting")["psu"]
    whole = combine([raw_cube(case, psu % 3 == part) for part in range(3)], same_units=True)
    by = tuple(case.get("by", ()))
    figures = estimate(weighted(case, whole), measure_of(case), by=by)
    for row in case["rows"]:
        assert_same(row, figures.only(**dict(row["by"])))


@pytest.mark.parametrize("case", [c for c in cases() if "within" in c and c["statistic"] == "mean"])
def test_offices_and_waves_weighted_on_their_own_agree_with_r(case: dict) -> None:
    """In one call, and as cubes that were weighted apart and then combined."""
    (margin,) = margins_of(case)
    own: dict = {}
    for (label, category), n in margin.population.items():
        own.setdefault(label, {})[category] = n
    within, by = case["within"], tuple(case.get("by", ()))
    margins = {label: [Margin("age", population)] for label, population in own.items()}
    one = calibrate(raw_cube(case), margins, within=within).cube
    split = data_of("weighting")[within]
    apart = [calibrate(raw_cube(case, split == label), m).cube for label, m in margins.items()]
    many = combine(apart, same_units=True)
    for cube in (one, many):
        figures = estimate(cube, measure_of(case), by=by)
        for row in case["rows"]:
            assert_same(row, figures.only(**dict(row["by"])))
