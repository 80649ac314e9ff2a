"""The published cells as tables for XLSX and CSV: numbers stay numbers, a hidden cell says why."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okienko.foundation.files.exports import Sheet
from okienko.foundation.ui import words as ui
from okienko.modules.results.document import Change, Document, Figure, GroupMean
from okienko.modules.results.presenting.figures import Spanned, cut_words
from okienko.modules.results.presenting.method import facts, method
from okienko.modules.results.presenting.network import Comparison
from okienko.modules.results.presenting.words import Words, why_hidden

LONG = (
    gettext_lazy("What"),
    gettext_lazy("Code"),
    gettext_lazy("Name"),
    gettext_lazy("Group"),
    gettext_lazy("Answer"),
    gettext_lazy("n"),
    gettext_lazy("Value"),
    gettext_lazy("Lower"),
    gettext_lazy("Upper"),
    gettext_lazy("Note"),
    gettext_lazy("Hidden because"),
)


def _numbers(figure: Figure | GroupMean | None) -> list:
    if figure is None:
        return [None, None, None, None, ""]
    return [figure.n, figure.estimate, *_ends(figure)]


def _ends(figure: Spanned) -> list:
    """The interval, and a note where it ends with the scale."""
    return [figure.lower, figure.upper, cut_words() if figure.cut else ""]


def _change(change: Change | None) -> list:
    return [None, None] if change is None else [change.difference, change.p]


def _whole(document: Document) -> Iterator[tuple[str, Figure]]:
    if document.csi is not None:
        yield "CSI", document.csi
    if document.nps is not None:
        yield "NPS", document.nps


def sheets(document: Document, words: Words) -> list[Sheet]:
    """One sheet for each table of the page, and one on the method."""
    span = [_("Lower"), _("Upper"), _("Note")]
    return [*_of_questions(document, words, span), *_of_parts(document, words, span), _method_sheet(document)]


def _of_questions(document: Document, words: Words, span: list[str]) -> list[Sheet]:
    return [
        Sheet(
            _("Questions"),
            [
                *(
                    _("No."),
                    _("Code"),
                    _("Question"),
                    "n",
                    _("Mean"),
                    *span,
                    _("Change since then"),
                    "p (Holm)",
                ),
                *(_("not marked"), _("don't know"), _("not applicable"), _("Hidden because")),
            ],
            [_question(item, words) for item in document.items],
        ),
        Sheet(
            _("Answers"),
            [_("No."), _("Code"), _("Question"), _("Answer"), _("Share"), *span],
            list(_answers(document, words)),
        ),
    ]


def _of_parts(document: Document, words: Words, span: list[str]) -> list[Sheet]:
    return [
        Sheet(
            _("Areas"),
            [_("Area"), "n", _("Mean"), *span, _("Change since then"), "p (Holm)", _("Importance")],
            [
                [
                    words.area(a.code),
                    *_numbers(a.mean),
                    *_change(a.change),
                    a.importance.estimate if a.importance else None,
                ]
                for a in document.areas
            ],
        ),
        Sheet(
            _("Influence"),
            [_("Question"), _("Influence"), *span],
            [[words.label(d.item), d.share, *_ends(d)] for d in document.drivers],
        ),
        Sheet(
            _("Groups"),
            [_("Dimension"), _("Group"), _("Question"), "n", _("Mean"), *span, _("Hidden because")],
            list(_groups(document, words)),
        ),
        Sheet(
            _("Waves"),
            [_("Wave"), "n", _("Mean"), *span],
            [[point.wave, *_numbers(point.figure)] for point in document.trend],
        ),
    ]


def _method_sheet(document: Document) -> Sheet:
    rows: list[list] = [
        [_("Office"), document.office],
        [_("Survey"), document.survey],
        [_("Wave"), document.wave],
    ]
    rows += [list(pair) for pair in facts(document)]
    rows += [[name, figure.estimate] for name, figure in _whole(document)]
    if document.hidden is not None:
        rows.append([_("Hidden because"), why_hidden(document.hidden)])
    return Sheet(_("Method"), [_("What"), _("Value")], rows, method(document))


def _question(item, words: Words) -> list:
    first = [words.number(item.code), item.code, words.label(item.code)]
    if item.hidden is not None:
        return [*first, *([None] * 10), why_hidden(item.hidden)]
    counts = [item.empty, item.dont_know, item.not_applicable]
    return [*first, *_numbers(item.mean), *_change(item.change), *counts, ""]


def _answers(document: Document, words: Words) -> Iterator[list]:
    for item in document.items:
        for share in item.shares:
            yield [
                words.number(item.code),
                item.code,
                words.label(item.code),
                words.answer(item.code, share.value),
                share.share,
                *_ends(share),
            ]


def _groups(document: Document, words: Words) -> Iterator[list]:
    for domain in document.domains:
        for cell in domain.cells:
            first = [words.domain(domain.code), words.cell(domain.code, cell)]
            if cell.hidden is not None:
                yield [*first, "", *_numbers(None), why_hidden(cell.hidden)]
                continue
            if cell.overall is not None:
                yield [*first, words.label(document.overall), *_numbers(cell.overall), ""]
            for code, figure in cell.means.items():
                yield [*first, words.label(code), *_numbers(figure), ""]


def long_rows(document: Document, words: Words) -> Iterator[list]:
    """Every published cell, one a line."""
    yield from _aside(document)
    for name, figure in _whole(document):
        yield [_("index"), name, name, "", "", *_numbers(figure), ""]
    for area in document.areas:
        yield [_("area"), area.code, words.area(area.code), "", "", *_numbers(area.mean), ""]
    for item in document.items:
        first = [_("question"), item.code, words.label(item.code)]
        if item.hidden is not None:
            yield [*first, "", "", *_numbers(None), why_hidden(item.hidden)]
            continue
        if item.mean is not None:
            yield [*first, "", "", *_numbers(item.mean), ""]
        for share in item.shares:
            answer = words.answer(item.code, share.value)
            yield [_("share"), *first[1:], "", answer, None, share.share, *_ends(share), ""]
    for domain, group, question, *numbers, why in _groups(document, words):
        yield [_("group"), "", question, f"{domain}: {group}", "", *numbers, why]


def _aside(document: Document) -> Iterator[list]:
    """Answers kept apart from the sample: how many, and how they rate the whole."""
    aside = document.fieldwork.aside
    kinds = ((_("through an open link"), aside.web), (_("beside the drawn points and days"), aside.elsewhere))
    for name, count in kinds:
        if count != 0:
            why = "" if count is not None else _("too few answers")
            yield [_("kept apart"), "", name, "", "", count, *_numbers(None)[1:], why]
    if aside.overall is not None:
        yield [_("kept apart"), document.overall, _("overall rating"), "", "", *_numbers(aside.overall), ""]


def comparison_rows(compared: Comparison) -> tuple[list[str], list[list]]:
    """Offices with their places; those that are not ranked have none."""
    header = [
        _("Best place"),
        _("Worst place"),
        _("Office"),
        _("Type of office"),
        _("Region"),
        "n",
        _("Mean"),
    ]
    header += [_("Lower"), _("Upper"), _("Note"), _("Change since then"), "p", _("Sample")]
    header.append(_("Hidden because"))
    rows = [[row.best, row.worst, *_office(row.results)] for row in compared.ranked]
    rows += [[None, None, *_office(row)] for row in (*compared.unranked, *compared.hidden)]
    return header, rows


def _office(row) -> list:
    office = row.office
    kind = _("not a probability sample") if row.inference == "none" else _("probability sample")
    why = "" if row.estimate is not None else _("too few answers")
    n = row.n if row.estimate is not None else None
    numbers = [n, row.estimate, *_ends(row), row.change, row.change_p]
    return [office.name, office.type.name, office.get_region_display(), *numbers, kind, why]


def comparison_sheet(header: list[str], rows: list[list], compared: Comparison) -> Sheet:
    notes = [
        _(
            "Offices share a place when the difference of their means is not significant"
            " (all pairs, Holm's correction)."
        )
    ]
    if compared.mean is not None:
        notes.append(
            _("Mean of the network, recomputed from all answers: %(mean)s (n = %(n)s).")
            % {"mean": ui.number(compared.mean.estimate, 4), "n": ui.number(compared.mean.n)}
        )
    return Sheet(_("Offices"), header, rows, notes)
