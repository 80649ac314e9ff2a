"""Heat map: many estimates as a table of coloured cells, every cell with its figure."""

import math
from bisect import bisect_right
from dataclasses import dataclass

from okienko.foundation.charts.model import WIDE, Chart, ChartError, Hidden, Size, Table
from okienko.foundation.charts.svg import LINE, Drawing, blank, text_width, wrap


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of figures; a hidden one stands where there is nothing to show."""

    label: str
    values: tuple[float | Hidden, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap(Chart):
    """Rows × headings. Columns of the table: what, then one per heading.

    Parameters
    ----------
    headings : words above the columns
    rows : figures, as many as headings
    steps : four rising borders between the five colours, worst first
    legend : words of the five colours, or none
    hidden_mark : what stands in a hidden cell; the reasons are listed below
    """

    headings: tuple[str, ...]
    rows: tuple[Cells, ...]
    steps: tuple[float, float, float, float]
    legend: tuple[str, ...] = ()
    hidden_mark: str = "–"

    def __post_init__(self) -> None:
        super(HeatMap, self).__post_init__()
        if sorted(self.steps) != list(self.steps) or len(self.steps) != 4:
            raise ChartError(f"chart {self.uid}: four rising borders divide five colours")
        for row in self.rows:
            if len(row.values) != len(self.headings):
                raise ChartError(f"chart {self.uid}: {row.label!r} has {len(row.values)} figures")
            if any(not isinstance(value, Hidden) and not math.isfinite(value) for value in row.values):
                raise ChartError(f"chart {self.uid}: {row.label!r} has a figure that is not finite")

    def svg(self, size: Size = WIDE, *, file: bool = False) -> str:
        """The drawing."""
        if not self.rows or not self.headings:
            return blank(self, size, file=file)
        drawing = Drawing(self.uid, size)
        stacked = size.name == "narrow"
        left = 0.0 if stacked else 30.0
        step = (100 - left) / len(self.headings)
        top, numbered = self._headings(drawing, left, step, self._legend(drawing))
        reasons: list[str] = []
        for row in self.rows:
            top = self._row(drawing, row, (left, step), top, reasons)
        for words in numbered + reasons:
            lines = wrap(words, size.least)
            drawing.lines(0, top + LINE + 4, lines, kind="t2")
            top += LINE * len(lines)
        return drawing.close(top + 8, self.title, self.description, file=file)

    def table(self) -> Table:
        """Label, a figure or a reason per heading."""
        return Table(
            self.columns,
            tuple(
                (row.label, *(v.reason if isinstance(v, Hidden) else self.number(v) for v in row.values))
                for row in self.rows
            ),
        )

    def step_of(self, value: float) -> int:
        """Colour of a figure, 1 (worst) to 5."""
        return bisect_right(self.steps, value) + 1

    def _legend(self, drawing: Drawing) -> float:
        x, y = 0.0, 0.0
        for step, words in enumerate(self.legend, 1):
            width = 22 + text_width(words) + 16
            if x > 0 and x + width - 16 > drawing.size.least:
                x, y = 0.0, y + 22
            drawing.key(x, y, f"c{step}", words)
            x += width
        return y + 26 if self.legend else 0.0

    def _headings(self, drawing: Drawing, left: float, step: float, top: float) -> tuple[float, list[str]]:
        """Words above the columns; where they do not fit, numbers with a key below."""
        room = step / 100 * drawing.size.least - 6
        fits = all(text_width(word) <= room for words in self.headings for word in words.split())
        shown = [wrap(words, room) if fits else [str(k)] for k, words in enumerate(self.headings, 1)]
        tallest = max(map(len, shown))
        for place, lines in enumerate(shown):
            y = top + 14 + LINE * (tallest - len(lines))
            drawing.lines(left + step * (place + 0.5), y, lines, anchor="middle", kind="t2")
        key = [] if fits else [f"{k}  {words}" for k, words in enumerate(self.headings, 1)]
        return top + LINE * tallest + 6, key

    def _row(
        self, drawing: Drawing, row: Cells, columns: tuple[float, float], top: float, reasons: list[str]
    ) -> float:
        left, step = columns
        lines = wrap(row.label, drawing.size.least * ((left or 100) / 100) - 10)
        note = wrap(row.note, drawing.size.least * ((left or 100) / 100) - 10) if row.note else []
        words = LINE * (len(lines) + len(note))
        if left:
            height, y = max(38.0, words + 10), top
            drawing.lines(0, top + (height - words) / 2 + 13, lines)
            drawing.lines(0, top + (height - words) / 2 + 13 + LINE * len(lines), note, kind="t2")
        else:
            height, y = 34.0, top + words + 6
            drawing.lines(0, top + 15, [*lines, *note], kind="tb")
        for place, value in enumerate(row.values):
            x = left + step * place
            if isinstance(value, Hidden):
                drawing.rect(x + 0.25, y + 1.5, step - 0.5, height - 3, "hatch", 3)
                drawing.text(x + step / 2, y + height / 2 + 4.5, self.hidden_mark, anchor="middle", kind="tb")
                reasons.append(f"{row.label}, {self.headings[place]}: {value.reason}")
                continue
            colour = self.step_of(value)
            drawing.rect(x + 0.25, y + 1.5, step - 0.5, height - 3, f"c{colour}", 3)
            drawing.text(
                x + step / 2, y + height / 2 + 4.7, self.number(value), anchor="middle", kind=f"o{colour} tb"
            )
        return y + height + (0 if left else 4)
