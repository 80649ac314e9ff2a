"""`okienko estimate` beyond means: medians, quantiles, ratios and alpha, as R has them."""

import json
from collections.abc import Callable

import pytest

from tests.cli.test_estimate import FIELDS, FULL, assert_agree
from tests.engines.statistics.reference_data import FOLDER
from tests.engines.statistics.test_estimators_against_r import cases

WAITING = str(FOLDER / "waiting.csv")
SYNTHETIC = str(FOLDER / "synthetic.csv")
INTERVAL = ("n", "estimate", "se", "df", "lower", "upper")


def rows_of(name: str) -> list[dict]:
    return next(c for c in cases() if c["name"] == name)["rows"]


def test_a_median_is_svyquantile_with_its_own_defaults(figures: Callable) -> None:
    design = FULL + 'fpc = "nh"\n'
    (found,) = figures(WAITING, design, "--item", "waited", "--statistic", "median")
    assert list(found) == FIELDS
    assert (found["statistic"], found["value"]) == ("median", None)
    assert_agree(found, rows_of("quantile 0.5 mean math of minutes")[0], INTERVAL)


@pytest.mark.parametrize(("method", "type_"), [("mean", "mean"), ("logit", "xlogit"), ("beta", "beta")])
def test_quantiles_by_interval_method(figures: Callable, method: str, type_: str) -> None:
    found = figures(
        WAITING,
        FULL,
        *("--item", "waited", "--by", "office", "--statistic", "quantile", "--value", "0.75"),
        *("--method", method),
    )
    expected = rows_of(f"quantile 0.75 {type_} math of minutes by office")
    assert len(found) == len(expected) == 8
    for row, other in zip(found, expected, strict=True):
        assert (row["statistic"], row["value"], row["by"]) == ("quantile", 0.75, other["by"])
        compared = INTERVAL if other["upper"] is not None else ("n", "estimate", "df", "lower")
        assert_agree(row, other, compared)


def test_a_scale_with_many_ties_is_told_about(run: Callable) -> None:
    arguments = ("--item", "q2", "--by", "office", "--statistic", "median", "--format", "json")
    code, out, errors = run(SYNTHETIC, FULL, *arguments)
    assert code == 0
    assert "inverts tests" in errors
    inverted = [row for row in json.loads(out) if row["se"] is None and row["lower"] is not None]
    assert inverted
    _, _, quiet = run(SYNTHETIC, FULL, *arguments, "--method", "inversion")
    assert "inverts tests" not in quiet


def test_ratios_of_those_who_answered_both(figures: Callable) -> None:
    design = FULL + 'fpc = "nh"\n'
    arguments = ("--item", "waited", "--statistic", "ratio", "--denominator", "promised")
    (whole,) = figures(WAITING, design, *arguments)
    assert (whole["item"], whole["statistic"]) == ("waited/promised", "ratio")
    assert_agree(whole, rows_of("ratio of minutes, all")[0], INTERVAL)
    for row, other in zip(
        figures(WAITING, design, *arguments, "--by", "age"), rows_of("ratio of minutes, age"), strict=True
    ):
        assert_agree(row, other, INTERVAL)


def test_several_ratios_each_of_its_own_respondents(figures: Callable) -> None:
    both = ("--statistic", "ratio", "--denominator", "q3")
    one, two = figures(WAITING, FULL, "--item", "q1", "--item", "q2", *both)
    assert one == figures(WAITING, FULL, "--item", "q1", *both)[0]
    assert_agree(two, rows_of("ratio of scales, all")[0], INTERVAL)


def test_missing_codes_are_missing_in_a_ratio(figures: Callable, answers: Callable) -> None:
    data = answers("a,b\n4,2\n9,3\n6,9\n2,4\n")
    design = "[missing]\ndefault = [9]\n"
    (row,) = figures(data, design, "--item", "a", "--statistic", "ratio", "--denominator", "b")
    assert (row["n"], row["estimate"]) == (2, 1)


def test_alpha_of_those_who_answered_everything(figures: Callable) -> None:
    items = ("--item", "q1", "--item", "q2", "--item", "q3", "--statistic", "alpha")
    (whole,) = figures(SYNTHETIC, FULL, *items)
    assert (whole["item"], whole["statistic"], whole["value"]) == ("alpha", "alpha", None)
    assert_agree(whole, rows_of("alpha, all")[0], INTERVAL)
    for row, other in zip(
        figures(SYNTHETIC, FULL, *items, "--by", "age"), rows_of("alpha, age"), strict=True
    ):
        assert_agree(row, other, INTERVAL)


@pytest.mark.parametrize("rule", ["adjust_domain", "average_domain"])
def test_lonely_psus_within_domains(figures: Callable, rule: str) -> None:
    design = FULL + f'lonely_psu = "{rule}"\n'
    found = figures(str(FOLDER / "lonely.csv"), design, "--item", "q3", "--by", "age", "--statistic", "mean")
    for row, other in zip(found, rows_of(f"lonely, {rule} age"), strict=True):
        assert_agree(row, other, (*INTERVAL, "deff"))
