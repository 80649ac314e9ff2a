"""Rows of the page's tables, with the small charts drawn in their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.foundation.charts import (
    CellFrame,
    Estimate,
    Shares,
    axis_cell,
    decimal,
    dot_cell,
    likert_cell,
    likert_frame,
    percent,
    round_axis,
    spans,
    zone_of,
)
from okienko.foundation.ui import words as ui
from okienko.modules.results.document import AreaResult, Document, DomainResult, ItemResult
from okienko.modules.results.presenting import charts
from okienko.modules.results.presenting.figures import Spanned, cut_note, moved, percent_span, span
from okienko.modules.results.presenting.sentences import change_words
from okienko.modules.results.presenting.words import Words, why_hidden


@dataclass(frozen=True)
class Row:
    """One line of a table; `hidden` says why it has no figures."""

    name: str
    note: str = ""
    code: str = ""
    bar: SafeString | str = ""
    dot: SafeString | str = ""
    value: str = ""
    interval: str = ""
    change: str = ""
    change_note: str = ""
    extra: str = ""
    n: str = ""
    hidden: str = ""
    total: bool = False


@dataclass(frozen=True)
class Rows:
    """A table: its axis for the head of the column of dots, and its rows."""

    axis: SafeString | str = ""
    rows: Sequence[Row] = field(default_factory=tuple)
    legend: Sequence[str] = ()

    @property
    def note(self) -> str:
        """What an asterisk beside an interval says."""
        return cut_note(row.interval for row in self.rows)


def svg(text: str) -> SafeString:
    """Drawn by `foundation.charts`, which escapes every label."""
    return mark_safe(text)  # noqa: S308 (the charts escape every label)


def said(estimate: Estimate) -> str:
    """What a screen reader says for a dot."""
    value = {"label": estimate.label, "mean": ui.number(estimate.value, 2)}
    if estimate.low is None or estimate.high is None:
        return _("%(label)s: mean %(mean)s") % value
    ends = {"low": ui.number(estimate.low, 2), "high": ui.number(estimate.high, 2)}
    return _("%(label)s: mean %(mean)s, interval from %(low)s to %(high)s") % (value | ends)


def frame_of(
    points: Sequence[Estimate], words: Words, limits: tuple[int, int], reference: float | None
) -> CellFrame:
    return CellFrame(
        round_axis(spans(points), limits=limits), decimal(2, words.language), reference=reference
    )


def area_rows(document: Document, words: Words) -> Rows:
    """Areas: spread of the answers, mean with its interval, change; the best first."""
    kept = sorted((a for a in document.areas if a.mean is not None), key=lambda area: -area.mean.estimate)
    if not kept:
        return Rows()
    points = {area.code: charts.point(words.area(area.code), area.mean) for area in kept}
    spreads = {area.code: _shares(area, words) for area in kept}
    frame = frame_of(list(points.values()), words, words.scale(kept[0].items[0]), document.driver_mean)
    sides = likert_frame(list(spreads.values()))
    first = kept[0]
    return Rows(
        svg(axis_cell(frame)),
        [_area_row(area, words, points[area.code], frame, spreads[area.code], sides) for area in kept],
        [words.answer(first.items[0], share.value) for share in first.spread],
    )


def _shares(area: AreaResult, words: Words) -> Shares:
    return Shares(words.area(area.code), tuple(each.share for each in area.spread), area.mean.n)


def _area_row(area, words: Words, point: Estimate, frame: CellFrame, shares: Shares, sides) -> Row:
    aloud = ", ".join(
        f"{words.answer(area.items[0], each.value)} {ui.percent(each.share)}" for each in area.spread
    )
    return Row(
        name=point.label,
        note=ngettext("%(n)s question", "%(n)s questions", len(area.items)) % {"n": len(area.items)},
        code=area.code,
        bar=svg(likert_cell(shares, sides, aloud)),
        dot=svg(dot_cell(point, frame, said(point))),
        value=ui.number(area.mean.estimate, 2),
        interval=span(area.mean),
        change=moved(area.change),
        change_note=change_words(area.change),
        extra=ui.number(area.importance.estimate, 2) if area.importance else "",
        n=ui.number(area.mean.n),
    )


def driver_rows(document: Document, words: Words, most: int = 7) -> Rows:
    """What the overall rating depends on."""
    kept = document.drivers[:most]
    if not kept:
        return Rows()
    points = [Estimate(words.short(d.item), max(d.share, 0.0), d.lower, d.upper) for d in kept]
    axis = round_axis(spans(points), limits=(0, 1), from_zero=True)
    frame = CellFrame(axis, percent(0, words.language), stem=True)
    rows = []
    for driver, point in zip(kept, points, strict=True):
        item = document.item(driver.item)
        share = ui.percent(point.value)
        interval = percent_span(driver)
        rows.append(
            Row(
                name=point.label,
                code=driver.item,
                dot=svg(dot_cell(point, frame, f"{point.label}: {share} ({interval or '–'})")),
                value=share,
                interval=interval,
                extra=ui.number(item.mean.estimate, 2) if item and item.mean else "",
            )
        )
    return Rows(svg(axis_cell(frame)), rows)


def group_rows(document: Document, domain: DomainResult, words: Words) -> Rows:
    """The overall rating in each group, the hidden ones with the reason, and the whole office."""
    if document.overall is None:
        return Rows()
    chart = charts.group(document, words, domain.code)
    points = [row for row in chart.rows if isinstance(row, Estimate)]
    whole = document.index.mean.estimate if document.published else None
    frame = frame_of(points, words, words.scale(document.overall), whole)
    rows = []
    for cell, row in zip([*domain.cells, None], [*chart.rows, None], strict=False):
        if row is None:
            continue
        code = cell.value if cell is not None else ""
        if not isinstance(row, Estimate):
            rows.append(Row(row.label, code=code, hidden=row.reason))
            continue
        figure = cell.overall if cell is not None else document.index.mean
        rows.append(_dot_row(row, frame, figure, code=code, total=cell is None))
    return Rows(svg(axis_cell(frame)), rows)


def _dot_row(
    point: Estimate, frame: CellFrame, figure: Spanned, *, code: str = "", total: bool = False
) -> Row:
    return Row(
        name=point.label,
        code=code,
        dot=svg(dot_cell(point, frame, said(point))),
        value=ui.number(point.value, 2),
        interval=span(figure),
        n=ui.number(point.n),
        total=total,
    )


def contrast_rows(found: Sequence[ItemResult], words: Words, *, most: int) -> list[Row]:
    """Strong or weak questions: the mean, and how far it is from the mean of all questions."""
    return [
        Row(
            name=words.short(item.code),
            code=item.code,
            value=ui.number(item.mean.estimate, 2),
            interval=span(item.mean),
            change=moved(item.contrast),
        )
        for item in found[:most]
    ]


@dataclass(frozen=True)
class Zone:
    name: str
    first: bool
    rows: Sequence[Row]


def quadrant_zones(document: Document, words: Words) -> list[Zone]:
    """The table beside the quadrant chart, in its four parts; numbers as on the chart."""
    middle = charts.borders(document)
    found = charts.matters(document, words)
    if middle is None or not found:
        return []
    parts: dict[int, list[Row]] = {}
    for number, (code, matter) in enumerate(found, 1):
        where = zone_of(matter, *middle)
        item = document.item(code).mean
        row = Row(
            name=matter.label,
            note=span(item),
            code=code,
            value=ui.number(item.estimate, 2),
            extra=ui.percent(matter.importance),
            n=str(number),
        )
        parts.setdefault(where, []).append(row)
    names = charts.zones()
    order = (0, 1, 2, 3)
    return [Zone(names[where], where == 0, parts[where]) for where in order if where in parts]


def question_rows(document: Document, words: Words) -> Rows:
    """All questions with a mean, in the order of the questionnaire."""
    kept = [item for item in document.items if words.items[item.code].kind == "ordinal"]
    shown = [item for item in kept if item.mean is not None]
    scales = {words.scale(item.code) for item in shown}
    frame = None
    if len(scales) == 1:
        points = [charts.point(words.short(item.code), item.mean) for item in shown]
        frame = frame_of(points, words, scales.pop(), document.driver_mean)
    return Rows(svg(axis_cell(frame)) if frame else "", [_question_row(item, words, frame) for item in kept])


def _question_row(item: ItemResult, words: Words, frame: CellFrame | None) -> Row:
    name = f"{words.number(item.code)}. {words.short(item.code)}"
    if item.hidden is not None:
        return Row(name, code=item.code, hidden=why_hidden(item.hidden))
    if item.mean is None:
        return Row(name, code=item.code, hidden=_("Nobody answered this question."))
    point = charts.point(words.short(item.code), item.mean)
    return Row(
        name=name,
        code=item.code,
        dot=svg(dot_cell(point, frame, said(point))) if frame else "",
        value=ui.number(item.mean.estimate, 2),
        interval=span(item.mean),
        change=moved(item.change),
        change_note=change_words(item.change),
        n=ui.number(item.mean.n),
    )


def share_rows(item: ItemResult, words: Words) -> list[Row]:
    """The frequency table of a question; answers of groups that are hidden have no figures."""
    shown = [
        Row(
            name=words.answer(item.code, each.value),
            value=ui.percent(each.share, 1),
            interval=percent_span(each),
        )
        for each in item.shares
    ]
    return shown + [Row(name, value=_("Hidden")) for name in untold(item, words)]


def untold(item: ItemResult, words: Words) -> list[str]:
    """Answers whose share is not told, though others are."""
    told = {each.value for each in item.shares}
    found = words.items[item.code].categories if told else ()
    return [words.answer(item.code, each.value) for each in found if each.value not in told]


def missing_rows(item: ItemResult) -> list[tuple[str, int]]:
    """What is no answer, each kind apart."""
    found = (
        (_("not marked"), item.empty),
        (_("don't know"), item.dont_know),
        (_("not applicable"), item.not_applicable),
        (_("not asked (condition)"), item.not_shown),  # frozen documents of older versions
    )
    return [(name, count) for name, count in found if count]


@dataclass(frozen=True)
class Matrix:
    """Questions by group: `heads` name the groups, each row has one cell for each."""

    heads: Sequence[str]
    rows: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]


def group_matrix(document: Document, domain: DomainResult, words: Words) -> Matrix:
    """Means of all rated questions in the groups that may be shown; (mean, interval) or a dash."""
    shown = [cell for cell in domain.cells if cell.hidden is None]
    codes = [item.code for item in document.items if words.items[item.code].role == "driver"]
    table = []
    for code in codes:
        cells = [_pair(cell.means.get(code)) for cell in shown]
        if any(value for value, _span in cells):
            table.append((code, words.short(code), cells))
    return Matrix([words.cell(domain.code, cell) for cell in shown], table)


def _pair(figure) -> tuple[str, str]:
    return ("", "") if figure is None else (ui.number(figure.estimate, 2), span(figure))


def question_groups(document: Document, code: str, words: Words) -> list[tuple[str, Sequence[Row]]]:
    """The mean of one question in each group."""
    found = []
    for domain in document.domains:
        lines = []
        for cell in domain.cells:
            name = words.cell(domain.code, cell)
            figure = cell.overall if code == document.overall else cell.means.get(code)
            if cell.hidden is not None:
                lines.append(Row(name, hidden=why_hidden(cell.hidden)))
            elif figure is not None:
                value, interval = _pair(figure)
                lines.append(Row(name, value=value, interval=interval, n=ui.number(figure.n)))
        if any(line.value for line in lines):
            found.append((words.domain(domain.code), lines))
    return found
