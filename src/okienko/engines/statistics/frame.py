"""Domains over a cube, and the design-based variance of anything linear in its PSU totals.

Source of the formulas: T. Lumley, *Complex Surveys* (Wiley 2010), ch. 2–3, and the R package
``survey`` by the same author, whose conventions for domains and lonely PSUs are followed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from okienko.engines.statistics.cube import Cube
from okienko.engines.statistics.design import LonelyPsu, Units
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.labels import crossed, number
from okienko.engines.statistics.levels import Level, levels
from okienko.engines.statistics.weighting.remaining import Remaining, remaining

# A stratum (or PSU) of which everything was drawn has no sampling variance (R uses the same limit).
_FULLY_DRAWN = 1e-7
# Items whose sums a frame remembers: those of an index, not those of a questionnaire.
_KEPT = 8
_ADJUSTING = frozenset({LonelyPsu.ADJUST, LonelyPsu.ADJUST_DOMAIN})
_AVERAGING = frozenset({LonelyPsu.AVERAGE, LonelyPsu.AVERAGE_DOMAIN})
_WITHIN_DOMAINS = frozenset({LonelyPsu.ADJUST_DOMAIN, LonelyPsu.AVERAGE_DOMAIN})


@dataclass(frozen=True, eq=False)
class Strands:
    """Groups of cells by domain and strand of a weighted cube (see ``weighting.calibration``).

    Attributes
    ----------
    group : ndarray of intp, shape (cells,)
    domain, unit : ndarray of intp, shape (groups,)
        The domain, in ascending order, and the strand.
    parent : ndarray of intp, shape (groups,)
        Group of the last stage.
    kept : dict
        What ``_everywhere`` worked out.
    """

    group: np.ndarray
    groups: int
    domain: np.ndarray
    unit: np.ndarray
    parent: np.ndarray
    kept: dict = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Variance:
    """Variances by domain, with what they rest on, each of shape (domains,)."""

    value: np.ndarray
    df: np.ndarray
    lonely: np.ndarray


@dataclass(frozen=True, eq=False)
class Answered:
    """Sums over the valid answers to an item, the same for every statistic of it.

    Attributes
    ----------
    weight, count : ndarray, shape (groups,)
    total, n : ndarray, shape (domains,)
    simple : ndarray of bool, shape (domains,)
        Every answer came from a unit of its own and weighs the same.
    profile : ndarray, shape (domains, K), or None
        Sums of weights by domain and category; None of an item whose answers are kept as rows.
    """

    weight: np.ndarray
    count: np.ndarray
    total: np.ndarray
    n: np.ndarray
    simple: np.ndarray
    profile: np.ndarray | None


@dataclass(frozen=True, eq=False)
class Frame:
    """A cube seen by domains.

    Attributes
    ----------
    by : tuple of dimension names
    names : list of tuples of labels, one per domain
    domain : ndarray of intp, shape (cells,); -1 is outside every domain
    cells : ndarray of intp
        The cells inside some domain.
    mask : ndarray of bool, shape (cells inside,), or None
        Restriction of the sums to some cells (one wave of two).
    strands : Strands, optional
        Of a weighted cube: the finest groups, from which the margins are taken out.
    kept : dict
        What ``answered`` worked out for the last items; a frame of other cells starts anew.
    """

    cube: Cube
    by: tuple[str, ...]
    names: list[tuple]
    domain: np.ndarray
    cells: np.ndarray
    first: Level
    second: Level | None
    mask: np.ndarray | None = None
    strands: Strands | None = None
    kept: dict[str, Answered] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def labels(self) -> list[dict[str, object]]:
        """The domains as mappings of dimension to label; every figure of a domain shares its own."""
        return [dict(zip(self.by, name, strict=True)) for name in self.names]

    @property
    def domains(self) -> int:
        """Number of domains."""
        return len(self.names)

    @property
    def groups(self) -> int:
        """Number of groups of the finest level: the length of every linearised variable."""
        return self.finest.groups

    @property
    def finest(self) -> Level | Strands:
        """The groups in which linearised values are added up."""
        return self.strands or self.second or self.first

    @property
    def group_domain(self) -> np.ndarray:
        """Domain of each group of the finest level."""
        return self.finest.domain

    @property
    def group_unit(self) -> np.ndarray:
        """Unit of the last stage, or strand, of each group of the finest level (see ``grouped``)."""
        return self.finest.unit

    def restricted(self, dimension: str, label: object) -> "Frame":
        """The same domains and groups with sums over the cells of one label only."""
        labels = self.cube.dimension(dimension)
        if label not in labels.names:
            raise StatisticsError("no_such_label", f"Nobody has {label!r} in {dimension}.")
        mask = labels.codes[self.cells] == labels.names.index(label)
        return replace(self, mask=mask if self.mask is None else self.mask & mask)

    def sums(self, per_cell: np.ndarray) -> np.ndarray:
        """Add cells into the groups of the finest level, shape (groups,)."""
        per_cell = per_cell[self.cells]
        if self.mask is not None:
            per_cell = per_cell * self.mask
        return np.bincount(self.finest.group, per_cell, self.groups)

    def totals(self, per_group: np.ndarray) -> np.ndarray:
        """Add groups into domains, shape (domains,)."""
        return np.bincount(self.group_domain, per_group, self.domains)

    @cached_property
    def certain(self) -> np.ndarray:
        """Domains of which every unit was drawn, shape (domains,), bool."""
        drawn = np.bincount(self.first.parent_domain, self.first.unsampled >= _FULLY_DRAWN, self.domains) == 0
        if self.second is None:
            return drawn
        level = self.second
        return drawn & (np.bincount(level.parent_domain, level.unsampled >= _FULLY_DRAWN, self.domains) == 0)

    def answered(self, item: str) -> Answered:
        """The sums over the valid answers to an item."""
        if item not in self.kept:
            table = self.cube.table(item)
            valid = table.categories.valid
            weight = self.sums(table.weighted(valid.astype(np.float64)))
            count = self.sums(table.counted(valid))
            profile = table.profile(self._inside(), self.domains)
            while len(self.kept) >= _KEPT:
                self.kept.pop(next(iter(self.kept)))
            total, n = self.totals(weight), self.totals(count)
            simple = self.totals(count > 0) == n
            if simple.any():
                # Kish's effective number of equal weights is their number.
                simple &= total**2 >= self.totals(weight**2) * n * (1 - 1e-9)
            self.kept[item] = Answered(weight, count, total, n, simple, profile)
        return self.kept[item]

    def scatter(self, item: str, vector: np.ndarray, centre: np.ndarray) -> np.ndarray:
        """Σ w (vector − centre)² over the valid answers by domain, shape (domains,)."""
        table = self.cube.table(item)
        profile = self.answered(item).profile
        if profile is None:
            return table.scatter(vector, centre, self._inside(), self.domains)
        valid = table.categories.valid
        return (profile[:, valid] * (vector[valid] - centre[:, None]) ** 2).sum(axis=1)

    def _inside(self) -> np.ndarray:
        """Domain of every cell, -1 where the mask leaves it out."""
        if self.mask is None:
            return self.domain
        domain = self.domain.copy()
        domain[self.cells[~self.mask]] = -1
        return domain

    def variance(self, z: np.ndarray, present: np.ndarray) -> Variance:
        """Design-based variance of Σ z by domain.

        Parameters
        ----------
        z : ndarray of float, shape (groups,)
            Linearised values added up by group.
        present : ndarray of bool, shape (groups,)
            Groups with data; they decide the degrees of freedom and which strata count as lonely.
        """
        if self.strands is not None:
            return _variance_of_remaining(self, self.strands, z, present)
        return design_variance(self.cube.units, (self.first, self.second), z, present, self.domains)


def design_variance(
    units: Units, levels: tuple[Level, Level | None], z: np.ndarray, present: np.ndarray, domains: int
) -> Variance:
    """The variance of sums of linearised values over the units of a design; see ``Frame.variance``."""
    first, second = levels
    rule = units.lonely_psu
    inner, failed = np.zeros(domains), np.zeros(domains, bool)
    if second is not None:
        inner, failed = _second_stage(units, second, z, present, domains)
        z = _into_psus(second, first, z)
        present = _into_psus(second, first, present) > 0
    outer, lonely = _stage_variance(first, z, present, rule)
    strata = np.bincount(first.parent, present, first.parent_domain.size) > 0
    value = inner + _over_strata(outer, strata, first.parent_domain, domains)
    psus = np.bincount(first.domain, present, domains)
    alone = np.bincount(first.parent_domain, lonely, domains)
    sampled = np.bincount(first.parent_domain, strata & (first.unsampled >= _FULLY_DRAWN), domains)
    value[_blind(rule, psus, alone, sampled)] = np.nan
    if rule is LonelyPsu.FAIL:
        failed = failed | (alone > 0)
    return Variance(value, psus - np.bincount(first.parent_domain, strata, domains), failed)


def _second_stage(
    units: Units, level: Level, z: np.ndarray, present: np.ndarray, domains: int
) -> tuple[np.ndarray, np.ndarray]:
    """Σ_h (n_h/N_h) Σ_c of the variances within PSUs, and the domains with a lonely unit."""
    value, lonely = _stage_variance(level, z, present, units.lonely_psu)
    # A lonely unit of the second stage has no strata beside it to average over (R: NaN).
    failed = np.isnan(value) | (lonely & (units.lonely_psu is LonelyPsu.FAIL))
    value = np.nan_to_num(value) * units.first.fraction[units.first.parent[level.parent_unit]]
    total = np.bincount(level.parent_domain, value, domains)
    return total, np.bincount(level.parent_domain, failed, domains) > 0


def _blind(rule: LonelyPsu, psus: np.ndarray, alone: np.ndarray, sampled: np.ndarray) -> np.ndarray:
    """Domains of which the design shows no variance at all, where a variance of 0 would be a lie.

    All data in one PSU: the linearised values add up to 0 there whatever the answers. All strata that
    have a sampling error are lonely and left out: nothing remains to estimate from. (``sampled`` counts
    the strata with data that were not drawn completely, ``alone`` the lonely ones among them.)
    """
    if rule is LonelyPsu.CERTAINTY:
        return np.zeros(psus.size, bool)
    left_out = (rule is LonelyPsu.REMOVE) & (alone == sampled)
    return (sampled > 0) & ((psus == 1) | left_out)


def _variance_of_remaining(seen: Frame, strands: Strands, z: np.ndarray, present: np.ndarray) -> Variance:
    """The variance of a weighted cube: of what the margins leave of the linearised values.

    The degrees of freedom stay those of the units with data in the domain.
    """
    level = seen.second or seen.first
    answered = np.bincount(strands.parent, present, level.groups) > 0
    plain = replace(seen, strands=None)
    own = plain.variance(np.bincount(strands.parent, z, level.groups), answered)
    value, lonely = np.zeros(seen.domains), np.zeros(seen.domains, bool)
    for part, everywhere in _everywhere(seen, strands):
        found = everywhere.variance(part.left(z), np.ones(part.unit.size, bool))
        value[part.domains], lonely[part.domains] = found.value, found.lonely
    return Variance(value, own.df, lonely)


def _everywhere(seen: Frame, strands: Strands) -> Iterator[tuple[Remaining, Frame]]:
    """The domains, some at a time, over every unit that was weighted with somebody of theirs."""
    if seen.cube.calibration is None or strands.kept:
        yield from strands.kept.values()
        return
    parts = remaining(seen.cube.calibration, strands.domain, strands.unit, seen.domains)
    for part in parts:
        none = np.zeros(0, np.intp)
        names = [()] * (part.domains.stop - part.domains.start)
        whole = Frame(seen.cube, (), names, none, none, *levels(seen.cube.units, part.unit, part.domain))
        # Of the largest cubes nothing is kept, for it would not fit.
        if part.domains == slice(0, seen.domains):
            strands.kept[0] = (part, whole)
        yield part, whole


def _into_psus(second: Level, first: Level, per_group: np.ndarray) -> np.ndarray:
    """Add groups of second-stage units into groups of PSUs."""
    return np.bincount(
        first.group, np.bincount(second.parent, per_group, second.parent_domain.size), first.groups
    )


def _stage_variance(
    level: Level, z: np.ndarray, present: np.ndarray, rule: LonelyPsu
) -> tuple[np.ndarray, np.ndarray]:
    """Variance contributed by each parent of one stage, and which parents are lonely.

    NaN: to be averaged over the other parents.
    """
    parents = level.parent_domain.size
    mean = np.bincount(level.parent, z, parents) / level.sampled
    # Units of the parent outside the domain hold zeros: they are (n − filled) deviations of −mean.
    squares = np.bincount(level.parent, (z - mean[level.parent]) ** 2, parents)
    # Not in place: of no groups at all NumPy counts in integers.
    squares = squares + (level.sampled - level.filled) * mean**2
    single = level.sampled == 1
    scale = level.unsampled * level.sampled / np.where(single, 1.0, level.sampled - 1)
    units = np.bincount(level.parent, present, parents)
    lonely = single & (units > 0) & (level.unsampled >= _FULLY_DRAWN)
    treated = lonely
    if rule in _WITHIN_DOMAINS:
        treated = lonely | ((units == 1) & (level.unsampled >= _FULLY_DRAWN))
    if rule in _ADJUSTING and treated.any():
        # The deviation is taken from the mean of the whole, which is 0.
        squares = np.where(treated, np.bincount(level.parent, z**2, parents), squares)
    value = scale * squares
    if rule in _AVERAGING:
        value[treated] = np.nan
    return value, lonely


def _over_strata(value: np.ndarray, strata: np.ndarray, domain: np.ndarray, domains: int) -> np.ndarray:
    """Add strata; a stratum without a variance of its own gets the average of the others."""
    known = ~np.isnan(value)
    total = np.bincount(domain, np.where(known, value, 0.0), domains)
    if known.all():
        return total
    counted = np.bincount(domain, strata & known, domains)
    with np.errstate(divide="ignore", invalid="ignore"):
        return total * np.bincount(domain, strata, domains) / counted


def frame(cube: Cube, by: str | Sequence[str] | None = None) -> Frame:
    """See a cube by domains; remembered in the cube, since every item asks for the same ones."""
    names = (by,) if isinstance(by, str) else tuple(by or ())
    if names not in cube.frames:
        cube.frames[names] = _make(cube, names)
    return cube.frames[names]


def _make(cube: Cube, by: tuple[str, ...]) -> Frame:
    parts = [cube.dimension(name) for name in by]
    domain, names = crossed(parts, cube.unit.size)
    cells = np.flatnonzero(domain >= 0)
    inside = domain[cells]
    part = cube.unit if cube.calibration is None else cube.calibration.strand
    first, second, strands = grouped(cube, part[cells], inside)
    return Frame(cube, by, names, domain, cells, first, second, strands=strands)


def grouped(cube: Cube, part: np.ndarray, domain: np.ndarray) -> tuple[Level, Level | None, Strands | None]:
    """Group members by domain and ``part``: the unit of the last stage, or the strand of a weighted cube."""
    if cube.calibration is None:
        return *levels(cube.units, part, domain), None
    size = np.int64(cube.calibration.unit.size)
    group, keys = number(domain * size + part)
    owner, strand = np.divmod(keys, size)
    first, second = levels(cube.units, cube.calibration.unit[strand], owner)
    return first, second, Strands(group, owner.size, owner, strand, (second or first).group)
