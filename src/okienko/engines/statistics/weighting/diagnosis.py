"""What the fitting did to the weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.weighting.distances import Distances
from okienko.engines.statistics.weighting.solving import Solution
from okienko.engines.statistics.weighting.targets import Placed, Targets

# A ratio this close to its bound is at it.
_AT_BOUND = 1e-9


@dataclass(frozen=True, slots=True)
class CategoryFit:
    """One category of a margin: respondents, and its share before, after and in the population.

    ``category`` is None for the respondents without a value; they have no population.
    """

    margin: str
    category: tuple | None
    n: int
    before: float
    after: float
    population: float | None


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """The fit of one group of respondents.

    Attributes
    ----------
    within : label or None
        The label that was fitted on its own.
    n : int
        Respondents.
    population : float
    iterations : int
    largest_miss : float
        As a part of the population of the worst category.
    worst : (margin name, category)
    ratio_lower, ratio_upper : float
        Least and greatest fitted weight over base weight, on the scale of the population.
    weight_lower, weight_upper : float
        Least and greatest fitted weight over the mean weight; ``nan`` where base weights of a cell vary
        and their ends are not known.
    trimmed : int
        Respondents whose weight stopped at a bound.
    effective_before, effective_after : float
        Kish's (Σw)² / Σw².
    deff : float
        Kish's n Σw² / (Σw)²: by how much unequal weights alone raise a variance.
    categories : tuple of CategoryFit
    """

    within: object
    n: int
    population: float
    iterations: int
    largest_miss: float
    worst: tuple[str, tuple]
    ratio_lower: float
    ratio_upper: float
    weight_lower: float
    weight_upper: float
    trimmed: int
    effective_before: float
    effective_after: float
    deff: float
    categories: tuple[CategoryFit, ...]


@dataclass(frozen=True, eq=False)
class People:
    """Respondents by weighting cell, each ndarray of float, shape (cells,).

    Attributes
    ----------
    count, base, square : numbers, sums of base weights, and of their squares
    """

    count: np.ndarray
    base: np.ndarray
    square: np.ndarray

    @property
    def even(self) -> np.ndarray:
        """Whether the respondents of a cell all have the same base weight, shape (cells,)."""
        return self.count * self.square - self.base**2 <= 1e-9 * self.base**2

    def take(self, cells: np.ndarray) -> "People":
        """Some cells."""
        return People(self.count[cells], self.base[cells], self.square[cells])

    def ends(self, ratio: np.ndarray) -> tuple[float, float]:
        """Least and greatest weight over the mean weight once each cell is multiplied by its ratio."""
        fitted = self.base * ratio
        relative = np.where(self.even, fitted / self.count / (fitted.sum() / self.count.sum()), np.nan)
        return float(relative.min()), float(relative.max())


def diagnose(
    within: object,
    people: People,
    placed: Sequence[Placed],
    found: tuple[Targets, Solution, Distances],
    ends: tuple[float, float],
) -> Diagnostics:
    """Put the figures of a fit together; ``ends`` are the least and greatest weight over the mean."""
    targets, solution, distances = found
    ratio = solution.ratio
    fitted = people.base * ratio
    count = float(people.count.sum())
    after = float(fitted.sum() ** 2 / (people.square * ratio**2).sum())
    at_bound = (ratio <= distances.lower + _AT_BOUND) | (ratio >= distances.upper - _AT_BOUND)
    worst = int(np.argmax(np.abs(solution.miss)))
    return Diagnostics(
        within=within,
        n=int(count),
        population=targets.population,
        iterations=solution.steps,
        largest_miss=float(np.abs(solution.miss[worst])),
        worst=targets.about[worst],
        ratio_lower=float(ratio.min()),
        ratio_upper=float(ratio.max()),
        weight_lower=ends[0],
        weight_upper=ends[1],
        trimmed=int(people.count[at_bound].sum()),
        effective_before=float(people.base.sum() ** 2 / people.square.sum()),
        effective_after=after,
        deff=count / after,
        categories=tuple(row for part in placed for row in _categories(part, people, fitted)),
    )


def _categories(part: Placed, people: People, fitted: np.ndarray) -> list[CategoryFit]:
    rows = []
    names: list[tuple | None] = [*part.margin.categories, None]
    shares: list[float | None] = [*part.margin.share.tolist(), None]
    for c, (category, share) in enumerate(zip(names, shares, strict=True)):
        inside = part.code == (-1 if category is None else c)
        if category is None and not inside.any():
            continue
        rows.append(
            CategoryFit(
                part.margin.name,
                category,
                int(people.count[inside].sum()),
                float(people.base[inside].sum() / people.base.sum()),
                float(fitted[inside].sum() / fitted.sum()),
                share,
            )
        )
    return rows
