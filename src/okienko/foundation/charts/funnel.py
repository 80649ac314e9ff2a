"""Funnel plot: estimates of many offices against the number of answers, with limits of chance."""

from dataclasses import dataclass
from itertools import pairwise

from okienko.foundation.charts.axis import Place, round_axis, tick_words
from okienko.foundation.charts.model import (
    WIDE,
    Chart,
    ChartError,
    Estimate,
    Hidden,
    Point,
    Reference,
    Size,
    Table,
)
from okienko.foundation.charts.numbers import WHOLE, Formatter
from okienko.foundation.charts.svg import LINE, Drawing, blank, text_width, wrap


@dataclass(frozen=True, slots=True)
class Limit:
    """How far chance alone carries an estimate made of n answers."""

    n: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelChart(Chart):
    """Offices and the limits of chance. Columns of the table: office, estimate, interval, n.

    Parameters
    ----------
    rows : estimates with n, or hidden places; an emphasised one is named in the picture
    centre : the line that all are compared with
    limits : the limits by rising n, worked out by the caller
    axis_names : words for n (across) and for the estimate (up)
    count : formatter of n
    """

    rows: tuple[Point, ...]
    centre: Reference
    limits: tuple[Limit, ...]
    axis_names: tuple[str, str]
    count: Formatter = WHOLE

    def __post_init__(self) -> None:
        super(FunnelChart, self).__post_init__()
        if any(isinstance(row, Estimate) and row.n is None for row in self.rows):
            raise ChartError(f"chart {self.uid}: every estimate of a funnel plot needs its n")
        if any(a.n >= b.n for a, b in pairwise(self.limits)):
            raise ChartError(f"chart {self.uid}: limits must be given by rising n")

    def svg(self, size: Size = WIDE, *, file: bool = False) -> str:
        """The drawing."""
        shown = [row for row in self.rows if isinstance(row, Estimate)]
        if not shown:
            return blank(self, size, file=file)
        drawing = Drawing(self.uid, size)
        height = 330.0 if size.name == "wide" else 300.0
        ends = [end for limit in self.limits for end in (limit.low, limit.high)]
        y_axis = round_axis([row.value for row in shown] + ends + [self.centre.value])
        x_axis = round_axis(
            [row.n or 0 for row in shown] + [limit.n for limit in self.limits], from_zero=True
        )
        left = (
            (max(map(text_width, tick_words(y_axis.ticks, self.number)), default=20) + 8) / size.least * 100
        )
        right, down = Place(x_axis, left, 99.0), Place(y_axis, height, 30.0 if size.name == "wide" else 44.0)
        self._grid(drawing, right, down)
        lows = [(right.at(limit.n), down.at(limit.low)) for limit in self.limits]
        highs = [(right.at(limit.n), down.at(limit.high)) for limit in self.limits]
        if self.limits:
            drawing.band(down.end, down.start - down.end, highs + lows[::-1])
        for edge in (lows, highs):
            drawing.path(edge, "band-edge")
        y = down.at(self.centre.value)
        drawing.line((right.start, 100), (y, y), "ref")
        drawing.legend_line(self.centre.label)
        for row in sorted(shown, key=lambda row: row.emphasis):  # the named ones on top
            self._office(drawing, right.at(row.n or 0), down.at(row.value), row)
        return drawing.close(self._reasons(drawing, height + 44), self.title, self.description, file=file)

    def table(self) -> Table:
        """Label, estimate, interval, n."""
        return Table(self.columns, self.estimate_rows(self.rows))

    def _grid(self, drawing: Drawing, right: Place, down: Place) -> None:
        for tick, words in zip(down.axis.ticks, tick_words(down.axis.ticks, self.number), strict=True):
            drawing.line((right.start, 100), (down.at(tick), down.at(tick)), "grid")
            drawing.text(0, down.at(tick) + 4.5, words, kind="t2")
        for tick in right.axis.ticks:
            drawing.line((right.at(tick), right.at(tick)), (down.start, down.start + 4), "axis")
            anchor = "end" if right.at(tick) > 96 else "middle"
            drawing.text(right.at(tick), down.start + 19, self.count(tick), anchor=anchor, kind="t2")
        drawing.line((right.start, 100), (down.start, down.start), "axis")
        drawing.text(100, down.start + 38, f"{self.axis_names[0]} →", anchor="end", kind="t2")
        drawing.text(0, 13 if drawing.size.name == "wide" else 31, f"↑ {self.axis_names[1]}", kind="t2")

    def _office(self, drawing: Drawing, x: float, y: float, row: Estimate) -> None:
        drawing.dot(x, y, 6.5 if row.emphasis else 4.5, "dot dot-now" if row.emphasis else "dot")
        if row.emphasis:
            left = x / 100 * drawing.size.least + 12 + text_width(row.label) > drawing.size.least
            drawing.text(
                x,
                y + 4.5,
                row.label,
                anchor="end" if left else "start",
                kind="tb halo",
                dx=-11 if left else 11,
            )

    def _reasons(self, drawing: Drawing, y: float) -> float:
        for row in self.rows:
            if isinstance(row, Hidden):
                lines = wrap(f"{row.label}: {row.reason}", drawing.size.least)
                drawing.lines(0, y + LINE, lines, kind="t2")
                y += LINE * len(lines)
        return y + 6
