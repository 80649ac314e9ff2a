"""A seeded survey of 100 offices in 60 PSUs each, as the analysis file of a wave would hold it."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

OFFICES, PSUS, STRATA, ITEMS = 100, 60, 6, 40
AGES, MATTERS = 6, 3
PIECE = 5_000_000
ROW_GROUP = 131_072
SEED = 20111130


def items() -> list[str]:
    return [f"q{j + 1:02d}" for j in range(ITEMS)]


def make(path: Path, rows: int, *, dictionary: bool = False, offices: int = OFFICES) -> None:
    """Write the Parquet file: UInt8 answers with 0 = missing, LZ4, dense UInt32 PSUs, sorted, no nulls.

    Large files are made a few offices at a time, so that the answers need not fit into memory.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    pieces = max(1, rows // PIECE)
    writer = None
    for piece in range(pieces):
        first, last = offices * piece // pieces, offices * (piece + 1) // pieces
        table = _offices(first, last, rows * (piece + 1) // pieces - rows * piece // pieces, piece)
        writer = writer or pq.ParquetWriter(
            partial, table.schema, compression="lz4", use_dictionary=dictionary
        )
        writer.write_table(table, row_group_size=ROW_GROUP)
    assert writer is not None
    writer.close()
    partial.replace(path)


def _offices(first: int, last: int, rows: int, seed: int) -> pa.Table:
    """The answers of some offices, in the order of their PSUs."""
    random = np.random.default_rng([SEED, seed])
    psu = np.sort(random.integers(first * PSUS, last * PSUS, rows)).astype(np.uint32)
    columns: dict[str, np.ndarray] = {
        "office": (psu // PSUS).astype(np.uint16),
        "stratum": (psu // (PSUS // STRATA)).astype(np.uint16),
        "psu": psu,
        "weight": np.round(random.lognormal(0, 0.4, rows), 4),
        "age": random.integers(1, AGES + 1, rows).astype(np.uint8),
        "matter": random.integers(1, MATTERS + 1, rows).astype(np.uint8),
    }
    mood = random.normal(0, 0.3, (last - first) * PSUS)[psu - first * PSUS]
    for name in items():
        answer = np.clip(np.round(3.8 + mood + random.normal(0, 1, rows)), 1, 5)
        columns[name] = np.where(random.random(rows) < 0.05, 0, answer).astype(np.uint8)
    fields = [pa.field(name, pa.from_numpy_dtype(column.dtype), False) for name, column in columns.items()]
    return pa.table(list(columns.values()), schema=pa.schema(fields))


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
