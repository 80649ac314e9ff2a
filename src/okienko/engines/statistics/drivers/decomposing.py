"""R² divided among correlated predictors, in two ways that both add up to it.

**Johnson (2000)**: the predictors are replaced by their nearest orthogonal counterparts, and the variance
each explains is given back to the predictors it came from. Equal to the decomposition of Genizi (1993).

**Shapley** (Lindeman, Merenda and Gold 1980; "lmg" of the R package ``relaimpo``): the mean increase of R²
when a predictor joins, over all orders in which the predictors can join.

Both take correlation matrices whose last row and column is the outcome, of shape (…, J + 1, J + 1), positive
semidefinite, and return weights of shape (…, J).
"""

import math
from functools import lru_cache

import numpy as np

from okienko.engines.statistics.errors import StatisticsError

# Exact Shapley goes through 2^J subsets.
SHAPLEY_LIMIT = 15
# Eigenvalues and residual variances below this count as zero: the predictor repeats others.
_TINY = 1e-10
# Matrices decomposed at once, in numbers of subsets.
_BATCH = 1 << 17


def relative_weights(matrix: np.ndarray) -> np.ndarray:
    """Johnson's relative weights; predictors that repeat each other share equally."""
    values, vectors = np.linalg.eigh(matrix[..., :-1, :-1])
    low = values <= _TINY
    root = np.sqrt(np.where(low, 0.0, values))
    inverse = np.where(low, 0.0, 1 / np.sqrt(np.where(low, 1.0, values)))
    transposed = np.swapaxes(vectors, -1, -2)
    loadings = (vectors * root[..., None, :]) @ transposed
    beta = (vectors * inverse[..., None, :]) @ (transposed @ matrix[..., :-1, -1:])
    return (loadings**2 @ beta**2)[..., 0]


def shapley(matrix: np.ndarray) -> np.ndarray:
    """Shapley's division, exact.

    Raises
    ------
    StatisticsError
        ``too_many_drivers``: more than ``SHAPLEY_LIMIT`` predictors.
    """
    size = matrix.shape[-1] - 1
    if size > SHAPLEY_LIMIT:
        raise StatisticsError(
            "too_many_drivers",
            f"Shapley's division of {size} drivers goes through 2^{size} regressions; the limit is "
            f"{SHAPLEY_LIMIT} drivers. Use Johnson's relative weights: they have no limit and differ little.",
        )
    flat = matrix.reshape(-1, size + 1, size + 1)
    step = max(1, _BATCH >> size)
    parts = [_shapley(flat[at : at + step], size) for at in range(0, flat.shape[0], step)]
    return np.concatenate(parts).reshape(*matrix.shape[:-2], size) if parts else np.zeros((0, size))


def _shapley(matrices: np.ndarray, size: int) -> np.ndarray:
    return (1.0 - _unexplained(matrices)) @ _orders(size)


@lru_cache(maxsize=SHAPLEY_LIMIT)
def _orders(size: int) -> np.ndarray:
    """What R² of a subset counts for each predictor, shape (2^J, J).

    Of a subset of k predictors, (k − 1)!(J − k)!/J! for those that joined last to make it, and minus
    k!(J − 1 − k)!/J! for those that join next.
    """
    subsets = np.arange(1 << size)
    inside = (subsets[:, None] >> np.arange(size)) & 1
    k = inside.sum(axis=1)
    joins = [math.factorial(i) * math.factorial(size - 1 - i) / math.factorial(size) for i in range(size)]
    last, following = np.array([0.0, *joins]), np.array([*joins, 0.0])
    found = np.where(inside, last[k][:, None], -following[k][:, None])
    found.flags.writeable = False
    return found


def _unexplained(matrices: np.ndarray) -> np.ndarray:
    """1 − R² of every subset, shape (matrices, 2^J); bit j of a subset's number: predictor j is in.

    The subsets are a tree: at predictor j its row is either dropped or swept out of what remains
    (the Schur complement), for all subsets of the earlier predictors at once. Subsets and matrices are the
    last axes, so that the arithmetic runs along memory.
    """
    rest = np.ascontiguousarray(np.moveaxis(matrices, 0, -1))[:, :, None]
    while rest.shape[0] > 1:
        pivot, row, dropped = rest[0, 0], rest[0, 1:], rest[1:, 1:]
        half = dropped.shape[2]
        per_pivot = row / np.where(pivot > _TINY, pivot, np.inf)
        rest = np.empty((*dropped.shape[:2], 2 * half, dropped.shape[3]))
        rest[:, :, :half] = dropped
        np.multiply(row[:, None], per_pivot[None], out=rest[:, :, half:])
        np.subtract(dropped, rest[:, :, half:], out=rest[:, :, half:])
    return rest[0, 0].T
