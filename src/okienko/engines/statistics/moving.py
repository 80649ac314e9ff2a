"""Moving one respondent through hidden cells so that every published sum stays as it is.

A move that ends well is a second solution: none of the cells it passes through can be known.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

# A move longer than this, or found by none of so many attempts, is left to linear programming.
_STEPS = 60
_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Unknowns:
    """One published sum over hidden cells: Σ sign·cell = known.

    ``cells`` and ``signs`` (children +1, a hidden parent −1) have the same length.
    """

    cells: tuple[int, ...]
    signs: tuple[int, ...]


def touching(sums: Sequence[Unknowns]) -> dict[int, list[tuple[int, int]]]:
    """For every cell the sums it is in, with its sign."""
    found: dict[int, list[tuple[int, int]]] = {}
    for t, s in enumerate(sums):
        for i, sign in zip(s.cells, s.signs, strict=True):
            found.setdefault(i, []).append((t, sign))
    return found


def cleared_by_moves(sums: Sequence[Unknowns], room: np.ndarray, wanted: Iterable[int]) -> set[int]:
    """Cells through which a move was found.

    Parameters
    ----------
    sums : sequence of Unknowns
    room : ndarray of float, shape (cells,)
        By how much each cell may fall.
    wanted : iterable of cell numbers
    """
    mover = _Mover(sums, room)
    cleared: set[int] = set()
    for i in wanted:
        for attempt in range(_ATTEMPTS):
            if i in cleared:
                break
            step = 1 if attempt % 2 == 0 else -1
            if step > 0 or room[i] >= 1:
                cleared |= mover.move(i, step, random.Random(attempt))
    return cleared


class _Mover:
    """The sums, ready for moves."""

    def __init__(self, sums: Sequence[Unknowns], room: np.ndarray) -> None:
        self.of_cell = touching(sums)
        self.room = room.tolist()
        # Cells of few sums first: they upset the fewest others.
        self.sums = [
            sorted(zip(s.cells, s.signs, strict=True), key=lambda c: len(self.of_cell[c[0]])) for s in sums
        ]

    def move(self, start: int, step: int, chance: random.Random) -> set[int]:
        """Change one cell by one and mend the sums greedily; the changed cells, or none when it got stuck."""
        steps = {start: step}
        upset = {t: sign * step for t, sign in self.of_cell[start]}
        while upset and len(steps) <= _STEPS:
            found = self._mend(upset, steps, chance)
            if found is None:
                return set()
            i, wanted = found
            steps[i] = wanted
            for t, sign in self.of_cell[i]:
                upset[t] = upset.get(t, 0) + sign * wanted
                if upset[t] == 0:
                    del upset[t]
        return set() if upset else set(steps)

    def _mend(
        self, upset: dict[int, int], steps: dict[int, int], chance: random.Random
    ) -> tuple[int, int] | None:
        """The cell and step that mends one upset sum and upsets the fewest others; equals by lot."""
        t, by = next(iter(upset.items()))
        best, least, equals = None, 0, 0
        for i, sign in self.sums[t]:
            wanted = -sign if by > 0 else sign
            if i in steps or (wanted < 0 and self.room[i] < 1):
                continue
            worse = 0
            for other, s in self.of_cell[i]:
                now = upset.get(other, 0)
                worse += abs(now + s * wanted) - abs(now)
            if best is None or worse < least:
                best, least, equals = (i, wanted), worse, 1
                if worse < 0:
                    break
            elif worse == least:
                equals += 1
                if chance.random() * equals < 1:
                    best = (i, wanted)
        return best
