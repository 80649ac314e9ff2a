"""Key drivers of a hundred offices with the design jackknife, and the index with derived weights."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.statistics import data
from okienko.engines.statistics import (
    DerivedCsi,
    Design,
    ItemSpec,
    Moments,
    build_moments,
    derived_csi,
    drivers,
)
from okienko.engines.statistics.drivers import SHAPLEY_LIMIT

LIMIT = 5.0


def _moments(path: Path, names: list[str]) -> Moments:
    columns = [*names, "weight", "stratum", "psu", "office"]
    with pq.ParquetFile(path, memory_map=True) as file:
        table = file.read(columns=columns, use_threads=False)
    arrays = {name: table[name].to_numpy() for name in columns}
    design = Design(weight=arrays["weight"], stratum=arrays["stratum"], psu=arrays["psu"])
    specs = [ItemSpec(name, missing=(0,), negative_missing=False) for name in names]
    return build_moments(arrays, specs, design, by=["office"])


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """CPU seconds of one run, and what it gave."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def measured(path: Path) -> list[tuple]:
    """Rows of the table: (what, figure, unit[, target, met])."""
    outcome, *items = data.items()
    few = items[:SHAPLEY_LIMIT]
    summing, moments = timed(lambda: _moments(path, data.items()))
    johnson, _ = timed(lambda: drivers(moments, outcome, items, by="office"))
    shapley, _ = timed(lambda: drivers(moments, outcome, few, by="office", method="shapley"))
    index, _ = timed(lambda: derived_csi(moments, DerivedCsi(outcome, tuple(items), 1, 5), by="office"))
    shape = f"{data.OFFICES} offices × {len(items)} drivers"
    total = summing + johnson
    size = sum(part.nbytes for part in moments.sums) / 2**20
    return [
        ("drivers: file to moments of every PSU", summing, "CPU s"),
        ("drivers: memory of the moments", size, "MB"),
        (f"drivers: Johnson with the jackknife, {shape}", johnson, "CPU s"),
        ("drivers: moments and Johnson together", total, "CPU s", f"≤ {LIMIT:g}", total <= LIMIT),
        (f"drivers: Shapley with the jackknife, {data.OFFICES} × {len(few)}", shapley, "CPU s"),
        (f"drivers: CSI with derived weights, {shape}", index, "CPU s"),
    ]
