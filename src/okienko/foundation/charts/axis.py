"""Axes: round ticks, and the place of a value in the drawing (per cent across, pixels down)."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okienko.foundation.charts.model import ChartError, Estimate, Point
from okienko.foundation.charts.numbers import Formatter


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of numbers and the ticks to write on it."""

    low: float
    high: float
    ticks: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise ChartError(f"axis from {self.low} to {self.high}: the ends must be finite and in order")

    def share(self, value: float) -> float:
        """Where the value lies, 0 to 1; values outside are drawn at the edge."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def holds(self, value: float) -> bool:
        """Whether the value lies on the axis."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Place:
    """An axis laid between two positions of the drawing (per cent across, or pixels down)."""

    axis: Axis
    start: float
    end: float

    def at(self, value: float) -> float:
        """Position of a value."""
        return self.start + (self.end - self.start) * self.axis.share(value)


def spans(points: Iterable[Point]) -> list[float]:
    """Both ends of every shown interval: what an axis must reach."""
    return [end for point in points if isinstance(point, Estimate) for end in point.span]


def round_axis(
    values: Iterable[float], *, limits: tuple[float, float] | None = None, from_zero: bool = False
) -> Axis:
    """An axis with round ticks that holds all values, with air at both ends, within the limits."""
    numbers = [v for v in values if math.isfinite(v)]
    if not numbers:
        return _ticked(*(limits or (0.0, 1.0)))
    least, most = limits if limits is not None else (-math.inf, math.inf)
    low, high = min(numbers), max(numbers)
    if from_zero:
        low = min(low, 0.0)
    air = (high - low) * 0.06 or max(abs(high) * 0.05, 0.05)
    bottom = low if from_zero and low == 0 else low - air
    return _ticked(max(bottom, least), min(high + air, most))


def _ticked(low: float, high: float, steps: int = 5) -> Axis:
    if high <= low:
        high = low + 1.0
    step = round_step((high - low) / steps)
    # Ticks are multiples of the step, so that 0.1 + 0.2 never writes 0.30000000000000004.
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return Axis(low, high, tuple(round(k * step, 10) for k in range(first, last + 1)))


def round_step(rough: float) -> float:
    """The step 1, 2, 2.5 or 5 times a power of ten nearest to a rough one."""
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (1, 2, 2.5, 5, 10):
        if factor * power >= rough * 0.75:
            return factor * power
    return 10 * power


_SHARED_ZERO = re.compile(r"[.,]0$|(?<=[.,]\d)0$|(?<=[.,]\d\d)0$")


def tick_words(ticks: Sequence[float], number: Formatter) -> list[str]:
    """Ticks in words, without the decimal zeros that all of them share: 3,8 and 4,0 for 3,80 and 4,00."""
    words = [number(tick) for tick in ticks]
    # From a thousand on, a comma may divide thousands.
    while words and all(_SHARED_ZERO.search(word) for word in words) and max(map(abs, ticks)) < 1000:
        words = [_SHARED_ZERO.sub("", word) for word in words]
    return words
