"""Weighted cross products of items, pair by pair: what key drivers need and the cube does not hold.

Items are missing one by one, so every pair of items has sums over the rows that have both:
``[M, X, X²]ᵀ W [M, X]`` with M = "has an answer". They add up over PSUs, and deleting a PSU is a
subtraction, which makes the jackknife cheap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.cube import answers
from okienko.engines.statistics.design import Design, Layout, SampleKind, lay_out
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.items import ItemSpec, encode
from okienko.engines.statistics.labels import Column, Labels, as_labels, number

# A stratum of more PSUs than this is deleted group by group in the jackknife.
JACKKNIFE_GROUPS = 60


@dataclass(frozen=True, eq=False)
class Moments:
    """Pairwise sums by cell (a jackknife group of PSUs crossed with the domains).

    Attributes
    ----------
    items : tuple of str, length J
    both, first, square, product : ndarray of float, shape (cells, J, J)
        Σ w over rows that have items j and k; of x_j; of x_j²; of x_j·x_k. Scores are taken around
        ``shift`` (nothing but rounding depends on it).
    count : ndarray of float, shape (cells, J)
        Number of valid answers.
    group, stratum : ndarray of intp, shape (cells,)
    dims : mapping of name to Labels over the cells
    kind : SampleKind
    """

    items: tuple[str, ...]
    both: np.ndarray
    first: np.ndarray
    square: np.ndarray
    product: np.ndarray
    count: np.ndarray
    group: np.ndarray
    stratum: np.ndarray
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
    stratum, group = _groups(layout)
    dims = {name: as_labels(columns[name]) for name in by}
    key = group
    for labels in dims.values():
        key = key * (len(labels.names) + 1) + (labels.codes + 1)
    cell, distinct = number(key)
    sample = np.zeros(distinct.size, np.intp)
    sample[cell] = np.arange(rows)
    weight = np.ones(rows) if layout.weight is None else layout.weight
    (both, first, square, product), count = _cross(columns, specs, weight, (cell, distinct.size))
    return Moments(
        tuple(s.name for s in specs),
        both,
        first,
        square,
        product,
        count,
        group[sample],
        stratum[sample],
        {name: Labels(labels.codes[sample], labels.names) for name, labels in dims.items()},
        layout.units.kind,
    )


def _groups(layout: Layout) -> tuple[np.ndarray, np.ndarray]:
    """Stratum and jackknife group of every row; PSUs of a large stratum are dealt out to groups in turn."""
    first, second = layout.units.first, layout.units.second
    psu = layout.unit if second is None else second.parent[layout.unit]
    order = np.argsort(first.parent, kind="stable")
    sizes = first.sampled.astype(np.intp)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rank = np.empty(order.size, np.intp)
    rank[order] = np.arange(order.size) - np.repeat(starts, sizes)
    key = first.parent * JACKKNIFE_GROUPS + rank % JACKKNIFE_GROUPS
    group, _ = number(key)
    return first.parent[psu], group[psu]


def _cross(
    columns: Mapping[str, Column], specs: list[ItemSpec], weight: np.ndarray, cells: tuple[np.ndarray, int]
) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
    cell, number_of_cells = cells
    size = len(specs)
    has = np.empty((weight.size, size))
    score = np.empty((weight.size, size))
    for j, spec in enumerate(specs):
        code, categories = encode(answers(columns, spec), spec)
        valid = categories.valid
        shift = float(categories.scores[valid].mean()) if valid.any() else 0.0
        has[:, j] = valid[code]
        score[:, j] = np.where(valid, categories.scores - shift, 0.0)[code]
    order = np.argsort(cell, kind="stable")
    edges = np.searchsorted(cell[order], np.arange(number_of_cells + 1))
    both, first, square, product = (np.empty((number_of_cells, size, size)) for _ in range(4))
    count = np.empty((number_of_cells, size))
    for c in range(number_of_cells):
        rows = order[edges[c] : edges[c + 1]]
        m, x = has[rows], score[rows]
        weighted = m * weight[rows, None]
        both[c] = m.T @ weighted
        first[c] = x.T @ weighted
        square[c] = (x * x).T @ weighted
        product[c] = x.T @ (x * weight[rows, None])
        count[c] = m.sum(axis=0)
    return (both, first, square, product), count
