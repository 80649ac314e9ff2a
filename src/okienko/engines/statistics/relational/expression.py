"""Ibis expressions over a table of answers. Nothing is imported of Ibis: the table brings its methods.

``ifelse`` and not ``sum(where=…)``: the latter becomes FILTER, five times slower in DuckDB. Sums are of
floating numbers (counts are exact up to 2⁵³), since SQL engines differ in what a sum of integers is.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from okienko.engines.statistics.relational.query import ROWS, Counted, CountQuery


def profile(table: Any, query: CountQuery, items: range) -> Any:
    """One row: how many rows there are, which codes the items have, how many weights are unusable.

    Parameters
    ----------
    table : Ibis table
    items : range
        Numbers of the items in ``query.items``.

    Returns
    -------
    Ibis table with ``n_rows``, ``bad_weights`` and, per item i, ``low_i``, ``high_i``, ``broken_i`` (answers
    that are not whole) and ``strange_i`` (codes that were not declared).
    """
    found = {ROWS: table.count()}
    if "weight" in query.roles:
        weight = table[query.roles["weight"]].cast("float64")
        usable = (weight > 0) & (weight < float("1e300"))
        found["bad_weights"] = usable.fill_null(False).ifelse(0.0, 1.0).sum()
    for i in items:
        item = query.items[i]
        column = table[item.spec.name].cast("float64")
        found |= {
            f"low_{i}": column.min(),
            f"high_{i}": column.max(),
            f"broken_{i}": (column != column.floor()).ifelse(1.0, 0.0).sum(),
        }
        if item.spec.codes is not None and item.places is None:
            unknown = column.notnull() & ~column.isin([*item.spec.codes, *item.spec.missing])
            if item.spec.negative_missing:
                unknown &= column >= 0
            found[f"strange_{i}"] = unknown.ifelse(1.0, 0.0).sum()
    return table.aggregate(**found)


def listed(table: Any, column: str, most: int) -> Any:
    """The values of a column, no more than ``most``, as ``value``."""
    return table.select(value=table[column].cast("float64")).distinct().limit(most)


def sums(
    table: Any, query: CountQuery, counted: Mapping[str, Counted], items: Sequence[str], *, first: bool = True
) -> Any:
    """The cube: sums by the keys, a column for every item, category and layer.

    Parameters
    ----------
    table : Ibis table
    counted : mapping of item to its categories
    items : sequence of item names
        Some engines slow down with hundreds of sums in one query; then ask for a few items at a time.
    first : bool
        Also count the groups of items; in one of the queries.

    Returns
    -------
    Ibis table with the keys of the query, ``n_rows`` and ``n_i_k``, ``w_i_k``, ``s_i_k``.
    """
    weight = table[query.roles["weight"]].cast("float64") if "weight" in query.roles else None
    found = {ROWS: table.count()}
    numbers = {item.spec.name: i for i, item in enumerate(query.items)}
    for name in items:
        for k, value in enumerate(counted[name].stored):
            found |= _layers(f"{numbers[name]}_{k}", _codes(table, name) == value, weight, query)
    for g, members in enumerate(query.groups.values() if first else ()):
        answered = [_codes(table, m).isin(counted[m].stored) for m in sorted(members) if counted[m].stored]
        if answered:
            found |= _layers(f"g{g}_0", reduce(or_, answered), weight, query)
    keys = {name: table[column] for name, column in query.keys.items()}
    return table.group_by(**keys).aggregate(**found)


def rows_of(table: Any, columns: Sequence[str]) -> Any:
    """The rows themselves, for designs in which every row is a unit."""
    return table.select(*columns)


def _codes(table: Any, name: str) -> Any:
    """An item's column as numbers; codes that are texts are read as numbers."""
    column = table[name]
    return column if column.type().is_numeric() else column.cast("float64")


def _layers(place: str, chosen: Any, weight: Any, query: CountQuery) -> dict[str, Any]:
    summed = {"n": 1.0, "w": weight, "s": None if weight is None else weight * weight}
    return {f"{layer}_{place}": chosen.ifelse(summed[layer], 0.0).sum() for layer in query.layers}
