"""The pass against the scan floor, and the whole command."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks.statistics import data
from benchmarks.statistics.measuring import FOLDER, REPEATS, Row, at_most, paired, process, python
from okienko.interfaces.cli import estimate_cube
from okienko.interfaces.cli.estimate_cube import Wanted, make_cube
from okienko.interfaces.cli.estimate_design import DesignFile

DESIGN = DesignFile({"weight": "weight", "stratum": "stratum", "psu": "psu"}, missing=(0,))


def wanted(path: Path, by: tuple[str, ...] = ("office",)) -> Wanted:
    """The sums of all items."""
    return Wanted(str(path), DESIGN, tuple(data.items()), by)


def floor(path: Path, threads: int) -> Callable[[], object]:
    """DuckDB adding up the same columns of the same file."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    columns = [*data.items(), "weight", "stratum", "psu", "office"]
    query = f"SELECT {', '.join(f'sum({name})' for name in columns)} FROM read_parquet('{path}')"
    return lambda: connection.execute(query).fetchall()


def the_pass(path: Path, threads: int) -> Callable[[], object]:
    """What the command does between opening the file and the closed forms."""

    def run() -> object:
        before = estimate_cube.threads
        estimate_cube.threads = lambda: threads
        try:
            return make_cube(wanted(path), "local")
        finally:
            estimate_cube.threads = before

    return run


def measured(path: Path, packed: Path) -> tuple[list[Row], float, list[dict]]:
    """Half a million respondents: the pass, the command; also its CPU seconds and its figures."""
    rows = []
    for file, words in ((path, ""), (packed, ", dictionary pages")):
        scan, done = paired(floor(file, 1), the_pass(file, 1), REPEATS, time.process_time)
        rows += [
            Row(f"scan floor: DuckDB sum() of the columns{words}", scan, "CPU s"),
            Row(f"the pass: file to cube{words}", done, "CPU s"),
        ]
        if file == path:
            rows.append(at_most("the pass / the floor, one thread", done / scan, "×", 1.4))
    design = FOLDER / "statistics-design.toml"
    design.write_text(data.DESIGN, encoding="utf-8")
    words = [word for name in data.items() for word in ("--item", name)]
    asked = [*words, "--by", "office", "--statistic", "mean", "--format", "json"]
    command = python("okienko", "estimate", str(path), "--design", str(design), *asked)
    ran = process(command, 4)  # the first writes the bytecode
    figures = json.loads(ran.out)
    rows += [
        at_most(f"okienko estimate, {len(figures)} figures, whole process", ran.cpu, "CPU s", 0.9),
        Row("its memory at the peak", ran.memory, "MB"),
    ]
    cube = FOLDER / "statistics-cube.parquet"
    process(
        python(
            "okienko", "cube", str(path), "--design", str(design), *words, "--by", "office", "--to", str(cube)
        )
    )
    again = process(python("okienko", "estimate", str(cube), *asked), 3)
    one = process(python("okienko", "estimate", str(cube), "--item", "q01", *asked[len(words) :]), 3)
    rows += [
        Row(f"the same {len(figures)} figures from the stored cube, whole process", again.cpu, "CPU s"),
        Row("the figures of one item from the stored cube, whole process", one.cpu, "CPU s"),
    ]
    return rows, ran.cpu, figures
