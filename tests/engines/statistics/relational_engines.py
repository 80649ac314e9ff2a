"""Engines for the tests: each runs SQL on an Arrow table that it has never seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from okienko.engines.statistics import Cube, LonelyPsu
from okienko.engines.statistics.relational import CountQuery, cube_through
from okienko.foundation.testing.machine import require
from okienko.interfaces.cli.estimate_elsewhere import TABLE, Engine, duckdb_engine, spark_engine


def arrow(columns: dict[str, np.ndarray]) -> pa.Table:
    """NaN becomes null, as in a Parquet file that somebody else wrote."""
    return pa.table({name: pa.array(column, from_pandas=True) for name, column in columns.items()})


@contextmanager
def clickhouse_engine(data: str) -> Iterator[Engine]:
    """ClickHouse in this process (chdb)."""
    import chdb

    def run(sql: str) -> pa.Table:
        named = f"WITH {TABLE} AS (SELECT * FROM file('{data}', Parquet)) {sql}"
        result = chdb.query(named, "Arrow")
        return pa.ipc.open_file(pa.BufferReader(result.bytes())).read_all()

    yield Engine("clickhouse", run)


OPENERS: dict[str, Callable[[str], AbstractContextManager[Engine]]] = {
    "duckdb": duckdb_engine,
    "spark": spark_engine,
    "clickhouse": clickhouse_engine,
}


def cube_elsewhere(name: str, table: pa.Table, query: CountQuery, lonely_psu: LonelyPsu) -> Cube | None:
    """The cube by an engine; skips the test where it is not installed."""
    require(name)
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "answers.parquet")
        pq.write_table(table, path)
        with OPENERS[name](path) as engine:
            return cube_through(
                lambda e: {n: plain(c) for n, c in zip(*_columns(engine.ask(e)), strict=True)},
                engine.table(),
                query,
                lonely_psu=lonely_psu,
                together=engine.together,
            )


def _columns(table: pa.Table) -> tuple[list[str], list[pa.ChunkedArray]]:
    return table.column_names, table.columns


def plain(column: pa.ChunkedArray) -> np.ndarray:
    return column.to_numpy()
