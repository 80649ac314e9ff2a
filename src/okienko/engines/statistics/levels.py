"""Groups of cells by domain and unit: the units of a design as a domain sees them."""

from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.design import Stage, Units
from okienko.engines.statistics.labels import number


@dataclass(frozen=True, eq=False)
class Level:
    """Groups of cells by domain and unit of one stage, and their parents by domain.

    Attributes
    ----------
    group : ndarray of intp, shape (members,)
        Group of each member: a cell, or a parent of the finer level.
    domain, unit : ndarray of intp, shape (groups,)
    parent : ndarray of intp, shape (groups,)
        (domain, stratum) or (domain, PSU) of each group.
    parent_domain, parent_unit : ndarray of intp, shape (parents,)
        The domain, and the stratum or PSU.
    sampled, unsampled : ndarray of float, shape (parents,)
        n and 1 − n/N of the parent in the whole design.
    filled : ndarray of float, shape (parents,)
        Number of groups of the parent in the domain; the other n − filled units hold zeros.
    """

    group: np.ndarray
    groups: int
    domain: np.ndarray
    unit: np.ndarray
    parent: np.ndarray
    parent_domain: np.ndarray
    parent_unit: np.ndarray
    sampled: np.ndarray
    unsampled: np.ndarray
    filled: np.ndarray


def levels(units: Units, unit: np.ndarray, domain: np.ndarray) -> tuple[Level, Level | None]:
    """Group cells by domain and unit; the members of the first stage are the PSUs of the second."""
    if units.second is None:
        return _level(units.first, unit, domain), None
    second = _level(units.second, unit, domain)
    return _level(units.first, second.parent_unit, second.parent_domain), second


def _level(stage: Stage, unit: np.ndarray, domain: np.ndarray) -> Level:
    size = np.int64(stage.parent.size)
    group, keys = number(domain * size + unit)
    group_domain, group_unit = np.divmod(keys, size)
    parents = np.int64(stage.sampled.size)
    parent, keys = number(group_domain * parents + stage.parent[group_unit])
    parent_domain, parent_unit = np.divmod(keys, parents)
    return Level(
        group=group,
        groups=group_domain.size,
        domain=group_domain,
        unit=group_unit,
        parent=parent,
        parent_domain=parent_domain,
        parent_unit=parent_unit,
        sampled=stage.sampled[parent_unit],
        unsampled=stage.unsampled[parent_unit],
        filled=np.bincount(parent, minlength=parent_domain.size).astype(np.float64),
    )
