"""The whole way: which codes there are, the sums, the cube."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from okienko.engines.statistics.cells import Cells, additive, gather
from okienko.engines.statistics.cube import DENSE_CATEGORIES, Cube
from okienko.engines.statistics.design import LonelyPsu, SampleKind
from okienko.engines.statistics.labels import Column
from okienko.engines.statistics.relational.expression import listed, profile, sums
from okienko.engines.statistics.relational.query import CountQuery
from okienko.engines.statistics.relational.reading import categories_seen, codes_seen, read_cells

Ask = Callable[[Any], Mapping[str, Column]]


def cube_through(
    ask: Ask,
    table: Any,
    query: CountQuery,
    *,
    lonely_psu: LonelyPsu = LonelyPsu.FAIL,
    together: int = 1000,
) -> Cube | None:
    """The cube of a table elsewhere, for a probability sample.

    Parameters
    ----------
    ask : callable
        Runs an Ibis expression and gives its columns: Labels or arrays.
    table : Ibis table
    together : int
        Items in one query.

    Returns
    -------
    Cube, or None where the rows themselves are the cube: every row is a unit, or an item is a measurement.

    Raises
    ------
    StatisticsError
        Those of ``codes_seen``, ``read_cells`` and ``gather``.
    """
    if not additive(SampleKind.PROBABILITY, query.roles):
        return None
    row: dict[str, float | None] = {}
    for start in range(0, len(query.items), together):
        some = range(start, min(start + together, len(query.items)))
        row |= {name: _first(column) for name, column in ask(profile(table, query, some)).items()}
    counted = {}
    for item, seen in zip(query.items, codes_seen(row, query).values(), strict=True):
        values = _values(ask, table, item.spec.name) if seen is None else seen
        if values is None:
            return None
        counted[item.spec.name] = categories_seen(item, values)
    names = [item.spec.name for item in query.items]
    parts: list[Cells] = []
    for start in range(0, len(names), together):
        items = names[start : start + together]
        columns = ask(sums(table, query, counted, items, first=not start))
        parts.append(read_cells(columns, query, counted, items, first=not start))
    return gather(parts, lonely_psu)


def _values(ask: Ask, table: Any, column: str) -> np.ndarray | None:
    """The numbers that occur in a column; None when there are too many to count each."""
    found = np.asarray(ask(listed(table, column, DENSE_CATEGORIES + 2))["value"], np.float64)
    found = found[~np.isnan(found)]
    return None if found.size > DENSE_CATEGORIES else np.sort(found)


def _first(column: Column) -> float | None:
    value = float(column[0])  # type: ignore[index]
    return None if value != value else value
