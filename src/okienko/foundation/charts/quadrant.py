"""Importance against satisfaction, with intervals: what to repair first."""

from dataclasses import dataclass

from okienko.foundation.charts.axis import Axis, Place, round_axis
from okienko.foundation.charts.model import WIDE, Chart, ChartError, Estimate, Hidden, Size, Table
from okienko.foundation.charts.numbers import WHOLE_PERCENT, Formatter
from okienko.foundation.charts.svg import LINE, Drawing, blank, text_width, wrap


@dataclass(frozen=True, slots=True)
class Matter:
    """A question: how satisfied clients are (across) and how much it weighs (up)."""

    satisfaction: Estimate
    importance: float
    importance_low: float | None = None
    importance_high: float | None = None

    @property
    def label(self) -> str:
        """The words of the question."""
        return self.satisfaction.label


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadrantChart(Chart):
    """Scatter in four fields.

    Columns of the table: number and matter, satisfaction, interval, importance, field.

    Parameters
    ----------
    rows : matters and hidden places, numbered from 1 in this order
    across, up : where the fields meet (mean satisfaction, threshold of importance)
    zones : names of the fields: important and weak, important and strong, then the less important two
    axis_names : words for satisfaction (across) and importance (up)
    weight : formatter of importance
    limits : ends of the scale of satisfaction
    key : list the numbers with their words under the picture; leave it out where a table stands beside
    """

    rows: tuple[Matter | Hidden, ...]
    across: float
    up: float
    zones: tuple[str, str, str, str]
    axis_names: tuple[str, str]
    weight: Formatter = WHOLE_PERCENT
    limits: tuple[float, float] | None = None
    key: bool = True

    def __post_init__(self) -> None:
        super(QuadrantChart, self).__post_init__()
        if len(self.zones) != 4:
            raise ChartError(f"chart {self.uid}: four fields need four names")

    def svg(self, size: Size = WIDE, *, file: bool = False) -> str:
        """The drawing."""
        if not self.rows:
            return blank(self, size, file=file)
        drawing = Drawing(self.uid, size)
        height = 470.0 if size.name == "wide" else 400.0
        x_axis, y_axis = self._axes()
        left = (max(text_width(self.weight(t)) for t in y_axis.ticks or (0,)) + 8) / size.least * 100
        right, down = Place(x_axis, left, 100.0), Place(y_axis, height, 30.0)
        self._fields(drawing, right, down)
        for place, x, y, matter in self._spread(drawing, right, down):
            true = down.at(matter.importance)
            low, high = matter.satisfaction.span
            drawing.line((right.at(low), right.at(high)), (true, true), "cap")
            if matter.importance_low is not None and matter.importance_high is not None:
                ends = down.at(matter.importance_low), down.at(matter.importance_high)
                drawing.line((x, x), ends, "cap")
            if y != true:
                drawing.line((x, x), (true, y), "cap")
                drawing.dot(x, true, 3, "tip")
            drawing.dot(x, y, 10.5, "qd")
            drawing.text(x, y + 4.7, str(place), anchor="middle", kind="qn tb")
        drawing.text(100, height + 36, f"{self.axis_names[0]} →", anchor="end", kind="t2")
        drawing.text(0, 13, f"↑ {self.axis_names[1]}", kind="t2")
        bottom = self._words(drawing, height + 44)
        return drawing.close(bottom, self.title, self.description, file=file)

    def table(self) -> Table:
        """Number and matter, satisfaction, its interval, importance, field."""
        rows = []
        for place, row in enumerate(self.rows, 1):
            if isinstance(row, Hidden):
                rows.append((f"{place}. {row.label}", row.reason, "", "", ""))
                continue
            mean = row.satisfaction
            rows.append(
                (
                    f"{place}. {row.label}",
                    self.number(mean.value),
                    mean.interval_text(self.number),
                    self.weight(row.importance),
                    self.zones[zone_of(row, self.across, self.up)],
                )
            )
        return Table(self.columns, tuple(rows))

    def _axes(self) -> tuple[Axis, Axis]:
        shown = [row for row in self.rows if isinstance(row, Matter)]
        means = [end for row in shown for end in row.satisfaction.span] + [self.across]
        weights = [row.importance for row in shown] + [self.up]
        weights += [e for row in shown for e in (row.importance_low, row.importance_high) if e is not None]
        weighed = round_axis([0.0, *weights], from_zero=True)
        # Air above and below the marks, where the names of the fields stand.
        air = (weighed.high - weighed.low) * 0.09
        return round_axis(means, limits=self.limits), Axis(
            weighed.low - air, weighed.high + air / 2, weighed.ticks
        )

    def _fields(self, drawing: Drawing, right: Place, down: Place) -> None:
        x, y, top, bottom = right.at(self.across), down.at(self.up), down.end, down.start
        drawing.rect(right.start, top, x - right.start, y - top, "zone")
        for tick in down.axis.ticks:
            drawing.line((right.start, 100), (down.at(tick), down.at(tick)), "grid")
            drawing.text(0, down.at(tick) + 4.5, self.weight(tick), kind="t2")
        for tick in right.axis.ticks:
            drawing.line((right.at(tick), right.at(tick)), (top, bottom), "grid")
            drawing.text(
                right.at(tick), bottom + 18, self.number(tick), anchor=_anchor(right.at(tick)), kind="t2"
            )
        drawing.line((x, x), (top, bottom), "ref")
        drawing.line((right.start, 100), (y, y), "ref")
        room = (x - right.start) / 100 * drawing.size.least - 12, (100 - x) / 100 * drawing.size.least - 12
        for place, words in enumerate(self.zones):
            lines = wrap(words, max(room[place % 2], 60))
            line = top + 18 if place < 2 else bottom - 8 - LINE * (len(lines) - 1)
            at, anchor = (100.0, "end") if place % 2 else (right.start, "start")
            drawing.lines(at, line, lines, anchor=anchor, kind="tb", dx=-7 if place % 2 else 7)

    def _spread(self, drawing: Drawing, right: Place, down: Place) -> list[tuple[int, float, float, Matter]]:
        """Places of the numbers, moved up or down where two would cover each other."""
        placed: list[tuple[int, float, float, Matter]] = []
        for place, row in enumerate(self.rows, 1):
            if isinstance(row, Hidden):
                continue
            x, true = right.at(row.satisfaction.value), down.at(row.importance)
            border = down.at(self.up)
            for shift in (0, -21, 21, -42, 42, -63, 63):
                y = true + shift
                # A number that has to move stays in its own field.
                stays = shift == 0 or ((y < border) == (true <= border) and abs(y - border) > 11)
                if (
                    stays
                    and down.end + 8 <= y <= down.start - 8
                    and all(
                        abs(x - other[1]) / 100 * drawing.size.least > 19 or abs(y - other[2]) > 19
                        for other in placed
                    )
                ):
                    break
            else:
                y = true
            placed.append((place, x, y, row))
        return placed

    def _words(self, drawing: Drawing, y: float) -> float:
        """The key, and why some matters have no place; returns the height of the whole."""
        entries = [
            f"{place}  {row.label}"
            for place, row in enumerate(self.rows, 1)
            if self.key and isinstance(row, Matter)
        ]
        hidden = [
            f"{place}  {row.label}: {row.reason}"
            for place, row in enumerate(self.rows, 1)
            if isinstance(row, Hidden)
        ]
        columns = 2 if drawing.size.name == "wide" else 1
        room = drawing.size.least / columns - 10
        column = -(-len(entries) // columns)
        bottom = y
        for first in range(0, len(entries), max(column, 1)):
            here = y
            for entry in entries[first : first + column]:
                lines = wrap(entry, room)
                drawing.lines(100 * (first // max(column, 1)) / columns, here + LINE, lines, kind="t2")
                here += LINE * len(lines) + 2
            bottom = max(bottom, here)
        for entry in hidden:
            lines = wrap(entry, drawing.size.least)
            drawing.lines(0, bottom + LINE, lines, kind="t2")
            bottom += LINE * len(lines) + 2
        return bottom + 6


def zone_of(matter: Matter, across: float, up: float) -> int:
    """Field of a matter: 0 important and weak, 1 important and strong, 2 and 3 the less important ones."""
    return (0 if matter.importance >= up else 2) + (1 if matter.satisfaction.value >= across else 0)


def _anchor(x: float) -> str:
    return "end" if x > 96 else "middle"
