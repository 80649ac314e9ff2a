"""No order and no change where the samples do not bear them."""

from __future__ import annotations

from types import SimpleNamespace

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
