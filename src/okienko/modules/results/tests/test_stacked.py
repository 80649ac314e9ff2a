"""Questions estimated together have the figures of each question by itself."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from okienko.engines.statistics import (
    Composite,
    Design,
    Difference,
    ItemSpec,
    LonelyPsu,
    Margin,
    Mean,
    SampleKind,
    build_cube,
    calibrate,
    change,
    combine,
    estimate,
    mean,
    shares,
)
from okienko.modules.results.computing import domains
from okienko.modules.results.computing.stacked import ANSWER, QUESTION, FromWhole, by_scale, stacked
from okienko.modules.results.tests.conftest import ITEMS

ASKED = [item for item in ITEMS if item.kind in ("ordinal", "categorical")]
RATED = [item for item in ASKED if item.kind == "ordinal" and item.role == "driver"]
FIGURES = ("n", "estimate", "se", "lower", "upper", "df", "deff", "note")


def design(kind: str, rows: int, chance: np.random.Generator) -> Design:
    if kind == "census":
        return Design(kind=SampleKind.CENSUS, fpc=np.full(rows, 900.0))
    if kind == "open":
        return Design(kind=SampleKind.NON_PROBABILITY)
    stratum, psu = chance.integers(0, 3, rows), chance.integers(0, 6 if kind == "points" else rows, rows)
    weight = chance.uniform(1, 9, rows) if kind == "points" else None
    return Design(weight=weight, stratum=stratum, psu=psu, lonely_psu=LonelyPsu.ADJUST)


def cube_of(kind: str, seed: int):
    """Answers of 240 people, a third of them missing in one way or another."""
    chance = np.random.default_rng(seed)
    columns = {}
    for item in ASKED:
        given = chance.choice(sorted(item.values()), 240)
        columns[item.code] = np.where(chance.random(240) < 0.3, -chance.integers(1, 5, 240), given)
    columns["place"] = chance.integers(0, 4, 240)
    specs = [ItemSpec(item.code, codes=tuple(sorted(item.values()))) for item in ASKED]
    if kind == "weighted":
        raw = build_cube(columns, specs, design("points", 240, chance), weighting=("place",))
        return calibrate(raw, [Margin("place", {0: 4, 1: 3, 2: 2, 3: 1})]).cube
    return build_cube(columns, specs, design(kind, 240, chance), by=("place",))


def same(found, wanted) -> None:
    for name in FIGURES:
        got, want = getattr(found, name), getattr(wanted, name)
        assert got == (want if want is None or isinstance(want, str) else pytest.approx(want, rel=1e-12)), (
            name
        )


@pytest.mark.parametrize("kind", ["points", "persons", "census", "open", "weighted"])
def test_means_and_shares_of_all_questions_at_once_are_those_of_each(kind):
    cube = cube_of(kind, 3)
    together = {
        (row.by[QUESTION], row.value): row for row in shares(stacked(cube, ASKED), ANSWER, by=QUESTION)
    }
    for item in ASKED:
        for row in shares(cube, item.code):
            same(together[item.code, row.value], row)
    for group in by_scale(RATED):
        stack = stacked(cube, group)
        for row in mean(stack, ANSWER, by=("place", QUESTION)):
            same(row, mean(cube, row.by[QUESTION], by="place").only(place=row.by["place"]))


@pytest.mark.parametrize("kind", ["points", "persons", "census", "weighted"])
def test_changes_and_differences_of_all_questions_at_once_are_those_of_each(kind):
    first, second = cube_of(kind, 4), cube_of(kind, 5)
    pair = combine([first, second], dimension="wave", labels=("a", "b"))
    for row in change(stacked(pair, RATED), Mean(ANSWER), ("a", "b"), by=QUESTION):
        same(row, change(pair, Mean(row.by[QUESTION]), ("a", "b"))[0])
    whole = Composite(tuple(item.code for item in RATED))
    for row in estimate(stacked(first, RATED), FromWhole(first, whole), by=QUESTION):
        code = row.by[QUESTION]
        same(row, estimate(first, Difference(Mean(code), whole, code))[0])


def test_groups_of_questions_of_two_scales_have_the_intervals_of_each():
    """The interval of a mean depends on its scale, and 0–10 is not 1–5."""
    cube = cube_of("points", 6)
    asked = [*RATED[:3], next(item for item in ASKED if item.role == "recommendation")]
    data = SimpleNamespace(
        dimensions={"place": None}, sample=SimpleNamespace(inference="design"), cube=lambda _items, by: cube
    )
    found = domains._means(data, asked)["place"]
    for item in asked:
        for row in mean(cube, item.code, by="place"):
            shown = found[str(row.by["place"])][item.code]
            assert (shown.lower, shown.upper) == (pytest.approx(row.lower), pytest.approx(row.upper))
