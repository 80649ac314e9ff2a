"""The annex of the report on weights: how answers and clients divide."""

from __future__ import annotations

from django.utils.translation import gettext as _

from okienko.foundation.print import blocks as b
from okienko.modules.results.computing.wave import POINT
from okienko.modules.results.document import Document, Hidden
from okienko.modules.results.presenting.weights import DivisionTable, figures, tables
from okienko.modules.results.presenting.words import Words, why_hidden
from okienko.modules.results.weighting.words import Names


def weights(document: Document, words: Words) -> list[dict]:
    if document.weighting is None:
        return []
    points = {c.value: c.label for d in document.domains if d.code == POINT for c in d.cells}
    made = [b.heading(_("How answers were weighted"), 2)]
    why = why_hidden(Hidden("primary", document.fieldwork.threshold))
    for table in tables(document.weighting, Names(words, points)):
        made += _division(table, why)
    told = figures(document.weighting)
    return [*made, b.facts(told)] if told else made


def _division(table: DivisionTable, why: str) -> list[dict]:
    columns = [b.column(_("Group"), width=3)]
    columns += [b.column(name, "right") for name in (_("Answers"), _("before"), _("after"), _("clients"))]
    rows = [
        [row.name, b.hidden(why, span=3), row.population]
        if row.hidden
        else [row.name, row.n, row.before, row.after, row.population]
        for row in table.rows
    ]
    said = _("Source: %(source)s.") % {"source": table.source.rstrip(".")}
    return [b.table(table.name, columns, rows), b.text(f"{said} {table.without}".strip())]
