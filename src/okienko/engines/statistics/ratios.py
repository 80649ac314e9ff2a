"""Ratios of two sums over the same respondents: minutes per visit, pleased per displeased."""

from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.frame import Frame
from okienko.engines.statistics.linear import Linear


@dataclass(frozen=True)
class Part:
    """One side of a ratio: the sum of the scores of an item, or how many chose one of the codes."""

    item: str
    codes: tuple[float, ...] | None = None

    def vector(self, frame: Frame) -> np.ndarray:
        """What an answer in each category adds, shape (K,)."""
        categories = frame.cube.table(self.item).categories
        return categories.scores if self.codes is None else categories.indicator(self.codes)


@dataclass(frozen=True)
class Ratio:
    """Σ w·numerator / Σ w·denominator (R: ``svyratio``).

    Both sides must be about the same respondents: a sum over people of whom some are missing on the
    other side would be no ratio of anything. ``jointly`` makes such columns of two items.
    """

    numerator: Part
    denominator: Part
    item: str = "ratio"
    statistic: str = "ratio"
    value: float | None = None
    proportion: bool = False

    def linear(self, frame: Frame) -> Linear:
        """z = (numerator − ratio · denominator) / total of the denominator (Särndal et al. 1992, 5.6)."""
        over, counts = _sums(frame, self.numerator)
        under, other = _sums(frame, self.denominator)
        if not np.array_equal(counts, other):
            raise StatisticsError(
                "answers_differ",
                f"{self.numerator.item} and {self.denominator.item} were answered by different respondents; "
                "keep those who answered both.",
            )
        total = frame.totals(under)
        n = frame.totals(counts)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.where(total == 0, np.nan, frame.totals(over) / total)
            z = (over - value[frame.group_domain] * under) / total[frame.group_domain]
        return Linear(value, np.nan_to_num(z), n, counts > 0, undefined=(total == 0) & (n > 0))


def _sums(frame: Frame, part: Part) -> tuple[np.ndarray, np.ndarray]:
    table = frame.cube.table(part.item)
    valid = table.categories.valid
    vector = np.where(valid, part.vector(frame), 0.0)
    return frame.sums(table.weighted(vector)), frame.sums(table.counted(valid))
