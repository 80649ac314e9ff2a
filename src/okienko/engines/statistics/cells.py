"""Cells whose units have no numbers yet: what one part of the answers (a row group, a day) adds to a cube.

A cell is a combination of labels: those of the design (stratum, PSU …) and those of the domains. Parts are
counted apart, on several processors or machines, and ``gather`` adds them up and numbers the units. That
needs named units: where every row is a unit of its own, the rows themselves are the cube (``build_cube``).
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import cast

import numpy as np

from okienko.engines.statistics.counting import tally
from okienko.engines.statistics.cube import (
    DENSE_CATEGORIES,
    ROWS_PER_CELL,
    Cube,
    answered,
    coded_item,
    observed,
)
from okienko.engines.statistics.design import Design, LonelyPsu, SampleKind, checked_weight, lay_out
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.items import Answers, ItemSpec
from okienko.engines.statistics.joining import dense, joined_categories, joined_labels
from okienko.engines.statistics.labels import Column, Labels
from okienko.engines.statistics.numbering import crossing, number_rows
from okienko.engines.statistics.tables import DenseTable

# Parts wait to be added up until they have this many cells, so that each cell is moved few times.
_WAITING_CELLS = 1 << 16
_CATEGORIES = 5
_ROW_BYTES = 40
_LARGE_CUBE = 1 << 30
ROLES = ("stratum", "psu", "psu2", "fpc", "fpc2")


@dataclass(frozen=True, eq=False)
class Cells:
    """Sums by labels.

    Attributes
    ----------
    design : mapping of a role in ``ROLES`` to Labels over the cells
        ``fpc`` and ``fpc2`` have numbers as labels.
    dims : mapping of name to Labels over the cells, -1 for none
    tables : mapping of item name to DenseTable with a row per cell, valid categories only
    groups : mapping of a name to items, as in ``Cube``
    declared : frozenset of items whose codes were declared
    rows : int
    """

    design: Mapping[str, Labels]
    dims: Mapping[str, Labels]
    tables: Mapping[str, DenseTable]
    groups: Mapping[str, frozenset[str]]
    declared: frozenset[str]
    rows: int

    @property
    def size(self) -> int:
        """Number of cells."""
        return next((labels.codes.size for labels in self.design.values()), 0)


def additive(kind: SampleKind, roles: Collection[str]) -> bool:
    """Whether the units of the last stage have names, so that parts can be counted apart."""
    if kind is not SampleKind.PROBABILITY or "psu" not in roles:
        return False
    return not {"fpc", "fpc2"} <= set(roles) or "psu2" in roles


def count_cells(
    columns: Mapping[str, Column | Answers],
    items: Sequence[ItemSpec],
    design: Design,
    *,
    by: Sequence[str] = (),
    groups: Mapping[str, Sequence[str]] | None = None,
    squares: bool = False,
) -> Cells:
    """Count one part of the answers; the parameters are those of ``build_cube``.

    Raises
    ------
    StatisticsError
        ``units_without_names`` when a row is a unit (see ``additive``); ``bad_weight``, ``bad_fpc``,
        ``missing_design_value``, ``unknown_code``, ``not_numeric``, ``too_many_codes``.
    """
    roles = {role: getattr(design, role) for role in ROLES if getattr(design, role) is not None}
    if not additive(design.kind, roles):
        raise StatisticsError("units_without_names", "Without PSUs the rows themselves are the cube.")
    coded = {spec.name: coded_item(columns, spec) for spec in items}
    for name, (_, categories) in coded.items():
        if categories.values.size > DENSE_CATEGORIES:
            raise StatisticsError("too_many_codes", f"Item {name} has too many codes to count each.")
    wanted = {name: frozenset(members) for name, members in (groups or {}).items()}
    coded |= {name: answered([coded[m] for m in sorted(members)]) for name, members in wanted.items()}
    keys = roles | {_dim(name): cast(Column, columns[name]) for name in by}
    rows = next(iter(coded.values()))[0].size
    cell, labels = number_rows(keys, rows)
    _check({role: labels[role] for role in roles}, cell)
    weight = checked_weight(design.weight, rows)
    cells = labels["psu"].codes.size
    # A missing answer has no place in the tables; a group keeps both of its categories.
    keep = [np.ones(2, bool) if name in wanted else k.valid for name, (_, k) in coded.items()]
    codes = [c for c, _ in coded.values()]
    sums = tally(codes, keep, cell, cells, weight, squares)
    return Cells(
        {role: labels[role] for role in roles},
        {name: labels[_dim(name)] for name in by},
        {
            name: DenseTable(k.only(kept), s.weight, s.count, s.square)
            for (name, (_, k)), kept, s in zip(coded.items(), keep, sums, strict=True)
        },
        wanted,
        frozenset(spec.name for spec in items if spec.codes is not None),
        rows,
    )


def gather(
    parts: Iterable[Cells], lonely_psu: LonelyPsu = LonelyPsu.FAIL, *, limit: float = math.inf
) -> Cube:
    """Add up the parts and number the units.

    Parameters
    ----------
    parts : iterable of Cells
        Taken one by one, so that no more than the cube and a few parts are in memory.
    limit : float
        More cells than this are refused: the rows are the smaller cube then (see ``most_cells``).

    Raises
    ------
    StatisticsError
        ``no_rows``, ``too_many_cells`` and those of ``lay_out``.
    """
    done: list[Cells] = []
    for part in parts:
        done.append(part)
        if sum(p.size for p in done[1:]) > max(_WAITING_CELLS, done[0].size):
            done = [_within(added(done), limit)]
    if not done:
        raise StatisticsError("no_rows", "There are no rows, so no PSU is left to estimate from.")
    cells = _within(added(done), limit)
    columns: dict = dict(cells.design)
    for role in ("fpc", "fpc2"):
        if role in columns:
            columns[role] = np.array(columns[role].names, np.float64)[columns[role].codes]
    layout = lay_out(Design(**columns, lonely_psu=lonely_psu), cells.size)
    tables = {
        name: table if name in cells.declared else observed(table) for name, table in cells.tables.items()
    }
    return Cube(layout.units, layout.unit, dict(cells.dims), tables, dict(cells.groups), cells.rows)


def most_cells(rows: int, items: int, weighted: bool) -> float:
    """How many cells a cube may have before the rows themselves are the better one.

    A cell with few rows is slower than its rows; and a cube of more than a gigabyte should be smaller than
    the rows would be.
    """
    cell = items * _CATEGORIES * (16 if weighted else 8)
    row = items + _ROW_BYTES
    return min(rows / ROWS_PER_CELL, max(_LARGE_CUBE, rows * row) / cell)


def _within(cells: Cells, limit: float) -> Cells:
    if cells.size > limit:
        raise StatisticsError("too_many_cells", f"{cells.size} cells: the rows are the smaller cube.")
    return cells


def added(parts: list[Cells]) -> Cells:
    """One part of several; ``parts`` is emptied on the way, since its tables are what fills the memory."""
    sizes = [p.size for p in parts]
    first, rows = replace(parts[0], tables={}), sum(p.rows for p in parts)
    design = {role: joined_labels([p.design[role] for p in parts], sizes) for role in first.design}
    dims = {name: joined_labels([p.dims[name] for p in parts], sizes) for name in first.dims}
    cell, cells = crossing([*design.values(), *dims.values()], sum(sizes))
    places = [_place(ids) for ids in np.split(cell, np.cumsum(sizes)[:-1])]
    tables = [dict(p.tables) for p in parts]
    groups = {name: members for p in parts for name, members in p.groups.items()}
    parts.clear()
    names = list(dict.fromkeys(chain.from_iterable(tables)))
    sample = np.zeros(cells, np.intp)
    sample[cell] = np.arange(cell.size)
    return replace(
        first,
        design={role: Labels(x.codes[sample], x.names) for role, x in design.items()},
        dims={name: Labels(x.codes[sample], x.names) for name, x in dims.items()},
        tables={name: _summed([t.pop(name, None) for t in tables], places, cells, name) for name in names},
        groups=groups,
        rows=rows,
    )


def compacted(cube: Cube) -> Cube:
    """The same cube with one cell for each unit and domain, and with sums in place of rows.

    Raises
    ------
    StatisticsError
        ``too_many_codes`` for measurements, whose sums would be mostly zeros.
    """
    size = cube.unit.size
    for name, table in cube.tables.items():
        if table.categories.values.size > DENSE_CATEGORIES:
            raise StatisticsError("too_many_codes", f"Item {name} has too many codes to keep sums of each.")
    unit = Labels(cube.unit, tuple(range((cube.units.second or cube.units.first).parent.size)))
    cell, cells = crossing([unit, *cube.dims.values()], size)
    if cells == size and all(isinstance(t, DenseTable) for t in cube.tables.values()):
        return cube
    sample = np.zeros(cells, np.intp)
    sample[cell] = np.arange(size)
    return replace(
        cube,
        unit=cube.unit[sample],
        dims={name: Labels(x.codes[sample], x.names) for name, x in cube.dims.items()},
        tables={name: _summed([dense(t)], [cell], cells, name) for name, t in cube.tables.items()},
        frames={},
    )


def _place(ids: np.ndarray) -> np.ndarray | slice:
    """Where the cells of a part are in the whole; parts in the order of their units are in one piece."""
    if ids.size and ids[-1] - ids[0] == ids.size - 1 and bool((np.diff(ids) == 1).all()):
        return slice(int(ids[0]), int(ids[-1]) + 1)
    return ids


def _summed(
    tables: Sequence[DenseTable | None], places: Sequence[np.ndarray | slice], cells: int, name: str
) -> DenseTable:
    """Add up the tables of an item, each at its place."""
    mine = [(table, place) for table, place in zip(tables, places, strict=True) if table is not None]
    categories, positions = joined_categories([table.categories for table, _ in mine], name)
    size = categories.values.size
    moved = {id(p): not np.array_equal(p, np.arange(size)) for p in positions}

    def total(layer: Callable[[DenseTable], np.ndarray]) -> np.ndarray:
        sums = np.zeros((cells, size), order="F")  # a figure reads few of the columns
        for (table, place), position in zip(mine, positions, strict=True):
            wide = layer(table)
            if moved[id(position)]:
                wide = np.zeros((wide.shape[0], size))
                wide[:, position] = layer(table)
            if isinstance(place, slice):
                sums[place] += wide
            else:
                np.add.at(sums, place, wide)
        return sums

    count = total(lambda table: table.count)
    if all(table.weight is table.count for table, _ in mine):  # without weights all sums are the same
        return DenseTable(categories, count, count, count)
    weight = total(lambda table: table.weight)
    if any(table.square is None for table, _ in mine):
        return DenseTable(categories, weight, count)
    return DenseTable(categories, weight, count, total(lambda table: cast(np.ndarray, table.square)))


def _dim(name: str) -> str:
    return f"by {name}"


def _check(labels: Mapping[str, Labels], cell: np.ndarray) -> None:
    for role, of_cells in labels.items():
        if (of_cells.codes < 0).any():
            row = int(np.flatnonzero(of_cells.codes[cell] < 0)[0]) + 1
            raise StatisticsError("missing_design_value", f"Column {role} has no value in row {row}.")
