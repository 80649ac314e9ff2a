"""Correlations from pairwise sums.

Every pair of items has respondents of its own, so the correlations may contradict each other (A goes
with B, B with C, yet A against C): no answers whatever have such a matrix, and R² could exceed 1. Its
negative eigenvalues are then set to zero and the diagonal brought back to 1, as ``cor.smooth`` of the
R package ``psych`` does.
"""

import numpy as np

from okienko.engines.statistics.moments import Sums

# A variance below this is rounding: everybody answered alike.
_NO_VARIANCE = 1e-12
# Eigenvalues of a correlation matrix above minus this count as rounding (the matrix has trace J).
_TINY = 1e-10


def correlations(sums: Sums) -> tuple[np.ndarray, np.ndarray]:
    """Pairwise correlations.

    Parameters
    ----------
    sums : Sums, shape (…, J, J)

    Returns
    -------
    matrix : ndarray, shape (…, J, J)
        0 where undefined.
    varies : ndarray of bool, shape (…, J)
        Items with a variance.
    """
    both, first, square, product = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = 1 / both
        mean = first * inverse
        variance = square * inverse - mean**2
        matrix = product * inverse - mean * np.swapaxes(mean, -1, -2)
        matrix /= np.sqrt(variance * np.swapaxes(variance, -1, -2))
    varies = np.nan_to_num(np.diagonal(variance, axis1=-2, axis2=-1)) > _NO_VARIANCE
    usable = varies[..., :, None] & varies[..., None, :] & np.isfinite(matrix)
    matrix = np.clip(np.where(usable, matrix, 0.0), -1.0, 1.0)
    diagonal = np.arange(matrix.shape[-1])
    matrix[..., diagonal, diagonal] = 1.0
    return matrix, varies


def consistent(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Clip negative eigenvalues.

    Parameters
    ----------
    matrix : ndarray, shape (…, J, J)

    Returns
    -------
    matrix : ndarray, shape (…, J, J)
        Positive semidefinite with a diagonal of 1.
    clipped : ndarray of bool, shape (…)
    """
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        pass
    else:
        return matrix, np.zeros(matrix.shape[:-2], bool)
    values, vectors = np.linalg.eigh(matrix)
    clipped = np.asarray(values[..., 0] < -_TINY)
    whole = (vectors * np.maximum(values, 0.0)[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    scale = 1 / np.sqrt(np.diagonal(whole, axis1=-2, axis2=-1))
    whole *= scale[..., :, None] * scale[..., None, :]
    return np.where(clipped[..., None, None], whole, matrix), clipped
