"""The design that a plan and its answers amount to, worked out by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from okienko.modules.collection.selectors import AnalysisTable
from okienko.modules.results.computing.sample import sample_of
from okienko.modules.surveys.selectors import FieldDesign, StratumPlan

DAYS = ["2026-10-19", "2026-10-19", "2026-10-20", "2026-10-19", "2026-10-20", "2026-10-21"]


def table(**changes) -> AnalysisTable:
    """Two answers that count at point 1 on two days (a third is left out), three at point 2 on three days."""
    empty = np.array([""] * 6)
    columns = {
        "day": np.array(DAYS),
        "mode": np.array(["paper"] * 6),
        "language": empty,
        "service_point": np.array([1, 1, 1, 2, 2, 2]),
        "stratum": empty,
        "psu": empty,
        "weight": np.ones(6),
        "excluded": np.array([True, False, False, False, False, False]),
    }
    return AnalysisTable(rows=6, items={}, numbers={}, **(columns | changes))


DRAWN = tuple(date.fromisoformat(day) for day in sorted(set(DAYS)))


def plan(*, visits=(100, 60), days=(20, 15), kind="systematic", probability=True, drawn=DRAWN) -> FieldDesign:
    points = tuple(
        StratumPlan(pk, f"p{pk}", "", "in_person", open_days, drawn, seen, None)
        for pk, open_days, seen in zip((1, 2), days, visits, strict=True)
    )
    first, last = date(2026, 10, 19), date(2026, 11, 13)
    return FieldDesign(
        1, 1, 1, kind, probability, "clients", 160, "", 5, {}, points, None, first, last
    )  # fmt: skip


def test_weights_are_visits_by_answers_that_count_and_days_open_bound_the_days():
    found = sample_of(table(), plan())
    assert (found.inference, found.strata, found.psus, found.weighted) == ("design", 2, 5, True)
    assert found.design.weight.tolist() == [50.0, 50.0, 20.0, 20.0, 20.0]
    assert found.design.fpc.tolist() == [20.0, 20.0, 15.0, 15.0, 15.0]


@pytest.mark.parametrize("days", [(20, None), (20, 2)])
def test_days_open_that_are_unknown_or_fewer_than_seen_bound_nothing(days):
    assert sample_of(table(), plan(days=days)).design.fpc is None


def test_visits_that_nobody_counted_at_one_point_weigh_nothing():
    assert sample_of(table(), plan(visits=(100, None))).design.weight is None


def test_whoever_wanted_is_no_sample():
    found = sample_of(table(), plan(kind="open", probability=False))
    assert (found.inference, found.design.kind.name) == ("none", "NON_PROBABILITY")


def test_whoever_followed_an_open_link_is_kept_apart_from_the_drawn():
    modes = np.array(["paper", "paper", "web", "paper", "paper", "web"])
    found = sample_of(table(mode=modes), plan())
    assert found.inference == "design"
    assert found.keep.tolist() == [False, True, False, True, True, False]
    assert found.aside.tolist() == [False, False, True, False, False, True]


def test_answers_of_another_day_or_another_point_are_kept_apart():
    found = sample_of(table(service_point=np.array([1, 1, 1, 2, 2, 9])), plan(drawn=DRAWN[:1]))
    assert found.keep.tolist() == [False, True, False, True, False, False]
    assert found.aside.tolist() == [False, False, True, False, True, True]


def test_an_imports_own_units_are_its_design_whatever_the_day():
    psu = np.array(["a", "a", "b", "b", "c", "c"])
    found = sample_of(table(psu=psu, mode=np.array(["import"] * 6)), plan(drawn=()))
    assert found.inference == "design" and not found.aside.any() and found.keep.sum() == 5


@pytest.mark.parametrize(
    ("changes", "drawn", "doubt"),
    [({}, (), "not_drawn"), ({"mode": np.array(["web"] * 6)}, DRAWN, "nobody_drawn")],
)
def test_a_drawn_sample_of_which_nothing_proves_the_draw_is_none(changes, drawn, doubt):
    found = sample_of(table(**changes), plan(drawn=drawn))
    assert (found.inference, found.doubt) == ("none", doubt)
    assert found.keep.sum() == 5 and not found.aside.any()


@pytest.mark.parametrize("kind", ["random_list", "census", "open"])
def test_only_a_sample_drawn_at_points_keeps_links_apart(kind):
    found = sample_of(table(mode=np.array(["web"] * 6)), plan(kind=kind, probability=kind != "open"))
    assert found.keep.sum() == 5 and not found.aside.any()


def more(*, count: int, **other) -> AnalysisTable:
    """The same answers and `count` more, each with these columns."""
    few = table()
    names = ("day", "mode", "language", "service_point", "stratum", "psu", "weight", "excluded")
    added = {"day": "2026-10-30", "mode": "web", "language": "", "stratum": "", "psu": ""}
    added |= {"service_point": 0, "weight": 1.0, "excluded": False} | other
    columns = {name: np.concatenate([getattr(few, name), [added[name]] * count]) for name in names}
    return AnalysisTable(rows=6 + count, items={}, numbers={}, **columns)


@pytest.mark.parametrize(
    "other",
    [
        {},  # through an open link, without a point
        {"service_point": 1},
        {"service_point": 1, "mode": "paper"},  # on a day that was not drawn
        {"service_point": 7, "mode": "paper", "day": "2026-10-19"},
        {"service_point": 1, "mode": "paper", "day": "2026-10-20", "excluded": True},
        {"mode": "import", "stratum": "x", "psu": "y", "weight": 9.0, "excluded": True},
    ],
)
@pytest.mark.parametrize("count", [1, 40])
def test_answers_that_do_not_count_leave_the_design_as_it_is(other, count):
    alone, beside = sample_of(table(), plan()), sample_of(more(count=count, **other), plan())
    assert beside.keep.sum() == alone.keep.sum()
    for name in ("weight", "stratum", "psu", "fpc"):
        assert getattr(beside.design, name).tolist() == getattr(alone.design, name).tolist()
    assert (beside.strata, beside.psus, beside.weighted) == (alone.strata, alone.psus, alone.weighted)


def test_one_imported_answer_with_units_of_its_own_leaves_those_of_the_others():
    found = sample_of(more(count=1, mode="import", stratum="x", psu="y"), plan())
    assert found.design.stratum.tolist() == [*sample_of(table(), plan()).design.stratum.tolist(), "x"]
    assert found.design.psu.tolist()[-1] == "y" and found.design.fpc is None
