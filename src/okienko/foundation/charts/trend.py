"""An estimate over waves: a line with the band of its interval."""

from dataclasses import dataclass

from okienko.foundation.charts.axis import Axis, Place, round_axis, spans, tick_words
from okienko.foundation.charts.model import WIDE, Chart, Estimate, Hidden, Point, Reference, Size, Table
from okienko.foundation.charts.svg import LINE, Drawing, blank, text_width, wrap


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChart(Chart):
    """Waves from the oldest to the newest. Columns of the table: wave, estimate, interval, n.

    Parameters
    ----------
    rows : an estimate or a hidden place per wave; no line is drawn across a hidden one
    breaks : places (0 = first) before which the question changed, so that no line may join
    break_words : what to write at a break
    limits, axis, reference : as in `DotChart`
    """

    rows: tuple[Point, ...]
    breaks: frozenset[int] = frozenset()
    break_words: str = ""
    limits: tuple[float, float] | None = None
    axis: Axis | None = None
    reference: Reference | None = None

    def svg(self, size: Size = WIDE, *, file: bool = False) -> str:
        """The drawing."""
        if not self.rows:
            return blank(self, size, file=file)
        drawing = Drawing(self.uid, size)
        values = spans(self.rows) + ([self.reference.value] if self.reference else [])
        axis = self.axis or round_axis(values, limits=self.limits)
        height = 260.0 if size.name == "wide" else 240.0
        down = Place(axis, height, 44.0 if self.reference or self.breaks else 26.0)
        frame = _Frame.of(self, axis, drawing)
        self._grid(drawing, down, frame)
        self._band(drawing, down, frame)
        for place, point in enumerate(self.rows):
            self._wave(drawing, down, frame.at(place), point, last=place == len(self.rows) - 1)
        bottom = self._names(drawing, frame, height)
        return drawing.close(bottom, self.title, self.description, file=file)

    def table(self) -> Table:
        """Wave, estimate, interval, n."""
        return Table(self.columns, self.estimate_rows(self.rows))

    def _grid(self, drawing: Drawing, down: Place, frame: "_Frame") -> None:
        for tick, words in zip(down.axis.ticks, tick_words(down.axis.ticks, self.number), strict=True):
            y = down.at(tick)
            drawing.line((frame.left, 100), (y, y), "grid")
            drawing.text(0, y + 4.5, words, kind="t2")
        if self.reference is not None:
            y = down.at(self.reference.value)
            drawing.line((frame.left, 100), (y, y), "ref")
            drawing.legend_line(self.reference.label)
        for place in self.breaks:
            x = (frame.at(place - 1) + frame.at(place)) / 2
            drawing.line((x, x), (down.end - 8, down.start), "ref")
            drawing.text(x, down.end - 12, self.break_words, anchor="middle", kind="t2")

    def _runs(self) -> list[list[int]]:
        """Waves that follow one another with a figure and on the same question."""
        runs: list[list[int]] = []
        for place, point in enumerate(self.rows):
            if isinstance(point, Hidden):
                continue
            if runs and runs[-1][-1] == place - 1 and place not in self.breaks:
                runs[-1].append(place)
            else:
                runs.append([place])
        return [run for run in runs if len(run) > 1]

    def _band(self, drawing: Drawing, down: Place, frame: "_Frame") -> None:
        """Band, its edges and the line, over every run of waves that may be joined."""
        for run in self._runs():
            points = [
                (frame.at(place), row) for place in run if isinstance(row := self.rows[place], Estimate)
            ]
            if all(row.low is not None for _, row in points):
                lows = [(x, down.at(row.span[0])) for x, row in points]
                highs = [(x, down.at(row.span[1])) for x, row in points]
                drawing.band(down.end, down.start - down.end, highs + lows[::-1])
                for edge in (lows, highs):
                    drawing.path(edge, "band-edge")
            drawing.path([(x, down.at(row.value)) for x, row in points], "trend")

    def _wave(self, drawing: Drawing, down: Place, x: float, point: Point, *, last: bool) -> None:
        if isinstance(point, Hidden):
            half = 1600 / drawing.size.least
            drawing.rect(x - half, down.end, half * 2, down.start - down.end, "hatch", 3)
            return
        low, high = (down.at(end) for end in point.span)
        if point.low is not None:
            drawing.line((x, x), (low, high), "ci")
        now = last or point.emphasis
        drawing.dot(x, down.at(point.value), 7 if now else 5.5, "dot dot-now" if now else "dot")
        drawing.text(
            x, min(high, down.at(point.value)) - 9, self.number(point.value), anchor="middle", kind="tb halo"
        )

    def _names(self, drawing: Drawing, frame: "_Frame", height: float) -> float:
        """Names of the waves, and why some are hidden; returns the height of the whole."""
        tallest = 1
        for place, point in enumerate(self.rows):
            lines = wrap(point.label, frame.slot_px)
            if place % frame.every == (len(self.rows) - 1) % frame.every:
                drawing.lines(frame.at(place), height + 20, lines, anchor="middle", kind="t2")
                tallest = max(tallest, len(lines))
        y = height + 20 + LINE * tallest
        for point in self.rows:
            if isinstance(point, Hidden):
                reason = wrap(f"{point.label}: {point.reason}", drawing.size.least)
                drawing.lines(0, y + 5, reason, kind="t2")
                y += LINE * len(reason)
        return y


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the waves stand, per cent across."""

    left: float
    first: float
    step: float
    every: int
    slot_px: float

    @classmethod
    def of(cls, chart: TrendChart, axis: Axis, drawing: Drawing) -> "_Frame":
        least = drawing.size.least
        left = (max(map(text_width, tick_words(axis.ticks, chart.number)), default=20) + 8) / least * 100
        count = len(chart.rows)
        step = (100 - left) / count
        # Words of a wave need at least 40 pixels; where there is less, only every second or third is named.
        every = max(1, -(-40 // max(int(step / 100 * least), 1)))
        return cls(left, left + step / 2, step, every, step * every / 100 * least - 6)

    def at(self, place: int) -> float:
        return self.first + self.step * place
