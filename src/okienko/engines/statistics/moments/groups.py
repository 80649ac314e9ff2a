"""The groups of PSUs that the jackknife leaves out one by one.

A group is one PSU, except in a stratum of very many: there the PSUs are dealt out to a fixed number of
groups in turn (the delete-a-group jackknife, Kott 2001), because moments of every PSU would take more
room than the answers.
"""

from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.design import Layout, LonelyPsu
from okienko.engines.statistics.labels import number

# A stratum of more PSUs than this is left out group by group.
JACKKNIFE_GROUPS = 60
# A stratum of which everything was drawn has no sampling variance (as in ``frame``).
_FULLY_DRAWN = 1e-7


@dataclass(frozen=True, eq=False)
class Groups:
    """What is left out, and from what.

    Attributes
    ----------
    stratum : ndarray of intp, shape (groups,)
    psus : ndarray of float, shape (groups,)
        PSUs in each group, 1 unless the stratum is large.
    names : tuple, shape (groups,)
        (stratum, PSU); None where the group is no PSU with a name of its own.
    strata : tuple, shape (strata,)
    population : ndarray of float, shape (strata,)
        PSUs in the population; ``inf``: drawn with replacement, or in two stages (then the correction
        of the first alone would make intervals too short).
    lonely : LonelyPsu
    """

    stratum: np.ndarray
    psus: np.ndarray
    names: tuple[tuple | None, ...]
    strata: tuple
    population: np.ndarray
    lonely: LonelyPsu

    @property
    def sampled(self) -> np.ndarray:
        """PSUs of every stratum in the design, shape (strata,)."""
        return np.bincount(self.stratum, self.psus, len(self.strata))

    @property
    def unsampled(self) -> np.ndarray:
        """1 − n/N of every stratum, shape (strata,)."""
        return 1.0 - self.sampled / self.population

    @property
    def alone(self) -> np.ndarray:
        """Strata of one PSU that have a sampling variance nobody can estimate, bool, shape (strata,)."""
        return (self.sampled == 1) & (self.unsampled >= _FULLY_DRAWN)


def groups_of(layout: Layout) -> tuple[Groups, np.ndarray]:
    """Deal the PSUs of a design out to groups.

    Returns
    -------
    groups : Groups
    of_row : ndarray of intp, shape (rows,)
    """
    first, second = layout.units.first, layout.units.second
    psu = layout.unit if second is None else second.parent[layout.unit]
    sizes = first.sampled.astype(np.intp)
    order = np.argsort(first.parent, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rank = np.empty(order.size, np.intp)
    rank[order] = np.arange(order.size) - np.repeat(starts, sizes)
    group, keys = number(first.parent * JACKKNIFE_GROUPS + rank % JACKKNIFE_GROUPS)
    stratum = (keys // JACKKNIFE_GROUPS).astype(np.intp)
    names: list[tuple | None] = [None] * keys.size
    if first.names is not None:
        for unit in np.flatnonzero(sizes[first.parent] <= JACKKNIFE_GROUPS).tolist():
            names[group[unit]] = first.names[unit]
    population = first.population if second is None else np.full(sizes.size, np.inf)
    found = Groups(
        stratum,
        np.bincount(group, minlength=keys.size).astype(np.float64),
        tuple(names),
        tuple(first.parents),
        population,
        layout.units.lonely_psu,
    )
    return found, group[psu]
