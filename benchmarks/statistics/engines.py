"""The same cube by the engines that are installed, and how far their figures are from the local ones."""

from __future__ import annotations

import csv
import io
import os
from importlib.util import find_spec
from pathlib import Path

from benchmarks.statistics import data
from benchmarks.statistics.measuring import FOLDER, Row, at_most, process, python

NEEDED = {"local": "numpy", "duckdb": "duckdb", "spark": "pyspark"}


def figures(path: Path, engine: str) -> tuple[list[Row], dict]:
    """One run of the command by an engine: what it costs, and every figure."""
    design = FOLDER / "statistics-design.toml"
    design.write_text(data.DESIGN, encoding="utf-8")
    words = [word for name in data.items() for word in ("--item", name)]
    asked = [*words, "--by", "office", "--statistic", "mean", "--format", "csv", "--engine", engine]
    # A third of this machine's memory: what is larger must spill.
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", "--driver-memory 4g pyspark-shell")
    ran = process(python("okienko", "estimate", str(path), "--design", str(design), *asked))
    rows = list(csv.DictReader(io.StringIO(ran.out.decode())))
    found = {(r["item"], r["office"]): [float(r[k]) for k in ("n", "estimate", "se")] for r in rows}
    # Spark's Java machine outlives the command that started it, and nobody counts its time.
    java = " (without the Java machine)" if engine == "spark" else ""
    return [
        Row(f"{engine}: {len(found)} figures, whole process", ran.wall, "s"),
        Row(f"{engine}: of it the processor{java}", ran.cpu, "CPU s"),
        Row(f"{engine}: memory at the peak{java}", ran.memory, "MB"),
    ], found


def measured(path: Path) -> list[Row]:
    """The rows of the table, for the engines that are installed."""
    rows, ours = figures(path, "local")
    for engine, package in NEEDED.items():
        if engine == "local" or find_spec(package) is None or find_spec("ibis") is None:
            continue
        costs, theirs = figures(path, engine)
        worst = max(
            abs(b / a - 1) for key, row in ours.items() for a, b in zip(row, theirs[key], strict=True)
        )
        rows += [*costs, at_most(f"{engine}: largest relative difference to local", worst, "", 1e-9)]
    return rows
