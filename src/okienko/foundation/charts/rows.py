"""The frame that bars, distributions and intervals share: one row per figure, under an axis.

In a wide drawing the label stands left of its row, in a narrow one above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from okienko.foundation.charts.axis import Place, tick_words
from okienko.foundation.charts.model import Estimate, Hidden, Point, Reference, Size
from okienko.foundation.charts.numbers import Formatter
from okienko.foundation.charts.svg import LINE, Drawing, gap_lines, text_width, wrap

_PAD = 11.0  # pixels above and below the words of a row


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a row stand: per cent across, room for the label in pixels."""

    stacked: bool
    plot: tuple[float, float]
    label_room: float
    note_room: float
    mark: float = 28.0

    @classmethod
    def of(cls, size: Size, *, values: bool) -> "Layout":
        """The layout for a size, with or without a column of figures at the right."""
        if size.name == "narrow":
            return cls(True, (2.0, 98.0), size.least - (112.0 if values else 4.0), size.least - 4.0, 26.0)
        return cls(False, (36.0, 83.0 if values else 99.0), size.least * 0.34, size.least * 0.34)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has been given its place."""

    label: tuple[str, ...]
    note: tuple[str, ...]
    top: float
    height: float
    middle: float


def lay_rows(points: Sequence[Point | tuple[str, str]], top: float, layout: Layout, size: Size) -> list[Row]:
    """Give every row its place; a point, or a label with its second line."""
    rows = []
    for point in points:
        label, note = point if isinstance(point, tuple) else (point.label, getattr(point, "note", ""))
        lines = tuple(wrap(label, layout.label_room))
        small = tuple(wrap(note, layout.note_room)) if note else ()
        words = LINE * (len(lines) + len(small))
        reason = 0.0
        if isinstance(point, Hidden):
            reason = LINE * len(gap_lines(point.reason, (layout.plot[0], 99.0), size)) + 9
        mark = max(layout.mark, reason)
        if layout.stacked:
            height, middle = 8 + words + 4 + mark + 6, top + 8 + words + 4 + mark / 2
        else:
            height = max(words + _PAD * 2 - 6, mark + 10)
            middle = top + height / 2
        rows.append(Row(lines, small, top, height, middle))
        top += height
    return rows


def draw_label(drawing: Drawing, row: Row, layout: Layout, *, strong: bool = False) -> None:
    """The words of a row and the hairline above it."""
    drawing.line((0, 100), (row.top, row.top), "grid")
    words = LINE * (len(row.label) + len(row.note))
    first = row.top + 8 + 12 if layout.stacked else row.middle - words / 2 + 13
    drawing.lines(0, first, row.label, kind="tb" if strong or layout.stacked else "")
    drawing.lines(0, first + LINE * len(row.label), row.note, kind="t2")


def draw_figures(drawing: Drawing, row: Row, layout: Layout, value: str, interval: str) -> None:
    """The value and its interval at the right end of the row."""
    if layout.stacked:
        y = row.top + 20
        drawing.text(100, y, value, anchor="end", kind="tb", dx=-text_width(interval) - 7 if interval else 0)
        drawing.text(100, y, interval, anchor="end", kind="t2") if interval else None
    elif interval:
        drawing.text(100, row.middle - 3, value, anchor="end", kind="tb")
        drawing.text(100, row.middle + 13, interval, anchor="end", kind="t2")
    else:
        drawing.text(100, row.middle + 4.5, value, anchor="end", kind="tb")


def draw_axis(drawing: Drawing, place: Place, number: Formatter, top: float) -> None:
    """Numbers of the ticks above the rows. Numbers that would touch are left out."""
    free = -1e9
    for tick, words in zip(place.axis.ticks, tick_words(place.axis.ticks, number), strict=True):
        x, half = place.at(tick), text_width(words) / 2
        centre = x / 100 * drawing.size.least
        if centre - half >= free:
            free = centre + half + 8
            drawing.text(x, top - 3, words, anchor=anchor_at(x, words, drawing.size), kind="t2")


def draw_ticks(drawing: Drawing, place: Place, rows: Sequence[Row], layout: Layout) -> None:
    """The lines of the ticks, down through the rows; in a stacked layout never through the words."""
    for tick in place.axis.ticks:
        x = place.at(tick)
        for y in stretches(rows, layout):
            drawing.line((x, x), y, "grid")


def draw_reference(
    drawing: Drawing, place: Place, reference: Reference, rows: Sequence[Row], layout: Layout
) -> None:
    """A dashed line through the rows with its words below."""
    x = place.at(reference.value)
    for y in stretches(rows, layout):
        drawing.line((x, x), y, "ref")
    anchor = anchor_at(x, reference.label, drawing.size)
    drawing.text(x, rows[-1].top + rows[-1].height + 18, reference.label, anchor=anchor, kind="t2")


def stretches(rows: Sequence[Row], layout: Layout) -> list[tuple[float, float]]:
    """From where to where lines down may run."""
    if not layout.stacked:
        return [(rows[0].top, rows[-1].top + rows[-1].height)]
    return [(row.middle - layout.mark / 2 - 3, row.middle + layout.mark / 2 + 3) for row in rows]


def anchor_at(x: float, words: str, size: Size) -> str:
    """The anchor that keeps words at x inside the drawing, even in the narrowest container."""
    half, centre = text_width(words) / 2, x / 100 * size.least
    return "start" if centre < half else "end" if centre + half > size.least else "middle"


def draw_interval(drawing: Drawing, point: Estimate, place: Place, y: float) -> None:
    """The interval as a line; an end beyond the axis gets an open end there."""
    if point.low is None or point.high is None:
        return
    drawing.line((place.at(point.low), place.at(point.high)), (y, y), "ci")


def draw_gap(drawing: Drawing, row: Row, layout: Layout, hidden: Hidden) -> None:
    """The hatched place of a row without a figure, over the whole plot and the column of figures."""
    height = (row.top + row.height - row.middle - 6) * 2 if layout.stacked else row.height - 8
    drawing.gap((layout.plot[0], 99.5), row.middle - height / 2, height, hidden.reason)
