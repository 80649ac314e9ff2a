"""What the margins leave of linearised values: the residuals behind the errors of a weighted cube.

See ``calibration`` for the formula. A domain has residuals in every unit that was weighted together
with somebody of the domain, also where nobody of it answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.labels import number
from okienko.engines.statistics.weighting.calibration import Block, Calibration

# Domains × strands that are laid out at once.
_VALUES_AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class Regression:
    """One domain in one block: where its sums lie, and the block that takes them to x'B."""

    sums: slice
    block: Block


@dataclass(frozen=True, eq=False)
class Remaining:
    """Some domains, laid out over all units in which they leave something.

    Attributes
    ----------
    domains : slice
    groups : slice
        The groups (domain by strand) of these domains.
    domain, unit : ndarray of intp, shape (pairs,)
        Domain (counted from the first of them) and unit of the last stage of every pair.
    own_pair, own_sum : ndarray of intp, shape (groups,)
        The pair of each group, and the sum it goes into.
    own_factor : ndarray of float, shape (groups,)
    pair, total : ndarray of intp, and weight : ndarray of float, shape (spread,)
        What is explained: pair, number of the sum, and sum of fitted weights.
    """

    domains: slice
    groups: slice
    domain: np.ndarray
    unit: np.ndarray
    own_pair: np.ndarray
    own_sum: np.ndarray
    own_factor: np.ndarray
    pair: np.ndarray
    total: np.ndarray
    weight: np.ndarray
    regressions: list[Regression]
    sums: int

    def left(self, z: np.ndarray) -> np.ndarray:
        """Residuals added up by pair, shape (pairs,).

        Parameters
        ----------
        z : ndarray of float, shape (all groups,)
            Weighted linearised values.
        """
        mine = z[self.groups]
        sums = np.bincount(self.own_sum, mine / self.own_factor, self.sums)
        explained = np.zeros(self.sums)
        for part in self.regressions:
            explained[part.sums] = part.block.matrix @ (part.block.fit @ sums[part.sums])
        left = np.bincount(self.own_pair, mine, self.unit.size)
        return left - np.bincount(self.pair, explained[self.total] * self.weight, self.unit.size)


def remaining(
    calibration: Calibration, domain: np.ndarray, strand: np.ndarray, domains: int
) -> Iterator[Remaining]:
    """Lay domains out, some at a time.

    Parameters
    ----------
    domain, strand : ndarray of intp, shape (groups,)
        In ascending order of the domain.
    """
    laid = _Laid(calibration)
    block = laid.block_of_cell[calibration.cell[strand]]
    reached, keys = number(domain * np.int64(laid.sizes.size) + block)
    reached_domain, reached_block = np.divmod(keys, laid.sizes.size)
    work = np.bincount(reached_domain, laid.strands[reached_block] + 1, domains)
    start = 0
    while start < domains:
        within = np.searchsorted(np.cumsum(work[start:]), _VALUES_AT_ONCE, side="right")
        stop = min(domains, start + max(1, int(within)))
        low, high = np.searchsorted(domain, (start, stop))
        first, last = np.searchsorted(reached_domain, (start, stop))
        groups = _Groups(slice(start, stop), slice(int(low), int(high)), domain[low:high], strand[low:high])
        pairs = reached_domain[first:last], reached_block[first:last], reached[low:high] - first
        yield _lay(laid, groups, pairs)
        start = stop


class _Laid:
    """The blocks of a calibration, ready to be spread over domains."""

    def __init__(self, calibration: Calibration) -> None:
        self.calibration = calibration
        self.sizes = np.array([b.size for b in calibration.blocks])
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        self.block_of_cell = np.repeat(np.arange(self.sizes.size), self.sizes)
        fitted = np.array([b.fitted for b in calibration.blocks])
        owner = self.block_of_cell[calibration.cell]
        # Strands of a block that was fitted to nothing explain nothing.
        order = np.argsort(owner, kind="stable")
        self.order = order[fitted[owner[order]]]
        self.strands = np.where(fitted, np.bincount(owner, minlength=self.sizes.size), 0)
        self.edges = np.concatenate([[0], np.cumsum(self.strands)])


@dataclass(frozen=True, eq=False)
class _Groups:
    domains: slice
    groups: slice
    domain: np.ndarray
    strand: np.ndarray


def _lay(laid: _Laid, groups: _Groups, pairs: tuple[np.ndarray, np.ndarray, np.ndarray]) -> Remaining:
    calibration = laid.calibration
    domain, block, mine = pairs
    sizes = laid.sizes[block]
    offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    cell = calibration.cell[groups.strand]
    spread = [laid.order[laid.edges[b] : laid.edges[b + 1]] for b in block.tolist()]
    counts = [s.size for s in spread]
    everybody = np.concatenate(spread) if spread else np.zeros(0, np.intp)
    units = np.int64(calibration.unit.max(initial=0) + 1)
    theirs = np.repeat(domain, counts) * units + calibration.unit[everybody]
    own = groups.domain * units + calibration.unit[groups.strand]
    position, keys = number(np.concatenate([own, theirs]))
    pair_domain, unit = np.divmod(keys, units)
    shift = offsets - laid.starts[block]
    regressions = [
        Regression(slice(int(o), int(o + n)), calibration.blocks[b])
        for o, n, b in zip(offsets, sizes, block.tolist(), strict=True)
        if calibration.blocks[b].fitted
    ]
    return Remaining(
        domains=groups.domains,
        groups=groups.groups,
        domain=pair_domain - groups.domains.start,
        unit=unit,
        own_pair=position[: own.size],
        own_sum=shift[mine] + cell,
        own_factor=calibration.factor[cell],
        pair=position[own.size :],
        total=np.repeat(shift, counts) + calibration.cell[everybody],
        weight=calibration.weight[everybody],
        regressions=regressions,
        sums=int(sizes.sum()),
    )
