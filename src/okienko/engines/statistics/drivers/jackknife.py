"""The design jackknife of any figure of moments: one PSU of a stratum is left out at a time.

JKn as the R package ``survey`` makes it (``as.svrepdesign(type = "JKn")``, ``svrVar``): the rest of the
stratum is weighted up by n/(n − 1), a replicate counts (n − 1)/n times 1 − n/N, and deviations are taken from
the mean of the replicates. Wolter, *Introduction to Variance Estimation* (2007), ch. 4.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.design import LonelyPsu
from okienko.engines.statistics.moments import Groups, Moments, Sums

Statistic = Callable[[Sums], np.ndarray]
"""Sums of shape (B, J, J) to figures of shape (B, K); a replicate without a figure is NaN."""


@dataclass(frozen=True, eq=False)
class Replication:
    """The replicates of a design.

    Attributes
    ----------
    stratum, group : ndarray of intp, shape (replicates,)
        What is left out; group −1: the whole stratum (a lonely one, by ``LonelyPsu.ADJUST``).
    factor : ndarray of float, shape (replicates,)
        By which the rest of the stratum is weighted up.
    scale : ndarray of float, shape (replicates,)
        What a squared deviation counts.
    """

    stratum: np.ndarray
    group: np.ndarray
    factor: np.ndarray
    scale: np.ndarray

    def variance(self, values: np.ndarray) -> np.ndarray:
        """Variances from figures of shape (replicates, K), NaN where a replicate has none."""
        counted = self.scale > 0
        if not counted.any():
            return np.zeros(values.shape[1])
        away = values[counted] - values[counted].mean(axis=0)
        return self.scale[counted] @ away**2


def replication(groups: Groups) -> Replication:
    """What is left out in turn."""
    sampled, psus = groups.sampled, groups.psus
    group = np.flatnonzero(sampled[groups.stratum] > 1)
    stratum = groups.stratum[group]
    rest = sampled[stratum] - psus[group]
    factor, scale = sampled[stratum] / rest, rest / sampled[stratum] * groups.unsampled[stratum]
    lonely = np.flatnonzero(groups.alone)
    if groups.lonely is LonelyPsu.AVERAGE and group.size:
        scale = scale * psus.sum() / (psus.sum() - lonely.size)
    if groups.lonely is LonelyPsu.ADJUST:
        share = (len(groups.strata) - 1) / len(groups.strata)
        stratum, group = np.append(stratum, lonely), np.append(group, np.full(lonely.size, -1))
        factor = np.append(factor, np.zeros(lonely.size))
        scale = np.append(scale, np.full(lonely.size, share))
    return Replication(stratum, group, factor, scale)


def replicated(
    moments: Moments, plan: Replication, cells: np.ndarray, chosen: np.ndarray, statistic: Statistic
) -> tuple[np.ndarray, np.ndarray]:
    """A statistic of some cells, from all of them and in every replicate.

    Parameters
    ----------
    cells : ndarray of intp
        The cells of a domain. Replicates that leave out none of its strata change nothing in it.
    chosen : ndarray of intp, shape (J,)
        Positions of the items.

    Returns
    -------
    figures : ndarray, shape (K,)
    replicates : ndarray, shape (replicates, K)
    """
    block = np.ix_(cells, chosen, chosen)
    parts = [part[block] for part in moments.sums]
    whole = [part.sum(axis=0) for part in parts]
    figures = statistic(Sums(*(w[None] for w in whole)))[0]
    values = np.tile(figures, (plan.stratum.size, 1))
    group = moments.group[cells]
    stratum = moments.groups.stratum[group]
    for h in np.unique(stratum):
        replicates = np.flatnonzero(plan.stratum == h)
        if not replicates.size:
            continue
        mine = np.flatnonzero(stratum == h)
        out = plan.group[replicates]
        taken = (group[mine][None, :] == out[:, None]).astype(np.float64)
        factor = plan.factor[replicates][:, None, None]
        sums = []
        for part, all_of_it in zip(parts, whole, strict=True):
            inside = part[mine]
            here = inside.sum(axis=0)
            own = np.tensordot(taken, inside, axes=1)
            sums.append((all_of_it - here) + (here - own) * factor)
        values[replicates] = statistic(Sums(*sums))
    return figures, values
