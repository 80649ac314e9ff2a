"""Every interval of a share against R's ``svyciprop``: relative error at most 1e-9 (iterated logit 1e-8)."""

import json

import pytest

from okienko.engines.statistics import Share, estimate
from tests.engines.statistics.reference_data import FOLDER, cube_of

CASES = json.loads((FOLDER / "intervals.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES if c["rows"]])
def test_intervals_of_shares_agree_with_r(case: dict) -> None:
    by = tuple(case["by"])
    measure = Share(case["item"], tuple(case["codes"]))
    found = estimate(cube_of(case, by), measure, by=by, confidence=case["level"], method=case["method"])
    tolerance = 1e-8 if case["method"] == "logit" else 1e-9
    for row in case["rows"]:
        ours = found.only(**row["by"])
        assert (ours.n, ours.df) == (row["n"], row["df"])
        for figure in ("estimate", "se", "lower", "upper"):
            assert getattr(ours, figure) == pytest.approx(row[figure], rel=tolerance), figure


def test_every_method_has_references_near_the_edges_and_in_the_middle() -> None:
    for method in ("mean", "logit", "xlogit", "asin", "beta", "wilson"):
        shares = [r["estimate"] for c in CASES if c["method"] == method for r in c["rows"]]
        assert min(shares) < 0.05 and max(shares) > 0.7 and any(0.4 < p < 0.6 for p in shares)
