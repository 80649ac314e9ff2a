"""The sampling design: what was drawn, from how many, with what weight.

A PSU (primary sampling unit) is what was drawn first, for an intercept survey a day at a service
point; without PSUs every respondent was drawn on his own. PSUs are numbered within their stratum.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.labels import Column, as_labels, number


class SampleKind(StrEnum):
    """How the respondents came into the survey, which decides what may be concluded."""

    PROBABILITY = "probability"
    CENSUS = "census"
    NON_PROBABILITY = "non_probability"


class LonelyPsu(StrEnum):
    """What to do with a stratum of one PSU (R: ``options(survey.lonely.psu=…)``).

    The last two treat a stratum with one PSU left in a domain in the same way
    (``survey.adjust.domain.lonely=TRUE``); the others let its empty PSUs stand for zeros.
    """

    FAIL = "fail"
    REMOVE = "remove"
    CERTAINTY = "certainty"
    ADJUST = "adjust"
    AVERAGE = "average"
    ADJUST_DOMAIN = "adjust_domain"
    AVERAGE_DOMAIN = "average_domain"


@dataclass(frozen=True, eq=False)
class Design:
    """The design, a row per respondent; every column may be left out.

    Parameters
    ----------
    weight : ndarray of float, shape (rows,)
        Positive. Default 1.
    stratum, psu, psu2 : ndarray or Labels, shape (rows,)
        Labels; ``psu`` is numbered within ``stratum``, ``psu2`` within ``psu``.
    fpc, fpc2 : ndarray of float, shape (rows,)
        Number of PSUs in the population of the row's stratum, of second-stage units in the
        population of the row's PSU. All values at most 1: sampling fractions, as R takes them.
    kind : SampleKind
        A census takes respondents as PSUs and their population from ``fpc``; a sample that is not a
        probability sample has no PSUs and no strata.
    """

    weight: np.ndarray | None = None
    stratum: Column | None = None
    psu: Column | None = None
    fpc: np.ndarray | None = None
    psu2: Column | None = None
    fpc2: np.ndarray | None = None
    kind: SampleKind = SampleKind.PROBABILITY
    lonely_psu: LonelyPsu = LonelyPsu.FAIL


@dataclass(frozen=True, eq=False)
class Stage:
    """Units of one stage, nested in parents (strata at the first stage, PSUs at the second).

    Attributes
    ----------
    parent : ndarray of intp, shape (units,)
    sampled : ndarray of float, shape (parents,)
        All units of the parent in the design, whether or not they answered an item.
    population : ndarray of float, shape (parents,)
        ``inf``: drawn with replacement, no finite population correction.
    names : list of tuples, shape (units,), or None when a unit is a row
    parents : list, shape (parents,)
    """

    parent: np.ndarray
    sampled: np.ndarray
    population: np.ndarray
    names: list | None
    parents: list | range

    @property
    def unsampled(self) -> np.ndarray:
        """The factor 1 − n/N of each parent."""
        return 1.0 - self.sampled / self.population

    @property
    def fraction(self) -> np.ndarray:
        """The sampling fraction n/N of each parent, 0 when drawn with replacement."""
        return self.sampled / self.population


@dataclass(frozen=True, eq=False)
class Units:
    """The sampled units of a design with one or two stages."""

    first: Stage
    second: Stage | None = None
    kind: SampleKind = SampleKind.PROBABILITY
    lonely_psu: LonelyPsu = LonelyPsu.FAIL


@dataclass(frozen=True, eq=False)
class Layout:
    """A design laid out over its rows: the unit of the last stage of each row, and its weight."""

    units: Units
    unit: np.ndarray
    weight: np.ndarray | None = field(default=None)


def lay_out(design: Design, rows: int) -> Layout:
    """Check a design and number its units.

    Raises
    ------
    StatisticsError
        ``no_rows``, ``bad_weight``, ``missing_design_value``, ``bad_fpc``, ``fpc_below_sample``,
        ``fpc_varies``, ``census_without_population``.
    """
    if rows == 0:
        raise StatisticsError("no_rows", "There are no rows, so no PSU is left to estimate from.")
    weight = checked_weight(design.weight, rows)
    if design.kind is SampleKind.NON_PROBABILITY:
        design = Design(kind=design.kind)
    elif design.kind is SampleKind.CENSUS:
        if design.fpc is None:
            raise StatisticsError(
                "census_without_population", "A census needs fpc, the size of its population."
            )
        design = Design(stratum=design.stratum, fpc=design.fpc, kind=design.kind)
    stratum, strata = _coded(design.stratum, rows, "stratum")
    psu, first = _stage(stratum, design.psu, design.fpc, strata, "psu")
    kind, lonely = design.kind, LonelyPsu(design.lonely_psu)
    if design.fpc is None or (design.psu2 is None and design.fpc2 is None):
        return Layout(Units(first, None, kind, lonely), psu, weight)
    names = range(len(first.parent)) if first.names is None else first.names
    unit, second = _stage(psu, design.psu2, design.fpc2, names, "psu2")
    return Layout(Units(first, second, kind, lonely), unit, weight)


def checked_weight(weight: np.ndarray | None, rows: int) -> np.ndarray | None:
    """Weights as float64, all above zero; else ``StatisticsError`` ``bad_weight``, ``bad_shape``."""
    if weight is None:
        return None
    weight = np.ascontiguousarray(weight, dtype=np.float64)
    _same_length(weight, rows, "weight")
    bad = ~(weight > 0) | ~np.isfinite(weight)
    if bad.any():
        first = int(np.flatnonzero(bad)[0])
        raise StatisticsError(
            "bad_weight",
            f"{int(bad.sum())} weights are not above zero, first in row {first + 1}: {weight[first]:g}.",
        )
    return weight


def _same_length(column: np.ndarray, rows: int, name: str) -> None:
    if column.shape != (rows,):
        raise StatisticsError("bad_shape", f"Column {name} has {column.shape} values for {rows} rows.")


def _coded(column: Column | None, rows: int, name: str) -> tuple[np.ndarray, list]:
    if column is None:
        return np.zeros(rows, np.intp), ["all"]
    labels = as_labels(column)
    _same_length(labels.codes, rows, name)
    if labels.codes.min(initial=0) < 0:
        row = int(np.flatnonzero(labels.codes < 0)[0]) + 1
        raise StatisticsError("missing_design_value", f"Column {name} has no value in row {row}.")
    return labels.codes, list(labels.names)


def _stage(
    parent: np.ndarray, unit: Column | None, fpc: np.ndarray | None, parents: list | range, name: str
) -> tuple[np.ndarray, Stage]:
    """Number the units of one stage within their parents; without a column every row is a unit."""
    rows = parent.size
    if unit is None:
        codes, names, owner = np.arange(rows), None, parent
    else:
        codes, names, owner = _nested(parent, unit, parents, name)
    sampled = np.bincount(owner, minlength=len(parents)).astype(np.float64)
    population = _population(fpc, parent, sampled, parents, name)
    return codes, Stage(owner, sampled, population, names, parents)


def _nested(
    parent: np.ndarray, unit: Column, parents: list | range, name: str
) -> tuple[np.ndarray, list, np.ndarray]:
    own, labels = _coded(unit, parent.size, name)
    owner = np.zeros(len(labels), np.intp)
    owner[own] = parent
    if (owner[own] == parent).all():
        return own, [(parents[owner[i]], label) for i, label in enumerate(labels)], owner
    # The same number in two parents means two units (R: nest = TRUE).
    codes, keys = number(parent * np.int64(len(labels)) + own)
    owner, label = np.divmod(keys, len(labels))
    names = [(parents[p], labels[u]) for p, u in zip(owner.tolist(), label.tolist(), strict=True)]
    return codes, names, owner.astype(np.intp)


def _population(
    fpc: np.ndarray | None, parent: np.ndarray, sampled: np.ndarray, parents: list | range, name: str
) -> np.ndarray:
    """The population of each parent, checked: constant within it, not below its sample."""
    if fpc is None:
        return np.full(sampled.size, np.inf)
    fpc = np.asarray(fpc, np.float64)
    column = "fpc" if name == "psu" else "fpc2"
    _same_length(fpc, parent.size, column)
    if not (fpc > 0).all():
        row = int(np.flatnonzero(~(fpc > 0))[0]) + 1
        raise StatisticsError(
            "bad_fpc", f"Column {column} must be above zero; row {row} has {fpc[row - 1]:g}."
        )
    fractions = bool((fpc <= 1).all()) and bool((fpc < 1).any())
    if not fractions and (fpc < 1).any():
        raise StatisticsError("bad_fpc", f"Column {column} mixes numbers of units with sampling fractions.")
    population = np.zeros(sampled.size)
    population[parent] = fpc
    if (population[parent] != fpc).any():
        where = parents[parent[int(np.flatnonzero(population[parent] != fpc)[0])]]
        raise StatisticsError("fpc_varies", f"Column {column} has more than one value within {where!r}.")
    if fractions:
        population = sampled / population
    small = np.flatnonzero(population < sampled * (1 - 1e-12))
    if small.size:
        worst = int(small[0])
        raise StatisticsError(
            "fpc_below_sample",
            f"Column {column} gives a population of {population[worst]:g} for {parents[worst]!r}, "
            f"but {sampled[worst]:g} units were sampled from it.",
        )
    return population
