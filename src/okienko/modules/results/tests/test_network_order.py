"""No order and no change where the samples do not bear them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import translation

from okienko.modules.results.presenting.comparison import Line, drawn, frame_of, mean_change
from okienko.modules.results.presenting.network import compare

SUMS = {"weights": 50.0, "var_scores": 4.0, "covariance": 0.0, "var_weights": 0.0, "df": 20.0}


def row(number: int, name: str, estimate: float | None, inference: str = "design", totals: bool = True):
    sums = [50, SUMS["weights"], 50 * (estimate or 0), *list(SUMS.values())[1:]]
    office = SimpleNamespace(name=name, type_id=1, region="")
    return SimpleNamespace(
        pk=number,
        n=50,
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


def test_the_networks_change_carries_its_interval_and_says_whether_it_is_significant():
    """Two offices each: variance 8 / 100² in each wave, so the difference has √(0.0016) = 0.04."""
    now, before = ([row(number, f"Urząd {number}", level) for number in (1, 2)] for level in (4.0, 3.9))
    mean = compare(now, before).mean
    half = 1.990450 * 0.04  # Student's t with 79 degrees of freedom
    assert mean.change.lower == pytest.approx(0.1 - half, abs=1e-6)
    assert mean.change.upper == pytest.approx(0.1 + half, abs=1e-6)
    with translation.override("pl"):
        assert mean_change(mean) == "+0,10 (od +0,02 do +0,18, istotna)"
        less = compare(now, [row(number, f"Urząd {number}", 3.95) for number in (1, 2)]).mean
        assert mean_change(less) == "+0,05 (od −0,03 do +0,13, w granicach błędu)"


def test_the_number_beside_an_offices_mean_is_that_of_its_answers_and_a_models_interval_is_named():
    made = row(1, "Pierwszy", 4.0, "none")
    made.answers, made.n, made.change = 60, 57, None
    compared = compare([made])
    with translation.override("pl"):
        (line,) = drawn([Line(made)], frame_of(compared))
    assert line.n == "57" and line.interval.startswith("przedział z modelu: 3,80")
