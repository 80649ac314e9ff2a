"""Horizontal bars from zero, and the stages through which a number shrinks."""

from dataclasses import dataclass
from itertools import pairwise

from okienko.foundation.charts.axis import Axis, Place, round_axis, spans
from okienko.foundation.charts.model import WIDE, Chart, ChartError, Estimate, Hidden, Point, Size, Table
from okienko.foundation.charts.numbers import WHOLE_PERCENT, Formatter
from okienko.foundation.charts.rows import (
    Layout,
    draw_axis,
    draw_figures,
    draw_gap,
    draw_interval,
    draw_label,
    draw_ticks,
    lay_rows,
    stretches,
)
from okienko.foundation.charts.svg import Drawing, blank


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(Chart):
    """Bars for amounts and shares. Columns of the table: what, amount, interval, n.

    A bar is read by its length, so the axis always begins at zero and no value may be negative.
    """

    rows: tuple[Point, ...]
    highest: float | None = None

    def __post_init__(self) -> None:
        # Two arguments: a dataclass with slots is another class than the one that super() remembers.
        super(BarChart, self).__post_init__()
        if any(isinstance(row, Estimate) and min(row.value, row.span[0]) < 0 for row in self.rows):
            raise ChartError(f"chart {self.uid}: a bar cannot show a negative value")

    def svg(self, size: Size = WIDE, *, file: bool = False) -> str:
        """The drawing."""
        drawing, layout = Drawing(self.uid, size), Layout.of(size, values=True)
        if not self.rows:
            return blank(self, size, file=file)
        top = 22.0
        place = Place(self._axis(), *layout.plot)
        rows = lay_rows(self.rows, top, layout, size)
        bottom = rows[-1].top + rows[-1].height
        draw_axis(drawing, place, self.number, top)
        draw_ticks(drawing, place, rows, layout)
        for row, point in zip(rows, self.rows, strict=True):
            draw_label(drawing, row, layout)
            if isinstance(point, Hidden):
                draw_gap(drawing, row, layout, point)
                continue
            start = place.at(0)
            kind = "bar" if point.low is None else "bar-2"
            drawing.rect(start, row.middle - 9, place.at(point.value) - start, 18, kind, 2)
            draw_interval(drawing, point, place, row.middle)
            draw_figures(drawing, row, layout, self.number(point.value), point.interval_text(self.number))
        for y in stretches(rows, layout):
            drawing.line((place.at(0), place.at(0)), y, "axis")
        return drawing.close(bottom + 2, self.title, self.description, file=file)

    def table(self) -> Table:
        """Label, amount, interval, n."""
        return Table(self.columns, self.estimate_rows(self.rows))

    def _axis(self) -> Axis:
        fitted = round_axis(spans(self.rows), from_zero=True)
        if self.highest is None:
            return fitted
        return round_axis([self.highest], limits=(0.0, self.highest), from_zero=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChart(Chart):
    """A funnel of stages: forms issued, returned, valid. Columns: stage, count, share of the first stage.

    Parameters
    ----------
    stages : label and count, each at most the one before
    share : formatter of the share of the first stage
    """

    stages: tuple[tuple[str, int], ...]
    share: Formatter = WHOLE_PERCENT

    def __post_init__(self) -> None:
        super(StageChart, self).__post_init__()
        counts = [count for _, count in self.stages]
        if any(count < 0 for count in counts) or any(a < b for a, b in pairwise(counts)):
            raise ChartError(f"chart {self.uid}: every stage must be at most the one before it")

    def svg(self, size: Size = WIDE, *, file: bool = False) -> str:
        """The drawing."""
        drawing, layout = Drawing(self.uid, size), Layout.of(size, values=True)
        if not self.stages:
            return blank(self, size, file=file)
        rows = lay_rows([(label, "") for label, _ in self.stages], 0, layout, size)
        first = max(self.stages[0][1], 1)
        centre, width = sum(layout.plot) / 2, layout.plot[1] - layout.plot[0]
        for row, (_, count) in zip(rows, self.stages, strict=True):
            draw_label(drawing, row, layout)
            half = width * count / first / 2
            drawing.rect(centre - half, row.middle - 11, half * 2, 22, "bar", 2)
            share = "" if count == self.stages[0][1] else self.share(count / first)
            draw_figures(drawing, row, layout, self.number(count), share)
        bottom = rows[-1].top + rows[-1].height
        drawing.line((0, 100), (bottom, bottom), "grid")
        return drawing.close(bottom + 2, self.title, self.description, file=file)

    def table(self) -> Table:
        """Stage, count, share of the first stage."""
        first = max(self.stages[0][1], 1) if self.stages else 1
        return Table(
            self.columns, tuple((label, self.number(n), self.share(n / first)) for label, n in self.stages)
        )
