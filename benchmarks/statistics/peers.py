"""Others beside us, where they are installed: R's survey, svy, pandas."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.statistics import data
from benchmarks.statistics.measuring import FOLDER, Row

R_ITEMS = 2


def measured(path: Path, ours: float, figures: list[dict]) -> list[Row]:
    """What the others need for the same means and standard errors; `ours` are our CPU seconds."""
    return [*_r(path, ours, figures), *_pandas(path, figures), *_svy(path, figures)]


def _worst(theirs: dict[tuple[str, str], tuple[float, float]], figures: list[dict]) -> float:
    mine = {(f["item"], str(f["by"]["office"])): f for f in figures}
    return max(
        float(abs(mine[key][name] / value - 1))
        for key, values in theirs.items()
        for name, value in zip(("estimate", "se"), values, strict=True)
    )


def _agrees(who: str, worst: float) -> Row:
    return Row(f"largest relative difference of our figures to {who}'s", worst, "", "≤ 1e-9", worst <= 1e-9)


def _r(path: Path, ours: float, figures: list[dict]) -> list[Row]:
    if shutil.which("Rscript") is None:
        return []
    names = data.items()[:R_ITEMS]
    source, result = FOLDER / "statistics-for-r.csv", FOLDER / "statistics-from-r.csv"
    data.for_r(path, source)
    script = Path(__file__).with_name("timing.R")
    done = subprocess.run(
        ["Rscript", str(script), str(source), str(result), *names],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"R could not: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return []
    preparing, estimating = map(float, done.stdout.split())
    with result.open(encoding="utf-8") as file:
        theirs = {
            (r["item"], r["office"]): (float(r["estimate"]), float(r["se"])) for r in csv.DictReader(file)
        }
    total = preparing + estimating / R_ITEMS * data.ITEMS
    return [
        Row(f"R svyby, per item (measured on {R_ITEMS})", estimating / R_ITEMS, "CPU s"),
        Row(f"R for {data.ITEMS} items (design + {data.ITEMS} × that, reading left out)", total, "CPU s"),
        Row("R / okienko", total / ours, "×", "≥ 300", total / ours >= 300),
        _agrees("R", _worst(theirs, figures)),
    ]


def _pandas(path: Path, figures: list[dict]) -> list[Row]:
    """What an analyst would write: sums by PSU with groupby, then the same closed form."""
    if find_spec("pandas") is None:
        return []
    import pandas

    start = time.process_time()
    frame = pandas.read_parquet(path)
    keys, theirs = ["office", "stratum", "psu"], {}
    for item in data.items():
        valid = frame[item] > 0
        weight = frame["weight"].where(valid, 0.0)
        sums = pandas.DataFrame({k: frame[k] for k in keys} | {"w": weight, "y": weight * frame[item]})
        units = sums.groupby(keys, as_index=False).sum()
        totals = units.groupby("office")[["w", "y"]].transform("sum")
        units["z"] = (units["y"] - totals["y"] / totals["w"] * units["w"]) / totals["w"]
        strata = units.groupby(["office", "stratum"])["z"].agg(["count", "var"])
        variance = (strata["count"] * strata["var"]).groupby("office").sum()
        means = units.groupby("office")[["w", "y"]].sum()
        for office in means.index:
            found = means["y"][office] / means["w"][office], variance[office] ** 0.5
            theirs[item, str(office)] = found
    used = time.process_time() - start
    return [
        Row("pandas, the same means and errors", used, "CPU s"),
        _agrees("pandas", _worst(theirs, figures)),
    ]


def _svy(path: Path, figures: list[dict]) -> list[Row]:
    if find_spec("svy") is None:
        return []
    import polars
    import svy

    start = time.process_time()
    names = data.items()
    frame = polars.from_arrow(pq.read_table(path))
    frame = frame.with_columns(
        polars.when(polars.col(n) > 0).then(polars.col(n).cast(polars.Float64)).alias(n) for n in names
    )
    sample = svy.Sample(frame, svy.Design(stratum="stratum", psu="psu", wgt="weight"))
    theirs = {}
    for name, found in zip(names, sample.estimation.mean(names, by="office", drop_nulls=True), strict=True):
        for row in found.estimates:
            theirs[name, str(row.by_level[0])] = (row.est, row.se)
    used = time.process_time() - start
    return [Row("svy, the same means and errors", used, "CPU s"), _agrees("svy", _worst(theirs, figures))]
