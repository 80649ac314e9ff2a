"""Statistics: the pass against the scan floor, the whole command's CPU, R's survey beside it."""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from benchmarks.statistics import data, drivers
from okienko.engines.statistics import Cube, Design, ItemSpec, build_cube

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "bench"
R_ITEMS = 2
REPEATS = 7


@dataclass(frozen=True)
class Row:
    """One line of the table; `target` is what the figure must not exceed (or reach, for a gain)."""

    what: str
    figure: float
    unit: str
    target: str = ""
    met: bool | None = None


def cpu_of(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The least CPU time of several runs: what the work costs when nothing disturbs it."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def floor(path: Path, columns: list[str]) -> Callable[[], object]:
    """DuckDB adding up the same columns of the same file, one thread."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    sums = ", ".join(f"sum({name})" for name in columns)
    query = f"SELECT {sums} FROM read_parquet('{path}')"
    return lambda: connection.execute(query).fetchall()


def the_pass(path: Path, columns: list[str]) -> Cube:
    """What the command does between opening the file and the closed forms, one thread."""
    with pq.ParquetFile(path, memory_map=True) as file:
        table = file.read(columns=columns, use_threads=False)
    arrays = {name: table[name].to_numpy() for name in columns}
    design = Design(weight=arrays["weight"], stratum=arrays["stratum"], psu=arrays["psu"])
    specs = [ItemSpec(name, missing=(0,), negative_missing=False) for name in data.items()]
    return build_cube(arrays, specs, design, by=["office"])


def measure_pass(path: Path) -> tuple[float, float]:
    """CPU seconds of the floor and of the pass, taken in turns."""
    columns = [*data.items(), "weight", "stratum", "psu", "office"]
    scan = floor(path, columns)
    pairs = [(cpu_of(scan, 1), cpu_of(lambda: the_pass(path, columns), 1)) for _ in range(REPEATS)]
    return min(a for a, _ in pairs), min(b for _, b in pairs)


def whole_process(path: Path) -> tuple[float, float, list[dict]]:
    """CPU seconds and megabytes of `okienko estimate` from its start to its end, and its figures."""
    design = FOLDER / "statistics-design.toml"
    design.write_text(data.DESIGN, encoding="utf-8")
    command = [sys.executable, "-m", "okienko", "estimate", str(path), "--design", str(design)]
    command += [word for name in data.items() for word in ("--item", name)]
    command += ["--by", "office", "--statistic", "mean", "--format", "json"]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times, out = [], b""
    for _ in range(4):  # the first writes the bytecode
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        out = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return min(times), peak, json.loads(out)


def with_r(path: Path, figures: list[dict]) -> tuple[float, float, float] | None:
    """R's CPU seconds for the design and per item, and the largest relative difference of the figures."""
    if shutil.which("Rscript") is None:
        return None
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
        return None
    preparing, estimating = map(float, done.stdout.split())
    ours = {(f["item"], str(f["by"]["office"])): f for f in figures}
    worst = 0.0
    with result.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            mine = ours[row["item"], row["office"]]
            worst = max(worst, *(abs(mine[k] / float(row[k]) - 1) for k in ("estimate", "se")))
    return preparing, estimating / R_ITEMS, worst


def measured(rows: int, *, r: bool) -> list[Row]:
    """All measurements in order."""
    path = FOLDER / f"statistics-{rows}.parquet"
    packed = FOLDER / f"statistics-{rows}-dictionary.parquet"
    for file, dictionary in ((path, False), (packed, True)):
        if not file.exists():
            data.make(file, rows, dictionary=dictionary)
    scan, done = measure_pass(path)
    scan_packed, done_packed = measure_pass(packed)
    whole, memory, figures = whole_process(path)
    found = [
        Row("scan floor: DuckDB sum() of the columns", scan, "CPU s"),
        Row("the pass: file to cube", done, "CPU s"),
        Row("the pass / the floor", done / scan, "×", "≤ 1.5", done / scan <= 1.5),
        Row("the same with dictionary pages: the floor", scan_packed, "CPU s"),
        Row("the same with dictionary pages: the pass", done_packed, "CPU s"),
        Row(
            f"okienko estimate, {len(figures)} figures, whole process", whole, "CPU s", "≤ 1.1", whole <= 1.1
        ),
        Row("its memory at the peak", memory, "MB"),
        *(Row(*row) for row in drivers.measured(path)),
    ]
    beside = with_r(path, figures) if r else None
    if beside is None:
        return found
    preparing, per_item, worst = beside
    total = preparing + per_item * data.ITEMS
    return [
        *found,
        Row(f"R svyby, per item (measured on {R_ITEMS})", per_item, "CPU s"),
        Row(f"R for {data.ITEMS} items (design + {data.ITEMS} × that, reading left out)", total, "CPU s"),
        Row("R / okienko", total / whole, "×", "≥ 300", total / whole >= 300),
        Row("largest relative difference of our figures to R's", worst, "", "≤ 1e-9", worst <= 1e-9),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench statistics", description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--no-r", action="store_true", help="leave R out even if it is installed")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = measured(options.rows, r=not options.no_r)
    shape = f"{data.ITEMS} items × {data.OFFICES} offices × {data.PSUS} PSUs"
    print(f"{options.rows:,} respondents × {shape}, mean and SE; CPU seconds, least of several runs\n")
    width = max(len(row.what) for row in rows)
    for row in rows:
        verdict = "" if row.met is None else f"{row.target}  {'met' if row.met else 'MISSED'}"
        print(f"{row.what:{width}}  {row.figure:>12.4g} {row.unit:6} {verdict}".rstrip())
    content = {"rows": options.rows, "measured": [vars(row) for row in rows]}
    (FOLDER / "statistics.json").write_text(
        json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
