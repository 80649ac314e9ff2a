"""Putting cubes together: days of a wave, offices of a network, waves of a survey."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from okienko.engines.statistics.cube import Cube
from okienko.engines.statistics.design import Stage, Units
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.items import Categories
from okienko.engines.statistics.labels import Labels, in_order, ordered
from okienko.engines.statistics.tables import DenseTable, RowTable, Table
from okienko.engines.statistics.weighting.calibration import joined as joined_calibrations


def combine(
    cubes: Sequence[Cube],
    *,
    dimension: str | None = None,
    labels: Sequence[object] = (),
    same_units: bool = False,
) -> Cube:
    """One cube of several.

    Parameters
    ----------
    cubes : sequence of Cube
        An item or a dimension that one of them lacks has no values there.
    dimension, labels : optional
        A new dimension that tells the cubes apart, with a label per cube (``"wave"``, ``("2025", "2026")``).
    same_units : bool
        True: strata and PSUs of equal names are the same ones (new days of one wave, or a wave drawn in
        the same PSUs). False: the designs are independent.

    Raises
    ------
    StatisticsError
        ``kinds_differ``, ``units_without_names``, ``fpc_varies``, ``categories_differ``.
    """
    if not cubes:
        raise StatisticsError("no_rows", "There is no cube to combine.")
    if len({(c.units.kind, c.units.lonely_psu, c.units.second is None) for c in cubes}) > 1:
        raise StatisticsError(
            "kinds_differ", "Cubes of different sample kinds, stages or rules cannot be combined."
        )
    units, position = _joined_units([c.units for c in cubes], same_units)
    sizes = [c.unit.size for c in cubes]
    dims = {
        name: joined_labels([c.dims.get(name) for c in cubes], sizes)
        for name in dict.fromkeys(n for c in cubes for n in c.dims)
    }
    if dimension is not None:
        dims[dimension] = Labels(np.repeat(np.arange(len(cubes)), sizes), tuple(labels))
    names = dict.fromkeys(n for c in cubes for n in c.tables)
    groups = {name: members for c in cubes for name, members in c.groups.items()}
    return Cube(
        units,
        np.concatenate([p[c.unit] for p, c in zip(position, cubes, strict=True)]),
        dims,
        {name: _joined_table([c.tables.get(name) for c in cubes], sizes, name) for name in names},
        groups,
        sum(c.rows for c in cubes),
        calibration=joined_calibrations([c.calibration for c in cubes], [c.unit for c in cubes], position),
    )


def _joined_units(parts: list[Units], same: bool) -> tuple[Units, list[np.ndarray]]:
    """The units together, and for every cube the new number of each of its units of the last stage."""
    first, psu = _joined_stage([u.first for u in parts], same, [None] * len(parts))
    seconds = [u.second for u in parts if u.second is not None]
    if not seconds:
        return replace(parts[0], first=first), psu
    second, unit = _joined_stage(seconds, same, psu)
    return replace(parts[0], first=first, second=second), unit


def _joined_stage(
    stages: list[Stage], same: bool, parents: Sequence[np.ndarray | None]
) -> tuple[Stage, list[np.ndarray]]:
    """Join one stage; ``parents`` renumbers the parents of each part (None: they are strata)."""
    if same:
        return _merged_stage(stages, parents)
    owners, positions, units, above = [], [], 0, 0
    for stage, renumbered in zip(stages, parents, strict=True):
        owners.append(stage.parent + above if renumbered is None else renumbered[stage.parent])
        positions.append(np.arange(stage.parent.size) + units)
        units += stage.parent.size
        above += stage.sampled.size
    lists = [s.names for s in stages if s.names is not None]
    names = [(i, *n) for i, own in enumerate(lists) for n in own] if len(lists) == len(stages) else None
    labels = [(i, label) for i, s in enumerate(stages) for label in s.parents]
    joined = Stage(
        np.concatenate(owners),
        np.concatenate([s.sampled for s in stages]),
        np.concatenate([s.population for s in stages]),
        names,
        labels,
    )
    return joined, positions


def _merged_stage(
    stages: list[Stage], parents: Sequence[np.ndarray | None]
) -> tuple[Stage, list[np.ndarray]]:
    lists = [s.names for s in stages if s.names is not None]
    if len(lists) < len(stages):
        raise StatisticsError("units_without_names", "Units can only be matched by name, and rows have none.")
    labels = list(dict.fromkeys(label for s in stages for label in s.parents))
    number = {label: i for i, label in enumerate(labels)}
    units: dict[tuple, int] = {}
    owner: list[int] = []
    positions = []
    population = np.full(len(labels), np.nan)
    for stage, names, renumbered in zip(stages, lists, parents, strict=True):
        above = np.array([number[p] for p in stage.parents]) if renumbered is None else renumbered
        known = ~np.isnan(population[above])
        if (population[above][known] != stage.population[known]).any():
            raise StatisticsError("fpc_varies", "The cubes give different populations for the same stratum.")
        population[above] = stage.population
        for name, parent in zip(names, above[stage.parent].tolist(), strict=True):
            if name not in units:
                units[name] = len(units)
                owner.append(parent)
        positions.append(np.array([units[n] for n in names], np.intp))
    parent = np.array(owner, np.intp)
    sampled = np.bincount(parent, minlength=len(labels)).astype(np.float64)
    if (population < sampled).any():
        worst = int(np.flatnonzero(population < sampled)[0])
        raise StatisticsError(
            "fpc_below_sample",
            f"The population of {labels[worst]!r} is {population[worst]:g}, but together the cubes have "
            f"{sampled[worst]:g} sampled units of it.",
        )
    return Stage(parent, sampled, population, list(units), labels), positions


def joined_labels(columns: Sequence[Labels | None], sizes: Sequence[int]) -> Labels:
    """One column of several, which may name their labels differently; None has no values."""
    parts = [c or Labels(np.full(n, -1, np.intp), ()) for c, n in zip(columns, sizes, strict=True)]
    names = list(dict.fromkeys(chain.from_iterable(p.names for p in parts)))
    if all(in_order(p.names) for p in parts):
        names = ordered(names)
    number = {label: i for i, label in enumerate(names)}
    codes = [np.array([*map(number.__getitem__, p.names), -1], np.intp)[p.codes] for p in parts]
    return Labels(np.concatenate(codes), tuple(names))


def _joined_table(tables: list[Table | None], sizes: list[int], name: str) -> Table:
    categories, positions = joined_categories([t.categories for t in tables if t is not None], name)
    place = iter(positions)
    spots = [None if t is None else next(place) for t in tables]
    if all(isinstance(t, RowTable) for t in tables):
        return _joined_rows([t for t in tables if isinstance(t, RowTable)], positions, categories)
    size = categories.values.size
    wide = [_wide(t, p, rows, size) for t, p, rows in zip(tables, spots, sizes, strict=True)]
    count = np.concatenate([w[1] for w in wide])
    if all(w[0] is w[1] for w in wide):  # without weights all three sums are the same
        return DenseTable(categories, count, count, count)
    squares = [w[2] for w in wide if w[2] is not None]
    square = np.concatenate(squares) if len(squares) == len(wide) else None
    return DenseTable(categories, np.concatenate([w[0] for w in wide]), count, square)


def _joined_rows(tables: list[RowTable], positions: list[np.ndarray], categories: Categories) -> RowTable:
    code = np.concatenate([p[t.code] for p, t in zip(positions, tables, strict=True)])
    if all(t.weight is None for t in tables):
        return RowTable(categories, code)
    return RowTable(
        categories,
        code,
        np.concatenate([np.ones(t.code.size) if t.weight is None else t.weight for t in tables]),
    )


def _wide(
    table: Table | None, position: np.ndarray | None, rows: int, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Sums of weights, counts and squares of one part, its columns moved to the joint categories."""
    if table is None or position is None:
        nothing = np.zeros((rows, size))
        return nothing, nothing, nothing
    if isinstance(table, DenseTable):
        if np.array_equal(position, np.arange(size)):
            return table.weight, table.count, table.square
        square = None if table.square is None else _moved(table.square, position, size)
        return _moved(table.weight, position, size), _moved(table.count, position, size), square
    own = np.ones(rows) if table.weight is None else table.weight
    weight, count, square = (np.zeros((rows, size)) for _ in range(3))
    cells, columns = np.arange(rows), position[table.code]
    weight[cells, columns] = own
    count[cells, columns] = 1
    square[cells, columns] = own**2
    return weight, count, square


def dense(table: Table) -> DenseTable:
    """The table with sums in place of rows, still a cell per row."""
    if isinstance(table, DenseTable):
        return table
    size = table.categories.values.size
    weight, count, square = _wide(table, np.arange(size), table.code.size, size)
    return DenseTable(table.categories, count if table.weight is None else weight, count, square)


def _moved(sums: np.ndarray, position: np.ndarray, size: int) -> np.ndarray:
    wide = np.zeros((sums.shape[0], size))
    wide[:, position] = sums
    return wide


def joined_categories(parts: list[Categories], name: str) -> tuple[Categories, list[np.ndarray]]:
    """All codes of an item in ascending order, and the columns of every part among them."""
    if all(_alike(parts[0], p) for p in parts):
        listed = np.logical_or.reduce([p.listed for p in parts])
        return replace(parts[0], listed=listed), [np.arange(listed.size)] * len(parts)
    values = np.unique(np.concatenate([p.values.astype(np.float64) for p in parts]))
    valid, listed = np.zeros(values.size, bool), np.zeros(values.size, bool)
    scores, seen = np.zeros(values.size), np.zeros(values.size, bool)
    positions = []
    for part in parts:
        where = np.searchsorted(values, part.values.astype(np.float64))
        again = seen[where]
        if (valid[where] != part.valid)[again].any() or (scores[where] != part.scores)[again].any():
            raise StatisticsError(
                "categories_differ", f"The cubes read the codes of item {name} differently."
            )
        valid[where], scores[where] = part.valid, part.scores
        listed[where] |= part.listed
        seen[where] = True
        positions.append(where)
    limits = None
    if ends := [p.limits for p in parts if p.limits is not None]:
        limits = (min(low for low, _ in ends), max(high for _, high in ends))
    return Categories(values, valid, scores, listed, limits if len(ends) == len(parts) else None), positions


def _alike(one: Categories, other: Categories) -> bool:
    return one is other or (one.limits == other.limits and _bytes(one) == _bytes(other))


def _bytes(categories: Categories) -> tuple[str, bytes, bytes, bytes]:
    values = categories.values
    return values.dtype.str, values.tobytes(), categories.valid.tobytes(), categories.scores.tobytes()
