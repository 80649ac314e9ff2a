"""Small drawings for the cells of a table, where the row itself says the figures.

The heading of the column holds `axis_cell`, every row `dot_cell` or `likert_cell` with the same axis.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from okienko.foundation.charts import tokens
from okienko.foundation.charts.axis import Axis, Place, tick_words
from okienko.foundation.charts.likert import Shares, steps_of
from okienko.foundation.charts.model import Estimate, Size
from okienko.foundation.charts.numbers import Formatter
from okienko.foundation.charts.svg import Drawing, esc, text_width

_CELL = Size("wide", 220, 120)


@dataclass(frozen=True, slots=True)
class CellFrame:
    """What the cells of one column share."""

    axis: Axis
    number: Formatter
    reference: float | None = None
    height: int = 34
    stem: bool = False  # a thin line from the beginning of the axis: for amounts that begin at zero


def axis_cell(frame: CellFrame) -> str:
    """Numbers of the axis, for the heading; hidden from screen readers, who hear the figures."""
    drawing, place = Drawing("x", _CELL), Place(frame.axis, 2, 98)
    free = -1e9
    for tick, shown in zip(frame.axis.ticks, tick_words(frame.axis.ticks, frame.number), strict=True):
        x, half = place.at(tick), text_width(shown) / 2
        centre = x / 100 * _CELL.least
        if centre - half < free:
            continue
        free = centre + half + 6
        anchor = "start" if centre < half else "end" if centre + half > _CELL.least else "middle"
        drawing.text(x, 13, shown, anchor=anchor, kind="t2")
    return _cell(drawing, 18, 'aria-hidden="true"')


def dot_cell(point: Estimate, frame: CellFrame, words: str) -> str:
    """Dot and interval; `words` are read out instead."""
    drawing, place = Drawing("x", _CELL), Place(frame.axis, 2, 98)
    tall, middle = frame.height, frame.height / 2
    for tick in frame.axis.ticks:
        drawing.line((place.at(tick), place.at(tick)), (0, tall), "grid")
    if frame.reference is not None:
        drawing.line((place.at(frame.reference), place.at(frame.reference)), (0, tall), "ref")
    if frame.stem:
        drawing.line((place.start, place.at(point.value)), (middle, middle), "stem")
    if point.low is not None and point.high is not None:
        drawing.line((place.at(point.low), place.at(point.high)), (middle, middle), "ci")
    drawing.dot(
        place.at(point.value),
        middle,
        6.5 if point.emphasis else 6,
        "dot dot-now" if point.emphasis else "dot",
    )
    return _cell(drawing, tall, f'role="img" aria-label="{esc(words)}"')


def likert_frame(rows: Sequence[Shares]) -> tuple[float, float]:
    """The most that any row needs left and right of the middle answer: what `likert_cell` must be given."""
    below = [_below(row.shares) for row in rows] or [0.5]
    return max(below), max(1 - share for share in below)


def likert_cell(row: Shares, sides: tuple[float, float], words: str) -> str:
    """A distribution centred on its middle answer; `words` are read out instead."""
    drawing = Drawing("x", Size("wide", 300, 220))
    unit = 98 / (sum(sides) or 1)
    middle = 1 + unit * sides[0]
    left = middle - unit * _below(row.shares)
    for step, share in zip(steps_of(len(row.shares)), row.shares, strict=True):
        width = share * unit
        if width > 0:
            drawing.rect(left, 3, width, 28, f"c{step}", 2)
        label = f"{share * 100:.0f}"
        if width / 100 * drawing.size.least >= text_width(label) + 3:
            drawing.text(left + width / 2, 22, label, anchor="middle", kind=f"o{step} tb")
        left += width
    drawing.line((middle, middle), (0, 3), "axis")
    drawing.line((middle, middle), (31, 34), "axis")
    return _cell(drawing, 34, f'role="img" aria-label="{esc(words)}"')


def bracket_cell(spans: Sequence[tuple[int, bool, bool]], columns: int) -> str:
    """Pieces of the brackets that join rows which cannot be told apart: (column, begins here, ends here)."""
    marks = []
    for column, begins, ends in spans:
        x = 9 + 12 * column
        top, bottom = ("50%" if begins else "0"), ("50%" if ends else "104%")
        stroke = f'stroke="{tokens.REFERENCE}" stroke-width="2"'
        marks.append(f'<line class="brk" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}" {stroke}/>')
        if begins or ends:
            marks.append(f'<line class="brk" x1="{x - 6}" x2="{x + 1}" y1="50%" y2="50%" {stroke}/>')
    size = f'width="{12 * columns + 10}" height="100%"'
    return f'<svg class="chart br" {size} aria-hidden="true">{"".join(marks)}</svg>'


def _below(shares: tuple[float, ...]) -> float:
    half = len(shares) // 2
    return sum(shares[:half]) + (shares[half] / 2 if len(shares) % 2 else 0.0)


def _cell(drawing: Drawing, height: float, role: str) -> str:
    width = drawing.size.natural
    return f'<svg class="chart" width="{width}" height="{height:g}" {role}>{"".join(drawing.marks)}</svg>'
