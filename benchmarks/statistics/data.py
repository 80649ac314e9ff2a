"""A seeded survey of 100 offices in 60 PSUs each, as the analysis file of a wave would hold it."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

OFFICES, PSUS, STRATA, ITEMS = 100, 60, 6, 40
AGES, MATTERS = 6, 3
ROW_GROUP = 131_072
SEED = 20111130


def items() -> list[str]:
    return [f"q{j + 1:02d}" for j in range(ITEMS)]


def make(path: Path, rows: int, *, dictionary: bool = False) -> None:
    """Write the Parquet file: UInt8 answers with 0 = missing, LZ4, dense UInt32 PSUs, sorted, no nulls."""
    random = np.random.default_rng(SEED)
    psu = np.sort(random.integers(0, OFFICES * PSUS, rows)).astype(np.uint32)
    columns: dict[str, np.ndarray] = {
        "office": (psu // PSUS).astype(np.uint16),
        "stratum": (psu // (PSUS // STRATA)).astype(np.uint16),
        "psu": psu,
        "weight": np.round(random.lognormal(0, 0.4, rows), 4),
        "age": random.integers(1, AGES + 1, rows).astype(np.uint8),
        "matter": random.integers(1, MATTERS + 1, rows).astype(np.uint8),
    }
    mood = random.normal(0, 0.3, OFFICES * PSUS)[psu]
    for name in items():
        answer = np.clip(np.round(3.8 + mood + random.normal(0, 1, rows)), 1, 5)
        columns[name] = np.where(random.random(rows) < 0.05, 0, answer).astype(np.uint8)
    fields = [pa.field(name, pa.from_numpy_dtype(column.dtype), False) for name, column in columns.items()]
    table = pa.table(list(columns.values()), schema=pa.schema(fields))
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    pq.write_table(table, partial, compression="lz4", row_group_size=ROW_GROUP, use_dictionary=dictionary)
    partial.replace(path)


def for_r(parquet: Path, path: Path) -> None:
    """The whole file as CSV, which R can read."""
    pa_csv.write_csv(pq.read_table(parquet), path)


DESIGN = """[design]
weight = "weight"
stratum = "stratum"
psu = "psu"

[missing]
default = [0]
"""
