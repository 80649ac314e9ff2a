"""The chapter of results: overall, areas, strengths and weaknesses, influence, groups, questions."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from okienko.foundation.print import blocks as b
from okienko.foundation.ui import words as ui
from okienko.modules.results.document import Document, ItemResult
from okienko.modules.results.presenting import charts, rows, sentences
from okienko.modules.results.presenting.figures import cut_note, percent_span, span
from okienko.modules.results.presenting.office import groups, trend_rows
from okienko.modules.results.presenting.rows import Row, untold
from okienko.modules.results.presenting.words import Words, why_hidden


def results(document: Document, words: Words) -> list[dict]:
    made = [b.heading(_("Results")), b.lead(sentences.headline(document))]
    if document.hidden is not None:
        return [*made, b.text(why_hidden(document.hidden))]
    if lead := sentences.lead(document, words):
        made.append(b.text(lead))
    return [
        *made,
        *_trend(document, words),
        *_areas(document, words),
        *_contrasts(document, words),
        *_drivers(document, words),
        *_groups(document, words),
        *_questions(document, words),
    ]


def _columns(first: str, *others: str) -> list[dict]:
    return [b.column(first, width=3), *(b.column(name, "right") for name in others)]


def _cut(found: Sequence[Row]) -> str:
    return cut_note(row.interval for row in found)


def _figure(name: str, document: Document, words: Words, *, width: int = 100) -> list[dict]:
    chart = charts.chart_of(name, document, words)
    return [b.figure(name, chart.description, chart.title, width=width)] if chart is not None else []


def _trend(document: Document, words: Words) -> list[dict]:
    if document.index is None:
        return []
    made = [b.heading(_("Overall rating"), 2), b.text(words.label(document.overall))]
    table = [[row.name, row.value, row.interval or "–", row.n] for row in trend_rows(document)]
    if table:
        columns = _columns(_("Wave"), _("Mean"), _("Interval (95 per cent)"), "n")
        made.append(
            b.table(_("Overall rating, wave by wave"), columns, table, note=_cut(trend_rows(document)))
        )
    return made + _figure("trend", document, words)


def _areas(document: Document, words: Words) -> list[dict]:
    found = rows.area_rows(document, words).rows
    if not found:
        return []
    columns = _columns(_("Area"), _("Mean"), _("Interval (95 per cent)"), _("Change since then"), "n")
    table = [
        [
            row.name,
            row.value,
            row.interval or "–",
            b.cell(row.change or "–", note=row.change_note),
            row.n,
        ]
        for row in found
    ]
    return [
        b.heading(_("Areas"), 2),
        b.text(sentences.areas_heading(document, words)),
        b.table(_("Areas of the service"), columns, table, note=_cut(found)),
        *_figure("areas", document, words),
    ]


def _contrasts(document: Document, words: Words) -> list[dict]:
    made = []
    for title, found in (
        (_("Strengths"), sentences.strengths(document)),
        (_("Weaknesses"), sentences.weaknesses(document)),
    ):
        made.append(b.heading(title, 2))
        if not found:
            made.append(b.text(_("No question differs significantly from the mean of all questions.")))
            continue
        columns = _columns(_("Question"), _("Mean"), _("Interval (95 per cent)"), _("Difference"))
        shown = rows.contrast_rows(found, words, most=10)
        table = [[row.name, row.value, row.interval or "–", row.change] for row in shown]
        note = _("Difference from the mean of all questions, significant after Holm's correction.")
        note = f"{note} {_cut(shown)}".strip()
        made.append(b.table(title, columns, table, note=note))
    return made


def _drivers(document: Document, words: Words) -> list[dict]:
    found = rows.driver_rows(document, words, most=30).rows
    if not found:
        return []
    columns = _columns(_("Question"), _("Influence"), _("Interval (95 per cent)"), _("Mean"))
    table = [[row.name, row.value, row.interval or "–", row.extra] for row in found]
    return [
        b.heading(_("What the overall rating depends on"), 2),
        b.table(_("Influence of the questions on the overall rating"), columns, table, note=_cut(found)),
        *_figure("quadrant", document, words, width=85),
    ]


def _groups(document: Document, words: Words) -> list[dict]:
    found = groups(document, words)
    if not found:
        return []
    columns = _columns(_("Group"), _("Mean"), _("Interval (95 per cent)"), "n")
    made = [b.heading(_("Groups of clients"), 2)]
    for group in found:
        table = [_group_row(row) for row in group["table"].rows]
        made.append(b.table(group["title"], columns, table, note=_cut(group["table"].rows)))
    return made


def _group_row(row: Row) -> list:
    if row.hidden:
        return [row.name, b.hidden(row.hidden, span=3)]
    return [row.name, row.value, row.interval or "–", row.n]


def _questions(document: Document, words: Words) -> list[dict]:
    made = [b.heading(_("Answers to every question"), 2)]
    for item in document.items:
        made += _question(item, words)
    return made


def _question(item: ItemResult, words: Words) -> list[dict]:
    title = f"{words.number(item.code)}. {words.label(item.code)}"
    if item.hidden is not None:
        return [b.text([b.run(title, bold=True)]), b.note(why_hidden(item.hidden), title=_("Hidden"))]
    if not item.shares:
        return [b.text([b.run(title, bold=True)]), b.text(_("Nobody answered this question."))]
    columns = _columns(_("Answer"), "%", _("Interval (95 per cent)"))
    table = [
        [
            words.answer(item.code, each.value),
            ui.percent(each.share, 1),
            percent_span(each) or "–",
        ]
        for each in item.shares
    ]
    table += [[name, _("Hidden"), "–"] for name in untold(item, words)]
    cut = cut_note([span(item.mean) if item.mean else "", *map(percent_span, item.shares)])
    note = "\n\n".join(text for text in (not_counted(item), cut) if text)
    return [b.table(title, columns, table, note=note)]


def not_counted(item: ItemResult) -> str:
    """Answers that are no answers, each kind apart, and the mean."""
    said = []
    if item.mean is not None:
        mean = _("mean %(mean)s") % {"mean": ui.number(item.mean.estimate, 2)}
        interval = span(item.mean)
        said.append(f"{mean} ({interval}), n = {item.mean.n}" if interval else f"{mean}, n = {item.mean.n}")
    for label, count in (
        (_("not marked"), item.empty),
        (_("don't know"), item.dont_know),
        (_("not applicable"), item.not_applicable),
        (_("was not asked"), item.not_shown),
    ):
        if count:
            said.append(f"{label}: {ui.number(count)}")
    return "; ".join(said)
