"""The sums of one item in a cube, in two forms with one face.

``DenseTable`` holds a number per cell and category (many respondents per PSU). ``RowTable`` holds the
category and the weight of each respondent: when nearly every cell would have one respondent, the rows
themselves are the smaller cube. The closed forms ask both for the same thing: a linear combination of
the categories in every cell.
"""

from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.items import Categories


@dataclass(frozen=True, eq=False)
class DenseTable:
    """Sums by cell and category, each ndarray of float64, shape (cells, K).

    Attributes
    ----------
    weight, count, square : sums of weights, numbers of answers, sums of squared weights
        ``square`` is None when it was not asked for.
    """

    categories: Categories
    weight: np.ndarray
    count: np.ndarray
    square: np.ndarray | None = None

    def weighted(self, vector: np.ndarray) -> np.ndarray:
        """Σ_k vector_k · (sum of weights of category k), shape (cells,)."""
        return _combined(self.weight, vector)

    def counted(self, mask: np.ndarray) -> np.ndarray:
        """Number of answers in the chosen categories, shape (cells,)."""
        return _combined(self.count, mask.astype(np.float64))

    def squared(self, mask: np.ndarray) -> np.ndarray | None:
        """Sum of squared weights in the chosen categories, shape (cells,)."""
        return None if self.square is None else _combined(self.square, mask.astype(np.float64))

    def profile(self, domain: np.ndarray, domains: int) -> np.ndarray:
        """Sums of weights by domain and category, shape (domains, K); domain -1 is left out."""
        inside = domain >= 0
        cells = slice(None) if inside.all() else inside
        where = domain[cells]
        columns = [np.bincount(where, column[cells], domains) for column in self.weight.T]
        return np.column_stack([np.empty((domains, 0)), *columns])

    def scatter(self, vector: np.ndarray, centre: np.ndarray, domain: np.ndarray, domains: int) -> np.ndarray:
        """Σ w (vector − centre)² over valid answers by domain, shape (domains,); domain -1 is left out."""
        valid = self.categories.valid
        profile = self.profile(domain, domains)[:, valid]
        return (profile * (vector[valid] - centre[:, None]) ** 2).sum(axis=1)

    def ranked(self, rank: np.ndarray, domain: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Domain, rank and weight of the answers (domain -1 and rank -1 are left out), in any order."""
        valid = np.flatnonzero(rank >= 0)
        inside = np.flatnonzero(domain >= 0)
        weight = self.weight[np.ix_(inside, valid)]
        cell, column = np.nonzero(weight)
        return domain[inside[cell]], rank[valid[column]], weight[cell, column]

    def up_to(self, rank: np.ndarray, limit: np.ndarray) -> np.ndarray:
        """Sum of weights of the categories with 0 ≤ rank ≤ limit of the cell, shape (cells,)."""
        return (self.weight * ((rank >= 0) & (rank <= limit[:, None]))).sum(axis=1)

    def take(self, cells: np.ndarray) -> "DenseTable":
        """The table of some cells."""
        square = None if self.square is None else self.square[cells]
        return DenseTable(self.categories, self.weight[cells], self.count[cells], square)

    def scaled(self, ratio: np.ndarray) -> "DenseTable":
        """The table with the weights of each cell times a number, shape (cells,)."""
        by = ratio[:, None]
        square = None if self.square is None else self.square * by**2
        return DenseTable(self.categories, self.weight * by, self.count, square)


@dataclass(frozen=True, eq=False)
class RowTable:
    """The answers themselves: ``code`` is the category of each row, ``weight`` its weight (None: 1)."""

    categories: Categories
    code: np.ndarray
    weight: np.ndarray | None = None

    def weighted(self, vector: np.ndarray) -> np.ndarray:
        """vector at the row's category times its weight, shape (rows,)."""
        chosen = vector.astype(np.float64)[self.code]
        return chosen if self.weight is None else chosen * self.weight

    def counted(self, mask: np.ndarray) -> np.ndarray:
        """1.0 where the row's category is chosen, shape (rows,)."""
        return mask.astype(np.float64)[self.code]

    def profile(self, domain: np.ndarray, domains: int) -> None:
        """None: a measurement may have as many categories as rows."""
        del domain, domains

    def squared(self, mask: np.ndarray) -> np.ndarray:
        """Squared weight where the row's category is chosen, shape (rows,)."""
        chosen = self.counted(mask)
        return chosen if self.weight is None else chosen * self.weight**2

    def scatter(self, vector: np.ndarray, centre: np.ndarray, domain: np.ndarray, domains: int) -> np.ndarray:
        """Σ w (vector − centre)² over valid answers by domain, shape (domains,); domain -1 is left out."""
        rows = np.flatnonzero((domain >= 0) & self.categories.valid[self.code])
        where = domain[rows]
        away = (vector[self.code[rows]] - centre[where]) ** 2
        if self.weight is not None:
            away *= self.weight[rows]
        return np.bincount(where, away, domains)

    def ranked(self, rank: np.ndarray, domain: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Domain, rank and weight of the answers (domain -1 and rank -1 are left out), in any order."""
        rows = np.flatnonzero((domain >= 0) & (rank[self.code] >= 0))
        weight = np.ones(rows.size) if self.weight is None else self.weight[rows]
        return domain[rows], rank[self.code[rows]], weight

    def up_to(self, rank: np.ndarray, limit: np.ndarray) -> np.ndarray:
        """Weight of the row where 0 ≤ rank ≤ limit of the row, else 0, shape (rows,)."""
        own = rank[self.code]
        chosen = ((own >= 0) & (own <= limit)).astype(np.float64)
        return chosen if self.weight is None else chosen * self.weight

    def take(self, cells: np.ndarray) -> "RowTable":
        """The table of some rows."""
        return RowTable(
            self.categories, self.code[cells], None if self.weight is None else self.weight[cells]
        )

    def scaled(self, ratio: np.ndarray) -> "RowTable":
        """The table with the weight of each row times a number, shape (rows,)."""
        return RowTable(self.categories, self.code, ratio if self.weight is None else self.weight * ratio)


def _combined(sums: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """sums @ vector by its columns that count: a share needs one of them."""
    used = np.flatnonzero(vector)
    if used.size == 0:
        return np.zeros(sums.shape[0])
    total = sums[:, used[0]] * vector[used[0]]
    for k in used[1:]:
        total += sums[:, k] * vector[k]
    return total


Table = DenseTable | RowTable
