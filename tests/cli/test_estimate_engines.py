"""`okienko estimate` by row groups and by other engines: the same figures, and messages that say where."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from okienko.foundation.testing.machine import require
from okienko.interfaces.cli import estimate_cube, main
from tests.engines.statistics.reference_data import columns

DESIGN = '[design]\nweight = "weight"\nstratum = "stratum"\npsu = "psu"\n'
MEANS = ("--item", "q1", "--item", "q2", "--by", "office", "age", "--statistic", "mean")
STATISTICS = [
    MEANS,
    ("--item", "q2", "--statistic", "share"),
    ("--item", "nps", "--by", "office", "--statistic", "nps"),
    ("--item", "q1", "--item", "q2", "--statistic", "csi", "--importance", "i1", "i2"),
    ("--item", "q1", "--by", "age", "--statistic", "change", "--waves", "2025", "2026"),
    ("--item", "emphasis", "--statistic", "share"),
    ("--item", "q1", "--statistic", "ratio", "--denominator", "q2"),
    ("--item", "q2", "--statistic", "median", "--by", "office"),
]


def survey() -> dict[str, np.ndarray]:
    """The synthetic survey with texts for labels, of which the first half are numbers."""
    data = dict(columns("synthetic"))
    data["office"] = np.array([str(int(o)) if o < 5 else f"biuro {int(o)}" for o in data["office"]], object)
    data["psu"] = np.array([f"{p:04.0f}" for p in data["psu"]], object)
    return data


def written(path: Path, data: dict[str, np.ndarray], row_group: int) -> str:
    table = pa.table({name: pa.array(column, from_pandas=True) for name, column in data.items()})
    pq.write_table(table, path, row_group_size=row_group)
    return str(path)


@pytest.fixture
def figures_by(figures: Callable) -> Callable:
    def call(data: str, engine: str, *arguments: str) -> dict:
        design = DESIGN + 'wave = "wave"\n[scale]\nmin = 1\nmax = 5\n'
        rows = figures(data, design, "--engine", engine, *arguments)
        return {(row["item"], row["value"], json.dumps(row["by"])): row for row in rows}

    return call


def assert_same(found: dict, expected: dict) -> None:
    assert list(found) == list(expected)
    for key, row in expected.items():
        for name in ("n", "estimate", "se", "lower", "upper", "df", "deff"):
            same = found[key][name] is row[name] or found[key][name] == pytest.approx(row[name], rel=1e-9)
            assert same, (key, name)


@pytest.mark.parametrize("asked", STATISTICS)
@pytest.mark.parametrize("workers", [1, 3])
def test_row_groups_give_the_figures_of_the_whole(
    figures_by: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple, workers: int
) -> None:
    monkeypatch.setattr(estimate_cube, "_MANY_ROWS", 0)
    monkeypatch.setattr(estimate_cube, "threads", lambda: workers)
    whole = written(tmp_path / "whole.parquet", survey(), 5000)
    torn = written(tmp_path / "torn.parquet", survey(), 100)
    assert_same(figures_by(torn, "local", *asked), figures_by(whole, "local", *asked))


@pytest.mark.parametrize("asked", STATISTICS)
def test_duckdb_gives_the_figures_of_the_local_engine(
    figures_by: Callable, tmp_path: Path, asked: tuple
) -> None:
    require("duckdb")
    data = written(tmp_path / "answers.parquet", survey(), 300)
    assert_same(figures_by(data, "duckdb", *asked), figures_by(data, "local", *asked))


def test_duckdb_reads_a_folder_of_files(figures_by: Callable, tmp_path: Path) -> None:
    require("duckdb")
    data, folder = survey(), tmp_path / "days"
    folder.mkdir()
    for part in range(3):
        chosen = {name: column[part::3] for name, column in data.items()}
        written(folder / f"{part}.parquet", chosen, 5000)
    whole = written(tmp_path / "whole.parquet", data, 5000)
    assert_same(figures_by(str(folder), "duckdb", *MEANS), figures_by(whole, "local", *MEANS))


def test_designs_without_psus_are_estimated_from_the_rows(figures: Callable, tmp_path: Path) -> None:
    require("duckdb")
    data = written(tmp_path / "answers.parquet", survey(), 300)
    for design in ("", '[design]\nstratum = "stratum"\nweight = "weight"\n'):
        ours = figures(data, design, *MEANS)
        assert figures(data, design, "--engine", "duckdb", *MEANS) == ours


def test_packed_answers_are_read_by_duckdb(
    figures: Callable, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    require("duckdb")
    data = written(tmp_path / "answers.parquet", survey(), 5000)
    design, packed = tmp_path / "d.toml", tmp_path / "packed.parquet"
    design.write_text(DESIGN, encoding="utf-8")
    words = ["pack", data, "--design", str(design), "--item", "q1", "q2", "--by", "office", "age"]
    assert main.main([*words, "--to", str(packed)]) == 0
    capsys.readouterr()
    ours = {json.dumps([r["item"], r["by"]]): r for r in figures(data, DESIGN, *MEANS)}
    theirs = figures(str(packed), "", "--engine", "duckdb", *MEANS)
    assert_same({json.dumps([r["item"], r["by"]]): r for r in theirs}, ours)


@pytest.mark.parametrize("engine", ["local", "duckdb"])
@pytest.mark.parametrize(("column", "value", "said"), [
    ("weight", -1.0, "not above zero"),
    ("psu", None, "has no value"),
    ("q1", "wcale", "q1"),
])  # fmt: skip
def test_what_is_wrong_with_the_answers_is_said(
    run: Callable, tmp_path: Path, engine: str, column: str, value: object, said: str
) -> None:
    require("duckdb")
    data = survey()
    data[column] = data[column].astype(object)
    if isinstance(value, str):
        data[column] = np.array([None if v != v else str(v) for v in data[column]], object)
    data[column][700] = value
    code, out, errors = run(written(tmp_path / "a.parquet", data, 300), DESIGN, "--engine", engine, *MEANS)
    assert (code, out) == (2, "")
    assert said in errors


def test_the_row_of_a_bad_weight_is_counted_from_its_part(run: Callable, tmp_path: Path) -> None:
    data = survey()
    data["weight"] = data["weight"].copy()
    data["weight"][700] = 0
    _, _, errors = run(written(tmp_path / "a.parquet", data, 300), DESIGN, *MEANS)
    assert "first in row 101" in errors
    assert "counted from row 601" in errors


@pytest.mark.parametrize(("data", "said"), [
    ("nowhere.parquet", "cannot read it as Parquet"),
    ("text.csv", "cannot read it as Parquet"),
    ("answers.parquet", "there is no column 'q9'"),
])  # fmt: skip
def test_what_duckdb_cannot_use_is_refused(run: Callable, tmp_path: Path, data: str, said: str) -> None:
    require("duckdb")
    (tmp_path / "text.csv").write_text("q9\n1\n")
    written(tmp_path / "answers.parquet", survey(), 300)
    path = str(tmp_path / data)
    code, _, errors = run(path, DESIGN, "--engine", "duckdb", "--item", "q9", "--statistic", "mean")
    assert code == 2
    assert said in errors


@pytest.mark.parametrize(("engine", "package"), [("duckdb", "duckdb"), ("spark", "pyspark")])
def test_a_missing_extra_is_named(
    run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, package: str
) -> None:
    for name in (package, f"{package}.sql", f"{package}.errors"):
        monkeypatch.setitem(sys.modules, name, None)
    data = written(tmp_path / "a.parquet", survey(), 300)
    code, _, errors = run(data, DESIGN, "--engine", engine, *MEANS)
    assert code == 2
    assert f"needs the package {package}" in errors
    assert f"okienko[{engine}]" in errors


def test_the_engine_of_a_deployment_is_a_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("OKIENKO_ENGINE", "duckdb")
    assert estimate_cube.default_engine() == "duckdb"
    monkeypatch.setenv("OKIENKO_ENGINE", "abacus")
    assert main.main(["estimate", "a.csv", "--item", "q", "--statistic", "mean"]) == 2
    assert "one of local, duckdb, spark" in capsys.readouterr().err
