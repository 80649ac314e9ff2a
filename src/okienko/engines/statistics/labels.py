"""Turning a column of labels (office, stratum, day) into dense integer codes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# A presence table of this size per row is cheaper than sorting the column.
_DENSE_RANGE_PER_ROW = 4
_DENSE_RANGE_FLOOR = 1 << 16


@dataclass(frozen=True, eq=False)
class Labels:
    """A column already coded: ``names[codes[i]]`` is the label of row i, code -1 is "no value".

    Parameters
    ----------
    codes : ndarray of int, shape (rows,)
    names : sequence of length (labels,)
        The order of the names is the order of the results.
    """

    codes: np.ndarray
    names: tuple

    @classmethod
    def of(cls, codes: Sequence[int] | np.ndarray, names: Sequence) -> "Labels":
        """Build from any sequences."""
        return cls(np.asarray(codes), tuple(names))


Column = np.ndarray | Labels


def as_labels(column: Column) -> Labels:
    """Code a column; NaN, None and the empty string become -1, the rest is sorted.

    Parameters
    ----------
    column : ndarray, shape (rows,), or Labels

    Returns
    -------
    Labels with codes of type intp and only the names that occur.
    """
    if isinstance(column, Labels):
        return _compact(column)
    column = np.asarray(column)
    if column.dtype.kind in "iu":
        return _integers(column)
    if column.dtype.kind == "b":
        return _integers(column.astype(np.uint8))
    if column.dtype.kind == "f":
        return _floats(column)
    return _objects(column)


def number(column: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Number the distinct integers of a column in ascending order.

    Returns
    -------
    codes : ndarray of intp, shape (rows,)
    values : ndarray of int64, shape (distinct,)
    """
    if column.size == 0:
        return np.zeros(0, np.intp), np.zeros(0, np.int64)
    low, high = int(column.min()), int(column.max())
    if high - low > max(_DENSE_RANGE_FLOOR, _DENSE_RANGE_PER_ROW * column.size):
        values, codes = np.unique(column, return_inverse=True)
        return codes.astype(np.intp), values.astype(np.int64)
    shifted = column.astype(np.intp)
    if low:
        shifted -= low
    present = np.flatnonzero(np.bincount(shifted))
    if present.size < high - low + 1:
        position = np.empty(high - low + 1, np.intp)
        position[present] = np.arange(present.size)
        shifted = position[shifted]
    return shifted, present.astype(np.int64) + low


def _integers(column: np.ndarray) -> Labels:
    codes, values = number(column)
    return Labels(codes, tuple(values.tolist()))


def _floats(column: np.ndarray) -> Labels:
    """Floats are labels of integers that went through a column with gaps (NaN)."""
    known = np.isfinite(column)
    codes = np.full(column.size, -1, np.intp)
    if not known.any():
        return Labels(codes, ())
    values = column[known]
    if (values == np.floor(values)).all() and np.abs(values).max() < 2**53:
        inner = _integers(values.astype(np.int64))
    else:
        names, position = np.unique(values, return_inverse=True)
        inner = Labels(position.astype(np.intp), tuple(float(v) for v in names))
    codes[known] = inner.codes
    return Labels(codes, inner.names)


def _objects(column: np.ndarray) -> Labels:
    values = column.tolist()
    names = sorted({v for v in values if v is not None and v != "" and v == v}, key=sort_key)
    position = {name: i for i, name in enumerate(names)}
    codes = np.fromiter((position.get(v, -1) for v in values), np.intp, count=len(values))
    return Labels(codes, tuple(names))


def ordered(names: Sequence) -> list:
    """Labels in ascending order."""
    if set(map(type, names)) <= {int}:
        return sorted(names)
    return sorted(names, key=sort_key)


def in_order(names: Sequence) -> bool:
    """Whether labels are in ascending order."""
    return list(names) == ordered(names)


def sort_key(value: object) -> tuple:
    """Numbers before texts, so that a column of both still has one order."""
    if isinstance(value, int | float):
        return (0, value, "")
    return (1, 0, str(value))


def _compact(labels: Labels) -> Labels:
    """Drop the names that no row carries, keep the given order."""
    codes = np.asarray(labels.codes).astype(np.intp)
    size = len(labels.names)
    if codes.size and (codes.max() >= size or codes.min() < -1):
        raise ValueError("a label code is outside its list of names")
    used = np.bincount(codes + 1, minlength=size + 1)[1:] > 0
    if used.all():
        return Labels(codes, tuple(labels.names))
    position = np.concatenate([np.cumsum(used) - 1, [-1]])
    return Labels(position[codes], tuple(n for n, u in zip(labels.names, used, strict=True) if u))


def crossed(parts: Sequence[Labels], rows: int) -> tuple[np.ndarray, list[tuple]]:
    """Code the combinations of several label columns that occur.

    Returns
    -------
    codes : ndarray of intp, shape (rows,), -1 where any part has no value
    names : list of tuples, in the order of the first column, then the second …
    """
    if not parts:
        return np.zeros(rows, np.intp), [()]
    key = np.zeros(rows, np.int64)
    missing = np.zeros(rows, bool)
    for part in parts:
        key *= max(len(part.names), 1)
        key += part.codes
        missing |= part.codes < 0
    known = ~missing
    codes, values = number(key if known.all() else key[known])
    if not known.all():
        inside = codes
        codes = np.full(rows, -1, np.intp)
        codes[known] = inside
    return codes, [_split(k, parts) for k in values.tolist()]


def _split(key: int, parts: Sequence[Labels]) -> tuple:
    name = []
    for part in reversed(parts):
        key, position = divmod(key, len(part.names))
        name.append(part.names[position])
    return tuple(reversed(name))
