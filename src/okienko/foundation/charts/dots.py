"""Estimates with their intervals on one axis, a row each, and a line to compare with."""

from dataclasses import dataclass

from okienko.foundation.charts.axis import Axis, Place, round_axis, spans
from okienko.foundation.charts.model import WIDE, Chart, Hidden, Point, Reference, Size, Table
from okienko.foundation.charts.rows import (
    Layout,
    draw_axis,
    draw_figures,
    draw_gap,
    draw_interval,
    draw_label,
    draw_reference,
    draw_ticks,
    lay_rows,
)
from okienko.foundation.charts.svg import Drawing, blank


@dataclass(frozen=True, slots=True, kw_only=True)
class DotChart(Chart):
    """Dot and interval. Columns of the table: what, estimate, interval, n.

    Parameters
    ----------
    rows : estimates or hidden places, in the order of drawing
    limits : ends of the scale that was asked (1 and 5); the axis shows the part that is used
    axis : an axis of your own instead, so that several charts can share one
    reference : a dashed line
    """

    rows: tuple[Point, ...]
    limits: tuple[float, float] | None = None
    axis: Axis | None = None
    reference: Reference | None = None

    def svg(self, size: Size = WIDE, *, file: bool = False) -> str:
        """The drawing."""
        drawing, layout = Drawing(self.uid, size), Layout.of(size, values=True)
        top = 22.0
        if not self.rows:
            return blank(self, size, file=file)
        values = spans(self.rows) + ([self.reference.value] if self.reference else [])
        place = Place(self.axis or round_axis(values, limits=self.limits), *layout.plot)
        rows = lay_rows(self.rows, top, layout, size)
        bottom = rows[-1].top + rows[-1].height
        draw_axis(drawing, place, self.number, top)
        draw_ticks(drawing, place, rows, layout)
        for row, point in zip(rows, self.rows, strict=True):
            draw_label(drawing, row, layout, strong=getattr(point, "emphasis", False))
        drawing.line((0, 100), (bottom, bottom), "grid")
        if self.reference is not None:
            draw_reference(drawing, place, self.reference, rows, layout)
        for row, point in zip(rows, self.rows, strict=True):
            if isinstance(point, Hidden):
                draw_gap(drawing, row, layout, point)
                continue
            draw_interval(drawing, point, place, row.middle)
            drawing.dot(place.at(point.value), row.middle, 6.5, "dot dot-now" if point.emphasis else "dot")
            draw_figures(drawing, row, layout, self.number(point.value), point.interval_text(self.number))
        return drawing.close(bottom + (24 if self.reference else 2), self.title, self.description, file=file)

    def table(self) -> Table:
        """Label, estimate, interval, n."""
        return Table(self.columns, self.estimate_rows(self.rows))
