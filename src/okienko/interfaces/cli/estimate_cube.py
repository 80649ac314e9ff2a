"""From a file of answers to the cube, by the engine that was asked for."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from okienko.config import env
from okienko.engines.statistics import Cube, Design, Diagnostics, ItemSpec, StatisticsError, build_cube
from okienko.engines.statistics.cells import Cells, added, additive, count_cells, gather, most_cells
from okienko.engines.statistics.labels import Column
from okienko.engines.statistics.storage import CUBE
from okienko.interfaces.cli.estimate_data import DataFile, RowGroups, read_data, row_groups
from okienko.interfaces.cli.estimate_design import DesignFile, InputFault
from okienko.interfaces.cli.estimate_stored import Stored, content_of, load_cube

ENGINES = ("local", "duckdb", "spark")
LABELLED = ("stratum", "psu", "psu2")
NUMERIC = ("weight", "fpc", "fpc2")
# Below this threads cost more than they save.
_MANY_ROWS = 1 << 20
# What cannot be counted cell by cell is counted as rows.
_AS_ROWS = {"too_many_cells", "too_many_codes"}
_WITH_ROW = {"unknown_code", "bad_weight", "missing_design_value"}

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True)
class Wanted:
    """The sums that the figures need: items, domains, and the design with its missing codes."""

    data: str
    design: DesignFile
    items: tuple[str, ...]
    by: tuple[str, ...]
    groups: dict[str, Sequence[str]] = field(default_factory=dict)
    stored: Stored | None = None

    def __post_init__(self) -> None:
        if overlap := sorted(set(self.items) & {*self.by, *self.fitted_by}):
            raise InputFault(f"{overlap[0]!r} is both an item and a group; make a copy of the column")

    @property
    def fitted_by(self) -> list[str]:
        """Columns of the margins that the weights are fitted to."""
        return self.design.weighting.dimensions if self.design.weighting is not None else []

    @property
    def roles(self) -> dict[str, str]:
        return {r: c for r, c in self.design.columns.items() if r in (*LABELLED, *NUMERIC)}

    @property
    def specs(self) -> list[ItemSpec]:
        """How to read the items; packed answers bring it along."""
        known, missing = {} if self.stored is None else self.stored.items, self.design.missing_of
        return [
            known.get(name) or ItemSpec(name, missing=missing(name), negative_missing=False)
            for name in self.items
        ]

    @property
    def numeric(self) -> list[str]:
        interval = self.design.weighting.interval if self.design.weighting is not None else None
        roles = [c for r, c in self.roles.items() if r in NUMERIC]
        return [*self.items, *roles, *([interval] if interval else [])]

    @property
    def labelled(self) -> list[str]:
        return [*self.by, *(c for r, c in self.roles.items() if r in LABELLED), *self.fitted_by]

    @property
    def additive(self) -> bool:
        return additive(self.design.kind, self.roles)

    def design_over(self, data: DataFile) -> Design:
        """The design over the rows of the data."""
        return Design(
            **{r: data.numbers(c) for r, c in self.roles.items() if r in NUMERIC},
            **{r: data.labels(c) for r, c in self.roles.items() if r in LABELLED},
            kind=self.design.kind,
            lonely_psu=self.design.lonely_psu,
        )

    def columns_over(self, data: DataFile) -> dict:
        """Items and domains over the rows of the data."""
        items = {name: data.numbers(name) for name in self.items}
        return items | {name: data.labels(name) for name in self.by}

    def count(self, data: DataFile) -> Cells:
        """The sums of some of the rows."""
        columns, design = self.columns_over(data), self.design_over(data)
        return count_cells(columns, self.specs, design, by=self.by, groups=self.groups)


def default_engine() -> str:
    """`OKIENKO_ENGINE`, or the local one."""
    name = env.text("OKIENKO_ENGINE", "local")
    if name not in ENGINES:
        raise env.EnvironmentFault(f"OKIENKO_ENGINE={name!r}: one of {', '.join(ENGINES)} is needed")
    return name


def make_cube(wanted: Wanted, engine: str) -> tuple[Cube, Sequence[Diagnostics]]:
    """The cube, and what its weights were fitted to; the errors say what is wrong with the file."""
    fits: Sequence[Diagnostics] = ()
    if content_of(Path(wanted.data)) == CUBE:
        cube = _stored(wanted)
    elif wanted.design.weighting is not None:
        data = read_rows(wanted, engine)
        cube, fits = fitted_cube(wanted, data, wanted.columns_over(data), wanted.specs)
    elif engine == "local":
        cube = _by_row_groups(wanted) or whole(wanted, read_rows(wanted, engine))
    else:
        from okienko.interfaces.cli.estimate_elsewhere import cube_from  # loads what an extra brought

        cube = cube_from(engine, wanted)
    for name in wanted.items:
        if not cube.table(name).categories.listed.any():
            reason = "has no valid answer: all are empty or missing codes"
            raise InputFault(f"{wanted.data}: item {name} {reason}")
    return cube, fits


def _stored(wanted: Wanted) -> Cube:
    """The cube in the file, if it has what is asked for."""
    if wanted.design.weighting is not None:
        raise InputFault(f"{wanted.data}: weights are fitted to answers, and this is a cube of their sums")
    cube = load_cube(Path(wanted.data), wanted.items).cube
    if lacking := [name for name in wanted.by if name not in cube.dims]:
        has = ", ".join(cube.dims) or "none"
        raise InputFault(f"{wanted.data}: the cube is not divided by {lacking[0]!r}; its divisions: {has}")
    return cube


def read_rows(wanted: Wanted, engine: str) -> DataFile:
    """The rows themselves, for statistics and designs that need each of them."""
    if engine == "local":
        return read_data(Path(wanted.data), wanted.numeric, wanted.labelled)
    from okienko.interfaces.cli.estimate_elsewhere import rows_from  # loads what an extra brought

    return rows_from(engine, wanted)


def whole(wanted: Wanted, data: DataFile) -> Cube:
    """The cube of rows that are in memory."""
    design = wanted.design_over(data)
    return build_cube(wanted.columns_over(data), wanted.specs, design, by=wanted.by, groups=wanted.groups)


def fitted_cube(
    wanted: Wanted, data: DataFile, columns: Mapping[str, Column], specs: Sequence[ItemSpec]
) -> tuple[Cube, Sequence[Diagnostics]]:
    """The cube of rows, and where margins are given their fit."""
    laid, weighting = wanted.design_over(data), wanted.design.weighting
    if weighting is None:
        return build_cube(columns, specs, laid, by=wanted.by, groups=wanted.groups), ()
    laid, dimensions = weighting.laid_over(data, laid)
    every = {**columns, **dimensions}
    raw = build_cube(every, specs, laid, by=wanted.by, groups=wanted.groups, weighting=list(dimensions))
    found = weighting.fitted(raw)
    return found.cube, found.diagnostics


def _by_row_groups(wanted: Wanted) -> Cube | None:
    """Row groups counted side by side, a bounded number at a time; None when the rows are the cube."""
    if not wanted.additive:
        return None
    groups = row_groups(Path(wanted.data), wanted.numeric, wanted.labelled)
    if groups is None:
        return None
    limit = most_cells(groups.rows, len(wanted.items), "weight" in wanted.roles)
    numbers = [n for n, rows in enumerate(np.diff([*groups.starts, groups.rows])) if rows]
    workers = threads() if groups.rows > _MANY_ROWS else 1
    parts = in_threads(lambda number: _count(wanted, groups, number), numbers, workers)
    try:
        return gather(parts, wanted.design.lonely_psu, limit=limit)
    except StatisticsError as error:
        if error.code in _AS_ROWS:
            return None
        raise


def _count(wanted: Wanted, groups: RowGroups, number: int) -> Cells:
    """The sums of a row group, which may be too long to be read at once."""
    parts: list[Cells] = []
    for data in groups.read(number):
        try:
            parts.append(wanted.count(data))
        except StatisticsError as error:
            start = groups.starts[number] + sum(p.rows for p in parts)
            if start and error.code in _WITH_ROW:
                text = f"{error} Rows are counted from row {start + 1} of the file."
                raise StatisticsError(error.code, text) from None
            raise
        if len(parts) > 1:
            parts = [added(parts)]
    return parts[0]


def threads() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_threads(work: Callable[[A], B], parts: Iterable[A], workers: int) -> Iterator[B]:
    """`map` with threads, in order, at most one result more than there are workers waiting."""
    if workers < 2:
        yield from map(work, parts)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[B]] = deque()
        try:
            for part in parts:
                waiting.append(pool.submit(work, part))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
