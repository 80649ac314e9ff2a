"""No order and no change where the samples do not bear them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from okienko.modules.results.presenting.network import compare

SUMS = {"weights": 50.0, "var_scores": 4.0, "covariance": 0.0, "var_weights": 0.0, "df": 20.0}


def row(number: int, name: str, estimate: float | None, inference: str = "design", totals: bool = True):
    sums = [50, SUMS["weights"], 50 * (estimate or 0), *list(SUMS.values())[1:]]
    office = SimpleNamespace(name=name, type_id=1, region="")
    return SimpleNamespace(
        pk=number,
        office=office,
        office_id=number,
        estimate=estimate,
        inference=inference,
        se=0.1,
        lower=None if estimate is None else estimate - 0.2,
        upper=None if estimate is None else estimate + 0.2,
        df=20.0,
        cut=False,
        totals=sums if totals else None,
    )


def test_offices_without_a_probability_sample_stand_in_the_order_of_their_names():
    open_samples = [
        row(1, "Żary", 4.9, "none"),
        row(2, "Aleksandrów", 2.0, "none"),
        row(3, "Malbork", 3.0, "none"),
    ]
    names = [each.office.name for each in compare(open_samples).unranked]
    assert names == ["Aleksandrów", "Malbork", "Żary"]


def test_the_mean_of_the_network_has_no_change_when_an_office_was_hidden_before():
    now = [row(1, "Pierwszy", 4.0), row(2, "Drugi", 4.4)]
    assert compare(now, [row(1, "Pierwszy", 3.0), row(2, "Drugi", 4.0)]).mean.change is not None
    assert compare(now, [row(1, "Pierwszy", 3.0), row(2, "Drugi", None, totals=False)]).mean.change is None


def scaled(made, low: float, high: float, item: str = "zadowolenie"):
    made.totals = [*made.totals, low, high, item]
    return made


@pytest.mark.parametrize(
    ("then", "inference", "known"),
    [
        ((1.0, 5.0, "zadowolenie"), "design", True),
        ((0.0, 10.0, "zadowolenie"), "design", False),
        ((1.0, 5.0, "ogolem"), "design", False),
        ((1.0, 5.0, "zadowolenie"), "census", False),
    ],
)
def test_the_network_has_a_change_only_between_equal_questions_and_samples(then, inference, known):
    now = [scaled(row(number, f"Urząd {number}", 4.0), 1.0, 5.0) for number in (1, 2)]
    before = [scaled(row(number, f"Urząd {number}", 3.0), 1.0, 5.0) for number in (1, 2)]
    before[1] = scaled(row(2, "Urząd 2", 3.0, inference), *then)
    assert (compare(now, before).mean.change is not None) is known


def test_the_sums_of_an_office_name_their_question_and_scale(released):
    assert released.totals[-3:] == [1.0, 5.0, "zadowolenie"]
