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
        "mode": empty,
        "language": empty,
        "service_point": np.array([1, 1, 1, 2, 2, 2]),
        "stratum": empty,
        "psu": empty,
        "weight": np.ones(6),
        "excluded": np.array([True, False, False, False, False, False]),
    }
    return AnalysisTable(rows=6, items={}, numbers={}, **(columns | changes))


def plan(*, visits=(100, 60), days=(20, 15), kind="systematic", probability=True) -> FieldDesign:
    points = tuple(
        StratumPlan(pk, f"p{pk}", "", "in_person", open_days, (), seen, None)
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
