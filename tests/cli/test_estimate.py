"""`okienko estimate`: the fixed contract."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.engines.statistics.reference_data import FOLDER, cases, columns

FIELDS = ["item", "statistic", "value", "by", "n", "estimate", "se", "lower", "upper", "df", "deff"]
SHARED = Path(os.environ.get("OKIENKO_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
KANSAS_CITY = SHARED / "kansas-city-2021" / "responses.csv"

FULL = '[design]\nweight = "weight"\nstratum = "stratum"\npsu = "psu"\n'
SYNTHETIC = str(FOLDER / "synthetic.csv")


def assert_agree(
    found: dict, expected: dict, keys: Sequence[str] = ("estimate", "se", "df", "lower", "upper")
) -> None:
    for key in keys:
        assert found[key] == pytest.approx(expected[key], rel=1e-9), key


def rows_of(name: str) -> list[dict]:
    return next(c for c in cases() if c["name"] == name)["rows"]


def test_a_figure_has_exactly_the_fields_of_the_contract(figures: Callable) -> None:
    (row,) = figures(SYNTHETIC, FULL, "--item", "q2", "--statistic", "mean")
    assert list(row) == FIELDS
    assert (row["item"], row["statistic"], row["value"], row["by"]) == ("q2", "mean", None, {})
    assert_agree(row, rows_of("q2 all")[0], ("n", "estimate", "se", "df", "lower", "upper", "deff"))


def test_several_items_and_crossed_groups(figures: Callable) -> None:
    rows = figures(
        SYNTHETIC,
        FULL,
        "--item",
        "q1",
        "--item",
        "q2",
        "--by",
        "office",
        "--by",
        "age",
        "--statistic",
        "mean",
    )
    expected = {(r["by"]["office"], r["by"]["age"]): r for r in rows_of("q2 by office and age")}
    found = {(r["by"]["office"], r["by"]["age"]): r for r in rows if r["item"] == "q2"}
    assert found.keys() == expected.keys()
    for key, row in expected.items():
        assert_agree(found[key], row, ("n", "estimate", "se", "df"))
    assert {r["item"] for r in rows} == {"q1", "q2"}


def test_groups_may_follow_one_by(figures: Callable) -> None:
    arguments = ("--item", "q2", "--statistic", "mean")
    together = figures(SYNTHETIC, FULL, "--by", "office", "age", *arguments)
    assert together == figures(SYNTHETIC, FULL, "--by", "office", "--by", "age", *arguments)


def test_shares_of_all_codes_add_up_and_one_is_asked_by_value(figures: Callable) -> None:
    design = FULL + 'fpc = "nh"\n'
    every = figures(
        SYNTHETIC, design, "--item", "q2", "--by", "office", "--statistic", "share", "--method", "t"
    )
    assert sorted({r["value"] for r in every}) == [1, 2, 3, 4, 5]
    for office in range(1, 9):
        assert sum(r["estimate"] for r in every if r["by"] == {"office": office}) == pytest.approx(1)
    one = figures(
        SYNTHETIC,
        design,
        "--item",
        "q2",
        "--by",
        "office",
        "--statistic",
        "share",
        "--value",
        "4",
        "--method",
        "mean",
    )
    assert one == [r for r in every if r["value"] == 4]
    for found, expected in zip(one, rows_of("share of 4"), strict=True):
        assert_agree(found, expected)


@pytest.mark.parametrize(
    ("method", "name"), [("logit", "xlogit"), ("beta", "beta"), ("korn-graubard", "beta")]
)
def test_top2_by_interval_method(figures: Callable, method: str, name: str) -> None:
    design = FULL + "[scale]\nmin = 1\nmax = 5\n"
    rows = figures(
        SYNTHETIC, design, "--item", "q3", "--by", "age", "--statistic", "top2", "--method", method
    )
    for found, expected in zip(rows, rows_of(f"top2 by age {name}"), strict=True):
        assert_agree(found, expected)


def test_nps_lies_between_minus_100_and_100(figures: Callable) -> None:
    rows = figures(SYNTHETIC, FULL, "--item", "nps", "--by", "office", "--statistic", "nps")
    for found, expected in zip(rows, rows_of("NPS by office"), strict=True):
        assert_agree(found, expected, ("n", "estimate", "se", "df", "deff"))


def test_csi_with_stated_importance_and_with_fixed_weights(figures: Callable) -> None:
    items = ("--item", "q1", "--item", "q2", "--item", "q3", "--by", "office", "--statistic", "csi")
    scale = "[scale]\nmin = 1\nmax = 5\n"
    stated = figures(SYNTHETIC, FULL + scale, *items, "--importance", "i1", "i2", "i3")
    for found, expected in zip(stated, rows_of("CSI, stated importance, office"), strict=True):
        assert_agree(found, expected, ("n", "estimate", "se", "df"))
    weights = "[importance]\nq1 = 3\nq2 = 2\nq3 = 1\n"
    fixed = figures(SYNTHETIC, FULL + 'fpc = "nh"\n' + scale + weights, *items)
    for found, expected in zip(fixed, rows_of("CSI, fixed weights, office"), strict=True):
        assert_agree(found, expected, ("n", "estimate", "se", "df"))


@pytest.mark.parametrize("data", ["synthetic", "shared"])
def test_change_between_waves(figures: Callable, data: str) -> None:
    design = FULL + 'wave = "wave"\n'
    arguments = ("--item", "q2", "--statistic", "change", "--waves", "2025", "2026")
    (row,) = figures(str(FOLDER / f"{data}.csv"), design, *arguments)
    assert_agree(row, rows_of(f"change, {data}")[0], ("n", "estimate", "se", "df", "lower", "upper"))
    (back,) = figures(str(FOLDER / f"{data}.csv"), design, *arguments[:-2], "2026", "2025")
    assert back["estimate"] == -row["estimate"]


def test_change_of_a_share_and_by_groups(figures: Callable) -> None:
    design = FULL + 'wave = "wave"\n'
    change = ("--statistic", "change", "--waves", "2025", "2026")
    (share,) = figures(SYNTHETIC, design, "--item", "q3", "--value", "5", *change)
    assert share["value"] == 5
    assert_agree(share, rows_of("change of a share, synthetic")[0], ("estimate", "se", "df"))
    grouped = figures(SYNTHETIC, design, "--item", "q2", "--by", "age", *change)
    for found, expected in zip(grouped, rows_of("change by age, synthetic"), strict=True):
        assert_agree(found, expected, ("n", "estimate", "se", "df"))


@pytest.mark.parametrize("rule", ["adjust", "remove", "certainty"])
def test_lonely_psu_rules(figures: Callable, rule: str) -> None:
    design = f'[design]\nweight = "pw"\nstratum = "dnum"\nlonely_psu = "{rule}"\n'
    (row,) = figures(str(FOLDER / "apiclus1.csv"), design, "--item", "api00", "--statistic", "mean")
    assert round(row["se"], 4) == {"adjust": 5.8281}.get(rule, 5.8058)


def test_two_stage_design(figures: Callable) -> None:
    design = '[design]\npsu = "dnum"\npsu2 = "snum"\nfpc = "fpc1"\nfpc2 = "fpc2"\nweight = "pw2"\n'
    (row,) = figures(str(FOLDER / "apiclus2.csv"), design, "--item", "api00", "--statistic", "mean")
    assert (round(row["estimate"], 2), round(row["se"], 3)) == (670.81, 30.099)


def test_parquet_says_the_same_as_csv(figures: Callable, tmp_path: Path) -> None:
    data = columns("synthetic")
    table = {
        "q2": pa.array(np.nan_to_num(data["q2"]).astype(np.uint8)),
        "office": pa.array([f"Urząd {int(o)}" for o in data["office"]]).dictionary_encode(),
        "weight": data["weight"],
        "stratum": data["stratum"].astype(np.uint16),
        "psu": data["psu"].astype(np.uint32),
    }
    path = tmp_path / "answers.parquet"
    pq.write_table(pa.table(table), path)
    design = FULL + "[missing]\ndefault = [0]\n"
    rows = figures(str(path), design, "--item", "q2", "--by", "office", "--statistic", "mean")
    assert [r["by"]["office"] for r in rows] == [f"Urząd {o}" for o in range(1, 9)]
    expected = figures(SYNTHETIC, FULL, "--item", "q2", "--by", "office", "--statistic", "mean")
    for found, other in zip(rows, expected, strict=True):
        assert_agree(found, other, ("n", "estimate", "se", "df", "deff"))


def test_missing_codes_per_item(figures: Callable, answers: Callable) -> None:
    data = answers("q1,q4_01\n5,9\n9,1\n3,9\n4,2\n")
    design = "[missing]\ndefault = [9]\n[missing.items]\nq4_01 = []\n"
    (mean,) = figures(data, design, "--item", "q1", "--statistic", "mean")
    assert (mean["n"], mean["estimate"]) == (3, 4)
    (named,) = figures(data, design, "--item", "q4_01", "--statistic", "share", "--value", "9")
    assert (named["n"], named["estimate"]) == (4, 0.5)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfq1;w;o\n5;1,5;A\nNA;1;A\n;2;B\n3;0,5;A\n",
        "q1,w,o\n5,1.5,A\nNA,1,A\n,2,B\n3,0.5,A\n",
        '"q1"\t"w"\t"o"\r\n"5"\t"1.5"\t"A"\r\n"NA"\t"1"\t"A"\r\n""\t"2"\t"B"\r\n" 3 "\t"0.5"\t"A"\r\n',
    ],
)
def test_csv_of_any_delimiter_with_bom_and_gaps(
    figures: Callable, answers: Callable, content: str | bytes
) -> None:
    design = '[design]\nweight = "w"\n'
    rows = figures(answers(content), design, "--item", "q1", "--by", "o", "--statistic", "mean")
    assert [(r["by"], r["n"]) for r in rows] == [({"o": "A"}, 2), ({"o": "B"}, 0)]
    assert rows[0]["estimate"] == pytest.approx((5 * 1.5 + 3 * 0.5) / 2)
    assert rows[1]["estimate"] is None


def test_labels_keep_leading_zeros_and_whole_numbers_are_numbers(
    figures: Callable, answers: Callable
) -> None:
    data = answers("q1,teryt,counci\n5,0201,10\n4,0201,2\n3,1465,10\n1,1465,2\n")
    by_code = figures(data, "", "--item", "q1", "--by", "teryt", "--statistic", "mean")
    assert [r["by"]["teryt"] for r in by_code] == ["0201", "1465"]
    by_number = figures(data, "", "--item", "q1", "--by", "counci", "--statistic", "mean")
    assert [r["by"]["counci"] for r in by_number] == [2, 10]


def test_rows_without_a_group_are_in_none_but_stay_in_the_design(
    figures: Callable, answers: Callable
) -> None:
    data = answers("q1,o\n5,A\n4,A\n3,\n1,NA\n2,B\n2,B\n")
    rows = figures(data, "", "--item", "q1", "--by", "o", "--statistic", "mean")
    assert [r["by"]["o"] for r in rows] == ["A", "B"]
    (everyone,) = figures(data, "", "--item", "q1", "--statistic", "mean")
    assert everyone["n"] == 6


def test_csv_and_table_formats(run: Callable) -> None:
    arguments = ("--item", "q2", "--by", "office", "--statistic", "mean")
    _, text, _ = run(SYNTHETIC, FULL, *arguments, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 8
    assert float(rows[0]["estimate"]) == pytest.approx(rows_of("q2 by office")[0]["estimate"], rel=1e-12)
    _, table, _ = run(SYNTHETIC, FULL, *arguments, "--format", "table")
    assert len(table.splitlines()) == 9
    assert f"{float(rows[0]['estimate']):.4f}" in table


def test_a_sample_that_is_not_a_probability_sample_gets_no_error(run: Callable) -> None:
    design = '[design]\nkind = "non_probability"\n'
    arguments = ("--item", "q2", "--statistic", "mean", "--format", "json")
    code, out, errors = run(SYNTHETIC, design, *arguments)
    (row,) = json.loads(out)
    assert code == 0
    assert row["estimate"] is not None
    assert {row[k] for k in ("se", "lower", "upper", "df", "deff")} == {None}
    assert "not a probability sample" in errors
    _, out, errors = run(SYNTHETIC, design, *arguments, "--method", "model")
    assert json.loads(out)[0]["lower"] is not None
    assert "model_based" in errors


@pytest.mark.skipif(not KANSAS_CITY.exists(), reason="the Kansas City survey is not beside the repository")
def test_kansas_city_agrees_with_r(figures: Callable) -> None:
    design = '[design]\nstratum = "counci"\n[missing]\ndefault = [9]\n[missing.items]\nq4_01 = []\n'
    rows = figures(str(KANSAS_CITY), design, "--item", "q3_01", "--by", "counci", "--statistic", "mean")
    for found, expected in zip(rows, rows_of("Kansas City q3_01 by council district"), strict=True):
        assert found["by"] == expected["by"]
        assert_agree(found, expected, ("n", "estimate", "se", "df", "lower", "upper", "deff"))
    (named,) = figures(str(KANSAS_CITY), design, "--item", "q4_01", "--statistic", "share", "--value", "9")
    assert named["estimate"] > 0
    assert_agree(named, rows_of("Kansas City q4_01 = 9")[0], ("n", "estimate", "se", "df", "deff"))


def test_a_number_far_down_may_be_a_decimal_and_a_word_there_is_named(
    figures: Callable, run: Callable, answers: Callable
) -> None:
    many = "q1,note\n" + "4,aaaaaaaaaaaaaaaaaaaa\n" * 120_000
    (row,) = figures(answers(many + "2.5,b\n"), "", "--item", "q1", "--statistic", "mean")
    assert row["n"] == 120_001
    grouped = figures(answers(many + "2,b\n"), "", "--item", "q1", "--by", "note", "--statistic", "mean")
    assert [r["n"] for r in grouped] == [120_000, 1]
    code, _, errors = run(answers(many + "zły,b\n"), "", "--item", "q1", "--statistic", "mean")
    assert code == 2
    assert "row 120001: 'zły' is not a number" in errors


def test_the_command_starts_without_django_and_without_scipy_stats() -> None:
    program = (
        "import sys; import okienko.interfaces.cli.estimate; "
        "print([m for m in ('django', 'scipy.stats', 'scipy.optimize', 'duckdb') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
