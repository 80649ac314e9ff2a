"""Five million respondents: the pass with two threads, its memory, and half a million figures at once."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.statistics import data
from benchmarks.statistics.measuring import Row, at_most, paired, process, python
from benchmarks.statistics.passing import floor, the_pass, wanted

BY = ("office", "age", "matter")
TURNS = 5


def measured(path: Path) -> list[Row]:
    """The rows of the table."""
    scan, done = paired(floor(path, 2), the_pass(path, 2), TURNS, time.perf_counter)
    cpu = paired(floor(path, 2), the_pass(path, 2), 3, time.process_time)
    alone = process(python("benchmarks.statistics.large", str(path), "pass"))
    everything = process(python("benchmarks.statistics.large", str(path), "everything"), 2)
    said = json.loads(everything.out)
    return [
        Row("5 million: scan floor, two threads", scan, "s"),
        Row("5 million: the pass, two threads", done, "s"),
        at_most("5 million: the pass / the floor, wall time in turns", done / scan, "×", 1.5),
        Row("5 million: the pass / the floor, CPU time", cpu[1] / cpu[0], "×"),
        at_most("5 million: the pass, whole process, memory at the peak", alone.memory, "MB", 1000),
        Row("5 million: cells of office × age × matter × PSU", said["cells"], ""),
        at_most(
            f"5 million: {said['figures']:,} figures with intervals, whole process",
            everything.cpu,
            "CPU s",
            6,
        ),
        Row("… of it the closed forms", said["closed"], "CPU s"),
        at_most("… memory at the peak", everything.memory, "MB", 1000),
    ]


def everything(path: Path) -> dict:
    """Seven statistics of every item in every domain of every office."""
    from okienko.engines.statistics import Mean, Measure, Share, estimate
    from okienko.interfaces.cli.estimate_cube import make_cube

    cube, _ = make_cube(wanted(path, BY), "local")
    start, figures = time.process_time(), 0
    for item in data.items():
        measures: list[Measure] = [Mean(item), Share(item, (4, 5), "top2")]
        measures += [Share(item, (code,), value=code) for code in range(1, 6)]
        for measure in measures:
            figures += len(estimate(cube, measure, by=BY))
    return {"cells": cube.unit.size, "figures": figures, "closed": time.process_time() - start}


if __name__ == "__main__":
    from okienko.config.env import calm_blas

    calm_blas()
    if sys.argv[2] == "everything":
        print(json.dumps(everything(Path(sys.argv[1]))))
    else:
        the_pass(Path(sys.argv[1]), 2)()
