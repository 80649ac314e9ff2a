"""What a chart is given: estimates with their intervals, or the reason why there is nothing to show."""

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from okienko.foundation.charts.numbers import Formatter, decimal, interval

_UID = re.compile(r"[a-zA-Z][\w-]*", re.ASCII)


class ChartError(ValueError):
    """A chart was given figures or words that cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Size:
    """A width to draw for, in CSS pixels.

    `natural` is the width of the file and of the PDF; on a page the drawing stretches, and nothing
    may collide until its container is narrower than `least`.
    """

    name: Literal["wide", "narrow"]
    natural: int
    least: int


WIDE = Size("wide", 680, 520)
NARROW = Size("narrow", 340, 256)
# In a file and in a PDF the width is fixed, so that labels may use all of it and need fewer lines.
PRINT = Size("wide", 680, 660)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure that may be shown.

    Parameters
    ----------
    label : what it is the figure of
    value : the estimate
    low, high : ends of its interval, both or neither
    n : number of answers behind it
    emphasis : draw it as the one that the page is about
    note : a second line under the label
    """

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    emphasis: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        given = [x for x in (self.value, self.low, self.high) if x is not None]
        if not all(math.isfinite(x) for x in given):
            raise ChartError(f"{self.label!r}: the value and the ends of the interval must be finite")
        if (self.low is None) != (self.high is None):
            raise ChartError(f"{self.label!r}: an interval needs both ends")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ChartError(f"{self.label!r}: the interval ends before it begins")

    @property
    def span(self) -> tuple[float, float]:
        """The interval, or the value twice where there is none."""
        if self.low is None or self.high is None:
            return self.value, self.value
        return self.low, self.high

    def interval_text(self, number: Formatter) -> str:
        """The interval in figures; empty where there is none."""
        return "" if self.low is None or self.high is None else interval(self.low, self.high, number)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A place whose figure is suppressed or missing. It has no field that could hold the figure."""

    label: str
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ChartError(f"{self.label!r}: a hidden figure must say why it is hidden")


Point = Estimate | Hidden


@dataclass(frozen=True, slots=True)
class Reference:
    """A line to compare with: the mean of the network, a target."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """The same figures as text. The first cell of a row is its header."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(ABC):
    """What every chart has.

    Parameters
    ----------
    uid : unique on the page; the ids inside begin with it
    title, description : read out in place of the picture; the description carries the finding
    number : formatter of the figures
    columns : headings of the table, in the order that the chart's `table()` names
    empty : what to say when there are no rows
    """

    uid: str
    title: str
    description: str
    number: Formatter = field(default_factory=decimal)
    columns: tuple[str, ...] = ()
    empty: str = "–"

    def __post_init__(self) -> None:
        if not _UID.fullmatch(self.uid):
            raise ChartError(f"uid {self.uid!r}: a letter, then letters, digits, hyphens")
        if not self.title.strip() or not self.description.strip():
            raise ChartError(
                f"chart {self.uid}: a title and a description are needed by those who cannot see it"
            )

    @abstractmethod
    def svg(self, size: Size = WIDE, *, file: bool = False) -> str:
        """The drawing, for a page and a PDF, or with a viewBox as a file of its own."""

    @abstractmethod
    def table(self) -> Table:
        """The same figures as text."""

    def estimate_rows(self, points: Sequence[Point]) -> tuple[tuple[str, ...], ...]:
        """Rows label, value, interval, n; a hidden one says its reason and nothing else."""
        return tuple(
            (p.label, p.reason, "", "")
            if isinstance(p, Hidden)
            else (
                p.label,
                self.number(p.value),
                p.interval_text(self.number),
                "" if p.n is None else str(p.n),
            )
            for p in points
        )
