"""The cube of sums: all that the answers of a survey contribute to any figure.

A cell is a unit of the design (a PSU, or a second-stage unit) crossed with the domains asked for.
Cells are additive: cubes of days, offices or waves are joined by putting their cells together
(see ``joining``), and no figure needs a respondent's row a second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np

from okienko.engines.statistics.counting import tally
from okienko.engines.statistics.design import Design, Layout, Units, lay_out
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.items import Answers, Categories, ItemSpec, encode, narrowed
from okienko.engines.statistics.labels import Column, Labels, as_labels, number
from okienko.engines.statistics.tables import DenseTable, RowTable, Table
from okienko.engines.statistics.weighting.calibration import Calibration

EVERYONE = "(everyone)"
"""Name of the table that counts respondents whatever they answered."""

# Below this many respondents per cell the rows are the smaller cube.
ROWS_PER_CELL = 3
# An item with more categories than this is a measurement; its table would be mostly zeros.
DENSE_CATEGORIES = 64


@dataclass(frozen=True, eq=False)
class Cube:
    """Sums of answers by unit and domain.

    Attributes
    ----------
    units : Units
        The sampled units, those without answers included.
    unit : ndarray of intp, shape (cells,)
        The unit (of the last stage) of each cell.
    dims : mapping of name to Labels
        The domain of each cell in each dimension, -1 for none.
    tables : mapping of item name to Table
    groups : mapping of a name to the items of which its table counts whether any was answered
    rows : int
        Respondents in the cube.
    calibration : Calibration, optional
        How the weights were fitted to the population (``weighting.fitting.calibrate``).
    """

    units: Units
    unit: np.ndarray
    dims: Mapping[str, Labels]
    tables: Mapping[str, Table]
    groups: Mapping[str, frozenset[str]]
    rows: int
    frames: dict = field(default_factory=dict, repr=False)
    calibration: Calibration | None = None

    @property
    def items(self) -> tuple[str, ...]:
        """Names of the items."""
        return tuple(name for name in self.tables if name not in self.groups)

    def table(self, item: str) -> Table:
        """The table of an item, or ``StatisticsError`` ``no_such_item``."""
        if item not in self.tables:
            raise StatisticsError("no_such_item", f"There is no item {item!r} in the cube.")
        return self.tables[item]

    def dimension(self, name: str) -> Labels:
        """The labels of a dimension, or ``StatisticsError`` ``no_such_dimension``."""
        if name not in self.dims:
            raise StatisticsError("no_such_dimension", f"There is no dimension {name!r} in the cube.")
        return self.dims[name]

    def subset(self, **chosen: object) -> "Cube":
        """The part of the cube with these labels; the design keeps all its units, as a domain must.

        Each value is a label, or a collection (list, tuple, set) of labels.
        """
        keep = np.ones(self.unit.size, bool)
        for name, wanted in chosen.items():
            labels = self.dimension(name)
            names = wanted if isinstance(wanted, list | tuple | set | frozenset) else (wanted,)
            codes = [i for i, label in enumerate(labels.names) if label in names]
            keep &= np.isin(labels.codes, codes)
        cells = np.flatnonzero(keep)
        return replace(
            self,
            unit=self.unit[cells],
            dims={n: Labels(d.codes[cells], d.names) for n, d in self.dims.items()},
            tables={n: t.take(cells) for n, t in self.tables.items()},
            calibration=None if self.calibration is None else self.calibration.take(cells),
            frames={},
        )


def build_cube(
    columns: Mapping[str, Column | Answers],
    items: Sequence[ItemSpec | str],
    design: Design | None = None,
    *,
    by: Sequence[str] = (),
    groups: Mapping[str, Sequence[str]] | None = None,
    squares: bool = False,
    weighting: Sequence[str] = (),
) -> Cube:
    """Make the cube in one pass.

    Parameters
    ----------
    columns : mapping of name to column, shape (rows,) each
        Items as numbers (NaN or a negative code is missing) or Packed, dimensions as numbers, texts or
        Labels.
    items : sequence of ItemSpec or item names
    design : Design, optional
        Default: a simple random sample without weights.
    by : sequence of str
        Columns that will be domains.
    groups : mapping, optional
        For a name, items of which at least one must be answered: gives the n of an index exactly.
    squares : bool
        Also sum squared weights (for the effective n of a dense, weighted cube).
    weighting : sequence of str
        Columns to whose population the weights may be fitted: dimensions as ``by``, and everybody is counted.

    Raises
    ------
    StatisticsError
        As ``lay_out`` and ``encode``; ``no_such_column``, ``bad_shape``.
    """
    specs = [ItemSpec(i) if isinstance(i, str) else i for i in items]
    domains = list(dict.fromkeys([*by, *weighting]))
    for name in [s.name for s in specs] + domains:
        if name not in columns:
            raise StatisticsError("no_such_column", f"There is no column {name!r}.")
    rows = _length(columns, [s.name for s in specs] + domains)
    layout = lay_out(design or Design(), rows)
    coded = {s.name: coded_item(columns, s) for s in specs}
    wanted = {name: frozenset(members) for name, members in (groups or {}).items()}
    coded |= {name: answered([coded[m] for m in sorted(members)]) for name, members in wanted.items()}
    dims = {name: as_labels(cast(Column, columns[name])) for name in domains}
    cell, unit, dims = _cells(layout, dims, max((c.values.size for _, c in coded.values()), default=1))
    tables = _tables(coded, cell, unit.size, layout.weight, squares)
    declared = {s.name for s in specs if s.codes is not None}
    tables = {name: table if name in declared else observed(table) for name, table in tables.items()}
    if weighting:
        everyone = {EVERYONE: _everyone(rows)}
        tables |= _tables(everyone, cell, unit.size, layout.weight, squares=True)
        wanted[EVERYONE] = frozenset()
    return Cube(layout.units, unit, dims, tables, wanted, rows)


def coded_item(columns: Mapping[str, Column | Answers], spec: ItemSpec) -> tuple[np.ndarray, Categories]:
    """The answers to an item by category, in as few categories as can be counted one by one."""
    return narrowed(*encode(answers(columns, spec), spec), spec, DENSE_CATEGORIES)


def answers(columns: Mapping[str, Column | Answers], spec: ItemSpec) -> Answers:
    """The column of an item, which must be numbers and not labels."""
    column = columns[spec.name]
    if isinstance(column, Labels):
        raise StatisticsError("not_numeric", f"Item {spec.name} has labels in place of codes.")
    return column


def _length(columns: Mapping[str, Column | Answers], names: list[str]) -> int:
    sizes = {len(c.codes) if isinstance(c, Labels) else len(c) for c in (columns[n] for n in names)}
    if len(sizes) > 1:
        raise StatisticsError("bad_shape", "The columns have different lengths.")
    return sizes.pop() if sizes else 0


def answered(members: list[tuple[np.ndarray, Categories]]) -> tuple[np.ndarray, Categories]:
    """Category 1 where any of the items has a valid answer."""
    any_valid = np.zeros(members[0][0].size, bool)
    for codes, categories in members:
        any_valid |= categories.valid[codes]
    valid = np.array([False, True])
    return any_valid.astype(np.uint8), Categories(np.arange(2), valid, valid.astype(float), valid)


def _cells(
    layout: Layout, dims: dict[str, Labels], categories: int
) -> tuple[np.ndarray | None, np.ndarray, dict[str, Labels]]:
    """Number the cells; None in place of the numbers when the rows themselves are the cells."""
    rows = layout.unit.size
    stage = layout.units.second or layout.units.first
    units = stage.parent.size
    if units * ROWS_PER_CELL > rows or categories > DENSE_CATEGORIES:
        return None, layout.unit, dims
    key = layout.unit
    for labels in dims.values():
        key = key * (len(labels.names) + 1) + (labels.codes + 1)
    cell, distinct = number(key)
    if distinct.size * ROWS_PER_CELL > rows:
        return None, layout.unit, dims
    sample = np.zeros(distinct.size, np.intp)
    sample[cell] = np.arange(rows)
    dims = {name: Labels(labels.codes[sample], labels.names) for name, labels in dims.items()}
    return cell, layout.unit[sample], dims


def _everyone(rows: int) -> tuple[np.ndarray, Categories]:
    """One category, and everybody in it."""
    valid = np.ones(1, bool)
    return np.zeros(rows, np.uint8), Categories(np.zeros(1), valid, np.zeros(1), valid)


def _tables(
    coded: dict[str, tuple[np.ndarray, Categories]],
    cell: np.ndarray | None,
    cells: int,
    weight: np.ndarray | None,
    squares: bool,
) -> dict[str, Table]:
    if cell is None:
        return {name: RowTable(categories, codes, weight) for name, (codes, categories) in coded.items()}
    sums = tally(
        [codes for codes, _ in coded.values()],
        [np.ones(c.values.size, bool) for _, c in coded.values()],
        cell,
        cells,
        weight,
        squares,
    )
    return {
        name: DenseTable(categories, s.weight, s.count, s.square)
        for (name, (_, categories)), s in zip(coded.items(), sums, strict=True)
    }


def observed(table: Table) -> Table:
    """Without declared codes a frequency table lists the codes that somebody chose."""
    if isinstance(table, RowTable):
        chosen = np.bincount(table.code, minlength=table.categories.values.size) > 0
    else:
        chosen = table.count.sum(axis=0) > 0
    listed = table.categories.listed & chosen
    return replace(table, categories=replace(table.categories, listed=listed))
