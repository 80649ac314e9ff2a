"""The cube as a table: a row per cell, a column per item, category and layer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from okienko.engines.statistics.cells import compacted
from okienko.engines.statistics.cube import Cube
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.joining import combine
from okienko.engines.statistics.labels import Labels
from okienko.engines.statistics.storage.description import (
    CUBE,
    VERSION,
    CubeNote,
    categories_of_note,
    code_type,
    codes,
    column,
    damaged,
    label_of,
    note_of,
    plain_label,
    stage_note,
    table_note,
    units_of,
    with_note,
)
from okienko.engines.statistics.storage.fingerprint import Fingerprint
from okienko.engines.statistics.tables import DenseTable

UNIT = "unit"
# Numbers of answers, sums of weights, sums of squared weights; without weights all three are the first.
_TYPES = {"n": pa.uint32(), "w": pa.float64(), "s": pa.float64()}


@dataclass(frozen=True, eq=False)
class StoredCube:
    """A cube and the checksum of the rows in it."""

    cube: Cube
    fingerprint: Fingerprint


def cube_table(cube: Cube, fingerprint: Fingerprint) -> pa.Table:
    """A cube as an Arrow table.

    Raises
    ------
    StatisticsError
        ``cube_is_weighted`` after weights were fitted to the population: store it before, and fit them again;
        ``too_many_codes`` for measurements.
    """
    if cube.calibration is not None:
        raise StatisticsError(
            "cube_is_weighted", "Store the cube before its weights are fitted to the population."
        )
    cube = compacted(cube)
    tables = {name: t for name, t in cube.tables.items() if isinstance(t, DenseTable)}
    arrays: dict[str, np.ndarray] = {UNIT: cube.unit.astype(np.uint32)}
    for i, labels in enumerate(cube.dims.values()):
        arrays[f"by_{i}"] = (labels.codes + 1).astype(code_type(len(labels.names)))
    for j, table in enumerate(tables.values()):
        for layer, sums in _layers(table).items():
            kind = _TYPES[layer].to_pandas_dtype()
            arrays |= {f"{layer}_{j}_{k}": sums[:, k].astype(kind) for k in range(sums.shape[1])}
    first, second = cube.units.first, cube.units.second
    note = CubeNote(
        CUBE,
        VERSION,
        cube.units.kind,
        cube.units.lonely_psu,
        cube.rows,
        str(fingerprint),
        stage_note(first),
        None if second is None else stage_note(second),
        {name: [plain_label(n) for n in labels.names] for name, labels in cube.dims.items()},
        [table_note(name, t.categories, list(_layers(t))) for name, t in tables.items()],
        {name: sorted(members) for name, members in cube.groups.items()},
    )
    fields = [pa.field(name, pa.from_numpy_dtype(array.dtype), False) for name, array in arrays.items()]
    return with_note(pa.table(list(arrays.values()), schema=pa.schema(fields)), note)


def columns_of(metadata: Mapping[bytes, bytes], items: Sequence[str]) -> list[str]:
    """The columns that a cube of these items is made of; those that it lacks are left out."""
    note = note_of(metadata, CubeNote, CUBE)
    found = [UNIT, *(f"by_{i}" for i in range(len(note.dims)))]
    for j, item in enumerate(note.tables):
        if item.name in items or set(note.groups.get(item.name, "?")) <= set(items):
            found += [f"{layer}_{j}_{k}" for layer in item.layers for k in range(len(item.codes))]
    return found


def read_cube(table: pa.Table) -> StoredCube:
    """The cube in a table that ``cube_table`` made, or in some of its columns (see ``columns_of``).

    Raises
    ------
    StatisticsError
        ``foreign_file``, ``other_version``, ``damaged_file``.
    """
    note = note_of(table.schema.metadata, CubeNote, CUBE)
    units = units_of(note)
    last = (units.second or units.first).parent.size
    unit = column(table, UNIT, pa.uint32()).astype(np.intp)
    if unit.size and int(unit.max()) >= last:
        raise damaged(f"a cell belongs to unit {int(unit.max())} of {last}")
    dims = {}
    for i, (name, labels) in enumerate(note.dims.items()):
        names = tuple(label_of(label) for label in labels)
        found = codes(table, f"by_{i}", len(names), pa.from_numpy_dtype(code_type(len(names))))
        dims[name] = Labels(found.astype(np.intp) - 1, names)
    if len({t.name for t in note.tables}) < len(note.tables):
        raise damaged("an item is there twice")
    present = set(table.column_names)
    tables = {
        t.name: _table(table, note, j)
        for j, t in enumerate(note.tables)
        if not t.codes or f"n_{j}_0" in present
    }
    if not tables:
        raise damaged("it has no item")
    groups = {name: frozenset(members) for name, members in note.groups.items() if name in tables}
    if any(t.count.sum(axis=1).sum() > note.rows for t in tables.values()):
        raise damaged("an item has more answers than there are rows")
    cube = Cube(units, unit, dims, tables, groups, note.rows)
    return StoredCube(cube, Fingerprint.read(note.rows, note.fingerprint))


def _table(table: pa.Table, note: CubeNote, number: int) -> DenseTable:
    item = note.tables[number]
    categories = categories_of_note(item)
    if item.layers not in (["n"], ["n", "w"], ["n", "w", "s"]):
        raise damaged(f"the sums of {item.name} are of an unknown kind")
    layers = {}
    for layer in item.layers:
        sums = np.zeros((table.num_rows, len(item.codes)), order="F")
        for k in range(len(item.codes)):
            sums[:, k] = column(table, f"{layer}_{number}_{k}", _TYPES[layer])
        if not np.isfinite(sums).all() or (sums < 0).any():
            raise damaged(f"the sums of {item.name} are not numbers from zero up")
        layers[layer] = sums
    count = layers["n"]
    if "w" not in layers:
        return DenseTable(categories, count, count, count)
    return DenseTable(categories, layers["w"], count, layers.get("s"))


def _layers(table: DenseTable) -> dict[str, np.ndarray]:
    found = {"n": table.count}
    if table.weight is not table.count:
        found["w"] = table.weight
        if table.square is not None:
            found["s"] = table.square
    return found


def put_together(stored: Sequence[StoredCube]) -> StoredCube:
    """The cube of several days (or offices) of one design: strata and PSUs of equal names are the same.

    Raises
    ------
    StatisticsError
        Those of ``combine``.
    """
    cube = combine([s.cube for s in stored], same_units=True)
    total = sum((s.fingerprint for s in stored), Fingerprint())
    return StoredCube(compacted(replace(cube, frames={})), total)
