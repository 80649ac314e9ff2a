"""`[weighting]` of `okienko estimate`: the calibrated figures of R, diagnostics, refusals."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_estimate import FULL, assert_agree
from tests.engines.statistics.reference_data import FOLDER
from tests.engines.statistics.test_weighting_against_r import cases

DATA = str(FOLDER / "weighting.csv")
DESIGN = FULL + 'fpc = "nh"\n'
MEAN = ("--item", "q2", "--statistic", "mean")
TWO = "[[weighting.margin]]\ncolumns = 'sex'\nshares = { f = 0.55, m = 0.45 }\n"
SMALL = "q1,w,g,h\n5,1,a,x\n4,1,a,y\n3,2,b,x\n2,1,b,y\n"
SHARES = "[[weighting.margin]]\ncolumns = ['g']\nshares = { a = 0.4, b = 0.6 }\n"


def case_named(name: str) -> dict:
    return next(c for c in cases() if c["name"] == name)


def weighting_of(case: dict) -> str:
    """The case as a statistician would write it."""
    bounds = "".join(
        f"{key} = {case[name]}\n" for key, name in (("bounds", "ratio"), ("trim", "trim")) if name in case
    )
    text = f'[weighting]\nmethod = "{case.get("distance", "raking")}"\n{bounds}'
    for margin in case["margins"]:
        kind = "shares" if margin.get("shares") else "totals"
        text += f"[[weighting.margin]]\ncolumns = {json.dumps(margin['dims'])}\n"
        text += f'missing = "{margin.get("missing", "refuse")}"\n'
        tables: dict[str, list[str]] = {}
        for label, people in zip(margin["labels"], margin["population"], strict=True):
            *above, last = (str(part) for part in label)
            key = ".".join(["weighting.margin", kind, *(f'"{part}"' for part in above)])
            tables.setdefault(key, []).append(f'"{last}" = {people!r}')
        text += "".join(f"[{key}]\n" + "\n".join(lines) + "\n" for key, lines in tables.items())
    return text


@pytest.mark.parametrize(
    "weighting",
    [
        "post-strata of age and sex",
        "raking",
        "logit with bounds",
        "raking with bounds",
        "raking with trimmed weights",
        "some without a value",
    ],
)
def test_calibrated_figures_agree_with_r(figures: Callable, weighting: str) -> None:
    case = case_named(f"{weighting}: mean")
    rows = figures(DATA, DESIGN + weighting_of(case), *MEAN)
    assert_agree(rows[0], case["rows"][0], ("n", "estimate", "se", "df", "lower", "upper"))


def test_calibrated_shares_and_groups_agree_with_r(figures: Callable) -> None:
    case = case_named("raking: top2")
    arguments = ("--item", "q3", "--statistic", "top2", "--by", "age", "--method", "t")
    rows = figures(DATA, DESIGN + "[scale]\nmin = 1\nmax = 5\n" + weighting_of(case), *arguments)
    for found, expected in zip(rows, case["rows"], strict=True):
        assert_agree(found, expected)


def test_a_change_is_of_waves_weighted_on_their_own(figures: Callable) -> None:
    """The totals of the reference differ by wave; a margin crossed with the wave says so."""
    case = case_named("within every wave: change")
    arguments = ("--item", "q2", "--statistic", "change", "--waves", "2025", "2026")
    (row,) = figures(DATA, DESIGN + 'wave = "wave"\n' + weighting_of(case), *arguments)
    assert_agree(row, case["rows"][0])


def test_margins_that_know_no_waves_hold_in_each(run: Callable, tmp_path: Path) -> None:
    report = tmp_path / "fit.json"
    arguments = ("--item", "q2", "--statistic", "change", "--waves", "2025", "2026")
    design = DESIGN + 'wave = "wave"\n' + TWO
    code, _, errors = run(DATA, design, *arguments, "--diagnostics", str(report))
    assert code == 0, errors
    fits = json.loads(report.read_text(encoding="utf-8"))
    assert [fit["within"] for fit in fits] == [2025, 2026]
    for fit in fits:
        assert {tuple(c["category"]): round(c["after"], 9) for c in fit["categories"]} == {
            ("f",): 0.55,
            ("m",): 0.45,
        }


def test_what_the_fit_did_is_said_beside_the_figures(run: Callable) -> None:
    case = case_named("raking with trimmed weights: weights")
    code, out, errors = run(DATA, DESIGN + weighting_of(case), *MEAN)
    assert code == 0
    assert "margins met in" in errors
    assert f"{case['rows'][0]['effective']:.1f} after" in errors
    assert "margins met" not in out


def test_base_weights_come_from_the_design(figures: Callable, answers: Callable) -> None:
    """Two of four days in one stratum, one of two in the other: 2 and 2 times every third client."""
    text = "q1,d,h,n,k,g\n5,1,a,4,3,x\n4,1,a,4,3,y\n2,2,a,4,3,x\n1,3,b,6,1,y\n3,4,b,6,1,x\n"
    design = '[design]\npsu = "d"\nstratum = "h"\nfpc = "n"\n'
    base = '[weighting]\nbase = "inclusion"\ninterval = "k"\n'
    margin = "[[weighting.margin]]\ncolumns = ['h']\ntotals = { a = 18, b = 6 }\n"
    (row,) = figures(answers(text), design + base + margin, "--item", "q1", "--statistic", "mean")
    # Base weights 6, 6, 6, 3, 3 already meet the margin.
    assert row["estimate"] == pytest.approx((6 * 11 + 3 * 4) / 24)


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ("[weighting]\nmethod = 'raking'\n", "needs [[weighting.margin]]"),
        ("[weighting]\nmetod = 'raking'\n" + SHARES, "unknown key 'metod' in [weighting]"),
        ("[weighting]\nmethod = 'iterative'\n" + SHARES, "method must be one of raking"),
        ("[weighting]\nbounds = 3\n" + SHARES, "two numbers"),
        ("[weighting]\nbounds = [1.5, 3]\n" + SHARES, "the lower from 0 to 1"),
        ("[weighting]\ninterval = 'k'\n" + SHARES, 'needs base = "inclusion"'),
        ("[weighting]\nwithin = 3\n" + SHARES, "name of a column"),
        (SHARES.replace("shares", "share"), "unknown key 'share'"),
        (SHARES.replace("['g']", "[]"), "names of one or more columns"),
        (SHARES.replace("shares = { a = 0.4, b = 0.6 }", ""), "either shares or totals"),
        (SHARES.replace("0.4", "'4'"), "must be a number"),
        (SHARES.replace("['g']", "['g', 'h']"), "a level for each column"),
        (SHARES.replace("['g']", "['sex']"), "no column 'sex'"),
        (SHARES.replace("0.4", "0.5"), "shares add up to 1.1"),
        (SHARES.replace("b = 0.6", "c = 0.6"), "are in b"),
        (SHARES.replace("b = 0.6", "b = 0.5, c = 0.1"), "nobody who answered is in c"),
        (SHARES.replace("0.4", "0.0").replace("0.6", "1.0"), "the population of a is 0"),
        (SHARES.replace("['g']", "['q1']"), "both an item and a group"),
        (SHARES + TWO.replace("sex", "h").replace("f =", "x =").replace("m =", "z ="), "margin h"),
    ],
)
def test_a_weighting_that_cannot_be_is_refused(
    run: Callable, answers: Callable, design: str, said: str
) -> None:
    code, out, errors = run(answers(SMALL), design, "--item", "q1", "--statistic", "mean")
    assert (code, out) == (2, "")
    assert said.lower() in errors.lower()
    assert "Traceback" not in errors


def test_diagnostics_need_a_weighting(run: Callable, answers: Callable, tmp_path: Path) -> None:
    arguments = ("--item", "q1", "--statistic", "mean", "--diagnostics", str(tmp_path / "fit.json"))
    code, _, errors = run(answers(SMALL), "", *arguments)
    assert (code, "needs [weighting]" in errors) == (2, True)


def test_a_ratio_is_of_weighted_answers_and_alpha_is_refused(run: Callable, figures: Callable) -> None:
    case = case_named("raking: mean")
    design = DESIGN + weighting_of(case)
    arguments = ("--item", "q2", "--denominator", "nps", "--statistic", "ratio")
    (plain,), (row,) = (figures(DATA, text, *arguments) for text in (DESIGN, design))
    assert row["n"] == plain["n"]
    assert row["estimate"] != pytest.approx(plain["estimate"], rel=1e-6)
    code, _, errors = run(DATA, design, "--item", "q1", "--item", "q2", "--statistic", "alpha")
    assert (code, "leave [weighting] out" in errors) == (2, True)
