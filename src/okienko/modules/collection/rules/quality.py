"""What is doubtful about answers taken together: repeated ones, and one mark for everything. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

# Below this many given marks two satisfied people agree by chance, and one mark for all is an opinion.
LEAST_MARKS = 8


def straight_lines(marks: Sequence[np.ndarray], rows: int, least: int = LEAST_MARKS) -> np.ndarray:
    """Which rows give one and the same mark to everything.

    Parameters
    ----------
    marks : sequence of (rows,) int arrays
        Items marked on the same scale; negative values are missing.
    rows : int
    least : int
        Fewer given marks than this prove nothing.

    Returns
    -------
    (rows,) bool
    """
    if not marks:
        return np.zeros(rows, dtype=bool)
    table = np.stack(marks)
    given = table >= 0
    count = given.sum(axis=0)
    low = np.where(given, table, np.iinfo(np.int16).max).min(axis=0)
    high = np.where(given, table, -1).max(axis=0)
    return (count >= least) & (low == high)


def repeats(
    items: Mapping[str, np.ndarray], places: Sequence[np.ndarray], least: int = LEAST_MARKS
) -> np.ndarray:
    """Which rows repeat an earlier row in every item, at the same place.

    One mark for everything is not a repeat: many people are simply content (see `straight_lines`).

    Parameters
    ----------
    items : mapping of code → (rows,) array
        All answers; NaN and negative values are missing.
    places : sequence of (rows,) arrays
        What must agree as well: day, service point, mode.
    least : int
        Rows with fewer given answers are left alone.

    Returns
    -------
    (rows,) bool
        The first of equal rows is not marked.
    """
    rows = len(places[0])
    if not rows or not items:
        return np.zeros(rows, dtype=bool)
    table = np.stack(
        [np.nan_to_num(values.astype(np.float64), nan=-1.0) for values in items.values()], axis=1
    )
    given = table >= 0
    varied = _varied(table, given)
    keys = np.stack([np.unique(values, return_inverse=True)[1] for values in places], axis=1).astype(
        np.float64
    )
    whole = np.ascontiguousarray(np.concatenate([table, keys], axis=1))
    _, first, inverse = np.unique(whole, axis=0, return_index=True, return_inverse=True)
    again = first[inverse.reshape(-1)] != np.arange(rows)
    return again & (given.sum(axis=1) >= least) & varied


def _varied(table: np.ndarray, given: np.ndarray) -> np.ndarray:
    low = np.where(given, table, np.inf).min(axis=1)
    high = np.where(given, table, -np.inf).max(axis=1)
    return low != high
