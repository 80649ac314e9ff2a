"""From the answers of another engine to categories and ``Cells``."""

from collections.abc import Mapping, Sequence

import numpy as np

from okienko.engines.statistics.cells import ROLES, Cells
from okienko.engines.statistics.cube import DENSE_CATEGORIES
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.items import Categories, categories_of, plain
from okienko.engines.statistics.labels import Column, as_labels
from okienko.engines.statistics.relational.query import ROWS, Counted, CountQuery, StoredItem
from okienko.engines.statistics.tables import DenseTable


def codes_seen(found: Mapping[str, float | None], query: CountQuery) -> dict[str, np.ndarray | None]:
    """The codes of every item by the one row of ``profile``.

    Returns
    -------
    dict of item to ndarray of the values in its column, or None when only a list of them can tell

    Raises
    ------
    StatisticsError
        ``no_rows``, ``bad_weight``, ``unknown_code``.
    """
    if not found[ROWS]:
        raise StatisticsError("no_rows", "There are no rows, so no PSU is left to estimate from.")
    if bad := int(found.get("bad_weights") or 0):
        raise StatisticsError("bad_weight", f"{bad} weights are not above zero.")
    seen: dict[str, np.ndarray | None] = {}
    for i, item in enumerate(query.items):
        if strange := int(found.get(f"strange_{i}") or 0):
            raise StatisticsError(
                "unknown_code",
                f"Item {item.spec.name} has {strange} codes that are neither an answer nor missing.",
            )
        low, high = found[f"low_{i}"], found[f"high_{i}"]
        if low is None or high is None:
            seen[item.spec.name] = np.zeros(0)
        elif found[f"broken_{i}"] or high - low >= DENSE_CATEGORIES:
            seen[item.spec.name] = None
        else:
            seen[item.spec.name] = np.arange(int(low), int(high) + 1)
    return seen


def categories_seen(item: StoredItem, values: np.ndarray) -> Counted:
    """The valid categories of an item with these values in its column."""
    codes = values
    if item.places is not None:
        high = int(values.max(initial=0))
        if high > len(item.places):
            raise StatisticsError(
                "unknown_code",
                f"Item {item.spec.name} has place {high} in a list of {len(item.places)} codes.",
            )
        codes, values = np.array(item.places, np.float64), np.arange(1, len(item.places) + 1)
    elif item.spec.codes is not None:
        codes = values = np.array(item.spec.codes)
    known, _ = categories_of(codes, item.spec)
    return Counted(known.only(known.valid), tuple(plain(v) for v in values[known.valid]))


def read_cells(
    columns: Mapping[str, Column],
    query: CountQuery,
    counted: Mapping[str, Counted],
    items: Sequence[str],
    *,
    first: bool = True,
) -> Cells:
    """The result of ``sums`` for these items.

    Parameters
    ----------
    columns : mapping of result column to ndarray, or Labels for the keys; shape (cells,) each
    """
    rows = np.asarray(columns[ROWS])
    keys = {name: as_labels(columns[name]) for name in query.keys}
    design = {role: keys[f"d_{role}"] for role in ROLES if role in query.roles}
    for role, labels in design.items():
        if (labels.codes < 0).any():
            without = int(rows[labels.codes < 0].sum())
            raise StatisticsError(
                "missing_design_value", f"Column {query.roles[role]} has no value in {without} rows."
            )
    numbers = {item.spec.name: i for i, item in enumerate(query.items)}
    tables = {name: _table(columns, f"{numbers[name]}", counted[name].categories, query) for name in items}
    groups = {}
    for g, (name, members) in enumerate(query.groups.items()):
        groups[name] = frozenset(members)
        if f"n_g{g}_0" in columns:
            tables[name] = _group_table(columns, f"g{g}", query)
    return Cells(
        design,
        {name: keys[f"by_{i}"] for i, name in enumerate(query.by)},
        tables,
        groups,
        frozenset(item.spec.name for item in query.items if item.spec.codes is not None),
        int(rows.sum()) if first else 0,
    )


_ANSWERED = np.array([False, True])


def _group_table(columns: Mapping[str, Column], number: str, query: CountQuery) -> DenseTable:
    """Whether any of the items was answered: categories 0 (not counted) and 1, as ``answered`` has them."""
    yes = _ANSWERED[1:]
    one = _table(columns, number, Categories(np.arange(1), yes, yes, yes), query)
    wide = {id(x): np.column_stack([np.zeros(x.shape[0]), x]) for x in (one.weight, one.count)}
    square = None if one.square is None else np.column_stack([np.zeros(one.square.shape[0]), one.square])
    categories = Categories(np.arange(2), _ANSWERED, _ANSWERED.astype(np.float64), _ANSWERED)
    return DenseTable(categories, wide[id(one.weight)], wide[id(one.count)], square)


def _names(layer: str, number: str, categories: Categories) -> list[str]:
    return [f"{layer}_{number}_{k}" for k in range(categories.values.size)]


def _table(
    columns: Mapping[str, Column], number: str, categories: Categories, query: CountQuery
) -> DenseTable:
    rows = np.asarray(columns[ROWS]).size
    layers = {
        layer: np.column_stack(
            [
                np.empty((rows, 0)),
                *(np.asarray(columns[n], np.float64) for n in _names(layer, number, categories)),
            ]
        )
        for layer in query.layers
    }
    count = layers["n"]
    square = count if "w" not in layers else layers.get("s")
    return DenseTable(categories, layers.get("w", count), count, square)
