"""The report as blocks of `foundation.print`: assumptions, results, conclusions, next survey, annexes."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import shorten

from django.utils.translation import gettext as _

from okienko.engines.questionnaire import paper_form
from okienko.foundation.charts import PRINT
from okienko.foundation.print import blocks as b
from okienko.foundation.ui import words as ui
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.results import selectors
from okienko.modules.results.document import Document
from okienko.modules.results.models import Report
from okienko.modules.results.presenting import charts, sentences
from okienko.modules.results.presenting.figures import span
from okienko.modules.results.presenting.method import facts, fieldwork, method
from okienko.modules.results.presenting.remarks import remarks_of
from okienko.modules.results.presenting.words import Words, words_of
from okienko.modules.results.printing import parts
from okienko.modules.results.printing.weights import weights

MOST_ON_COVER = 600  # characters; the whole proposal stands among the recommendations


def printed(report: Report) -> tuple[dict, dict[str, str]]:
    """Data and pictures for `compile_pdf("report", …)`; the same report gives the same bytes."""
    document, words = selectors.document_of(report.results), words_of(report.results)
    data = {
        "title": _("Report on the wave “%(wave)s”") % {"wave": document.wave},
        "office": document.office,
        "footer": f"{document.survey} · {document.wave}",
        "numbered": True,
        "words": {
            "page": _("Page {page} of {pages}"),
            "table": _("Table"),
            "figure": _("Chart"),
        },
        "cover": _cover(report, document),
        "blocks": [
            b.contents(_("Contents")),
            *assumptions(document),
            *parts.results(document, words),
            *remarks(report),
            *conclusions(report),
            *annexes(report, document, words),
            *lists(document),
        ],
    }
    return data, pictures(document, words)


def pictures(document: Document, words: Words) -> dict[str, str]:
    found = {name: charts.chart_of(name, document, words) for name in charts.names_of(document)}
    return {name: chart.svg(PRINT) for name, chart in found.items() if chart is not None}


def _cover(report: Report, document: Document) -> dict:
    network = report.office.network.name
    cover: dict = {
        "network": network if network != report.office.name else "",
        "subtitle": f"{document.survey} · {document.wave}",
        "sentence": sentences.headline(document),
        "facts": [list(pair) for pair in facts(document)],
        "bottom": _state(report),
    }
    if report.proposal:
        proposal = shorten(report.proposal, MOST_ON_COVER, placeholder=" …")
        cover["text"] = f"{_('Proposed decision')}: {proposal}"
    if document.published:
        mean = document.index.mean
        interval = span(mean)
        cover["stat"] = b.stat(
            ui.number(mean.estimate, 2),
            label=_("overall rating"),
            interval=_("95%% interval: %(span)s") % {"span": interval} if interval else "",
            change=sentences.change_sentence(document),
        )
    return cover


def _state(report: Report) -> str:
    if report.is_draft:
        return _("Draft, saved on %(day)s") % {"day": ui.day(report.changed_at)}
    return _("Version %(version)s, handed over on %(day)s") % {
        "version": report.version,
        "day": ui.day(report.handed_at),
    }


def assumptions(document: Document) -> list[dict]:
    """Chapter 1: who was asked, where, when, how many answered."""
    made = [b.heading(_("How the survey was made")), b.facts([tuple(pair) for pair in facts(document)])]
    made += [b.text(text) for text in fieldwork(document)]
    points = [point for point in document.fieldwork.points if point.issued is not None]
    if points:
        rows = [[p.name, ui.number(p.issued), ui.number(p.returned), ui.number(p.spoiled)] for p in points]
        columns = [b.column(_("Service point"), width=3)]
        columns += [b.column(name, "right") for name in (_("Handed out"), _("Returned"), _("Spoiled"))]
        made.append(b.table(_("Forms by service point"), columns, rows))
    return made


def remarks(report: Report) -> list[dict]:
    """Chapter 3: what people wrote, as far as it may be read."""
    found = remarks_of(report.results, most=None)
    said = (
        b.quotes([{"text": text} for text in found.shown])
        if found.shown
        else b.text(_("No remark is shown."))
    )
    return [b.heading(_("What people wrote")), said]


def conclusions(report: Report) -> list[dict]:
    """Chapters 3 and 4: what the coordinator concludes and proposes, what the head decided."""
    empty = _("Not written yet.")
    made = [b.heading(_("Conclusions and recommendations")), b.text(report.conclusions or empty)]
    made += [b.heading(_("Proposed decision"), 2), b.text(report.proposal or empty)]
    made.append(b.facts([(_("Who does it"), report.owner or "–"), (_("By when"), ui.day(report.due))]))
    if report.decision:
        made += [b.heading(_("Decision of the head of the office"), 2)]
        said = f"{report.get_decision_display()}. {report.decision_words}".strip()
        made.append(
            b.card(
                ui.day(report.decided_at),
                [b.text(said), b.facts([(_("By when"), ui.day(report.decision_due))])],
            )
        )
    return [*made, b.heading(_("The next survey")), b.text(report.next_survey or empty)]


def annexes(report: Report, document: Document, words: Words) -> list[dict]:
    """The method, the frozen data, and the questionnaire as it was asked."""
    definition = questionnaires.definition(report.results.wave.version)
    language = words.language if words.language in definition.languages else definition.languages[0]
    return [
        b.heading(_("How it was counted")),
        *[b.text(text) for text in method(document)],
        *weights(document, words),
        b.facts(
            [
                (_("Computed"), ui.moment(report.results.computed_at)),
                (_("Program"), f"Okienko {report.results.engine}"),
                (_("Checksum of the data"), report.results.data_sha256[:16]),
            ]
        ),
        b.heading(_("The questionnaire")),
        b.form([asdict_of(block) for block in paper_form(definition, language)], level=2),
    ]


def lists(document: Document) -> list[dict]:
    """The last pages: every table and chart with its page; nothing where the results are hidden."""
    if document.hidden is not None:
        return []
    found = [b.list_of("table", _("Tables")), b.list_of("figure", _("Charts"))]
    return [b.heading(_("List of tables and charts")), *found]


def asdict_of(block) -> dict:
    return asdict(block)
