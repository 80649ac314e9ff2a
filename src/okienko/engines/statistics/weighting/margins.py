"""What is known of the population: how it divides by one dimension or by several crossed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from okienko.engines.statistics.errors import StatisticsError

# Shares and totals of margins may differ by rounding, not by more.
_ROUNDING = 1e-6


class MissingValue(StrEnum):
    """What to do with respondents who have no value in a margin."""

    REFUSE = "refuse"
    APART = "apart"


@dataclass(frozen=True)
class Margin:
    """The population by the categories of one dimension, or of several crossed.

    Attributes
    ----------
    dimensions : tuple of str
        Dimensions of the cube (columns of the rows). A single name may be given as a str.
    population : mapping of label to float
        Of every category (a tuple of labels when dimensions are crossed): people, or their share.
    shares : bool
        The population is in shares that add up to 1.
    missing : MissingValue
        ``refuse``: a respondent without a value is an error. ``apart``: the division holds among those
        who have a value; the others form a category of their own whose share is left to the answers.
    """

    dimensions: tuple[str, ...] | str
    population: Mapping[object, float] = field(hash=False)
    shares: bool = False
    missing: MissingValue = MissingValue.REFUSE

    @property
    def names(self) -> tuple[str, ...]:
        """The dimensions as a tuple."""
        return (self.dimensions,) if isinstance(self.dimensions, str) else tuple(self.dimensions)

    @property
    def name(self) -> str:
        """What messages call it."""
        return " × ".join(self.names)

    def checked(self) -> "CheckedMargin":
        """Categories as tuples with their shares.

        Raises
        ------
        StatisticsError
            ``empty_margin``, ``bad_population``, ``shares_not_one``.
        """
        if not self.names or not self.population:
            raise StatisticsError("empty_margin", "A margin needs a dimension and categories.")
        categories = [self._category(label) for label in self.population]
        values = np.array([float(v) for v in self.population.values()])
        bad = np.flatnonzero(~np.isfinite(values) | (values < 0))
        if bad.size:
            raise StatisticsError(
                "bad_population",
                f"Margin {self.name}: the population of {said(categories[bad[0]])} is {values[bad[0]]:g}.",
                {"margin": self.name, "category": categories[bad[0]]},
            )
        total = float(values.sum())
        if self.shares and abs(total - 1) > _ROUNDING:
            raise StatisticsError(
                "shares_not_one",
                f"Margin {self.name}: the shares add up to {total:g} in place of 1.",
                {"margin": self.name, "sum": total},
            )
        if total <= 0:
            raise StatisticsError(
                "bad_population",
                f"Margin {self.name}: the population is 0 in every category.",
                {"margin": self.name},
            )
        return CheckedMargin(self, categories, values / total, None if self.shares else total)

    def _category(self, label: object) -> tuple:
        category = label if isinstance(label, tuple) else (label,)
        if len(category) != len(self.names):
            raise StatisticsError(
                "bad_category",
                f"Margin {self.name}: {label!r} does not name a category of {len(self.names)} dimensions.",
                {"margin": self.name, "category": category},
            )
        return category


@dataclass(frozen=True, eq=False)
class CheckedMargin:
    """A margin with its categories as tuples, their shares, and the total where it is known."""

    margin: Margin
    categories: list[tuple]
    share: np.ndarray
    total: float | None

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.margin.name


def said(category: tuple) -> str:
    """A category as messages write it."""
    return " × ".join(str(part) for part in category)


def population_of(margins: list[CheckedMargin], base: float) -> float:
    """The size of the population by the margins that know it; else the sum of the base weights.

    Raises
    ------
    StatisticsError
        ``margins_disagree``: two margins give different totals.
    """
    known = [(m.name, m.total) for m in margins if m.total is not None]
    if not known:
        return base
    (first, total), *others = known
    for name, other in others:
        if abs(other - total) > _ROUNDING * total:
            raise StatisticsError(
                "margins_disagree",
                f"Margin {first} has a population of {total:g} and margin {name} of {other:g}: "
                "they must be of the same people.",
                {"margin": name, "other": first, "total": other, "other_total": total},
            )
    return total
