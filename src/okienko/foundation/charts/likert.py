"""Distributions over an ordered scale, stacked and centred on the middle answer."""

from dataclasses import dataclass

from okienko.foundation.charts.model import WIDE, Chart, ChartError, Hidden, Size, Table
from okienko.foundation.charts.numbers import WHOLE_PERCENT, Formatter
from okienko.foundation.charts.rows import Layout, Row, draw_gap, draw_label, lay_rows, stretches
from okienko.foundation.charts.svg import Drawing, blank, text_width, wrap


@dataclass(frozen=True, slots=True)
class Shares:
    """A row: the share of every answer, worst first, adding up to 1."""

    label: str
    shares: tuple[float, ...]
    n: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if any(not 0 <= share <= 1 for share in self.shares) or abs(sum(self.shares) - 1) > 0.011:
            raise ChartError(f"{self.label!r}: shares must lie between 0 and 1 and add up to 1")


# Which of the five steps of the satisfaction scale colours each answer of a scale of 2 to 5 answers.
_STEPS = {2: (1, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


def steps_of(count: int) -> tuple[int, ...]:
    """The step 1 to 5 of the satisfaction scale for each of `count` answers, worst first."""
    if count in _STEPS:
        return _STEPS[count]
    return tuple(1 + round(place * 4 / (count - 1)) for place in range(count))


@dataclass(frozen=True, slots=True, kw_only=True)
class LikertChart(Chart):
    """Stacked distribution with a diverging axis. Columns of the table: what, one per answer, n.

    Parameters
    ----------
    answers : the words of the scale, worst first (2 to 11 of them)
    rows : distributions or hidden places
    share : formatter of shares in the table; the drawing shows whole per cent without the sign
    """

    answers: tuple[str, ...]
    rows: tuple[Shares | Hidden, ...]
    share: Formatter = WHOLE_PERCENT

    def __post_init__(self) -> None:
        super(LikertChart, self).__post_init__()
        if not 2 <= len(self.answers) <= 11:
            raise ChartError(f"chart {self.uid}: a scale has 2 to 11 answers, not {len(self.answers)}")
        for row in self.rows:
            if isinstance(row, Shares) and len(row.shares) != len(self.answers):
                raise ChartError(f"chart {self.uid}: {row.label!r} has {len(row.shares)} shares")

    def svg(self, size: Size = WIDE, *, file: bool = False) -> str:
        """The drawing."""
        drawing, layout = Drawing(self.uid, size), Layout.of(size, values=False)
        if not self.rows:
            return blank(self, size, file=file)
        top = self._legend(drawing)
        rows = lay_rows(
            [r if isinstance(r, Hidden) else (r.label, r.note) for r in self.rows], top, layout, size
        )
        bottom = rows[-1].top + rows[-1].height
        middle, unit = self._scale(layout)
        for row, shares in zip(rows, self.rows, strict=True):
            draw_label(drawing, row, layout)
            if isinstance(shares, Hidden):
                draw_gap(drawing, row, layout, shares)
            else:
                self._bar(drawing, row, shares, middle - unit * _below(shares.shares), unit)
                top_end, bottom_end = stretches([row], layout)[0]
                drawing.line((middle, middle), (top_end, row.middle - 13), "axis")
                drawing.line((middle, middle), (row.middle + 13, bottom_end), "axis")
        drawing.line((0, 100), (bottom, bottom), "grid")
        return drawing.close(bottom + 2, self.title, self.description, file=file)

    def table(self) -> Table:
        """Label, a share per answer, n."""
        rows = []
        for row in self.rows:
            if isinstance(row, Hidden):
                rows.append((row.label, row.reason, *[""] * len(self.answers)))
            else:
                n = "" if row.n is None else str(row.n)
                rows.append((row.label, *(self.share(share) for share in row.shares), n))
        return Table(self.columns, tuple(rows))

    def _legend(self, drawing: Drawing) -> float:
        """Keys in lines from the left; returns where the rows may begin."""
        x, y = 0.0, 0.0
        for step, words in zip(steps_of(len(self.answers)), self.answers, strict=True):
            shown = wrap(words, drawing.size.least - 24)[0]
            width = 22 + text_width(shown) + 16
            if x > 0 and x + width - 16 > drawing.size.least:
                x, y = 0.0, y + 22
            drawing.key(x, y, f"c{step}", shown)
            x += width
        return y + 16 + 12

    def _scale(self, layout: Layout) -> tuple[float, float]:
        """Where the middle of the scale stands, and per cent of width per unit of share."""
        shown = [row.shares for row in self.rows if isinstance(row, Shares)]
        below = max((_below(shares) for shares in shown), default=0.5)
        above = max((1 - _below(shares) for shares in shown), default=0.5)
        start, end = layout.plot
        unit = (end - start) / (below + above)
        return start + unit * below, unit

    def _bar(self, drawing: Drawing, row: Row, shares: Shares, left: float, unit: float) -> None:
        for step, share in zip(steps_of(len(self.answers)), shares.shares, strict=True):
            width = share * unit
            if width > 0:
                drawing.rect(left, row.middle - 13, width, 26, f"c{step}", 2)
            words = f"{share * 100:.0f}"
            if width / 100 * drawing.size.least >= text_width(words) + 5:
                drawing.text(left + width / 2, row.middle + 5, words, anchor="middle", kind=f"o{step} tb")
            left += width


def _below(shares: tuple[float, ...]) -> float:
    """Share left of the axis: the lower answers and half of the middle one."""
    half = len(shares) // 2
    middle = shares[half] / 2 if len(shares) % 2 else 0.0
    return sum(shares[:half]) + middle
