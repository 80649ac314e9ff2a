"""Why no weights meet the margins: a linear program looks for any weights within the bounds."""

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.weighting.distances import Distances
from okienko.engines.statistics.weighting.margins import said
from okienko.engines.statistics.weighting.solving import Solution
from okienko.engines.statistics.weighting.targets import Targets

# The program's own tolerance is 1e-7.
_NEAR = 1e-6


def refuse(targets: Targets, base: np.ndarray, distances: Distances, solution: Solution) -> StatisticsError:
    """The error that says which margin cannot be met.

    ``margins_contradict``: no weights above zero meet them, whatever the bounds.
    ``bounds_too_tight``: none within the bounds do, looser ones would.
    ``weights_do_not_converge``: some exist, perhaps only with weights of zero.
    """
    lowest = np.maximum(distances.lower, 0.0)
    miss = _nearest(targets, base, lowest, distances.upper)
    if np.abs(miss).max(initial=0.0) <= _NEAR:
        return _error("weights_do_not_converge", targets, solution.miss, _SLOWLY)
    bounded = bool(np.isfinite(distances.upper).any() or (lowest > 0).any())
    if bounded:
        free = _nearest(targets, base, np.zeros(base.size), np.full(base.size, np.inf))
        if np.abs(free).max(initial=0.0) <= _NEAR:
            return _error("bounds_too_tight", targets, miss, _BOUNDS)
        miss = free
    return _error("margins_contradict", targets, miss, _CONTRADICT)


_SLOWLY = "the weights run away to zero or without end: the margins can hardly be met together"
_BOUNDS = "no weights within the bounds meet the margins; looser bounds would"
_CONTRADICT = "no weights meet the margins together: in these answers one excludes another"


def _error(code: str, targets: Targets, miss: np.ndarray, why: str) -> StatisticsError:
    worst = int(np.argmax(np.abs(miss)))
    margin, category = targets.about[worst]
    where = f"margin {margin}, {said(category)}" if category else f"the whole of margin {margin}"
    return StatisticsError(
        code,
        f"The weights do not converge: {why}. Furthest off is {where}: {miss[worst]:+.2%} of its population.",
        {"margin": margin, "category": category, "miss": float(miss[worst])},
    )


def _nearest(targets: Targets, base: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """The misses, in parts of the population, of the weights within bounds with the least sum of misses."""
    # Rarely needed, and slow to import.
    from scipy.optimize import linprog

    cells, rows = targets.matrix.shape
    counted = (targets.matrix * base[:, None] / targets.scale).T
    wanted = targets.total / targets.scale
    program = np.hstack([counted, np.eye(rows), -np.eye(rows)])
    cost = np.concatenate([np.zeros(cells), np.ones(2 * rows)])
    ends = np.concatenate([upper, np.full(2 * rows, np.inf)])
    starts = np.concatenate([lower, np.zeros(2 * rows)])
    solved = linprog(cost, A_eq=program, b_eq=wanted, bounds=np.column_stack([starts, ends]), method="highs")
    if not solved.success:
        return wanted - counted @ np.clip(np.ones(cells), lower, upper)
    return wanted - counted @ solved.x[:cells]
