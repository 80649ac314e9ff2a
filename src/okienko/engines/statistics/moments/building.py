"""Pairwise sums of items by jackknife group and domain, in one pass over the rows.

Items are missing one by one, so every pair of items has sums over the rows that have both:
``[M, X, X²]ᵀ W [M, X]`` with M = "has an answer". They add up over groups, and leaving a PSU out is a
subtraction, which makes the jackknife cheap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from okienko.engines.statistics.cube import answers
from okienko.engines.statistics.design import Design, SampleKind, lay_out
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.items import Categories, ItemSpec, encode
from okienko.engines.statistics.labels import Column, Labels, as_labels, number
from okienko.engines.statistics.moments.groups import Groups, groups_of

_BLOCK_ROWS = 1 << 15


class Sums(NamedTuple):
    """Pairwise sums, each ndarray of float, shape (…, J, J).

    Over the rows that have items j and k: Σ w; Σ w·x_j; Σ w·x_j²; Σ w·x_j·x_k.
    """

    both: np.ndarray
    first: np.ndarray
    square: np.ndarray
    product: np.ndarray


@dataclass(frozen=True, eq=False)
class Moments:
    """Pairwise sums by cell (a jackknife group crossed with the domains).

    Attributes
    ----------
    items : tuple of str, length J
    sums : Sums, shape (cells, J, J)
        Scores are taken around ``shift``.
    shift : ndarray of float, shape (J,)
        Nothing but rounding depends on it.
    count : ndarray of float, shape (cells, J)
        Number of valid answers.
    group : ndarray of intp, shape (cells,)
    groups : Groups
        All groups of the design, those without answers included.
    dims : mapping of name to Labels over the cells
    kind : SampleKind
    """

    items: tuple[str, ...]
    sums: Sums
    shift: np.ndarray
    count: np.ndarray
    group: np.ndarray
    groups: Groups
    dims: Mapping[str, Labels]
    kind: SampleKind

    def position(self, item: str) -> int:
        """Index of an item, or ``StatisticsError`` ``no_such_item``."""
        if item not in self.items:
            raise StatisticsError("no_such_item", f"There are no moments of item {item!r}.")
        return self.items.index(item)


def build_moments(
    columns: Mapping[str, Column],
    items: Sequence[ItemSpec | str],
    design: Design | None = None,
    *,
    by: Sequence[str] = (),
) -> Moments:
    """Sum the cross products in one pass; arguments as ``build_cube``."""
    specs = [ItemSpec(i) if isinstance(i, str) else i for i in items]
    for name in [s.name for s in specs] + list(by):
        if name not in columns:
            raise StatisticsError("no_such_column", f"There is no column {name!r}.")
    rows = len(answers(columns, specs[0])) if specs else 0
    layout = lay_out(design or Design(), rows)
    groups, group = groups_of(layout)
    dims = {name: as_labels(columns[name]) for name in by}
    key = group
    for labels in dims.values():
        key = key * (len(labels.names) + 1) + (labels.codes + 1)
    cell, distinct = number(key)
    sample = np.zeros(distinct.size, np.intp)
    sample[cell] = np.arange(rows)
    coded = [encode(answers(columns, spec), spec) for spec in specs]
    shift = np.array([_middle(categories) for _, categories in coded])
    weight = np.ones(rows) if layout.weight is None else layout.weight
    sums, count = _cross(coded, shift, weight, (cell, distinct.size))
    return Moments(
        tuple(s.name for s in specs),
        sums,
        shift,
        count,
        group[sample],
        groups,
        {name: Labels(labels.codes[sample], labels.names) for name, labels in dims.items()},
        layout.units.kind,
    )


def _middle(categories: Categories) -> float:
    scores = categories.scores[categories.valid]
    return float(scores.mean()) if scores.size else 0.0


def _cross(
    coded: Sequence[tuple[np.ndarray, Categories]],
    shift: np.ndarray,
    weight: np.ndarray,
    cells: tuple[np.ndarray, int],
) -> tuple[Sums, np.ndarray]:
    cell, number_of_cells = cells
    size = len(coded)
    order = np.argsort(cell, kind="stable")
    edges = np.searchsorted(cell[order], np.arange(number_of_cells + 1))
    sums = Sums(*(np.empty((number_of_cells, size, size)) for _ in Sums._fields))
    count = np.empty((number_of_cells, size))
    for low, high in _blocks(edges):
        rows = order[edges[low] : edges[high]]
        has, score = np.empty((2, size, rows.size))
        for j, (codes, categories) in enumerate(coded):
            here = codes[rows]
            np.take(categories.valid.astype(np.float64), here, out=has[j])
            np.take(np.where(categories.valid, categories.scores - shift[j], 0.0), here, out=score[j])
        weighted = weight[rows]
        parts = (has, score, score * score, has * weighted, score * weighted)
        for c in range(low, high):
            m, x, xx, wm, wx = (p[:, edges[c] - edges[low] : edges[c + 1] - edges[low]] for p in parts)
            np.matmul(m, wm.T, out=sums.both[c])
            np.matmul(x, wm.T, out=sums.first[c])
            np.matmul(xx, wm.T, out=sums.square[c])
            np.matmul(x, wx.T, out=sums.product[c])
            count[c] = m.sum(axis=1)
    return sums, count


def _blocks(edges: np.ndarray) -> Iterator[tuple[int, int]]:
    """Runs of cells of about so many rows as stay in the cache."""
    low, cells = 0, edges.size - 1
    while low < cells:
        high = max(low + 1, int(np.searchsorted(edges, edges[low] + _BLOCK_ROWS, "right")) - 1)
        yield low, min(high, cells)
        low = min(high, cells)
