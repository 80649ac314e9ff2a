"""The few marks a chart is made of, as strings.

Across, positions are per cent; down, pixels; and the root has a width but no `viewBox`. So the same string
is 680 px wide in a file and in a PDF, stretches on a page (where the style sheet sets `width: 100%`), and its
letters never shrink. No style attribute anywhere: the pages' content security policy forbids them.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from okienko.foundation.charts import tokens
from okienko.foundation.charts.model import Chart, Size

# Not allowed in XML 1.0, or able to reorder the text around them (bidirectional controls).
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def esc(text: str) -> str:
    """Text that is safe in an element and in an attribute."""
    return _FORBIDDEN.sub("", text).translate(_ESCAPES)


def pos(value: float) -> str:
    """A number as an attribute, at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def pct(value: float) -> str:
    """A position across."""
    return pos(value) + "%"


class Drawing:
    """Collects marks and closes them into one `<svg>`."""

    __slots__ = ("marks", "size", "uid")

    def __init__(self, uid: str, size: Size) -> None:
        self.uid = uid if size.name == "wide" else f"{uid}-{size.name}"
        self.size = size
        self.marks: list[str] = []

    def text(
        self, x: float, y: float, content: str, *, anchor: str = "", kind: str = "", dx: float = 0
    ) -> None:
        """A line of text; kinds: `tb` bold, `t2` second ink, `halo` clear of marks, `o1`…`qn` on a fill."""
        fill = _TEXT_FILL.get(kind.split(" ")[0], tokens.INK)
        more = f' class="{kind}"' if kind else ""
        more += ' font-weight="700"' if "tb" in kind else ""
        if "halo" in kind:
            more += f' stroke="{tokens.SHEET}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        more += f' text-anchor="{anchor}"' if anchor else ""
        more += f' dx="{pos(dx)}"' if dx else ""
        self.marks.append(f'<text x="{pct(x)}" y="{pos(y)}" fill="{fill}"{more}>{esc(content)}</text>')

    def lines(
        self, x: float, y: float, contents: Iterable[str], *, anchor: str = "", kind: str = "", dx: float = 0
    ) -> None:
        """Lines of text below one another."""
        for place, content in enumerate(contents):
            self.text(x, y + LINE * place, content, anchor=anchor, kind=kind, dx=dx)

    def line(self, x: tuple[float, float], y: tuple[float, float], kind: str) -> None:
        """A line: `grid`, `axis`, `ref`, `ci`, `cap`, `stem`, `trend`, `band-edge`, `brk`."""
        self.marks.append(
            f'<line class="{kind}" x1="{pct(x[0])}" x2="{pct(x[1])}" y1="{pos(y[0])}" y2="{pos(y[1])}"'
            f" {_STROKE[kind]}/>"
        )

    def rect(self, x: float, y: float, width: float, height: float, kind: str, radius: float = 0) -> None:
        """A rectangle: `bar`, `bar-2`, `zone`, `c1`…`c5`, `hatch`."""
        if kind == "hatch":
            paint = f'fill="url(#{self.uid}-h)"'
        else:
            paint = _FILL[kind]
        corner = f' rx="{pos(radius)}"' if radius else ""
        self.marks.append(
            f'<rect class="{kind}" x="{pct(x)}" y="{pos(y)}" width="{pct(width)}" height="{pos(height)}"'
            f"{corner} {paint}/>"
        )

    def key(self, x: float, y: float, kind: str, words: str) -> None:
        """A square of the legend and its words; x in pixels, since a legend does not stretch."""
        self.marks.append(
            f'<rect class="{kind}" x="{pos(x + 0.5)}" y="{pos(y + 0.5)}" width="15" height="15" rx="3"'
            f' {_FILL[kind]}/><text class="t2" x="{pos(x + 22)}" y="{pos(y + 12.5)}"'
            f' fill="{tokens.INK_2}">{esc(words)}</text>'
        )

    def legend_line(self, words: str, y: float = 13.0) -> None:
        """The words of a dashed line at the top right, after a piece of it."""
        end, middle = pos(-text_width(words) - 8), pos(y - 4.5)
        start = pos(-text_width(words) - 34)
        self.text(100, y, words, anchor="end", kind="t2")
        self.marks.append(
            '<svg x="100%" y="0" width="1" height="1" overflow="visible">'
            f'<line class="ref" x1="{start}" x2="{end}" y1="{middle}" y2="{middle}" {_STROKE["ref"]}/></svg>'
        )

    def dot(self, x: float, y: float, radius: float, kind: str = "dot") -> None:
        """A round mark: `dot`, `dot dot-now`, `qd`, `tip`."""
        self.marks.append(
            f'<circle class="{kind}" cx="{pct(x)}" cy="{pos(y)}" r="{pos(radius)}" {_FILL[kind]}/>'
        )

    def path(self, points: Sequence[tuple[float, float]], kind: str) -> None:
        """A broken line, piece by piece: a polyline cannot be given in per cent."""
        for before, after in pairwise(points):
            self.line((before[0], after[0]), (before[1], after[1]), kind)

    def band(self, top: float, height: float, points: Iterable[tuple[float, float]]) -> None:
        """A filled polygon. Its own viewBox lets points across be per cent."""
        outline = " ".join(f"{pos(x)},{pos(y - top)}" for x, y in points)
        self.marks.append(
            f'<svg x="0" y="{pos(top)}" width="100%" height="{pos(height)}" viewBox="0 0 100 {pos(height)}"'
            f' preserveAspectRatio="none"><polygon class="band" points="{outline}" fill="{tokens.BAND}"/>'
            "</svg>"
        )

    def gap(self, x: tuple[float, float], y: float, height: float, words: str) -> None:
        """A hatched place with the reason on it: what is shown instead of a suppressed figure."""
        self.rect(x[0], y, x[1] - x[0], height, "hatch", 3)
        lines = gap_lines(words, x, self.size)
        top = y + (height - LINE * len(lines)) / 2
        plate = min(max(map(text_width, lines)) + 16, (x[1] - x[0]) / 100 * self.size.least - 4)
        self.marks.append(
            f'<rect class="plate" x="{pct(x[0] + 0.5)}" y="{pos(top - 1)}" width="{pos(plate)}"'
            f' height="{pos(LINE * len(lines) + 2)}" rx="3" fill="{tokens.SHEET}"/>'
        )
        self.lines(x[0] + 0.5, top + 13, lines, kind="t2", dx=8)

    def close(self, height: float, title: str, description: str, *, file: bool = False) -> str:
        """The finished string; for a file with a viewBox, so that a viewer can scale it."""
        uid, wide, tall = self.uid, self.size.natural, pos(height)
        box = f' viewBox="0 0 {wide} {tall}"' if file else ""
        hatch = _hatch(uid) if any('class="hatch"' in mark for mark in self.marks) else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{wide}" height="{tall}"{box}'
            f' role="img" aria-labelledby="{uid}-t {uid}-d"'
            f' font-family="{tokens.FONT}" font-size="{tokens.FONT_SIZE}">'
            f'<title id="{uid}-t">{esc(title)}</title><desc id="{uid}-d">{esc(description)}</desc>'
            f"{hatch}{''.join(self.marks)}</svg>"
        )


def blank(chart: Chart, size: Size, *, file: bool = False) -> str:
    """A chart without rows: a hatched place that says so."""
    drawing = Drawing(chart.uid, size)
    drawing.gap((0, 100), 0, 40, chart.empty)
    return drawing.close(40, chart.title, chart.description, file=file)


LINE = 17.0  # pixels between lines of text


def gap_lines(words: str, x: tuple[float, float], size: Size) -> list[str]:
    """The reason of a hidden figure, broken to fit its place even in the narrowest container."""
    return wrap(words, (x[1] - x[0]) / 100 * size.least - 20)


def _hatch(uid: str) -> str:
    return (
        f'<defs><pattern id="{uid}-h" width="10" height="10" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><line class="hatch-line" x1="2.5" x2="2.5" y1="0" y2="10"'
        f' stroke="{tokens.HATCH}" stroke-width="3"/></pattern></defs>'
    )


_TEXT_FILL = {"t2": tokens.INK_2, "qn": tokens.ON_BRAND} | {
    f"o{step}": colours[2] for step, colours in enumerate(tokens.SATISFACTION, 1)
}
_FILL = {
    "bar": f'fill="{tokens.TREND}"',
    "bar-2": f'fill="{tokens.BAND}" stroke="{tokens.BAND_EDGE}"',
    "zone": f'fill="{tokens.AMBER_TINT}"',
    "dot": f'fill="{tokens.DOT}" stroke="{tokens.SHEET}" stroke-width="2"',
    "dot dot-now": f'fill="{tokens.TREND}" stroke="{tokens.SHEET}" stroke-width="2"',
    "qd": f'fill="{tokens.TREND}" stroke="{tokens.SHEET}" stroke-width="2"',
    "tip": f'fill="{tokens.TREND}"',
} | {
    f"c{step}": f'fill="{colours[0]}" stroke="{colours[1]}"'
    for step, colours in enumerate(tokens.SATISFACTION, 1)
}
_STROKE = {
    "grid": f'stroke="{tokens.GRID}"',
    "axis": f'stroke="{tokens.REFERENCE}"',
    "ref": f'stroke="{tokens.REFERENCE}" stroke-width="1.5" stroke-dasharray="4 3"',
    "ci": f'stroke="{tokens.INTERVAL}" stroke-width="2.5" stroke-linecap="round"',
    "ci ci-on": f'stroke="{tokens.INTERVAL}" stroke-width="2"',
    "cap": f'stroke="{tokens.INTERVAL}" stroke-width="1.5"',
    "stem": f'stroke="{tokens.BAND_EDGE}" stroke-width="1.5"',
    "trend": f'stroke="{tokens.TREND}" stroke-width="2.5" stroke-linecap="round"',
    "band-edge": f'stroke="{tokens.BAND_EDGE}"',
    "brk": f'stroke="{tokens.REFERENCE}" stroke-width="2"',
}

# Advance widths of Lato in thousandths of the type size, by groups of letters; others count as 580.
_GROUPS = {
    240: "',.:ijl|\u202fії", 265: " !();·\xa0I[]{}ł", 360: '"frt„”', 400: "-`*Jгґ", 450: "?sśз/\\_zźż",
    485: "cćсьє", 500: "akxąавтхя", 525: "LgevyŁęекучSŚ", 620: "PTZŹŻцRYд", 650: "BXCKĆ", 690: "AVĄмф",
    725: "&GU", 765: "DHNŃ…wжю", 805: "%OQÓ—mш", 850: "@щ", 930: "M", 1045: "W",
}  # fmt: skip
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}


def text_width(text: str, size: float = tokens.FONT_SIZE) -> float:
    """Width of a line in pixels, to within a few per cent; bold is allowed for."""
    return sum(_WIDTHS.get(letter, 580) for letter in text) * size * 0.00104


def wrap(text: str, room: float) -> list[str]:
    """Lines no wider than the room; a word that is longer than a line is broken."""
    lines = [""]
    for word in text.split() or [""]:
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if text_width(longer) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        while text_width(word) > room and len(word) > 1:
            keep = max(1, int(len(word) * room / text_width(word)) - 1)
            lines[-1] = word[:keep] + "-"
            lines.append("")
            word = word[keep:]
        lines[-1] = word
    return lines
