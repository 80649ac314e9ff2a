"""Ranges of places, groups that cannot be told apart, and means drawn towards the network's.

Everything comes from the published figures of the offices: what is hidden takes no part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okienko.engines.statistics import Between, Estimate, Shrunken, alike, shrink
from okienko.foundation import charts
from okienko.foundation.files.exports import Sheet
from okienko.foundation.ui import words as ui
from okienko.modules.results.computing.bounds import within
from okienko.modules.results.models import ResultSet
from okienko.modules.results.presenting.comparison import places
from okienko.modules.results.presenting.figures import cut_note, span
from okienko.modules.results.presenting.network import Comparison, Ranked, network_mean_of
from okienko.modules.results.presenting.rows import said, svg


@dataclass(frozen=True)
class Smooth:
    """An office's mean drawn towards the mean of the offices, inside the scale."""

    estimate: float
    lower: float | None
    upper: float | None
    cut: bool
    weight: float


@dataclass(frozen=True)
class Place:
    """A line of the page; `position` counts from the highest mean."""

    position: int
    row: Ranked
    groups: tuple[int, ...]
    smooth: Smooth | None


@dataclass(frozen=True)
class Standing:
    """All offices that have places, from the highest mean, with what holds for them together."""

    lines: tuple[Place, ...]
    groups: tuple[tuple[str, ...], ...]
    between: Between


@dataclass(frozen=True)
class Shown:
    """A line as it is written."""

    results: ResultSet
    places: str
    range: SafeString
    groups: str
    value: str
    interval: str
    smooth: str
    smooth_interval: str
    smooth_dot: SafeString | str
    kept: str


def standing(compared: Comparison) -> Standing:
    """Groups and smoothed means of the ranked offices."""
    rows = [row.results for row in compared.ranked]
    found = alike(compared.pairs)
    between = shrink([_estimate(row) for row in rows])
    smooth = {drawn.own.by["office"]: drawn for drawn in between.offices}
    limits = _limits(rows)
    lines = [
        Place(
            number,
            row,
            tuple(at for at, members in enumerate(found) if number - 1 in members),
            _smooth(smooth.get(row.results.office_id), limits),
        )
        for number, row in enumerate(compared.ranked, 1)
    ]
    names = tuple(tuple(rows[at].office.name for at in members) for members in found)
    return Standing(tuple(lines), names, between)


def _estimate(row: ResultSet) -> Estimate:
    figures = (row.estimate, row.se, row.lower, row.upper, row.df)
    return Estimate("overall", "mean", None, {"office": row.office_id}, row.n or 0, *figures)


def _limits(rows: Sequence[ResultSet]) -> tuple[float, float]:
    mean = network_mean_of(rows)
    return (mean.low, mean.high) if mean is not None else (-math.inf, math.inf)


def _smooth(found: Shrunken | None, limits: tuple[float, float]) -> Smooth | None:
    if found is None:
        return None
    return Smooth(found.estimate, *within(found.lower, found.upper, limits), found.weight)


def letters(number: int) -> str:
    """a, b, … z, aa, ab …"""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def group_names(numbers: Sequence[int]) -> str:
    """Letters of an office's groups; three and more in a row as a range: "a, c–f"."""
    if not numbers:
        return ""
    breaks = [at for at, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1]
    runs = [numbers[a:b] for a, b in pairwise([0, *breaks, len(numbers)])]
    parts = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{letters(run[0])}–{letters(run[-1])}")
        else:
            parts += [letters(number) for number in run]
    return ", ".join(parts)


def places_page(found: Standing) -> dict:
    """Sentences, axes and notes; the lines of one page are drawn by `shown`."""
    return {
        "lead": spread_sentence(found.between),
        "smoothed": bool(found.between.offices),
        "range_axis": svg(charts.axis_cell(_range_frame(found))) if len(found.lines) > 1 else "",
        "smooth_axis": svg(charts.axis_cell(frame)) if (frame := _smooth_frame(found)) else "",
        "groups": [(letters(number), names) for number, names in enumerate(found.groups)],
        "note": cut_note(span(line.row.results) for line in found.lines),
        "smooth_note": cut_note(span(line.smooth) for line in found.lines if line.smooth),
    }


def spread_sentence(between: Between) -> str:
    """How much the offices differ beyond chance."""
    if between.variance is None:
        return _("There are too few offices to tell how much they really differ.")
    low, high = math.sqrt(between.lower), math.sqrt(between.upper)
    if between.variance == 0:
        return _(
            "The means differ no more than chance alone would make them. If offices do differ, the standard"
            " deviation between them is at most %(high)s."
        ) % {"high": ui.number(high, 2)}
    return _(
        "Beyond chance the offices differ with a standard deviation of %(value)s (95%% interval: %(span)s)."
    ) % {"value": ui.number(math.sqrt(between.variance), 2), "span": ui.interval(low, high, 2)}


def shown(lines: Sequence[Place], found: Standing) -> list[Shown]:
    """Some of the lines, with their drawings."""
    frames = _range_frame(found) if len(found.lines) > 1 else None, _smooth_frame(found)
    return [_shown(line, *frames) for line in lines]


def _shown(line: Place, ranges: charts.CellFrame | None, means: charts.CellFrame | None) -> Shown:
    row, smooth = line.row.results, line.smooth
    text = places(line.row.best, line.row.worst)
    dot: SafeString | str = ""
    if smooth is not None and means is not None:
        point = charts.Estimate(row.office.name, smooth.estimate, smooth.lower, smooth.upper, row.n)
        dot = svg(charts.dot_cell(point, means, said(point)))
    return Shown(
        row,
        text,
        _range(line, ranges, text) if ranges is not None else "",
        group_names(line.groups),
        ui.number(row.estimate, 2),
        span(row),
        ui.number(smooth.estimate, 2) if smooth else "",
        span(smooth) if smooth else "",
        dot,
        ui.percent(smooth.weight) if smooth else "",
    )


def _range(line: Place, frame: charts.CellFrame, text: str) -> SafeString:
    name = line.row.results.office.name
    point = charts.Estimate(name, float(line.position), float(line.row.best), float(line.row.worst))
    return svg(
        charts.dot_cell(point, frame, _("%(office)s: places %(places)s") % {"office": name, "places": text})
    )


def _range_frame(found: Standing) -> charts.CellFrame:
    count = len(found.lines)
    ticks = sorted({1, (1 + count) // 2, count})
    axis = charts.Axis(1.0, float(count), tuple(float(tick) for tick in ticks))
    return charts.CellFrame(axis, charts.decimal(0, _language()), height=40)


def _smooth_frame(found: Standing) -> charts.CellFrame | None:
    kept = [line.smooth for line in found.lines if line.smooth is not None]
    if not kept:
        return None
    ends = [end for smooth in kept for end in (smooth.lower, smooth.upper)]
    number = charts.decimal(2, _language())
    return charts.CellFrame(charts.round_axis(ends), number, height=40, reference=found.between.mean)


def _language() -> str:
    return (get_language() or "pl")[:2]


def sheet(found: Standing) -> Sheet:
    """The page as a table of a file."""
    header = [_("Office"), _("Best place"), _("Worst place"), _("Groups"), _("Mean")]
    header += [_("Smoothed mean"), _("Lower"), _("Upper"), _("Part of the distance kept")]
    rows = [[*_row(line), *_smoothed(line.smooth)] for line in found.lines]
    members = [f"{letters(number)}: {', '.join(names)}" for number, names in enumerate(found.groups)]
    return Sheet(_("Places and groups"), header, rows, [spread_sentence(found.between), *notes(), *members])


def _row(line: Place) -> list:
    row = line.row
    return [row.results.office.name, row.best, row.worst, group_names(line.groups), row.results.estimate]


def _smoothed(smooth: Smooth | None) -> list:
    return [None] * 4 if smooth is None else [smooth.estimate, smooth.lower, smooth.upper, smooth.weight]


def notes() -> list[str]:
    """How it was counted."""
    return [
        _(
            "Places: an office may stand higher than its mean shows, or lower. Its best place comes right"
            " after the offices that are surely higher, its worst right before those that are surely lower"
            " (t tests of all pairs, Holm's correction). With 95% confidence all ranges are true at once."
        ),
        _(
            "Groups: two offices have a letter in common exactly when their means cannot be told apart. An"
            " office may belong to several groups, for being alike does not carry over: A may be like B, and"
            " B like C, while A and C differ."
        ),
        _(
            "Smoothed mean: the less certain an office's mean, the closer it is drawn to the mean of the"
            " offices (empirical Bayes, variance between offices by Paule and Mandel). On average it is"
            " closer to what all clients of the office would say; it does not replace the office's own mean"
            " and decides no place."
        ),
        _("Only probability samples and censuses have places, and only results that may be shown take part."),
    ]
