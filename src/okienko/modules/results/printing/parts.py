"""The chapter of results: overall, areas, strengths and weaknesses, influence, groups, questions."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from okienko.foundation.print import blocks as b
from okienko.modules.results.document import Document
from okienko.modules.results.presenting import charts, influence, rows, sentences
from okienko.modules.results.presenting.figures import cut_note
from okienko.modules.results.presenting.office import groups, indices, trend_rows
from okienko.modules.results.presenting.rows import Row
from okienko.modules.results.presenting.words import Words, why_hidden
from okienko.modules.results.printing.questions import questions


def results(document: Document, words: Words) -> list[dict]:
    made = [b.heading(_("Results")), b.lead(sentences.headline(document))]
    if document.hidden is not None:
        return [*made, b.text(why_hidden(document.hidden))]
    if lead := sentences.lead(document, words):
        made.append(b.text(lead))
    made.append(b.text(_("In the tables n is the number of people who answered.")))
    return [
        *made,
        *_trend(document, words),
        *_areas(document, words),
        *_contrasts(document, words),
        *_drivers(document, words),
        *_groups(document, words),
        *questions(document, words),
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
    return made + _figure("trend", document, words, width=80) + _indices(document)


def _indices(document: Document) -> list[dict]:
    """Shares and indices beside the mean, with what they are."""
    found = indices(document) if document.published else []
    if not found:
        return []
    columns = _columns(_("Index"), _("Value"), _("Interval (95 per cent)"))
    table = [[b.cell(row.name, note=row.note), row.value, row.interval or "–"] for row in found]
    return [b.table(_("Shares and indices"), columns, table, note=_cut(found))]


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
        *_figure("areas", document, words),
        b.table(_("Areas of the service"), columns, table, note=_cut(found)),
    ]


def _contrasts(document: Document, words: Words) -> list[dict]:
    made = []
    for title, found in (
        (_("Strengths"), sentences.strengths(document)),
        (_("Weaknesses"), sentences.weaknesses(document)),
    ):
        made.append(b.heading(title, 2))
        if not found:
            made.append(
                b.text(
                    _("No question differs significantly from the mean of all questions in this direction.")
                )
            )
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
        *(b.text(text) for text in influence.notes(document)),
        *_figure("quadrant", document, words, width=80),
    ]


def _groups(document: Document, words: Words) -> list[dict]:
    found = groups(document, words)
    if not found:
        return []
    columns = _columns(_("Group"), _("Mean"), _("Interval (95 per cent)"), "n")
    table: list = []
    for group in found:
        table.append(b.group(group["title"]))
        table += [_group_row(row) for row in group["table"].rows if not row.total]
    whole = [row for row in found[0]["table"].rows if row.total]
    table += [b.total(*_group_row(row)) for row in whole]
    note = _cut([row for group in found for row in group["table"].rows])
    return [
        b.heading(_("Groups of clients"), 2),
        b.table(_("Overall rating in groups"), columns, table, note=note),
    ]


def _group_row(row: Row) -> list:
    if row.hidden:
        return [row.name, b.hidden(row.hidden, span=3)]
    return [row.name, row.value, row.interval or "–", row.n]
