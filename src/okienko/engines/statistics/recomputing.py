"""What a reader can work out about hidden cells from the published ones.

A hidden count is worked out when the published sums leave one number for it. The reader knows the
lattice, all published counts, and that empty cells are shown as empty (so a hidden one holds at least
one respondent); not how many gave no value in a dimension. A cell is safe when a second solution of
the sums is exhibited in which it differs: by moving one respondent through a few cells, else by a
linear program over the cells around it. What neither finds is taken as exposed.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from okienko.engines.statistics.moving import Unknowns, cleared_by_moves, touching

# Counts are whole: a range below this leaves one number.
_ONE = 1.0 - 1e-6
# Cells around an exposed one that may move with it; the others are held where they are. All at last.
_AROUND = (250, 1_000_000)
# No cell needs to be shown to move further than this.
_FAR = 1e6


def exposed(
    sums: Sequence[Unknowns], counts: np.ndarray, lower: np.ndarray, asked: Iterable[int]
) -> list[int]:
    """Which of the cells asked about a reader could work out.

    A cell that is safe stays so when more cells are hidden: it need not be asked again.

    Parameters
    ----------
    sums : sequence of Unknowns
    counts : ndarray of float, shape (cells,)
        The true counts.
    lower : ndarray of float, shape (cells,)
        What the reader knows each cell to be at least.
    asked : iterable of cell numbers
        Hidden cells that must stay unknown.

    Returns
    -------
    list of cell numbers, ascending
    """
    of_cell = touching(sums)
    doubtful = sorted(set(asked).intersection(of_cell))
    safe = cleared_by_moves(sums, counts - lower, doubtful)
    for i in doubtful:
        for size in _AROUND:
            cells = _around(sums, of_cell, i, size)
            if i not in safe:
                safe |= _by_program(of_cell, cells, counts, lower)
            if len(cells) < size:
                break
    return [i for i in doubtful if i not in safe]


def _by_program(
    of_cell: dict[int, list[tuple[int, int]]], cells: list[int], counts: np.ndarray, lower: np.ndarray
) -> set[int]:
    """Cells that move by at least one respondent when the first is pushed down and up as far as it goes."""
    # Rarely needed, and slow to import.
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    rows = {t: r for r, t in enumerate(sorted({t for i in cells for t, _ in of_cell[i]}))}
    entries = [(rows[t], k, float(sign)) for k, i in enumerate(cells) for t, sign in of_cell[i]]
    where, column, value = zip(*entries, strict=True)
    matrix = csr_array((value, (where, column)), shape=(len(rows), len(cells)))
    here = counts[cells]
    bounds = np.column_stack([lower[cells], here + _FAR])
    moved = np.zeros(len(cells), bool)
    for push in (1.0, -1.0):
        target = np.zeros(len(cells))
        target[0] = push
        solved = linprog(target, A_eq=matrix, b_eq=matrix @ here, bounds=bounds, method="highs")
        if solved.success:
            moved |= np.abs(solved.x - here) >= _ONE
    return {i for i, m in zip(cells, moved, strict=True) if m}


def _around(
    sums: Sequence[Unknowns], of_cell: dict[int, list[tuple[int, int]]], start: int, size: int
) -> list[int]:
    """Cells reached through shared sums, nearest first, the start at the head."""
    found, seen = [start], {start}
    for i in found:
        for t, _ in of_cell[i]:
            for other in sums[t].cells:
                if other not in seen:
                    seen.add(other)
                    found.append(other)
            if len(found) >= size:
                return found[:size]
    return found
