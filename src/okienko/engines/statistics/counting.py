"""The one pass over the rows: sums of weights and counts by cell and category.

Two items at a time are counted on their joint code: half the additions of counting each alone,
and the joint table of a block of rows stays in the cache. Sums agree with separate counting to the
last bits, counts exactly.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

_BLOCK_ROWS = 1 << 16


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums of one item, each ndarray of float64, shape (cells, K). ``count`` holds whole numbers."""

    weight: np.ndarray
    count: np.ndarray
    square: np.ndarray | None


@dataclass(frozen=True, eq=False)
class _Rows:
    """The rows to count and how they are weighted."""

    cell: np.ndarray
    weight: np.ndarray | None
    square: np.ndarray | None


def tally(
    columns: list[np.ndarray],
    keep: list[np.ndarray],
    cell: np.ndarray,
    cells: int,
    weight: np.ndarray | None = None,
    squares: bool = False,
) -> list[Tally]:
    """Count all items in one pass.

    Parameters
    ----------
    columns : list of ndarray of unsigned int, shape (rows,)
        Category of each answer, below ``keep[j].size``.
    keep : list of ndarray of bool, shape (categories of j,)
        Categories that are wanted; the others are left out of the tables.
    cell : ndarray of intp, shape (rows,)
        Rows sorted by cell are counted faster.
    weight : ndarray of float64, shape (rows,), optional
    squares : bool
        Also sum the squared weights.

    Returns
    -------
    list of Tally, one per item
    """
    layers = 1 if weight is None else (3 if squares else 2)
    out = [np.zeros((layers, cells, np.count_nonzero(k))) for k in keep]
    square = weight * weight if weight is not None and squares else None
    sorted_rows = cell.size < 2 or bool((cell[1:] >= cell[:-1]).all())
    block = _BLOCK_ROWS if sorted_rows else max(cell.size, 1)
    for start in range(0, cell.size, block):
        part = slice(start, start + block)
        rows = _Rows(
            cell[part],
            None if weight is None else weight[part],
            None if square is None else square[part],
        )
        _count_block([c[part] for c in columns], keep, rows, out)
    return [_as_tally(layer, weight is not None, squares) for layer in out]


def _as_tally(layer: np.ndarray, weighted: bool, squares: bool) -> Tally:
    count = layer[0]
    if not weighted:
        return Tally(count, count, count)
    return Tally(layer[1], count, layer[2] if squares else None)


def _count_block(
    columns: list[np.ndarray], wanted: list[np.ndarray], rows: _Rows, out: list[np.ndarray]
) -> None:
    sizes = [k.size for k in wanted]
    low, high = int(rows.cell.min()), int(rows.cell.max()) + 1
    local = rows.cell - low
    keys: dict[int, np.ndarray] = {}
    buffer = np.empty(local.size, np.intp)
    j = 0
    while j < len(columns):
        a = sizes[j]
        b = sizes[j + 1] if j + 1 < len(columns) else 0
        # A joint table much larger than the block would cost more than it saves.
        paired = b > 0 and a * b <= 256 and (high - low) * a * b <= local.size
        width = a * b if paired else a
        if width not in keys:
            keys[width] = local * width
        code = _joint(columns[j], columns[j + 1], b) if paired else columns[j]
        np.add(keys[width], code, out=buffer)
        for layer, sums in enumerate(_sums(buffer, rows, (high - low) * width)):
            table = sums.reshape(high - low, width)
            if paired:
                margins = table @ _margins(wanted[j].tobytes(), wanted[j + 1].tobytes())
                split = out[j].shape[2]
                out[j][layer, low:high] += margins[:, :split]
                out[j + 1][layer, low:high] += margins[:, split:]
            else:
                out[j][layer, low:high] += table if wanted[j].all() else table[:, wanted[j]]
        j += 2 if paired else 1


def _joint(first: np.ndarray, second: np.ndarray, b: int) -> np.ndarray:
    return first.astype(np.uint8, copy=False) * np.uint8(b) + second.astype(np.uint8, copy=False)


def _sums(key: np.ndarray, rows: _Rows, size: int) -> list[np.ndarray]:
    sums: list[np.ndarray] = [np.bincount(key, minlength=size).astype(np.float64)]
    if rows.weight is not None:
        sums.append(np.bincount(key, rows.weight, size))
    if rows.square is not None:
        sums.append(np.bincount(key, rows.square, size))
    return sums


@cache
def _margins(first: bytes, second: bytes) -> np.ndarray:
    """The 0/1 matrix that takes a joint table to the wanted columns of its two margins.

    ``first`` and ``second`` are the wanted categories as bytes; shape (a·b, wanted of a + wanted of b).
    """
    a, b = len(first), len(second)
    matrix = np.zeros((a * b, a + b))
    joint = np.arange(a * b)
    matrix[joint, joint // b] = 1
    matrix[joint, a + joint % b] = 1
    matrix = np.ascontiguousarray(matrix[:, np.frombuffer(first + second, bool)])
    matrix.flags.writeable = False
    return matrix
