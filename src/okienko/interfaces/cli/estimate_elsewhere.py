"""The cube from DuckDB, Spark or ClickHouse: Ibis writes the SQL, the engine adds up, we read the sums.

Only the compiler of Ibis is used and not its connections, so that an engine needs no package but its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from okienko.config import env
from okienko.engines.statistics import Cube
from okienko.engines.statistics.labels import Column
from okienko.engines.statistics.relational import CountQuery, StoredItem, cube_through, rows_of
from okienko.interfaces.cli.estimate_cube import Wanted, whole
from okienko.interfaces.cli.estimate_data import DataFile
from okienko.interfaces.cli.estimate_design import InputFault

TABLE = "answers"


@dataclass(frozen=True)
class Engine:
    """A place where SQL is run on the answers.

    `together`: how many items one query adds up. Spark makes a query a method of the Java machine, and a
    method beyond eight thousand bytes is never compiled further: eight items are quick, forty are not.
    """

    dialect: str
    run: Callable[[str], pa.Table]
    together: int = 1000

    def table(self) -> Any:
        """The answers as an Ibis table that knows nothing but its schema."""
        schema = self.run("SELECT * FROM answers LIMIT 0").schema
        return _ibis().table({field.name: _kind(field.type) for field in schema}, name=TABLE)

    def ask(self, expression: object) -> pa.Table:
        """The answer to an expression."""
        return self.run(str(_ibis().to_sql(expression, dialect=self.dialect)))


def cube_from(name: str, wanted: Wanted) -> Cube:
    """The cube by the named engine; `InputFault` when it is missing or cannot read the data."""
    with OPENERS[name](wanted.data) as engine:
        return cube_by(engine, wanted)


def rows_from(name: str, wanted: Wanted) -> DataFile:
    """The rows themselves, from the named engine."""
    with OPENERS[name](wanted.data) as engine:
        return _rows(engine, wanted, _table(engine, wanted))


def cube_by(engine: Engine, wanted: Wanted) -> Cube:
    """The cube by an open engine. Where the rows themselves are the cube, they are fetched."""
    table = _table(engine, wanted)
    query = CountQuery(
        tuple(StoredItem(s, wanted.stored.codes[s.name] if wanted.stored else None) for s in wanted.specs),
        wanted.roles,
        wanted.by,
        {name: tuple(members) for name, members in wanted.groups.items()},
    )
    cube = None
    if wanted.additive:
        cube = cube_through(
            lambda expression: _columns(DataFile(Path(wanted.data), engine.ask(expression)), query, wanted),
            table,
            query,
            lonely_psu=wanted.design.lonely_psu,
            together=engine.together,
        )
    return cube or whole(wanted, _rows(engine, wanted, table))


def _table(engine: Engine, wanted: Wanted) -> Any:
    table = engine.table()
    if lacking := [c for c in (*wanted.numeric, *wanted.labelled) if c not in table.columns]:
        raise InputFault(f"{wanted.data}: there is no column {', '.join(map(repr, lacking))}")
    return table


def _rows(engine: Engine, wanted: Wanted, table: Any) -> DataFile:
    columns = list(dict.fromkeys([*wanted.numeric, *wanted.labelled]))
    return DataFile(Path(wanted.data), engine.ask(rows_of(table, columns)), stored=wanted.stored)


def _columns(data: DataFile, query: CountQuery, wanted: Wanted) -> dict[str, Column]:
    """Keys as labels, sums and populations as numbers."""
    labelled = {key: source for key, source in query.keys.items() if "fpc" not in key}
    found: dict[str, Column] = {}
    for name in data.table.column_names:
        if name not in labelled:
            found[name] = data.numbers(name)
        elif wanted.stored is not None and labelled[name] in wanted.stored.labels:
            found[name] = wanted.stored.labelled(labelled[name], data.numbers(name))
        else:
            found[name] = data.labels(name)
    return found


def _kind(kind: pa.DataType) -> str:
    """As much of a type as the expressions need."""
    if pa.types.is_integer(kind):
        return "int64"
    if pa.types.is_boolean(kind):
        return "boolean"
    return "float64" if pa.types.is_floating(kind) or pa.types.is_decimal(kind) else "string"


def _ibis():
    try:
        import ibis
    except ImportError:
        raise _missing("ibis-framework") from None
    return ibis


def _missing(package: str) -> InputFault:
    return InputFault(
        f"this engine needs the package {package}, which is not installed: "
        "pip install 'okienko[duckdb]' or 'okienko[spark]', or use --engine local"
    )


@contextmanager
def duckdb_engine(data: str) -> Iterator[Engine]:
    """DuckDB in this process, over a Parquet file, a folder of them or an address that it can read."""
    try:
        import duckdb
    except ImportError:
        raise _missing("duckdb") from None
    connection = duckdb.connect()
    pattern = str(Path(data) / "**" / "*.parquet") if Path(data).is_dir() else data
    try:
        relation = connection.read_parquet(pattern)
        relation.create_view(TABLE)
        yield Engine("duckdb", lambda sql: connection.sql(sql).to_arrow_table())
    except duckdb.Error as error:
        raise _unreadable(data, error) from None
    finally:
        connection.close()


@contextmanager
def spark_engine(data: str) -> Iterator[Engine]:
    """Spark, by `OKIENKO_SPARK`: a master (`local[*]`, `spark://…`, `yarn`) or a server (`sc://…`)."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise _missing("pyspark") from None
    _ = _ibis().pyspark  # its options must be known before it compiles
    master = env.text("OKIENKO_SPARK", "local[*]")
    builder = SparkSession.builder.appName("okienko").config("spark.log.level", "ERROR")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    builder = builder.remote(master) if master.startswith("sc://") else builder.master(master)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise InputFault(f"Spark at {master} does not start: {_first_line(error)}") from None
    try:
        session.read.parquet(data).createOrReplaceTempView(TABLE)
        yield Engine("pyspark", lambda sql: session.sql(sql).toArrow(), together=8)
    except PySparkException as error:
        raise _unreadable(data, error) from None


def _unreadable(data: str, error: Exception) -> InputFault:
    return InputFault(f"{data}: the engine cannot read it as Parquet: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]


OPENERS: dict[str, Callable[[str], AbstractContextManager[Engine]]] = {
    "duckdb": duckdb_engine,
    "spark": spark_engine,
}
